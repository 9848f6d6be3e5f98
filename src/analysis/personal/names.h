// What the recognisers of names know (phrases/personal.*.txt). Immutable once made.
#pragma once

#include <string>
#include <unordered_set>

#include "analysis/reading/phrase_list.h"

namespace huiyin::personal {

struct NameWords {
  NameWords(const reading::PhraseSections& chinese, const reading::PhraseSections& english);

  std::unordered_set<char32_t> surnames;         // of one character
  std::unordered_set<char32_t> usual_surnames;   // of many people: enough by themselves after a sure word
  std::unordered_set<std::u32string> long_surnames;  // of two
  std::unordered_set<char32_t> never_given;      // characters that stand in no given name
  std::unordered_set<char32_t> after_name;       // characters that go on behind a name
  std::unordered_set<char32_t> no_name_end;      // a place, an office or a role ends so
  std::unordered_set<std::u32string> no_names;   // words that look like a name
  std::unordered_set<std::string> no_english_names;  // lower case
};

}  // namespace huiyin::personal
