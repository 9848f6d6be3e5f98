#include "http/visitor.h"

#include <fmt/format.h>

namespace huiyin::http {

std::optional<app::SignedIn> signed_in(const Request& request, const Services& services) {
  const auto token = request.cookie(session_cookie);
  if (!token || token->empty()) return std::nullopt;
  return services.staff.who(services.jurisdiction, *token);
}

std::pair<std::string, std::string> session_cookie_header(std::string_view token, bool secure) {
  const auto seconds = token.empty() ? 0 : std::chrono::duration_cast<std::chrono::seconds>(app::session_length).count();
  return {"Set-Cookie", fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", session_cookie, token, seconds,
                                    secure ? "; Secure" : "")};
}

bool csrf_fits(const app::SignedIn& staff, std::string_view token) {
  return crypto::equal(as_bytes(staff.csrf), as_bytes(token));
}

bool from_own_site(const Request& request) {
  if (const auto site = request.header("Sec-Fetch-Site"); !site.empty()) return site == "same-origin" || site == "none";
  const auto origin = request.header("Origin");
  if (origin.empty()) return true;  // not a browser, or an old one on its own page
  const auto scheme_end = origin.find("://");
  return scheme_end != std::string_view::npos && origin.substr(scheme_end + 3) == request.header("Host");
}

}  // namespace huiyin::http
