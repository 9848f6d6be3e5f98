// A text as the letters a reader sees: code points, full-width forms folded into plain ones, each with its place in the bytes.
// Values; any thread. Memory: 8 bytes a letter beside the text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace huiyin::reading {

inline constexpr std::size_t letters_text_bytes_max = std::size_t{1} << 31U;

struct Letters {
  // Folded: full-width ASCII (U+FF01 to U+FF5E) and mathematical digits into ASCII, every dash into '-', every space into ' ';
  // a line end stays. Case stays.
  std::vector<char32_t> folded;
  std::vector<std::uint32_t> at;  // where each begins in the text, in bytes; one more at the end: the text's size

  [[nodiscard]] std::size_t size() const noexcept { return folded.size(); }
  // Past either end: 0, which no text holds.
  [[nodiscard]] char32_t operator[](std::size_t index) const noexcept { return index < folded.size() ? folded[index] : U'\0'; }
  [[nodiscard]] char32_t before(std::size_t index) const noexcept { return index == 0 ? U'\0' : (*this)[index - 1]; }
};

// Of well-formed UTF-8 of at most letters_text_bytes_max bytes.
Letters letters_of(std::string_view text);

constexpr bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }
constexpr bool is_latin(char32_t c) noexcept { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
constexpr bool is_upper(char32_t c) noexcept { return c >= U'A' && c <= U'Z'; }
constexpr char32_t lower(char32_t c) noexcept { return is_upper(c) ? c + (U'a' - U'A') : c; }
// Han, without the zero U+3007: blocks of Unicode 15.
constexpr bool is_han(char32_t c) noexcept {
  return (c >= U'\u4E00' && c <= U'\u9FFF') || (c >= U'\u3400' && c <= U'\u4DBF') || (c >= U'\U00020000' && c <= U'\U000323AF');
}

}  // namespace huiyin::reading
