// The cookie that proves holding a case: its reference, its secret and an end, sealed; so that the secret stands in no address
// and the browser can do nothing with it but bring it back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "http/services.h"

namespace huiyin::http {

inline constexpr std::chrono::milliseconds case_cookie_length = std::chrono::hours(12);

// What is sealed in it: "ms reference secret"; none of the three has a space within.
struct HeldCase {
  Instant until;
  std::string reference, secret;
};
std::optional<HeldCase> read_held_case(std::string_view plain);

std::pair<std::string, std::string> case_cookie_header(Services& services, std::string_view reference, std::string_view secret,
                                                       bool secure);
std::pair<std::string, std::string> forget_case_header(bool secure);

// The actor who holds this case by the cookie; `unauthenticated` without one, or with that of another case.
Result<Actor> case_holder(const Request& request, Services& services, std::string_view reference);

}  // namespace huiyin::http
