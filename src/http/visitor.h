// Who sends a request: a member of staff by the session cookie, a requester by the case's secret.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/exchange.h"
#include "http/services.h"

namespace huiyin::http {

inline constexpr std::string_view session_cookie = "huiyin_session";

std::optional<app::SignedIn> signed_in(const Request& request, const Services& services);
// The session's cookie, HttpOnly and SameSite=Strict; with an empty token it ends the session in the browser.
std::pair<std::string, std::string> session_cookie_header(std::string_view token, bool secure);
// Whether `token` is the CSRF token of this session; in constant time.
bool csrf_fits(const app::SignedIn& staff, std::string_view token);
// False when a browser says that the request was sent from another site (Sec-Fetch-Site, else Origin against Host).
bool from_own_site(const Request& request);

}  // namespace huiyin::http
