#include "analysis/letters.h"

#include <opencc/opencc.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "texts/keys.h"

namespace huiyin::analysis {
namespace {

constexpr std::uint32_t fnv_basis = 2166136261U;
constexpr std::uint32_t fnv_prime = 16777619U;

Error not_installed(std::string detail) { return {Code::unavailable, {key::analysis_data_missing}, {}, std::move(detail)}; }

bool is_han(UChar32 point) {
  UErrorCode fault = U_ZERO_ERROR;
  return uscript_getScript(point, &fault) == USCRIPT_HAN;
}

struct Read {
  std::uint32_t point;
  std::uint32_t bytes;
};

// Of well-formed UTF-8 (RFC 3629).
Read read_point(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<std::uint8_t>(text[at + i])); };
  const auto next = [&](std::size_t i) { return byte(i) & 0x3FU; };
  const auto lead = byte(0);
  const auto left = text.size() - at;
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0 && left >= 2) return {(lead & 0x1FU) << 6U | next(1), 2};
  if (lead < 0xF0 && left >= 3) return {(lead & 0x0FU) << 12U | next(1) << 6U | next(2), 3};
  if (left >= 4) return {(lead & 0x07U) << 18U | next(1) << 12U | next(2) << 6U | next(3), 4};
  return {' ', 1};
}

}  // namespace

Result<std::shared_ptr<const Letters>> Letters::make() {
  UErrorCode fault = U_ZERO_ERROR;
  const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(fault);
  if (U_FAILURE(fault)) return not_installed(std::string("ICU: ") + u_errorName(fault));
  std::shared_ptr<Letters> letters(new Letters());
  try {
    const opencc::SimpleConverter to_simplified("t2s.json");
    for (std::uint32_t point = 1; point < letters_count; ++point) {
      if (U_IS_SURROGATE(point)) continue;
      const icu::UnicodeString one(static_cast<UChar32>(point));
      const auto folded = folding->normalize(one, fault);
      auto form = U_SUCCESS(fault) && !folded.isEmpty() ? folded.char32At(0) : static_cast<UChar32>(point);
      fault = U_ZERO_ERROR;
      auto& letter = letters->table_[point];
      if (is_han(form) && u_isalpha(form)) {
        std::string utf8;
        icu::UnicodeString(form).toUTF8String(utf8);
        const auto simplified = icu::UnicodeString::fromUTF8(to_simplified.Convert(utf8));
        if (simplified.countChar32() == 1) form = simplified.char32At(0);
        letter.kind = Kind::han;
      } else if (u_isdigit(form)) {
        letter.kind = Kind::digit;
        form = '0';
      } else if (u_isalpha(form) || u_charType(form) == U_NON_SPACING_MARK) {
        letter.kind = Kind::letter;
      }
      letter.form = static_cast<char16_t>(form);
    }
  } catch (const std::exception& missing) {
    return not_installed(std::string("OpenCC: ") + missing.what());
  }
  return std::shared_ptr<const Letters>(std::move(letters));
}

Letters::Letter Letters::letter_of(std::uint32_t point) const {
  if (point < letters_count) return table_[point];
  const auto wide = static_cast<UChar32>(point);
  return {static_cast<char16_t>(point & 0xFFFFU), u_isalpha(wide) != 0 ? Kind::han : Kind::other};
}

void Letters::cut(std::string_view text, std::vector<Token>& tokens) const {
  const auto limit = tokens.size() + tokens_max;
  bool in_word = false;
  bool at_break = true;  // no break at the beginning
  for (std::size_t at = 0; at < text.size() && tokens.size() < limit;) {
    const auto [point, bytes] = read_point(text, at);
    const auto begin = static_cast<std::uint32_t>(at);
    at += bytes;
    const auto end = static_cast<std::uint32_t>(at);
    const auto letter = letter_of(point);
    if (letter.kind == Kind::han) {
      tokens.push_back({point < letters_count ? letter.form : point, begin, end, false});
      in_word = at_break = false;
    } else if (letter.kind == Kind::other) {
      if (!at_break) tokens.push_back({break_code, begin, end, false});
      in_word = false;
      at_break = true;
    } else {
      if (!in_word) tokens.push_back({fnv_basis | word_bit, begin, begin, false});
      auto& word = tokens.back();
      const bool digit = letter.kind == Kind::digit;
      // A number is one digit long, whatever it is.
      if (!digit || !word.has_digit) word.code = ((word.code ^ letter.form) * fnv_prime) | word_bit;
      word.has_digit = word.has_digit || digit;
      word.end = end;
      in_word = true;
      at_break = false;
    }
  }
}

}  // namespace huiyin::analysis
