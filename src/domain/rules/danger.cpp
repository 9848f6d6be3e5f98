#include "domain/rules/danger.h"

#include <algorithm>

#include "base/text.h"

namespace huiyin::rules {
namespace {

bool is_latin(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9'); }

bool same(char one, char other) { return lower(one) == lower(other); }

}  // namespace

bool tells_of_danger(const Danger& danger, std::string_view text) {
  return std::ranges::any_of(danger.words, [text](const std::string& word) {
    if (word.empty()) return false;
    for (auto from = text.begin();; ++from) {
      from = std::search(from, text.end(), word.begin(), word.end(), same);
      if (from == text.end()) return false;
      const auto after = from + static_cast<std::ptrdiff_t>(word.size());
      const bool begins = !is_latin(word.front()) || from == text.begin() || !is_latin(*(from - 1));
      const bool ends = !is_latin(word.back()) || after == text.end() || !is_latin(*after);
      if (begins && ends) return true;
    }
  });
}

}  // namespace huiyin::rules
