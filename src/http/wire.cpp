#include "http/wire.h"

#include <fmt/format.h>

#include "http/problem.h"

namespace huiyin::http {
namespace {

constexpr std::string_view policy_of_pages = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
constexpr std::string_view policy_of_data = "default-src 'none'; frame-ancestors 'none'";

struct Default {
  std::string_view name;
  std::string_view value;
};
// The referrer stays within the site: our own addresses hold no secret, and with "no-referrer" browsers would send our own forms
// with "Origin: null", which from_own_site has to refuse.
constexpr std::array<Default, 4> defaults{{{"X-Content-Type-Options", "nosniff"},
                                           {"Referrer-Policy", "same-origin"},
                                           {"Cross-Origin-Opener-Policy", "same-origin"},
                                           {"Cache-Control", "no-store"}}};
constexpr std::string_view content_policy = "Content-Security-Policy";
constexpr std::array<std::string_view, 5> owned{"Content-Length", "Transfer-Encoding", "Connection", "Date", "X-Request-Id"};

bool is_token(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

bool is_data(std::string_view content_type) noexcept {
  return content_type.starts_with("application/json") || content_type.starts_with("application/problem+json");
}

}  // namespace

std::string http_date(Instant at) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds seconds{std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(at.ms))};
  const auto midnight = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date{midnight};
  const std::chrono::hh_mm_ss time{seconds - midnight};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days.at(std::chrono::weekday(midnight).c_encoding()),
                     static_cast<unsigned>(date.day()), months.at(static_cast<unsigned>(date.month()) - 1),
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

bool is_sendable(const Response& response) noexcept {
  if (response.status < 200 || response.status > 599) return false;
  return std::ranges::all_of(response.headers, [](const auto& header) {
    return is_token(header.first) && header.second.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
  });
}

bool is_bodiless(unsigned status) noexcept { return status == 204 || status == 304; }

void append_head(std::string& out, const Response& response, const HeadFacts& facts) {
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
  std::array<bool, defaults.size()> given{};
  bool policy_given = false;
  std::string_view content_type;
  for (const auto& [name, value] : response.headers) {
    if (std::ranges::any_of(owned, [&](std::string_view one) { return same_ignoring_case(one, name); })) continue;
    for (std::size_t i = 0; i < defaults.size(); ++i) given.at(i) = given.at(i) || same_ignoring_case(defaults.at(i).name, name);
    policy_given = policy_given || same_ignoring_case(content_policy, name);
    if (same_ignoring_case(name, "content-type")) content_type = value;
    append_field(out, name, value);
  }
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    if (!given.at(i)) append_field(out, defaults.at(i).name, defaults.at(i).value);
  }
  if (!policy_given) append_field(out, content_policy, is_data(content_type) ? policy_of_data : policy_of_pages);
  append_field(out, "Date", facts.date);
  append_field(out, "X-Request-Id", facts.id);
  if (!is_bodiless(response.status)) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body.size());
  if (!facts.keep_alive) append_field(out, "Connection", "close");
  else if (facts.http_1_0) append_field(out, "Connection", "keep-alive");
  out += "\r\n";
}

}  // namespace huiyin::http
