#include "analysis/quality/signs.h"

#include <algorithm>

namespace huiyin::quality {
namespace {

using reading::is_digit;
using reading::is_han;
using reading::is_latin;
using reading::Letters;

constexpr std::size_t phrase_kinds = 21;
constexpr std::array<std::string_view, phrase_kinds> sections{
    "courtesy", "handover", "handover aim", "to us",     "follow-up",   "promise",     "ritual",
    "act",      "settled",  "contact",      "rule",      "guidance",    "refusal",     "padding",
    "deadline", "cold",     "asks when",    "asks rule", "asks amount", "no time yet", "empty words"};

reading::PhraseSet phrases_of(std::string_view file) {
  const auto lists = reading::phrase_sections(file);
  reading::PhraseSet set;
  for (std::size_t i = 0; i < sections.size(); ++i) set.add(lists.at(sections.at(i)), static_cast<std::uint8_t>(i));
  return set;
}

bool ends_sentence(const Letters& letters, std::size_t i) noexcept {
  constexpr std::u32string_view stops = U"。!?;\n";
  const auto c = letters[i];
  if (stops.find(c) != std::u32string_view::npos) return true;
  // A dot that ends an English sentence: a space or nothing behind it, and no single letter or figure before.
  return c == U'.' && (letters[i + 1] == U' ' || letters[i + 1] == U'\0' || letters[i + 1] == U'\n') && i >= 2 &&
         reading::lower(letters[i - 1]) == letters[i - 1] && is_latin(letters[i - 2]);
}

bool is_content(char32_t c) noexcept { return is_han(c) || is_latin(c); }

// Where a day or another number that begins there ends, and which it is.
struct NumberEnd {
  std::size_t end = 0;
  Sign sign = Sign::figure;
};

NumberEnd number_at(const Letters& letters, std::size_t begin) noexcept {
  constexpr std::u32string_view day_words = U"年月日号";
  NumberEnd number{begin};
  while (is_digit(letters[number.end])) ++number.end;
  std::size_t parts = 0;
  for (auto i = begin; is_digit(letters[i]); ++parts) {
    while (is_digit(letters[i])) ++i;
    const auto joint = letters[i];
    const bool word = joint != U'\0' && day_words.find(joint) != std::u32string_view::npos;
    // "3号楼", "12号文" are no days; a day has a month before it, or is one.
    if (word && !(joint == U'号' && parts == 0)) {
      number = {i + 1, Sign::day};
      i += letters[i + 1] == U' ' ? 2U : 1U;
    } else if ((joint == U'-' || joint == U'/' || joint == U'.') && is_digit(letters[i + 1]) && parts < 2) {
      ++i;
      if (parts == 1) {
        auto last = i;
        while (is_digit(letters[last])) ++last;
        if (i - begin >= 6 && last - i <= 2) number = {last, Sign::day};
      }
    } else break;
  }
  return number;
}

bool is_month(const Letters& letters, std::size_t begin) noexcept {
  constexpr std::array<std::u32string_view, 12> months{U"january",   U"february", U"march",    U"april",
                                                       U"may",       U"june",     U"july",     U"august",
                                                       U"september", U"october",  U"november", U"december"};
  if (!reading::is_upper(letters[begin]) || is_latin(letters.before(begin))) return false;
  for (const auto month : months) {
    std::size_t k = 0;
    while (k < month.size() && reading::lower(letters[begin + k]) == month[k]) ++k;
    const bool number_beside = is_digit(letters[begin + k + 1]) || (begin >= 2 && is_digit(letters[begin - 2]));
    if (k == month.size() && !is_latin(letters[begin + k]) && number_beside) return true;
  }
  return false;
}

std::vector<Sentence> sentences_of(const Letters& letters) {
  std::vector<Sentence> sentences;
  const auto is_space = [](char32_t c) { return c == U' ' || c == U'\n'; };
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= letters.size(); ++i) {
    if (i < letters.size() && !ends_sentence(letters, i)) continue;
    auto end = std::min(i + 1, letters.size());
    while (begin < end && is_space(letters[begin])) ++begin;
    while (end > begin && is_space(letters[end - 1])) --end;
    if (begin < end) sentences.push_back({begin, end, {}, 0});
    begin = i + 1;
  }
  return sentences;
}

// The name by which somebody is spoken to, “UU0012”: no words of the answer.
void cover_quoted_name(Passage& passage) {
  constexpr std::size_t name_letters_max = 24;
  const auto& letters = passage.letters;
  const auto first = std::min<std::size_t>(letters.size(), 12);
  for (std::size_t i = 0; i < first; ++i) {
    if (letters[i] != U'“' && letters[i] != U'"') continue;
    auto end = i + 1;
    while (end - i < name_letters_max && letters[end] != U'\0' && letters[end] != U'”' && letters[end] != U'"') ++end;
    if (letters[end] != U'”' && letters[end] != U'"') return;
    for (auto k = i; k <= end; ++k) passage.covered[k] = true;
    return;
  }
}

}  // namespace

bool Passage::has(Sign sign) const noexcept {
  return std::any_of(sentences.begin(), sentences.end(), [&](const Sentence& sentence) { return sentence.has(sign); });
}

Language language_of(const Letters& letters) noexcept {
  constexpr std::size_t han_share = 5;
  const auto han =
      static_cast<std::size_t>(std::count_if(letters.folded.begin(), letters.folded.end(), [](char32_t c) { return is_han(c); }));
  return han * han_share >= letters.size() ? Language::zh : Language::en;
}

SignReader::SignReader() : chinese_(phrases_of("answers.zh.txt")), english_(phrases_of("answers.en.txt")) {}

Passage SignReader::read(std::string_view text) const {
  Passage passage{reading::letters_of(text), {}, {}, {}};
  const auto& letters = passage.letters;
  passage.language = language_of(letters);
  passage.sentences = sentences_of(letters);
  passage.covered.assign(letters.size(), false);
  cover_quoted_name(passage);
  const auto& set = phrases(passage.language);
  for (auto& sentence : passage.sentences) {
    const auto mark = [&](Sign sign) { sentence.signs.set(static_cast<std::size_t>(sign)); };
    const auto cover = [&](std::size_t begin, std::size_t end) {
      for (auto i = begin; i < end; ++i) passage.covered[i] = true;
    };
    for (auto i = sentence.begin; i < sentence.end; ++i) {
      set.at(letters, i, [&](std::uint8_t tag, std::size_t end) {
        mark(static_cast<Sign>(tag));
        if (static_cast<Sign>(tag) == Sign::courtesy) cover(i, std::min(end, sentence.end));
      });
      if (is_digit(letters[i]) && !is_digit(letters.before(i))) {
        const auto number = number_at(letters, i);
        mark(number.sign);
        cover(i, std::min(number.end, sentence.end));
      } else if (is_month(letters, i)) mark(Sign::day);
    }
    for (auto i = sentence.begin; i < sentence.end; ++i)
      sentence.content += is_content(letters[i]) && !passage.covered[i] ? 1U : 0U;
  }
  return passage;
}

std::vector<bool> SignReader::empty_words(const Letters& letters, Language language) const {
  std::vector<bool> empty(letters.size(), false);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    phrases(language).at(letters, i, [&](std::uint8_t tag, std::size_t end) {
      if (static_cast<Sign>(tag) != Sign::empty_word) return;
      for (auto k = i; k < end; ++k) empty[k] = true;
    });
  }
  return empty;
}

}  // namespace huiyin::quality
