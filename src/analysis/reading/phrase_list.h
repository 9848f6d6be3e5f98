// Lists of words and phrases, which stand in src/analysis/phrases/<what>.<language>.txt: "[section]" opens one, then a phrase a
// line or several between " | "; "#" begins a comment line. And a set that finds many phrases in one pass over a text.
// Immutable once made: any thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/reading/letters.h"

namespace huiyin::reading {

using PhraseSections = std::map<std::string_view, std::vector<std::string_view>>;

// The sections of an embedded list, "answers.zh.txt". A list or a line that is not there or not so is our fault: asserted.
PhraseSections phrase_sections(std::string_view file);

// Finds phrases of several kinds (tags). Letters are compared without regard to case; where a phrase begins or ends with a Latin
// letter or a digit, a word must begin or end there too, unless the phrase ends with '*'.
class PhraseSet {
 public:
  void add(std::string_view phrase, std::uint8_t tag);
  void add(const std::vector<std::string_view>& phrases, std::uint8_t tag);

  // Calls found(tag, end) for each phrase that begins at that letter. Time: the few phrases with the same first letter.
  template <class Found>
  void at(const Letters& letters, std::size_t begin, const Found& found) const {
    for (const auto& phrase : buckets_[lower(letters[begin]) % bucket_count]) {
      if (const auto end = end_of(phrase, letters, begin); end != 0) found(phrase.tag, end);
    }
  }

 private:
  static constexpr std::size_t bucket_count = 1024;
  struct Phrase {
    std::u32string words;
    std::uint8_t tag;
    bool open_end;
  };
  static std::size_t end_of(const Phrase& phrase, const Letters& letters, std::size_t begin) noexcept;  // 0: is not there

  std::array<std::vector<Phrase>, bucket_count> buckets_{};
};

}  // namespace huiyin::reading
