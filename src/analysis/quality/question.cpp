#include "analysis/quality/question.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"

namespace huiyin::quality {
namespace {

constexpr std::size_t matter_words_min = 4;

// English matters are words; four letters of each stand for it, which takes endings away.
constexpr std::size_t english_stem = 4;

}  // namespace

Question::Question(const SignReader& reader, const Answered& answered)
    : subject_text_(answered.subject),
      subject_(reader.read(answered.subject)),
      body_(reader.read(answered.body)),
      empty_(reader.empty_words(subject_.letters, subject_.language)) {}

std::optional<std::string> Question::untouched_matter(const Passage& answer) const {
  if (answer.language != subject_.language) return std::nullopt;
  const bool chinese = subject_.language == Language::zh;
  const auto length = chinese ? 2 : english_stem;
  std::unordered_set<std::uint64_t> known;
  for_each_gram(answer.letters, length, [&](std::uint64_t gram, std::size_t) { known.insert(gram); });
  std::size_t words = 0;
  bool touched = false;
  for_each_gram(subject_.letters, length, [&](std::uint64_t gram, std::size_t begin) {
    for (std::size_t i = 0; i < length; ++i) {
      const auto c = subject_.letters[begin + i];
      if (empty_[begin + i] || !(chinese ? reading::is_han(c) : reading::is_latin(c))) return;
    }
    if (!chinese && reading::is_latin(subject_.letters.before(begin))) return;
    ++words;
    touched = touched || known.contains(gram);
  });
  const std::size_t enough = chinese ? matter_words_min : 2;
  if (touched || words < enough || touches_body(answer, length)) return std::nullopt;
  return shortened(subject_text_);
}

bool Question::touches_body(const Passage& answer, std::size_t length) const {
  constexpr std::size_t touching_share = 12;  // one run of letters in so many
  std::unordered_set<std::uint64_t> asked;
  for_each_gram(body_.letters, length, [&](std::uint64_t gram, std::size_t) { asked.insert(gram); });
  std::size_t all = 0;
  std::size_t shared = 0;
  for_each_gram(answer.letters, length, [&](std::uint64_t gram, std::size_t begin) {
    if (answer.covered[begin] || answer.covered[begin + length - 1]) return;
    ++all;
    shared += asked.contains(gram) ? 1U : 0U;
  });
  return shared * touching_share > all;
}

bool Question::asks(Sign sign) const noexcept {
  if (subject_.has(sign)) return true;
  // In the body, only in a sentence that asks.
  return std::any_of(body_.sentences.begin(), body_.sentences.end(),
                     [&](const Sentence& sentence) { return sentence.has(sign) && body_.letters[sentence.end - 1] == U'?'; });
}

}  // namespace huiyin::quality
