#include "analysis/reading/letters.h"

#include "base/assert.h"

namespace huiyin::reading {
namespace {

char32_t folded_letter(char32_t c) noexcept {
  if (c >= U'\uFF01' && c <= U'\uFF5E') return c - 0xFEE0;
  if (c >= U'\U0001D7CE' && c <= U'\U0001D7FF') return U'0' + (c - 0x1D7CE) % 10;
  switch (c) {
    case U'\t':
    case U'\u00A0':
    case U'\u2002':
    case U'\u2003':
    case U'\u2009':
    case U'\u202F':
    case U'\u3000': return U' ';
    case U'\r': return U'\n';
    case U'\u2010':
    case U'\u2011':
    case U'\u2012':
    case U'\u2013':
    case U'\u2014':
    case U'\u2015':
    case U'\u2212':
    case U'\uFE63': return U'-';
    default: return c;
  }
}

}  // namespace

Letters letters_of(std::string_view text) {
  HUIYIN_ASSERT(text.size() <= letters_text_bytes_max);
  Letters letters;
  letters.folded.reserve(text.size());
  letters.at.reserve(text.size() + 1);
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<std::uint8_t>(text[i]);
    std::size_t length = 1;
    if (lead >= 0xF0) length = 4;
    else if (lead >= 0xE0) length = 3;
    else if (lead >= 0xC0) length = 2;
    HUIYIN_ASSERT(i + length <= text.size());
    char32_t c = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length; ++k) c = (c << 6U) | (static_cast<std::uint8_t>(text[i + k]) & 0x3FU);
    letters.folded.push_back(folded_letter(c));
    letters.at.push_back(static_cast<std::uint32_t>(i));
    i += length;
  }
  letters.at.push_back(static_cast<std::uint32_t>(text.size()));
  return letters;
}

}  // namespace huiyin::reading
