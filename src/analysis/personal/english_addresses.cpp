// English addresses: "Flat 3, 12 Elm Road", "1200 Main Street, Apt 4B". With a flat always; a house number in a street only where
// somebody says they live there.
#include <string>

#include "analysis/personal/page.h"

namespace huiyin::personal {
namespace {

constexpr std::size_t said_reach_letters = 60;
constexpr std::size_t street_words_max = 4;
constexpr std::size_t word_letters_max = 20;

struct EnglishWord {
  std::string lower_case;
  bool capital = false;
  std::size_t end = 0;
};

EnglishWord word_at(const Letters& letters, std::size_t begin) {
  EnglishWord word{{}, is_upper(letters[begin]), begin};
  while (word.end - begin < word_letters_max &&
         (is_latin(letters[word.end]) || is_digit(letters[word.end]) || letters[word.end] == U'\'')) {
    word.lower_case.push_back(static_cast<char>(lower(letters[word.end])));
    ++word.end;
  }
  return word;
}

bool is_one_of(std::string_view word, std::string_view words) {
  const auto at = words.find(' ' + std::string(word) + ' ');
  return !word.empty() && at != std::string_view::npos;
}

bool is_street_type(std::string_view word) {
  return is_one_of(
      word,
      " street st road rd avenue ave lane ln drive dr boulevard blvd court ct place pl way terrace close crescent square sq "
      "highway hwy parkway pkwy row gardens grove hill ");
}

bool is_flat(std::string_view word) { return is_one_of(word, " apt apartment unit flat suite ste room rm "); }

std::size_t past_space(const Letters& letters, std::size_t i, bool comma) {
  std::size_t signs = 0;
  while (signs < 3 && (letters[i] == U' ' || (comma && (letters[i] == U',' || letters[i] == U'.')))) {
    ++i;
    ++signs;
  }
  return i;
}

// ", Apt 4B", " #12" behind a street; the same place when there is none.
std::size_t flat_end(const Letters& letters, std::size_t street_end) {
  auto i = past_space(letters, street_end, true);
  if (letters[i] == U'#') ++i;
  else {
    const auto word = word_at(letters, i);
    if (!is_flat(word.lower_case)) return street_end;
    i = past_space(letters, word.end, true);
    if (letters[i] == U'#') ++i;
  }
  const auto number = word_at(letters, i);
  return number.end > i && number.end - i <= 6 ? number.end : street_end;
}

struct Street {
  std::size_t end = 0;  // 0: none
};

// "12 Elm Road", "221B Baker Street", "7 St John's Wood Road": the number stands at `begin`.
Street street_at(const Letters& letters, std::size_t begin) {
  constexpr std::size_t number_letters_max = 6;
  const auto number = word_at(letters, begin);
  if (number.end - begin > number_letters_max) return {};
  auto i = number.end;
  Street street;
  for (std::size_t count = 0; count <= street_words_max; ++count) {
    const auto next = past_space(letters, i, false);
    if (next == i) break;
    const auto word = word_at(letters, next);
    if (!word.capital && !(is_digit(letters[next]) && count == 0)) break;
    i = word.end;
    if (count > 0 && is_street_type(word.lower_case)) street.end = letters[i] == U'.' && word.lower_case.size() <= 3 ? i + 1 : i;
    if (letters[i] == U'.') ++i;
  }
  return street;
}

}  // namespace

void find_english_addresses(Page& page) {
  const auto& letters = page.letters();
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (!is_digit(letters[i]) || is_digit(letters.before(i)) || is_latin(letters.before(i))) continue;
    const auto street = street_at(letters, i);
    if (street.end == 0) continue;
    auto begin = i;
    // "Flat 3, 12 Elm Road"
    constexpr std::size_t flat_letters_max = 16;
    for (auto back = i; back > 0 && i - back < flat_letters_max; --back) {
      if (is_upper(letters[back - 1]) && is_flat(word_at(letters, back - 1).lower_case) &&
          flat_end(letters, back - 1) != back - 1)
        begin = back - 1;
    }
    const auto end = flat_end(letters, street.end);
    if (begin != i || end != street.end) page.found(Kind::address, begin, end, Why::door);
    else if (page.told_before(Told::residence, i, said_reach_letters)) page.found(Kind::address, i, end, Why::residence);
    i = street.end - 1;
  }
}

}  // namespace huiyin::personal
