// Digits as people write them, in groups: "138 1234 5678", "0731-8123 4567". And the check digits of identity and card numbers.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "analysis/personal/page.h"

namespace huiyin::personal {

using Groups = std::span<const std::uint8_t>;

struct Digits {
  std::string digits;   // ASCII, without what stands between
  std::size_t end = 0;  // letters; 0: not there
  explicit operator bool() const noexcept { return end != 0; }
};

// Digits that begin there in groups of exactly these lengths, one sign out of `between` (or that sign among spaces) between
// groups, and no further digit at the end.
Digits take_groups(const Letters& letters, std::size_t begin, Groups lengths, std::u32string_view between = U" -.");

// Nothing at the end that makes another thing of the number: a letter, a decimal point, a unit of measure.
bool ends_clean(const Letters& letters, std::size_t end) noexcept;

// A day of the calendar, years 1900 to 2099: "19900307".
bool is_day(std::string_view eight_digits) noexcept;
// GB 11643-1999 (ISO 7064, MOD 11-2): 17 digits and a check digit, X for ten.
bool has_identity_check_digit(std::string_view eighteen) noexcept;
// ISO/IEC 7812-1 annex B (Luhn).
bool has_luhn_check_digit(std::string_view digits) noexcept;

}  // namespace huiyin::personal
