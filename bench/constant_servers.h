// What case reads are held against: a constant answer by a small asynchronous Boost.Beast server, and by our own HTTP core. Both
// with two threads, as the program has.
#pragma once

#include <unistd.h>

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <iostream>
#include <mutex>
#include <thread>

#include "http/problem.h"
#include "http/server.h"

namespace huiyin::bench {

inline constexpr unsigned server_threads = 2;

class BeastSession : public std::enable_shared_from_this<BeastSession> {
 public:
  using Body = boost::beast::http::string_body;
  BeastSession(boost::asio::ip::tcp::socket socket, const std::string& json) : socket_(std::move(socket)) {
    boost::system::error_code ignored;
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    response_.set(boost::beast::http::field::content_type, "application/json");
    response_.body() = json;
    response_.prepare_payload();
  }
  void read() {
    request_ = {};
    boost::beast::http::async_read(socket_, buffer_, request_,
                                   [self = shared_from_this()](boost::system::error_code failure, std::size_t) {
                                     if (!failure) self->write();
                                   });
  }

 private:
  void write() {
    boost::beast::http::async_write(socket_, response_,
                                    [self = shared_from_this()](boost::system::error_code failure, std::size_t) {
                                      if (!failure) self->read();
                                    });
  }
  boost::asio::ip::tcp::socket socket_;
  boost::beast::flat_buffer buffer_;
  boost::beast::http::request<boost::beast::http::empty_body> request_;
  boost::beast::http::response<Body> response_;
};

inline void say_port(std::uint16_t port) { std::cout << "http://127.0.0.1:" << port << '/' << std::endl; }

// One loop a thread, connections by turns: no locks on the way of a request.
inline void serve_with_beast(const std::string& json) {
  namespace asio = boost::asio;
  using asio::ip::tcp;
  std::vector<std::unique_ptr<asio::io_context>> loops;
  std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards;
  for (unsigned i = 0; i < server_threads; ++i)
    guards.emplace_back(loops.emplace_back(std::make_unique<asio::io_context>(1))->get_executor());
  tcp::acceptor acceptor(*loops.front(), {asio::ip::address_v4::loopback(), 0});
  say_port(acceptor.local_endpoint().port());
  std::size_t turn = 0;
  std::function<void()> accept = [&] {
    auto& loop = *loops[turn++ % loops.size()];
    acceptor.async_accept(loop, [&](boost::system::error_code failure, tcp::socket socket) {
      if (failure) return;
      auto session = std::make_shared<BeastSession>(std::move(socket), json);
      asio::post(loop, [session] { session->read(); });
      accept();
    });
  };
  accept();
  std::vector<std::jthread> threads;
  for (auto& loop : loops) threads.emplace_back([&loop] { loop->run(); });
}

class WallClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {since_zero<std::chrono::system_clock>()}; }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override {
    return std::chrono::milliseconds(since_zero<std::chrono::steady_clock>());
  }

 private:
  template <class Clock>
  static std::int64_t since_zero() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch()).count();
  }
};

// With a log line a request on standard error, as the program writes it.
inline void serve_with_own_core(const std::string& json) {
  const WallClock clock;
  SeededRandom random(1);
  std::mutex log_mutex;
  http::Router router;
  router.add(
      {"GET", "/", "constant", [&](const http::Request&, const http::Reply& reply) { reply(http::json_response(200, json)); }});
  http::ServerSettings settings;
  settings.port = 0;
  settings.threads = server_threads;
  http::Server server(settings, std::move(router), clock, random, [&](std::string_view line) {
    const auto whole = std::string(line) + '\n';
    const std::scoped_lock lock(log_mutex);
    std::cerr << whole;
  });
  say_port(server.start());
  for (;;) ::pause();
}

}  // namespace huiyin::bench
