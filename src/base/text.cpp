#include "base/text.h"

#include <cstdint>

namespace huiyin {
namespace {

constexpr std::size_t shown_characters_max = 40;
constexpr std::string_view ideographic_space = "\xE3\x80\x80";

// The length of the well-formed sequence at the front, or 0. Table 3-7 of the Unicode Standard.
std::size_t sequence_length(std::string_view rest) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(rest[i]); };
  const auto in = [&](std::size_t i, unsigned low, unsigned high) {
    return i < rest.size() && byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return in(1, 0x80, 0xBF) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;
    return in(1, low, high) && in(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return in(1, low, high) && in(2, 0x80, 0xBF) && in(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

}  // namespace

bool is_text(std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const auto length = sequence_length(bytes);
    if (length == 0 || bytes.front() == '\0') return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::size_t count_characters(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U) ++count;
  }
  return count;
}

std::string_view first_characters(std::string_view text, std::size_t count) noexcept {
  std::size_t at = 0;
  while (at < text.size() && count > 0) {
    ++at;
    while (at < text.size() && (static_cast<std::uint8_t>(text[at]) & 0xC0U) == 0x80U) ++at;
    --count;
  }
  return text.substr(0, at);
}

std::string_view trimmed(std::string_view text) noexcept {
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  for (;;) {
    if (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    else if (text.starts_with(ideographic_space)) text.remove_prefix(ideographic_space.size());
    else break;
  }
  for (;;) {
    if (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    else if (text.ends_with(ideographic_space)) text.remove_suffix(ideographic_space.size());
    else break;
  }
  return text;
}

std::string printable(std::string_view text) {
  const auto is_control = [](std::string_view letter) {
    if (letter.size() == 1) return static_cast<std::uint8_t>(letter[0]) < 0x20 || letter[0] == 0x7F;
    if (letter.size() == 2) return letter >= "\xC2\x80" && letter <= "\xC2\x9F";
    // LRM and RLM; embeddings and overrides; isolates (Unicode Standard Annex 9).
    return (letter >= "\xE2\x80\x8E" && letter <= "\xE2\x80\x8F") || (letter >= "\xE2\x80\xAA" && letter <= "\xE2\x80\xAE") ||
           (letter >= "\xE2\x81\xA6" && letter <= "\xE2\x81\xA9");
  };
  std::string out;
  while (!text.empty()) {
    const auto letter = first_characters(text, 1);
    out += is_control(letter) ? " " : letter;
    text.remove_prefix(letter.size());
  }
  return out;
}

std::string shortened(std::string_view bytes) {
  if (!is_text(bytes)) return "(bytes that are not UTF-8 text)";
  const auto first = first_characters(bytes, shown_characters_max);
  return printable(first) + (first.size() < bytes.size() ? "…" : "");
}

bool looks_like_email(std::string_view text) noexcept {
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) return false;
  const auto dot = text.rfind('.');
  return dot != std::string_view::npos && dot > at + 1 && dot + 1 < text.size() &&
         text.find_first_of(" \t\r\n,;<>") == std::string_view::npos;
}

}  // namespace huiyin
