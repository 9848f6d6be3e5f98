#include "log/log_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "log/note.h"

namespace huiyin::log {
namespace {

constexpr std::string_view before_number = "/log";

}  // namespace

LogName read_log_name(std::string_view origin) {
  const auto at = origin.rfind(before_number);
  if (at == std::string_view::npos) return {origin, 1};
  const auto digits = origin.substr(at + before_number.size());
  std::uint32_t number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = fault == std::errc{} && end == digits.data() + digits.size() && digits.front() != '0';
  if (!whole || number > log_number_max) return {origin, 1};
  return {origin.substr(0, at), number};
}

std::string origin_of(const LogName& name) { return fmt::format("{}{}{}", name.body, before_number, name.number); }

bool is_origin(std::string_view text) {
  const auto escaped = [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; };
  return text.size() <= origin_bytes_max && is_key_name(text) && std::ranges::none_of(text, escaped);
}

bool can_succeed(std::string_view after, std::string_view before) {
  const auto next = read_log_name(after), last = read_log_name(before);
  return next.body == last.body && next.number > last.number && origin_of(last) == before;
}

}  // namespace huiyin::log
