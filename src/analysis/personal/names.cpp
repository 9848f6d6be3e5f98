#include "analysis/personal/names.h"

#include "analysis/personal/page.h"

namespace huiyin::personal {
namespace {

std::u32string plain(std::string_view phrase) {
  return {reading::letters_of(phrase).folded.data(), reading::letters_of(phrase).size()};
}

void add_characters(const std::vector<std::string_view>& lines, std::unordered_set<char32_t>& set) {
  for (const auto line : lines) {
    for (const auto c : reading::letters_of(line).folded) {
      if (c != U' ') set.insert(c);
    }
  }
}

bool is_opening(char32_t c) noexcept {
  constexpr std::u32string_view signs = U" :：,“\"'「《";
  return c != U'\0' && signs.find(c) != std::u32string_view::npos;
}

class ChineseNames {
 public:
  ChineseNames(Page& page, const NameWords& words) : page_(page), letters_(page.letters()), words_(words) {}

  // The end of a name that begins there, or 0.
  [[nodiscard]] std::size_t name_end(std::size_t begin, bool sure) const {
    if (!is_han(letters_[begin])) return 0;
    if (const auto end = dotted_end(begin)) return end;
    const bool two = words_.long_surnames.contains({letters_[begin], letters_[begin + 1]});
    if (!two && !words_.surnames.contains(letters_[begin])) return 0;
    const auto given = begin + (two ? 2U : 1U);
    if (!may_be_given(given)) return 0;
    const bool short_ends = ends_name(given + 1, sure);
    const bool long_ends = may_be_given(given + 1) && ends_name(given + 2, sure) && !(short_ends && goes_on(given + 1));
    std::size_t end = long_ends ? given + 2 : short_ends ? given + 1 : 0;
    // "我叫张小明家里...": a surname of many after a sure word, and nothing that says where it ends.
    const bool usual = two || words_.usual_surnames.contains(letters_[begin]);
    if (end == 0 && sure && usual && may_be_given(given + 1) && !words_.no_name_end.contains(letters_[given + 1]))
      end = given + 2;
    return end != 0 && is_name(begin, end, sure) ? end : 0;
  }

 private:
  // Names of other tongues, with a dot between: 买买提·艾力.
  [[nodiscard]] std::size_t dotted_end(std::size_t begin) const {
    constexpr std::size_t part_max = 8;
    std::size_t dots = 0;
    std::size_t part = begin;
    auto i = begin;
    for (; i - part <= part_max; ++i) {
      if (letters_[i] == U'·' || letters_[i] == U'•') {
        if (i == part) return 0;
        ++dots;
        part = i + 1;
        continue;
      }
      if (!is_han(letters_[i]) || words_.never_given.contains(letters_[i]) || (dots > 0 && i > part + 1 && goes_on(i))) break;
    }
    return dots > 0 && i > part && i - part <= part_max ? i : 0;
  }

  [[nodiscard]] bool may_be_given(std::size_t i) const {
    return is_han(letters_[i]) && !words_.never_given.contains(letters_[i]);
  }
  [[nodiscard]] bool goes_on(std::size_t i) const { return words_.after_name.contains(letters_[i]); }
  [[nodiscard]] bool ends_name(std::size_t i, bool sure) const {
    if (!is_han(letters_[i])) return letters_[i] != U'·' && (sure || !is_latin(letters_[i]));
    return sure && (goes_on(i) || words_.never_given.contains(letters_[i]));
  }

  [[nodiscard]] bool is_name(std::size_t begin, std::size_t end, bool sure) const {
    const std::u32string name(letters_.folded.begin() + static_cast<std::ptrdiff_t>(begin),
                              letters_.folded.begin() + static_cast<std::ptrdiff_t>(end));
    if (words_.no_names.contains(name)) return false;
    for (std::size_t length = 2; length < name.size(); ++length) {
      if (words_.no_names.contains(name.substr(0, length))) return false;
    }
    return sure || !words_.no_name_end.contains(name.back());
  }

  Page& page_;
  const Letters& letters_;
  const NameWords& words_;
};

struct LatinWord {
  std::string lower_case;
  bool capital = false;
  std::size_t end = 0;
};

LatinWord latin_word_at(const Letters& letters, std::size_t begin) {
  constexpr std::size_t word_letters_max = 24;
  LatinWord word{{}, is_upper(letters[begin]), begin};
  const auto in_word = [](char32_t c) {
    return is_latin(c) || c == U'\'' || c == U'\u2019' || c == U'-' || (c >= U'\u00C0' && c <= U'\u017F');
  };
  while (word.end - begin < word_letters_max && in_word(letters[word.end])) {
    const auto c = lower(letters[word.end]);
    word.lower_case.push_back(c < 0x80 ? static_cast<char>(c) : '?');
    ++word.end;
  }
  return word;
}

// "John Q. Smith", "Mary O'Neil", or "john smith" after a sure word; 0 when no name begins there.
std::size_t english_name_end(const Letters& letters, std::size_t begin, const NameWords& words, bool sure) {
  constexpr std::size_t names_max = 4;
  std::size_t end = 0;
  std::size_t count = 0;
  bool capital = false;
  for (auto i = begin; count < names_max; ++count) {
    const auto word = latin_word_at(letters, i);
    if (word.lower_case.empty() || words.no_english_names.contains(word.lower_case)) break;
    if (count == 0) capital = word.capital;
    if (count > 0 && capital != word.capital) break;
    if (!capital && count == 2) break;
    end = word.end;
    if (letters[end] == U'.' && (word.lower_case.size() == 1 || count == 0) && letters[end + 1] == U' ') i = end + 2;
    else if (letters[end] == U' ') i = end + 1;
    else {
      ++count;
      break;
    }
  }
  return capital || sure ? (sure || count >= 2 ? end : 0) : 0;
}

}  // namespace

NameWords::NameWords(const reading::PhraseSections& chinese, const reading::PhraseSections& english) {
  add_characters(chinese.at("usual surnames"), usual_surnames);
  surnames = usual_surnames;
  add_characters(chinese.at("other surnames"), surnames);
  for (const auto surname : chinese.at("long surnames")) long_surnames.insert(plain(surname));
  add_characters(chinese.at("never in a given name"), never_given);
  add_characters(chinese.at("goes on after a name"), after_name);
  add_characters(chinese.at("ends no name"), no_name_end);
  for (const auto word : chinese.at("no names")) no_names.insert(plain(word));
  for (const auto word : english.at("no names")) no_english_names.insert(std::string(word));
}

void find_names(Page& page, const NameWords& words) {
  const ChineseNames names(page, words);
  const auto look = [&](Told told, bool sure) {
    constexpr std::size_t opening_max = 4;
    for (const auto& label : page.told(told)) {
      auto begin = label.end;
      while (begin - label.end < opening_max && is_opening(page.letters()[begin])) ++begin;
      if (!sure && begin != label.end) continue;
      if (const auto end = names.name_end(begin, sure)) page.found(Kind::name, begin, end, Why::word_before);
    }
  };
  look(Told::name, true);
  look(Told::maybe_name, false);
}

void find_english_names(Page& page, const NameWords& words) {
  const auto look = [&](Told told, bool sure) {
    for (const auto& label : page.told(told)) {
      auto begin = label.end;
      while (begin - label.end < 3 && is_opening(page.letters()[begin])) ++begin;
      if (begin == label.end) continue;
      if (const auto end = english_name_end(page.letters(), begin, words, sure))
        page.found(Kind::name, begin, end, Why::word_before);
    }
  };
  look(Told::english_name, true);
  look(Told::maybe_english_name, false);
}

}  // namespace huiyin::personal
