// Passports and permits, names at messaging services, number plates (GA 36: province, authority, five or six signs).
#include <algorithm>

#include "analysis/personal/page.h"

namespace huiyin::personal {
namespace {

bool in_code(char32_t c) noexcept { return is_latin(c) || is_digit(c); }

// Past a label's value sign: "：", "是", "号码为", "no.", spaces.
std::size_t past_label(const Letters& letters, std::size_t i) {
  constexpr std::size_t signs_max = 6;
  constexpr std::u32string_view joining = U" :：#.是为号码账帐=";
  constexpr std::array<std::u32string_view, 5> words{U"number", U"no", U"id", U"is", U"account"};
  for (std::size_t signs = 0; signs < signs_max;) {
    std::size_t word_end = 0;
    for (const auto word : words) {
      std::size_t k = 0;
      while (k < word.size() && lower(letters[i + k]) == word[k]) ++k;
      if (k == word.size() && !in_code(letters[i + k]) && !in_code(letters.before(i))) word_end = i + k;
    }
    if (word_end != 0) i = word_end;
    else if (letters[i] != U'\0' && joining.find(letters[i]) != std::u32string_view::npos) ++i;
    else break;
    ++signs;
  }
  return i;
}

struct Code {
  std::size_t end = 0, digits = 0, length = 0;
};

Code code_at(const Letters& letters, std::size_t begin, bool with_signs) {
  constexpr std::size_t code_letters_max = 40;
  Code code{begin};
  while (code.length <= code_letters_max) {
    const auto c = letters[code.end];
    if (!in_code(c) && !(with_signs && code.length > 0 && (c == U'_' || c == U'-'))) break;
    code.digits += is_digit(c) ? 1U : 0U;
    ++code.length;
    ++code.end;
  }
  return code;
}

void find_passports(Page& page) {
  constexpr std::size_t letters_min = 7, letters_max = 10, digits_min = 6;
  for (const auto& word : page.told(Told::passport)) {
    const auto begin = past_label(page.letters(), word.end);
    const auto code = code_at(page.letters(), begin, false);
    if (code.length >= letters_min && code.length <= letters_max && code.digits >= digits_min)
      page.found(Kind::passport, begin, code.end, Why::word_before);
  }
}

void find_accounts(Page& page) {
  constexpr std::size_t letters_min = 5, letters_max = 20;  // what QQ and WeChat allow
  for (const auto& word : page.told(Told::account)) {
    const auto& letters = page.letters();
    const auto begin = past_label(letters, word.end);
    const auto code = code_at(letters, begin, true);
    const bool apart = begin > word.end || code.digits == code.length;
    if (!apart || code.length < letters_min || code.length > letters_max) continue;
    // A word of a sentence ("WeChat payment") has no digit; a name of one's own often has, or stands behind a colon.
    if (code.digits == 0 && letters.before(begin) != U':') continue;
    page.found(Kind::account, begin, code.end, Why::word_before);
  }
}

// Province, authority, an optional dot, five or six signs without I and O; a last sign may be a word (学, 警, 挂, 港, 澳).
std::size_t plate_end(const Letters& letters, std::size_t begin, bool labelled) {
  constexpr std::u32string_view provinces = U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
  constexpr std::u32string_view last_words = U"学警挂港澳使领";
  const bool province =
      labelled ? is_han(letters[begin]) : letters[begin] != U'\0' && provinces.find(letters[begin]) != std::u32string_view::npos;
  if (!province || !is_latin(letters[begin + 1])) return 0;
  auto i = begin + 2;
  if (letters[i] == U'·' || letters[i] == U'.' || letters[i] == U'-' || letters[i] == U' ' || letters[i] == U'•') ++i;
  const auto first = i;
  std::size_t digits = 0;
  while (i - first < 6 && in_code(letters[i]) && lower(letters[i]) != U'i' && lower(letters[i]) != U'o') {
    digits += is_digit(letters[i]) ? 1U : 0U;
    ++i;
  }
  const bool word_last = letters[i] != U'\0' && last_words.find(letters[i]) != std::u32string_view::npos;
  const auto signs = i - first + (word_last ? 1U : 0U);
  if (signs < 5 || signs > 6 || digits < (labelled ? 1U : 3U) || in_code(letters[i])) return 0;
  return word_last ? i + 1 : i;
}

void find_plates(Page& page) {
  const auto& letters = page.letters();
  for (std::size_t i = 0; i + 6 < letters.size() + 1; ++i) {
    if (!is_han(letters[i]) || !is_latin(letters[i + 1])) continue;
    const bool labelled = page.labelled(Told::plate, i);
    if (const auto end = plate_end(letters, i, labelled))
      page.found(Kind::plate, i, end, labelled ? Why::word_before : Why::shape);
  }
}

}  // namespace

void find_labelled_codes(Page& page) {
  find_passports(page);
  find_accounts(page);
  find_plates(page);
}

}  // namespace huiyin::personal
