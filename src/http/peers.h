// Who is at the other end: addresses, the proxies we were told to believe, and what these say about the client.
// Thread rule: immutable after construction.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/exchange.h"

namespace huiyin::http {

// An IPv6 address; an IPv4 one is kept mapped (RFC 4291 section 2.5.5.2), so that "::ffff:10.0.0.1" is "10.0.0.1".
struct NetAddress {
  std::array<std::uint8_t, 16> bytes{};
  static std::optional<NetAddress> parse(std::string_view text);  // with or without [] around IPv6; no port, no zone
  [[nodiscard]] bool is_v4() const noexcept;
  [[nodiscard]] bool is_loopback() const noexcept;
  [[nodiscard]] std::string text() const;
  friend bool operator==(const NetAddress&, const NetAddress&) = default;
};

bool is_loopback(std::string_view address);

// From this machine and passed on by nobody: a proxy here that was not named would make the whole world look like loopback.
bool is_the_machine_itself(const Request& request);

struct Origin {
  std::string client;
  bool secure = false;
};

class Proxies {
 public:
  // Addresses or ranges such as "10.0.0.0/8". Throws std::runtime_error naming the one that is neither.
  explicit Proxies(const std::vector<std::string>& named);

  [[nodiscard]] bool contains(const NetAddress& address) const noexcept;
  // The peer itself unless it is a named proxy; then the last address in X-Forwarded-For that is no named proxy. Forwarded
  // (RFC 7239) counts only without X-Forwarded-For: the usual proxies write the latter and pass the former on unchecked.
  [[nodiscard]] Origin origin_of(const NetAddress& peer, const Request& request) const;

 private:
  struct Range {
    NetAddress base;
    unsigned bits = 0;
  };
  std::vector<Range> ranges_;
};

}  // namespace huiyin::http
