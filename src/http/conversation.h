// What one connection says and hears, without its socket: who asks, which route, what is refused before a handler sees it, and
// what is written down afterwards. Internal to http; no network headers.
// Thread rule: Shared by all I/O threads; a Conversation by the one thread of its connection.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/peers.h"
#include "http/pending.h"
#include "http/rate_limit.h"
#include "http/reader.h"
#include "http/server.h"

namespace huiyin::http {

// How long a socket waits is the machine's affair, not the book's: the steady clock itself, not the Clock that tests hand in.
using Machine = std::chrono::steady_clock;

// What all connections of a server share.
struct Shared {
  ServerSettings settings;
  Router router;
  const Clock& clock;
  Random& random;
  Server::Log log;
  Metrics& metrics;
  Proxies proxies;
  RateLimit rate_limit;
  std::mutex random_mutex{};
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> running{0};
  std::atomic<bool> stopping{false};  // before any I/O thread hears of it: from then on each answer is the last of its connection
  std::vector<std::array<Counter*, 6>> requests{};  // by route number (the last: no route) and class of status
  Histogram* seconds = nullptr;
  Counter* faults = nullptr;

  void register_metrics();
  void remove_gauges();
  void fault(std::string_view id, std::string_view what);
};

// Request ids, drawn from Random many at once. One thread.
class IdSource {
 public:
  explicit IdSource(Shared& shared) : shared_(shared) {}
  std::string next();

 private:
  Shared& shared_;
  std::string store_;
};

// How a head or a body ended.
enum class Received : std::uint8_t { ready, refused, late, cut, gone };

class Conversation {
 public:
  Conversation(Shared& shared, IdSource& ids, const NetAddress& peer);

  [[nodiscard]] RequestReader& reader() noexcept { return reader_; }
  [[nodiscard]] const Request& known() const noexcept { return known_; }

  void next();
  // Gives the request its id and client; needed before any of the following.
  void identify();
  // All that can be said before the body is read; nothing when a handler shall have it.
  std::optional<Response> answer_early();
  [[nodiscard]] bool expects_continue() const;
  // Calls the handler. What it throws becomes a dropped reply.
  void hand_over(const std::shared_ptr<Mailbox>& mailbox, const std::shared_ptr<Pending>& pending);
  // What became of it, also when nothing came within handler_timeout.
  Response reply_of(Pending& pending);
  Response refusal_of(Received received);
  Response too_many_connections();
  // The response, or a 500 when it cannot be sent.
  Response sendable(Response response);
  // Counters and log line, once the answer is written.
  void record(unsigned status, std::size_t bytes);

 private:
  Response error_response(const Error& error, unsigned status);

  Shared& shared_;
  IdSource& ids_;
  RequestReader reader_;
  const NetAddress peer_;
  const std::string peer_text_;
  const bool peer_is_proxy_;
  Request known_;  // what an error page needs after the request itself went to its handler
  const StoredRoute* route_ = nullptr;
  Machine::time_point began_{};
};

}  // namespace huiyin::http
