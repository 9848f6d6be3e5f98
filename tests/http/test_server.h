// A server on a free port with a clock and randomness of the test's own, for tests of http.
#pragma once

#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "client.h"
#include "http/server.h"

namespace huiyin::http::test {

class FakeClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {1'772'354'000'000 + ms_.load()}; }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override { return std::chrono::milliseconds(ms_.load()); }
  void advance(std::chrono::milliseconds length) { ms_ += length.count(); }

 private:
  std::atomic<std::int64_t> ms_{0};
};

class TestServer {
 public:
  explicit TestServer(std::vector<Route> routes, ServerSettings settings = {}, ErrorPage page = {}) {
    settings.port = 0;
    Router router;
    router.add(std::move(routes));
    if (page) router.set_error_page(std::move(page));
    server = std::make_unique<Server>(settings, std::move(router), clock, random, [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      lines_.emplace_back(line);
      written_.notify_all();
    });
    port = server->start();
  }

  // Waits for the log to have that many lines: they are written after the answer is sent.
  std::vector<std::string> lines(std::size_t count) {
    std::unique_lock lock(mutex_);
    written_.wait_for(lock, patience, [&] { return lines_.size() >= count; });
    return lines_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable written_;
  std::vector<std::string> lines_;
  SeededRandom random{7};

 public:
  FakeClock clock;
  std::unique_ptr<Server> server;  // ends before the log it writes to
  std::uint16_t port = 0;
};

// A route that echoes what it got.
inline Route echo(std::string_view method = "POST", std::string_view pattern = "/api/echo",
                  std::size_t bytes_max = body_bytes_usual) {
  return {method, pattern, "echo",
          [](const Request& request, const Reply& reply) { reply({200, {{"Content-Type", "text/plain"}}, request.body}); },
          bytes_max};
}
inline Route hello() {
  return {"GET", "/hello", "hello",
          [](const Request&, const Reply& reply) { reply({200, {{"Content-Type", "text/plain"}}, "hello"}); }};
}

}  // namespace huiyin::http::test
