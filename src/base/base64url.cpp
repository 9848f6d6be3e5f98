#include "base/base64url.h"

#include <array>

namespace huiyin {
namespace {

// The value of each letter where it stands in a group of four, so that a group is four looks and three ors.
constexpr std::string_view url_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint32_t no_letter = 0xFF00'0000;
constexpr auto base64url_values = [] {
  std::array<std::array<std::uint32_t, 256>, 4> values{};
  for (std::size_t place = 0; place < 4; ++place) {
    values[place].fill(no_letter);
    for (std::uint32_t value = 0; value < 64; ++value)
      values[place][static_cast<std::uint8_t>(url_letters[value])] = value << (18 - 6 * place);
  }
  return values;
}();

}  // namespace

bool read_base64url(std::string_view text, std::span<std::uint8_t> out) noexcept {
  if (text.size() != (out.size() * 4 + 2) / 3) return false;
  const auto value = [&](std::size_t at, std::size_t place) {
    return base64url_values[place][static_cast<std::uint8_t>(text[at])];
  };
  std::uint32_t seen = 0;
  std::size_t at = 0;
  std::size_t i = 0;
  for (; i + 3 <= out.size(); i += 3, at += 4) {
    const auto group = value(at, 0) | value(at + 1, 1) | value(at + 2, 2) | value(at + 3, 3);
    seen |= group;
    out[i] = static_cast<std::uint8_t>(group >> 16U);
    out[i + 1] = static_cast<std::uint8_t>(group >> 8U);
    out[i + 2] = static_cast<std::uint8_t>(group);
  }
  std::uint32_t left_over = 0;
  if (i + 1 == out.size()) {
    const auto group = value(at, 0) | value(at + 1, 1);
    seen |= group;
    out[i] = static_cast<std::uint8_t>(group >> 16U);
    left_over = group & 0xFFFFU;
  } else if (i + 2 == out.size()) {
    const auto group = value(at, 0) | value(at + 1, 1) | value(at + 2, 2);
    seen |= group;
    out[i] = static_cast<std::uint8_t>(group >> 16U);
    out[i + 1] = static_cast<std::uint8_t>(group >> 8U);
    left_over = group & 0xFFU;
  }
  return (seen & no_letter) == 0 && left_over == 0;
}

}  // namespace huiyin
