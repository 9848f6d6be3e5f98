// Letters: each character of a message as the language engine sees it. Full and half width, traditional and simplified, capital
// and small letters, and compatibility forms are one (Unicode NFKC_Casefold, then OpenCC's t2s). Character by character, from a
// table, so that the classifier reads a message in some microseconds; words whose traditional form depends on their
// neighbours come out as OpenCC's most usual one, alike in training and in use.
// Immutable; shared freely between threads.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace huiyin::analysis {

// A piece of a message: one Han character, or a run of other letters and digits (a word). Breaks stand for everything else:
// spaces, punctuation, symbols.
struct Token {
  std::uint32_t code = 0;   // what it is, alike for all its forms; break_code for a break
  std::uint32_t begin = 0;  // bytes in the text
  std::uint32_t end = 0;
  bool has_digit = false;

  [[nodiscard]] bool is_han() const noexcept;
};

inline constexpr std::uint32_t break_code = 0;
inline constexpr std::uint32_t word_bit = 0x80000000U;  // in the codes of words; those of Han characters are code points
inline bool Token::is_han() const noexcept { return code != break_code && (code & word_bit) == 0; }
inline constexpr std::size_t tokens_max = 20'000;  // of one text; the rest is not looked at

class Letters {
 public:
  // `unavailable` where OpenCC's or ICU's data is not installed; detail says which. Takes some tens of milliseconds.
  static Result<std::shared_ptr<const Letters>> make();

  // Appends the tokens of well-formed UTF-8. No two breaks follow each other. Digits are alike (0), so that no number is told
  // from another.
  void cut(std::string_view text, std::vector<Token>& tokens) const;

 private:
  enum class Kind : std::uint8_t { other, han, letter, digit };
  struct Letter {
    char16_t form = 0;
    Kind kind = Kind::other;
  };
  static constexpr std::size_t letters_count = 0x10000;  // the Basic Multilingual Plane; beyond it characters stand as they are

  Letters() : table_(letters_count) {}
  [[nodiscard]] Letter letter_of(std::uint32_t point) const;

  std::vector<Letter> table_;
};

}  // namespace huiyin::analysis
