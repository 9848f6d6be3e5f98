#include "http/server.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>
#include <thread>
#include <unordered_set>

#include "base/assert.h"
#include "http/conversation.h"
#include "http/wire.h"

namespace huiyin::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;  // not any_io_executor: no virtual calls on the way of each byte
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> as_result{};

constexpr auto sweep_interval = std::chrono::milliseconds(100);   // the grain of all timeouts
constexpr auto accept_pause = std::chrono::milliseconds(100);     // when the machine has no descriptor left
constexpr auto linger_silence = std::chrono::seconds(2);          // after our last word, for a client that says nothing more
constexpr std::size_t drain_bytes_max = 16UL * 1024 * 1024;       // of a refused body
constexpr std::size_t drain_piece = 64UL * 1024;
constexpr std::size_t bytes_per_second_min = 8UL * 1024;          // a slower line runs out of body_timeout
constexpr std::size_t refusing_connections_max = 128;             // that may be told 503 at once; more are closed unheard

std::chrono::milliseconds time_for(std::size_t bytes) { return std::chrono::milliseconds(bytes * 1000 / bytes_per_second_min); }

NetAddress peer_of(const Socket& socket) {
  error_code ignored;
  const auto address = socket.remote_endpoint(ignored).address();
  NetAddress out;
  out.bytes = (address.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()) : address.to_v6()).to_bytes();
  return out;
}

class Session;

// One I/O thread with its connections. Thread rule: its own thread, except `context` for posting.
struct Loop {
  explicit Loop(Shared& all) : shared(all) {}

  Shared& shared;
  std::unordered_set<Session*> sessions{};
  std::shared_ptr<Mailbox> mailbox{};
  IdSource ids{shared};
  bool stopping = false;
  Machine::time_point stop_deadline{};
  Instant date_at{-1};
  std::string date{};
  asio::io_context context{1};  // destroyed before what its coroutines touch
  Timer sweep_timer{context};
  asio::executor_work_guard<Executor> guard{context.get_executor()};
  std::thread thread{};

  void run();
  void begin_stop(Machine::time_point deadline);
  Awaitable<void> sweep();
  std::string_view date_now();
};

// One connection: reads a request, has it handled, answers, and again.
class Session {
 public:
  Session(Loop& loop, Socket socket, bool too_many);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  static Awaitable<void> run(std::shared_ptr<Session> self);
  void check(Machine::time_point now);
  void close_if_idle() {
    if (idle_) force_close();
  }
  void force_close();

 private:
  using Step = RequestReader::Step;

  Awaitable<bool> serve_one();
  Awaitable<Received> receive_head();
  Awaitable<Received> receive_body();
  Awaitable<Response> handle();
  Awaitable<bool> answer(Response response, bool keep);
  Awaitable<void> linger();
  void allow(std::chrono::milliseconds length);
  Received why(const error_code& failure) const;

  Loop& loop_;
  Shared& shared_;
  Socket socket_;
  Timer wake_;
  Conversation talk_;
  RequestReader& reader_;
  bool too_many_;
  bool first_ = true;
  bool idle_ = false;
  bool timed_out_ = false;
  bool lingers_ = false;
  Machine::time_point deadline_ = Machine::time_point::max();
  std::string out_;
};

void Loop::run() {
  mailbox = std::make_shared<Mailbox>(std::this_thread::get_id(), [this] { asio::post(context, [this] { mailbox->empty(); }); });
  asio::co_spawn(context, sweep(), [](const std::exception_ptr&) {});
  for (;;) {
    try {
      context.run();
      return;
    } catch (const std::exception& fault) {
      shared.fault("", fault.what());
    }
  }
}

void Loop::begin_stop(Machine::time_point deadline) {
  stopping = true;
  stop_deadline = deadline;
  guard.reset();
  for (auto* session : sessions) session->close_if_idle();
  sweep_timer.cancel();
}

// One timer a thread instead of one an operation: a timeout is rare, an operation is not.
Awaitable<void> Loop::sweep() {
  while (!stopping || !sessions.empty()) {
    sweep_timer.expires_after(sweep_interval);
    co_await sweep_timer.async_wait(as_result);
    const auto now = Machine::now();
    for (auto* session : sessions) session->check(now);
    if (!stopping || now < stop_deadline) continue;
    for (auto* session : sessions) session->force_close();
  }
}

std::string_view Loop::date_now() {
  const Instant now{shared.clock.now().ms / 1000};
  if (now != date_at) {
    date_at = now;
    date = http_date({now.ms * 1000});
  }
  return date;
}

Session::Session(Loop& loop, Socket socket, bool too_many)
    : loop_(loop),
      shared_(loop.shared),
      socket_(std::move(socket)),
      wake_(loop.context),
      talk_(shared_, loop.ids, peer_of(socket_)),
      reader_(talk_.reader()),
      too_many_(too_many) {
  loop_.sessions.insert(this);
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
}

Session::~Session() {
  loop_.sessions.erase(this);
  shared_.connections.fetch_sub(1);
  if (loop_.stopping && loop_.sessions.empty()) loop_.sweep_timer.cancel();
}

void Session::check(Machine::time_point now) {
  if (now < deadline_) return;
  deadline_ = Machine::time_point::max();
  timed_out_ = true;
  error_code ignored;
  socket_.cancel(ignored);
  wake_.cancel();
}

void Session::force_close() {
  error_code ignored;
  socket_.close(ignored);
  wake_.cancel();
}

void Session::allow(std::chrono::milliseconds length) {
  deadline_ = Machine::now() + length;
  timed_out_ = false;
}

Received Session::why(const error_code& failure) const {
  if (timed_out_) return Received::late;
  return failure == asio::error::eof ? Received::cut : Received::gone;
}

Awaitable<void> Session::run(std::shared_ptr<Session> self) {
  if (self->too_many_) {
    self->talk_.identify();
    auto response = self->talk_.too_many_connections();
    co_await self->answer(std::move(response), false);
  } else {
    while (co_await self->serve_one()) {}
  }
  co_await self->linger();
}

Awaitable<bool> Session::serve_one() {
  talk_.next();
  const auto head = co_await receive_head();
  if (head == Received::gone || (head != Received::refused && !reader_.started())) co_return false;
  talk_.identify();
  if (head != Received::ready) {
    auto response = talk_.refusal_of(head);
    co_return co_await answer(std::move(response), false);
  }
  const bool keep = reader_.keep_alive();
  if (auto early = talk_.answer_early()) {
    // With a body still on its way nobody knows where the next request begins, so the connection ends.
    co_return co_await answer(std::move(*early), keep && !reader_.has_body());
  }
  if (reader_.body_pending()) {
    const auto body = co_await receive_body();
    if (body == Received::gone) co_return false;
    if (body != Received::ready) {
      auto response = talk_.refusal_of(body);
      co_return co_await answer(std::move(response), false);
    }
  }
  auto response = co_await handle();
  co_return co_await answer(std::move(response), keep);
}

Awaitable<Received> Session::receive_head() {
  allow(first_ ? shared_.settings.header_timeout : shared_.settings.idle_timeout);
  first_ = false;
  bool begun = false;
  for (;;) {
    const auto step = reader_.read_head();
    if (step != Step::need_more) co_return step == Step::ready ? Received::ready : Received::refused;
    idle_ = !reader_.started();
    if (idle_ && loop_.stopping) co_return Received::gone;
    // Once a head, not once a read: or one byte a minute would hold the connection for ever.
    if (!idle_ && !std::exchange(begun, true)) allow(shared_.settings.header_timeout);
    const auto room = reader_.room();
    const auto [failure, count] = co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), as_result);
    idle_ = false;
    if (failure) co_return why(failure);
    reader_.commit(count);
  }
}

Awaitable<Received> Session::receive_body() {
  const auto began = Machine::now();
  bool expected = talk_.expects_continue();
  for (;;) {
    const auto step = reader_.read_body();
    if (step != Step::need_more) co_return step == Step::ready ? Received::ready : Received::refused;
    allow({});
    deadline_ = began + shared_.settings.body_timeout + time_for(reader_.body_bytes_read());
    // RFC 9110 section 10.1.1: not when the body is already on its way.
    if (std::exchange(expected, false) && reader_.body_bytes_read() == 0) {
      constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      const auto [failure, count] = co_await asio::async_write(socket_, asio::buffer(go_on), as_result);
      if (failure) co_return Received::gone;
    }
    const auto room = reader_.room();
    const auto [failure, count] = co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), as_result);
    if (failure) co_return why(failure);
    reader_.commit(count);
  }
}

Awaitable<Response> Session::handle() {
  const auto pending = std::make_shared<Pending>();
  deadline_ = Machine::time_point::max();
  shared_.running.fetch_add(1);
  talk_.hand_over(loop_.mailbox, pending);
  if (!pending->arrived) {
    allow(shared_.settings.handler_timeout);
    pending->wake = [this] { wake_.cancel(); };
    wake_.expires_at(Machine::time_point::max());
    co_await wake_.async_wait(as_result);
    pending->wake = nullptr;
  }
  shared_.running.fetch_sub(1);
  co_return talk_.reply_of(*pending);
}

Awaitable<bool> Session::answer(Response response, bool keep) {
  response = talk_.sendable(std::move(response));
  if (shared_.stopping) keep = false;
  out_.clear();
  append_head(out_, response, {keep, reader_.is_http_1_0(), talk_.known().id, loop_.date_now()});
  const bool bodiless = talk_.known().method == "HEAD" || is_bodiless(response.status);
  const std::size_t body_bytes = bodiless ? 0 : response.body.size();
  const std::array<asio::const_buffer, 2> parts{asio::buffer(out_), asio::buffer(response.body.data(), body_bytes)};
  allow(shared_.settings.body_timeout + time_for(body_bytes));
  const auto [failure, count] = co_await asio::async_write(socket_, parts, as_result);
  talk_.record(response.status, body_bytes);
  lingers_ = !failure && !keep;
  co_return !failure && keep;
}

// RFC 9112 section 9.6: a connection closed over unread bytes is reset, and the reset may overtake our answer. So our side ends
// first, and what the client still sends is read and dropped, within bounds.
Awaitable<void> Session::linger() {
  if (!lingers_) co_return;
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  std::vector<char> piece(drain_piece);
  const auto end = Machine::now() + shared_.settings.body_timeout;
  for (std::size_t drained = 0; drained < drain_bytes_max;) {
    allow({});
    deadline_ = std::min(end, Machine::now() + linger_silence);
    const auto [failure, count] = co_await socket_.async_read_some(asio::buffer(piece), as_result);
    if (failure) co_return;
    drained += count;
  }
}

}  // namespace

class Server::Impl {
 public:
  Impl(ServerSettings settings, Router router, const Clock& clock, Random& random, Log log, Metrics* metrics)
      : own_metrics_(metrics == nullptr ? std::make_unique<Metrics>() : nullptr),
        shared_{settings,
                std::move(router),
                clock,
                random,
                std::move(log),
                metrics == nullptr ? *own_metrics_ : *metrics,
                Proxies(settings.proxies),
                RateLimit(settings.requests_per_minute)} {
    HUIYIN_ASSERT(settings.threads > 0);
    shared_.register_metrics();
    for (unsigned i = 0; i < settings.threads; ++i) loops_.push_back(std::make_unique<Loop>(shared_));
    acceptor_.emplace(loops_.front()->context);
  }
  ~Impl() {
    stop();
    shared_.remove_gauges();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::uint16_t start();
  void stop();
  Metrics& metrics() noexcept { return shared_.metrics; }
  RateLimit& rate_limit() noexcept { return shared_.rate_limit; }

 private:
  Awaitable<void> accept();
  void open(Loop& loop, Socket socket);

  std::unique_ptr<Metrics> own_metrics_;
  Shared shared_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::optional<Acceptor> acceptor_;
  bool running_ = false;
};

std::uint16_t Server::Impl::start() {
  HUIYIN_ASSERT(!running_);
  const auto& settings = shared_.settings;
  const auto where = settings.address + ":" + std::to_string(settings.port);
  error_code failure;
  const auto address = asio::ip::make_address(settings.address, failure);
  if (failure) throw std::runtime_error("cannot listen on " + where + ": \"" + settings.address + "\" is no IP address");
  const tcp::endpoint endpoint(address, settings.port);
  acceptor_->open(endpoint.protocol(), failure);
  if (!failure) acceptor_->set_option(asio::socket_base::reuse_address(true), failure);
  if (!failure) acceptor_->bind(endpoint, failure);
  if (!failure) acceptor_->listen(asio::socket_base::max_listen_connections, failure);
  if (failure) {
    const bool taken = failure == asio::error::address_in_use;
    throw std::runtime_error("cannot listen on " + where + ": " + (taken ? "another program uses this port" : failure.message()));
  }
  const auto port = acceptor_->local_endpoint().port();
  asio::co_spawn(loops_.front()->context, accept(), [](const std::exception_ptr&) {});
  for (auto& loop : loops_) loop->thread = std::thread([&loop = *loop] { loop.run(); });
  running_ = true;
  return port;
}

void Server::Impl::stop() {
  if (!std::exchange(running_, false)) return;
  shared_.stopping = true;
  asio::post(loops_.front()->context, [this] {
    error_code ignored;
    acceptor_->close(ignored);
  });
  const auto deadline = Machine::now() + shared_.settings.graceful_stop;
  for (auto& loop : loops_) asio::post(loop->context, [&loop = *loop, deadline] { loop.begin_stop(deadline); });
  for (auto& loop : loops_) loop->thread.join();
  for (auto& loop : loops_) loop->mailbox->close();
}

Awaitable<void> Server::Impl::accept() {
  Timer pause(loops_.front()->context);
  for (std::size_t turn = 0; acceptor_->is_open(); ++turn) {
    auto& loop = *loops_[turn % loops_.size()];
    auto [failure, socket] = co_await acceptor_->async_accept(loop.context, as_result);
    if (!acceptor_->is_open()) co_return;
    if (!failure) {
      open(loop, std::move(socket));
      continue;
    }
    // Out of descriptors, most likely; the waiting client stays in the queue.
    pause.expires_after(accept_pause);
    co_await pause.async_wait(as_result);
  }
}

void Server::Impl::open(Loop& loop, Socket socket) {
  const auto count = shared_.connections.fetch_add(1) + 1;
  const auto max = shared_.settings.connections_max;
  if (count > max + refusing_connections_max) {
    shared_.connections.fetch_sub(1);
    return;
  }
  asio::post(loop.context, [&loop, socket = std::move(socket), too_many = count > max]() mutable {
    auto session = std::make_shared<Session>(loop, std::move(socket), too_many);
    asio::co_spawn(loop.context, Session::run(std::move(session)), [&loop](const std::exception_ptr& thrown) {
      try {
        if (thrown) std::rethrow_exception(thrown);
      } catch (const std::exception& fault) {
        loop.shared.fault("", fault.what());
      }
    });
  });
}

Server::Server(ServerSettings settings, Router router, const Clock& clock, Random& random, Log log, Metrics& metrics)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(router), clock, random, std::move(log), &metrics)) {}
Server::Server(ServerSettings settings, Router router, const Clock& clock, Random& random, Log log)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(router), clock, random, std::move(log), nullptr)) {}
Server::~Server() = default;
std::uint16_t Server::start() { return impl_->start(); }
void Server::stop() { impl_->stop(); }
Metrics& Server::metrics() noexcept { return impl_->metrics(); }
RateLimit& Server::rate_limit() noexcept { return impl_->rate_limit(); }

}  // namespace huiyin::http
