// A request and its answer as handlers see them: plain values, no trace of the network library. Also the decoding of what
// addresses and forms carry (RFC 3986 section 2.1, URL standard "application/x-www-form-urlencoded").
// Thread rule: values; a Request belongs to its handler once handed over.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace huiyin::http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;
  std::string path;     // as sent, still percent-encoded, without the query
  Pairs query;          // decoded, UTF-8; wrong escapes were answered with 400 before
  Pairs headers;
  Pairs params;         // of the pattern, decoded, UTF-8
  std::string body;
  std::string client;   // address of the client, for limits only; by X-Forwarded-For only when the peer is a named proxy
  std::string id;       // random; also in X-Request-Id and in the log line
  bool secure = false;  // came over TLS, or a named proxy says so

  [[nodiscard]] std::string_view header(std::string_view name) const;  // any case; the first; "" when absent
  [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;  // of the query; an empty one counts as absent
  [[nodiscard]] std::string_view param(std::string_view name) const;  // of the path; "" when the pattern has none
};

// The server adds Content-Length, Date, X-Request-Id and, unless set here, the security headers and Cache-Control: no-store.
struct Response {
  unsigned status = 200;
  Pairs headers{};
  std::string body{};
};

// Call it exactly once, from any thread. A second call is ignored; dropped without a call, the client gets a 500.
using Reply = std::function<void(Response)>;
// Runs on an I/O thread and must not block for long: slow work goes to a WorkerPool.
using Handler = std::function<void(Request, Reply)>;

inline constexpr std::size_t body_bytes_usual = 64UL * 1024;

// Pattern: "/api/v1/cases/{reference}/{act}". A last segment "{rest*}" takes all that follows, with its slashes.
// The name labels the metrics.
struct Route {
  std::string_view method;
  std::string_view pattern;
  std::string_view name;
  Handler handler{};
  std::size_t body_bytes_max = body_bytes_usual;
};

// A form has fields, a flood has more.
inline constexpr std::size_t form_fields_max = 256;

// Nothing when an escape is cut or no hex. "+" stays "+".
std::optional<std::string> percent_decoded(std::string_view text);
// The other way: all but the unreserved characters of RFC 3986 section 2.3 become escapes.
std::string percent_encoded(std::string_view text);
// A body or query of application/x-www-form-urlencoded, in order, "+" being a space. `invalid` on a wrong escape, on more than
// form_fields_max fields, or on what is no UTF-8.
Result<Pairs> parse_form(std::string_view body);

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept;  // ASCII

}  // namespace huiyin::http
