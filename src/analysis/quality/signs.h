// What the sentences of an answer carry: acts, days, grounds, somebody to turn to, promises, courtesies. By the lists of phrases
// of its language (phrases/answers.*.txt) and by the forms of days and numbers. Values; any thread.
#pragma once

#include <bitset>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "analysis/reading/phrase_list.h"
#include "base/catalogue.h"

namespace huiyin::quality {

// The sections of phrases/answers.*.txt in their order there, and what is no phrase.
enum class Sign : std::uint8_t {
  courtesy,
  handover,
  handover_aim,
  to_us,
  follow_up,
  promise,
  ritual,
  act,
  settled,
  contact,
  rule,
  guidance,
  refusal,
  padding,
  deadline,
  cold,
  asks_when,
  asks_rule,
  asks_amount,
  no_time_yet,
  empty_word,
  day,     // "10月19日", "2019-10-19", "5 March"
  figure,  // any other number
};
inline constexpr std::size_t sign_count = 23;
using Signs = std::bitset<sign_count>;

struct Sentence {
  std::size_t begin = 0, end = 0;  // letters, without white space around
  Signs signs;
  std::size_t content = 0;  // letters that are no courtesy, day, figure or stop

  [[nodiscard]] bool has(Sign sign) const noexcept { return signs[static_cast<std::size_t>(sign)]; }
};

struct Passage {
  reading::Letters letters;
  Language language = Language::zh;
  std::vector<Sentence> sentences;
  std::vector<bool> covered;  // letters of courtesies, days and figures

  [[nodiscard]] bool has(Sign sign) const noexcept;
};

// Chinese where one letter in five is Han.
Language language_of(const reading::Letters& letters) noexcept;

class SignReader {
 public:
  SignReader();
  // Of well-formed UTF-8. Time grows with its length alone.
  [[nodiscard]] Passage read(std::string_view text) const;
  // Letters of words that name no matter ("反映", "问题").
  [[nodiscard]] std::vector<bool> empty_words(const reading::Letters& letters, Language language) const;

 private:
  [[nodiscard]] const reading::PhraseSet& phrases(Language language) const {
    return language == Language::zh ? chinese_ : english_;
  }

  reading::PhraseSet chinese_, english_;
};

}  // namespace huiyin::quality
