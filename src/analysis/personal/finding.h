// What the personal data finder finds.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/error.h"

namespace huiyin::personal {

enum class Kind : std::uint8_t { phone, identity, passport, bank_card, email, account, plate, address, name };
inline constexpr std::size_t kind_count = 9;

// As JSON says it: "phone", "bank_card".
std::string_view name_of(Kind kind) noexcept;

// Why it was taken for that.
enum class Why : std::uint8_t {
  shape,        // digits or letters in a form that little else has
  check_digit,  // and the check digit agrees
  word_before,  // a word before it says so: "phone:", "my name is"
  residence,    // a place somebody says they live at
  door,         // leads to one door: building and room
};

Key reason_of(Why why) noexcept;

// Bytes of the text, at the borders of its characters.
struct Finding {
  Kind kind{};
  std::size_t begin = 0, end = 0;
  Why why{};
  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace huiyin::personal
