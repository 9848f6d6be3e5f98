// The HTTP server: HTTP/1.1 and 1.0 (RFC 9110, 9112) over plain TCP, with a limit on everything and a readable answer to whoever
// passes one. It knows routes, not cases. TLS is a proxy's work.
//
// Thread rule: start(), stop() and destruction by one thread. `settings.threads` I/O threads run the handlers; a connection stays
// on one of them. `log` and the router's error page are called from all of them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "http/metrics.h"
#include "http/rate_limit.h"
#include "http/router.h"

namespace huiyin::http {

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8311;  // 0: any free one
  unsigned threads = 2;
  std::size_t connections_max = 4096;
  std::chrono::milliseconds header_timeout = std::chrono::seconds(10);  // from a request's first byte to the end of its head
  // For a body and for an answer; prolonged as bytes move, so that a photo over a slow line arrives.
  std::chrono::milliseconds body_timeout = std::chrono::seconds(30);
  std::chrono::milliseconds idle_timeout = std::chrono::seconds(60);  // between requests
  std::chrono::milliseconds handler_timeout = std::chrono::seconds(30);  // from the call to its reply
  std::chrono::milliseconds graceful_stop = std::chrono::seconds(20);  // what runs may still finish
  std::vector<std::string> proxies{};  // addresses or ranges whose X-Forwarded-* is believed
  unsigned requests_per_minute = 0;  // of one client; 0: no limit
  bool limit_loopback = false;  // the machine itself is not limited unless this is set
};

class Server {
 public:
  // One JSON text without line end: a request {"t","id","method","route","status","bytes","ms"}, or a fault {"t","id","fault"}.
  // Route patterns, never paths or queries, which may hold secrets; no addresses.
  using Log = std::function<void(std::string_view json_line)>;

  // `metrics` is for those who also call add_health_routes(); it must outlive the server. `clock` and `random` too; `random` is
  // used under a lock. Throws std::runtime_error when a proxy is no address.
  Server(ServerSettings settings, Router router, const Clock& clock, Random& random, Log log, Metrics& metrics);
  Server(ServerSettings settings, Router router, const Clock& clock, Random& random, Log log);  // with metrics of its own
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and serves; gives the port. Throws std::runtime_error with a clear sentence when it cannot. Once only.
  std::uint16_t start();
  // No new connections; requests being read or handled finish within graceful_stop, then all is closed. Blocks. Repeatable.
  void stop();

  [[nodiscard]] Metrics& metrics() noexcept;
  // For what several nodes tell each other (http/request_exchange.h).
  [[nodiscard]] RateLimit& rate_limit() noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace huiyin::http
