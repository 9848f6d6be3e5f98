#include "app/row_time.h"

namespace huiyin::app {
namespace {

// The parts as read; a part the format does not name keeps its beginning.
struct Parts {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0;
  std::optional<bool> afternoon{};
  std::optional<std::chrono::minutes> offset{};
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Between digits_min and digits_max digits from the front, as many as there are.
std::optional<int> take_digits(std::string_view& text, std::size_t digits_min, std::size_t digits_max) {
  int value = 0;
  std::size_t count = 0;
  for (; count < digits_max && count < text.size() && is_digit(text[count]); ++count) value = value * 10 + (text[count] - '0');
  if (count < digits_min) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

bool take_into(int& part, std::string_view& text, std::size_t digits_min, std::size_t digits_max) {
  const auto value = take_digits(text, digits_min, digits_max);
  part = value.value_or(part);
  return value.has_value();
}

// Up to nine digits, cut to milliseconds.
bool take_fraction(int& ms, std::string_view& text) {
  constexpr std::size_t digits_max = 9;
  std::size_t count = 0;
  int scale = 100;
  for (; count < digits_max && count < text.size() && is_digit(text[count]); ++count, scale /= 10)
    ms += (text[count] - '0') * scale;
  text.remove_prefix(count);
  return count > 0;
}

bool take_half_of_day(std::optional<bool>& afternoon, std::string_view& text) {
  if (text.size() < 2 || (text[1] != 'M' && text[1] != 'm')) return false;
  const char first = text[0];
  if (first != 'A' && first != 'a' && first != 'P' && first != 'p') return false;
  afternoon = first == 'P' || first == 'p';
  text.remove_prefix(2);
  return true;
}

bool take_offset(std::optional<std::chrono::minutes>& offset, std::string_view& text) {
  if (text.starts_with('Z') || text.starts_with('z')) {
    offset = std::chrono::minutes(0);
    text.remove_prefix(1);
    return true;
  }
  if (!text.starts_with('+') && !text.starts_with('-')) return false;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2, 2);
  if (text.starts_with(':')) text.remove_prefix(1);
  const auto minutes = take_digits(text, 2, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return false;
  offset = std::chrono::minutes(sign * (*hours * 60 + *minutes));
  return true;
}

bool take_part(char letter, Parts& parts, std::string_view& text) {
  switch (letter) {
    case 'Y': return take_into(parts.year, text, 4, 4);
    case 'm': return take_into(parts.month, text, 1, 2);
    case 'd': return take_into(parts.day, text, 1, 2);
    case 'H':
    case 'I': return take_into(parts.hour, text, 1, 2);
    case 'M': return take_into(parts.minute, text, 1, 2);
    case 'S': return take_into(parts.second, text, 1, 2);
    case 'f': return take_fraction(parts.ms, text);
    case 'p': return take_half_of_day(parts.afternoon, text);
    case 'z': return take_offset(parts.offset, text);
    default: return false;
  }
}

std::optional<WrittenTime> put_together(Parts parts) {
  if (!is_civil(parts.year, static_cast<unsigned>(parts.month), static_cast<unsigned>(parts.day))) return std::nullopt;
  if (parts.afternoon) {  // 12 AM is midnight, 12 PM noon
    if (parts.hour < 1 || parts.hour > 12) return std::nullopt;
    parts.hour = parts.hour % 12 + (*parts.afternoon ? 12 : 0);
  }
  if (parts.hour > 23 || parts.minute > 59 || parts.second > 59) return std::nullopt;
  return WrittenTime{day_of_civil(parts.year, static_cast<unsigned>(parts.month), static_cast<unsigned>(parts.day)),
                     std::chrono::hours(parts.hour) + std::chrono::minutes(parts.minute) + std::chrono::seconds(parts.second) +
                         std::chrono::milliseconds(parts.ms),
                     parts.offset};
}

}  // namespace

std::optional<TimeFormat> TimeFormat::parse(std::string pattern) {
  constexpr std::string_view known = "YmdHIMSpfz";
  std::string seen;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') continue;
    if (++i == pattern.size()) return std::nullopt;
    const char letter = pattern[i];
    if (letter == '%') continue;
    if (known.find(letter) == std::string_view::npos || seen.find(letter) != std::string::npos) return std::nullopt;
    seen += letter;
  }
  const auto has = [&](char letter) { return seen.find(letter) != std::string::npos; };
  if (!has('Y') || !has('m') || !has('d') || has('I') != has('p') || (has('I') && has('H'))) return std::nullopt;
  return TimeFormat(std::move(pattern));
}

std::optional<WrittenTime> TimeFormat::read(std::string_view text) const {
  Parts parts;
  for (std::size_t i = 0; i < pattern_.size(); ++i) {
    const bool part = pattern_[i] == '%' && pattern_[i + 1] != '%';
    if (pattern_[i] == '%') ++i;
    if (part) {
      if (!take_part(pattern_[i], parts, text)) return std::nullopt;
    } else {
      if (!text.starts_with(pattern_[i])) return std::nullopt;
      text.remove_prefix(1);
    }
  }
  return text.empty() ? put_together(parts) : std::nullopt;
}

}  // namespace huiyin::app
