#include "domain/rules/personal_marks.h"

#include <array>
#include <vector>

namespace huiyin::rules {
namespace {

constexpr std::size_t identity_digits = 18;
constexpr std::size_t phone_digits = 11;
constexpr std::string_view wide_zero = "\xEF\xBC\x90";  // U+FF10, full width

// Reads the text one letter at a time: a digit, an X, something that may stand between digits, or anything else.
struct Letters {
  std::string_view text;
  std::size_t at = 0;

  [[nodiscard]] bool over() const { return at >= text.size(); }
  // '0' to '9', 'X', '-' for what may stand between, 0 for anything else.
  char next() {
    const auto c = text[at];
    if (text.size() - at >= wide_zero.size() && text.substr(at, 2) == wide_zero.substr(0, 2)) {
      const auto third = static_cast<unsigned char>(text[at + 2]);
      at += wide_zero.size();
      constexpr unsigned char zero = 0x90, nine = 0x99, wide_x = 0xB8;
      if (third >= zero && third <= nine) return static_cast<char>('0' + (third - zero));
      return third == wide_x ? 'X' : char{0};
    }
    ++at;
    if (c >= '0' && c <= '9') return c;
    if (c == 'x' || c == 'X') return 'X';
    return c == ' ' || c == '-' ? '-' : char{0};
  }
};

// ISO 7064 mod 11-2, as GB 11643 has it.
bool check_digit_fits(std::string_view digits) {
  constexpr std::array<int, identity_digits - 1> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view checks = "10X98765432";
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (digits[i] == 'X') return false;
    sum += (digits[i] - '0') * weights[i];
  }
  return digits.back() == checks[static_cast<std::size_t>(sum) % checks.size()];
}

std::string masked(std::string_view digits) {
  constexpr std::size_t shown_first = 3, shown_last = 2;
  return std::string(digits.substr(0, shown_first)) + "…" + std::string(digits.substr(digits.size() - shown_last));
}

std::optional<PersonalMark> mark_of(std::string digits) {
  if (digits.size() == identity_digits && check_digit_fits(digits))
    return PersonalMark{PersonalMark::Kind::identity_number, masked(digits)};
  for (const std::string_view abroad : {"0086", "86"}) {
    if (digits.size() == phone_digits + abroad.size() && digits.starts_with(abroad)) digits.erase(0, abroad.size());
  }
  const bool phone =
      digits.size() == phone_digits && digits[0] == '1' && digits[1] >= '3' && digits.find('X') == std::string::npos;
  if (phone) return PersonalMark{PersonalMark::Kind::phone, masked(digits)};
  return std::nullopt;
}

// Digits in a row, one space or dash between the groups: "2026-03-01 139 1234 5678". Which groups belong together does not show.
using Groups = std::vector<std::string>;

std::optional<PersonalMark> mark_in(const Groups& groups) {
  for (auto first = groups.begin(); first != groups.end(); ++first) {
    std::string digits;
    for (auto last = first; last != groups.end() && digits.size() < identity_digits; ++last) {
      digits += *last;
      if (auto mark = mark_of(digits)) return mark;
    }
  }
  return std::nullopt;
}

// Whether an X could be the last sign of an identity number.
bool lacks_one(const Groups& groups) {
  std::size_t digits = 0;
  for (auto group = groups.rbegin(); group != groups.rend() && digits < identity_digits - 1; ++group) digits += group->size();
  return digits == identity_digits - 1;
}

}  // namespace

std::optional<PersonalMark> find_personal_mark(std::string_view text) {
  Letters letters{text};
  Groups groups;
  bool between = false;  // one space or dash since the last digit
  while (!letters.over()) {
    const char c = letters.next();
    if (c == '-' && !groups.empty() && !between) {
      between = true;
      continue;
    }
    if ((c >= '0' && c <= '9') || (c == 'X' && lacks_one(groups))) {
      if (groups.empty() || between) groups.emplace_back();
      groups.back() += c;
      between = false;
      continue;
    }
    if (auto mark = mark_in(groups)) return mark;
    groups.clear();
    between = false;
  }
  return mark_in(groups);
}

}  // namespace huiyin::rules
