#include "analysis/personal/digits.h"

#include <array>

namespace huiyin::personal {
namespace {

// Past one sign of `between`, with spaces around it; `begin` when there is none.
std::size_t past_between(const Letters& letters, std::size_t begin, std::u32string_view between) noexcept {
  constexpr std::size_t signs_max = 3;  // " - "
  auto i = begin;
  bool sign = false;
  while (i - begin < signs_max) {
    const auto c = letters[i];
    if (c == U'\0' || between.find(c) == std::u32string_view::npos) break;
    if (c != U' ') {
      if (sign) return begin;
      sign = true;
    }
    ++i;
  }
  return i;
}

int value_of(char digit) noexcept { return digit - '0'; }

int number_of(std::string_view digits) noexcept {
  int number = 0;
  for (const char digit : digits) number = number * 10 + value_of(digit);
  return number;
}

}  // namespace

Digits take_groups(const Letters& letters, std::size_t begin, Groups lengths, std::u32string_view between) {
  Digits taken;
  auto i = begin;
  for (std::size_t group = 0; group < lengths.size(); ++group) {
    if (group > 0) {
      const auto next = past_between(letters, i, between);
      if (next == i) return {};
      i = next;
    }
    for (std::uint8_t k = 0; k < lengths[group]; ++k, ++i) {
      if (!is_digit(letters[i])) return {};
      taken.digits.push_back(static_cast<char>(letters[i]));
    }
    if (is_digit(letters[i])) return {};
  }
  taken.end = i;
  return taken;
}

bool ends_clean(const Letters& letters, std::size_t end) noexcept {
  const auto next = letters[end];
  if (is_digit(next) || is_latin(next) || next == U'_') return false;
  if ((next == U'.' || next == U',') && is_digit(letters[end + 1])) return false;
  constexpr std::u32string_view units = U"元万亿千%‰℃度米吨亩斤㎡";
  return next == U'\0' || units.find(next) == std::u32string_view::npos;
}

bool is_day(std::string_view eight_digits) noexcept {
  if (eight_digits.size() != 8) return false;
  const int year = number_of(eight_digits.substr(0, 4));
  const int month = number_of(eight_digits.substr(4, 2));
  const int day = number_of(eight_digits.substr(6, 2));
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days.at(static_cast<std::size_t>(month) - 1) + (month == 2 && leap ? 1 : 0);
}

bool has_identity_check_digit(std::string_view eighteen) noexcept {
  if (eighteen.size() != 18) return false;
  constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view check = "10X98765432";
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += value_of(eighteen[i]) * weights.at(i);
  const char last = eighteen.back() == 'x' ? 'X' : eighteen.back();
  return check[static_cast<std::size_t>(sum % 11)] == last;
}

bool has_luhn_check_digit(std::string_view digits) noexcept {
  int sum = 0;
  bool doubled = false;
  for (auto i = digits.size(); i-- > 0; doubled = !doubled) {
    const int value = value_of(digits[i]) * (doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return !digits.empty() && sum % 10 == 0;
}

}  // namespace huiyin::personal
