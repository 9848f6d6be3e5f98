#include "analysis/topic_words.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace huiyin::analysis {
namespace {

constexpr std::size_t digits_shown_max = 5;
constexpr std::size_t own_name_characters = 4;
constexpr std::string_view own_name_openings[] = {"我叫", "本人姓名", "联系人", "我是叫"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_address_letter(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '.' || c == '-' || c == '_' || c == '+' || c == '@';
}

// Full-width digits as the others.
std::string with_plain_digits(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const auto letter = first_characters(text.substr(at), 1);
    if (letter.size() == 3 && letter.starts_with("\xEF\xBC") && letter[2] >= '\x90' && letter[2] <= '\x99') {
      plain += static_cast<char>('0' + (letter[2] - '\x90'));
    } else {
      plain += letter;
    }
    at += letter.size();
  }
  return plain;
}

}  // namespace

std::string fit_for_everybody(std::string_view text) {
  const auto plain = with_plain_digits(text);
  std::string fit;
  for (std::size_t at = 0; at < plain.size();) {
    const auto rest = std::string_view(plain).substr(at);
    const auto opening = std::find_if(std::begin(own_name_openings), std::end(own_name_openings),
                                      [&](std::string_view words) { return rest.starts_with(words); });
    if (opening != std::end(own_name_openings)) {
      at += opening->size() + first_characters(rest.substr(opening->size()), own_name_characters).size();
      continue;
    }
    std::size_t run = 0;
    std::size_t digits = 0;
    bool address = false;
    while (run < rest.size() && is_address_letter(rest[run])) {
      digits += is_digit(rest[run]) ? 1U : 0U;
      address = address || rest[run] == '@';
      ++run;
    }
    const auto length = run > 0 ? run : first_characters(rest, 1).size();
    if (!address && digits <= digits_shown_max) fit += rest.substr(0, length);
    at += length;
  }
  return fit;
}

}  // namespace huiyin::analysis
