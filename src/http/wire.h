// The head of an answer as it goes over the wire, with the headers every answer carries. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "http/exchange.h"

namespace huiyin::http {

struct HeadFacts {
  bool keep_alive = true;
  bool http_1_0 = false;  // the client's version: it must be told about keep-alive
  std::string_view id;
  std::string_view date;  // http_date()
};

std::string http_date(Instant at);  // RFC 9110 section 5.6.7, IMF-fixdate

// Names and values that would break the framing (CR, LF, NUL, a name that is no token), or a status outside 200 to 599.
bool is_sendable(const Response& response) noexcept;

// Appends status line and headers, with the empty line. Needs is_sendable(). Content-Length, Transfer-Encoding, Connection and
// Date of the response are passed over: they are the server's to say.
void append_head(std::string& out, const Response& response, const HeadFacts& facts);

// RFC 9110 section 6.4.1: no body may follow.
bool is_bodiless(unsigned status) noexcept;

}  // namespace huiyin::http
