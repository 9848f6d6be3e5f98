// Numbers: identity (GB 11643), bank cards (ISO/IEC 7812), telephones (China's numbering plan, E.164, North America, United
// Kingdom).
#include <algorithm>

#include "analysis/personal/digits.h"

namespace huiyin::personal {
namespace {

using G = std::uint8_t;
template <std::size_t n>
using GroupsOf = std::array<G, n>;

constexpr GroupsOf<1> g17{17}, g15{15}, g16{16}, g18{18}, g19{19}, g11{11}, g10{10}, g8{8}, g7{7};
constexpr GroupsOf<2> g3_8{3, 8}, g7_4{7, 4}, g4_4{4, 4}, g3_4{3, 4}, g4_3{4, 3}, g5_6{5, 6}, g4_7{4, 7}, g6_13{6, 13};
constexpr GroupsOf<3> g3_4_4{3, 4, 4}, g3_3_5{3, 3, 5}, g4_3_4{4, 3, 4}, g4_4_3{4, 4, 3}, g3_3_4{3, 3, 4}, g5_3_3{5, 3, 3},
    g6_8_3{6, 8, 3}, g4_6_5{4, 6, 5};
constexpr GroupsOf<4> g4_4_4_4{4, 4, 4, 4}, g6_4_4_3{6, 4, 4, 3};
constexpr GroupsOf<5> g4_4_4_4_3{4, 4, 4, 4, 3}, g4_4_4_4_2{4, 4, 4, 4, 2}, g3_3_4_4_3{3, 3, 4, 4, 3}, g4_4_4_4_1{4, 4, 4, 4, 1};
constexpr GroupsOf<11> g_single{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

Digits take_one_of(const Letters& letters, std::size_t begin, std::initializer_list<Groups> forms,
                   std::u32string_view between = U" -.") {
  for (const auto form : forms) {
    if (auto taken = take_groups(letters, begin, form, between)) return taken;
  }
  return {};
}

class Numbers {
 public:
  explicit Numbers(Page& page) : page_(page), letters_(page.letters()) {}

  void run() {
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      const auto c = letters_[i];
      if (c != U'+' && c != U'(' && (!is_digit(c) || is_digit(letters_.before(i)))) continue;
      const auto end = c == U'+' ? international(i) : c == U'(' ? bracketed(i) : number(i);
      if (end > i) i = end - 1;
    }
  }

 private:
  // Each gives the end of what it found, or 0.
  std::size_t number(std::size_t begin) {
    if (const auto end = identity(begin)) return end;
    if (!begins_clean(begin) || is_number_of(begin)) return 0;
    if (const auto end = card(begin)) return end;
    if (const auto end = with_country_code(begin)) return end;
    if (const auto end = mobile(begin, begin)) return end;
    if (const auto end = landline(begin, begin)) return end;
    if (const auto end = british(begin)) return end;
    if (const auto end = american(begin, begin)) return end;
    return local(begin);
  }

  // Of an order, a case, a meter; the word nearest to the number decides.
  [[nodiscard]] bool is_number_of(std::size_t begin) const {
    const auto end = page_.label_end(Told::number_of, begin);
    return end != 0 && end > page_.label_end(Told::phone, begin) && end >= page_.label_end(Told::card, begin);
  }

  // No letters or further signs of a code before it; but "tel138..." tells.
  [[nodiscard]] bool begins_clean(std::size_t begin) const {
    const auto before = letters_.before(begin);
    if (before == U'.' || before == U'-' || before == U'/') {
      const auto earlier = begin >= 2 ? letters_[begin - 2] : U'\0';
      return before == U'/' || !(is_latin(earlier) || is_digit(earlier)) || !page_.is_free(begin - 2, begin - 1);
    }
    if (before == U'#' || before == U'_' || before == U'*') return false;
    return !is_latin(before) || page_.labelled(Told::phone, begin);
  }

  std::size_t found(Kind kind, std::size_t begin, std::size_t end, Why why) {
    page_.found(kind, begin, end, why);
    return end;
  }

  std::size_t identity(std::size_t begin) {
    if (is_latin(letters_.before(begin)) && !page_.labelled(Told::identity, begin)) return 0;
    const bool labelled = page_.labelled(Told::identity, begin);
    auto taken = take_one_of(letters_, begin, {g18});
    if (!taken) {
      // The last sign apart: a digit, or the X that stands for ten.
      const auto most = take_one_of(letters_, begin, {g17, g6_8_3, g6_4_4_3, g3_3_4_4_3});
      if (most && lower(letters_[most.end]) == U'x') taken = {most.digits + "X", most.end + 1};
    }
    if (!taken) {
      constexpr GroupsOf<3> g6_8_4{6, 8, 4};
      constexpr GroupsOf<4> g6_4_4_4{6, 4, 4, 4};
      constexpr GroupsOf<5> g3_3_4_4_4{3, 3, 4, 4, 4};
      taken = take_one_of(letters_, begin, {g6_8_4, g6_4_4_4, g3_3_4_4_4, g4_4_4_4_2});
    }
    if (taken && taken.digits.front() != '0' && !is_digit(letters_[taken.end]) && !is_latin(letters_[taken.end])) {
      const bool day = is_day(std::string_view(taken.digits).substr(6, 8));
      if (day && has_identity_check_digit(taken.digits)) return found(Kind::identity, begin, taken.end, Why::check_digit);
      if (labelled) return found(Kind::identity, begin, taken.end, Why::word_before);
    }
    return old_identity(begin, labelled);
  }

  // Fifteen digits, in use until 2013: region, day of birth without century, three more; no check digit.
  std::size_t old_identity(std::size_t begin, bool labelled) {
    const auto taken = take_one_of(letters_, begin, {g15});
    if (!taken || !ends_clean(letters_, taken.end)) return 0;
    if (labelled) return found(Kind::identity, begin, taken.end, Why::word_before);
    // GB/T 2260: the first two digits of the provinces.
    constexpr std::string_view provinces =
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82";
    const std::string_view digits = taken.digits;
    const auto place = provinces.find(digits.substr(0, 2));
    const bool province = digits[0] != '0' && place != std::string_view::npos && place % 3 == 0;
    if (!province || !is_day("19" + std::string(digits.substr(6, 6))) || !begins_clean(begin)) return 0;
    if (is_number_of(begin)) return 0;
    return found(Kind::identity, begin, taken.end, Why::shape);
  }

  std::size_t card(std::size_t begin) {
    if (page_.labelled(Told::card, begin)) {
      constexpr std::size_t account_digits_min = 12;
      constexpr std::size_t account_digits_max = 19;
      std::size_t count = 0;
      auto end = begin;
      for (auto i = begin; is_digit(letters_[i]) || ((letters_[i] == U' ' || letters_[i] == U'-') && is_digit(letters_[i + 1]));
           ++i) {
        if (!is_digit(letters_[i])) continue;
        end = i + 1;
        if (++count > account_digits_max) break;
      }
      if (count >= account_digits_min && count <= account_digits_max) return found(Kind::bank_card, begin, end, Why::word_before);
    }
    const auto taken = take_one_of(letters_, begin,
                                   {g16, g19, g17, g18, g15, g4_4_4_4, g4_4_4_4_3, g4_4_4_4_2, g4_4_4_4_1, g6_13, g4_6_5}, U" -");
    if (!taken || !ends_clean(letters_, taken.end) || !is_issued(taken.digits) || !has_luhn_check_digit(taken.digits)) return 0;
    return found(Kind::bank_card, begin, taken.end, Why::check_digit);
  }

  // Issuer prefixes of ISO/IEC 7812 with the lengths they come in.
  static bool is_issued(std::string_view digits) noexcept {
    const auto starts = [&](std::initializer_list<std::string_view> prefixes) {
      return std::any_of(prefixes.begin(), prefixes.end(), [&](auto prefix) { return digits.starts_with(prefix); });
    };
    if (digits.size() == 15) return starts({"34", "37"});
    if (starts({"62", "81"})) return true;
    const auto four = digits.substr(0, 4);
    const bool mastercard = (four >= "5100" && four <= "5599") || (four >= "2221" && four <= "2720");
    return digits.size() == 16 ? starts({"4", "35", "6011", "65", "60"}) || mastercard
                               : digits.size() == 19 && starts({"4", "60", "9"});
  }

  std::size_t mobile(std::size_t from, std::size_t begin) {
    const auto taken = take_one_of(letters_, begin, {g11, g3_4_4, g3_8, g7_4, g3_3_5, g4_3_4, g4_4_3, g_single});
    if (!taken || taken.digits[0] != '1' || taken.digits[1] < '3') return 0;
    return phone(from, taken.end, Why::shape);
  }

  // "+" was not written, but 86 or 0086 was.
  std::size_t with_country_code(std::size_t begin) {
    for (const std::u32string_view code : {U"0086", U"86"}) {
      std::size_t i = begin;
      while (i - begin < code.size() && letters_[i] == code[i - begin]) ++i;
      if (i - begin != code.size()) continue;
      const auto from = letters_[i] == U')' && letters_.before(begin) == U'(' ? begin - 1 : begin;
      while (letters_[i] == U' ' || letters_[i] == U'-' || letters_[i] == U')') ++i;
      if (const auto end = mobile(from, i)) return end;
      if (i > begin + code.size()) {
        if (const auto end = chinese_area(from, i, 0)) return end;
      }
    }
    return 0;
  }

  std::size_t landline(std::size_t from, std::size_t begin) { return letters_[begin] == U'0' ? chinese_area(from, begin, 1) : 0; }

  // Area code, whose trunk zero takes `zero` digits, and seven or eight digits: together, or apart.
  std::size_t chinese_area(std::size_t from, std::size_t begin, std::size_t zero) {
    const auto first = letters_[begin + zero];
    const std::size_t short_code = zero + 2;
    const std::size_t long_code = zero + 3;
    for (const auto code : {short_code, long_code}) {
      if (code == short_code ? !(first == U'1' && letters_[begin + zero + 1] == U'0') && first != U'2'
                             : first < U'3' || first > U'9')
        continue;
      std::size_t i = begin;
      while (i - begin < code && is_digit(letters_[i])) ++i;
      if (i - begin != code) continue;
      if (is_digit(letters_[i])) {
        for (const G rest : {G{8}, G{7}}) {
          const GroupsOf<1> all{static_cast<G>(code + rest)};
          const auto taken = take_groups(letters_, begin, all);
          if (taken && letters_[begin + code] != U'0') return phone(from, taken.end, Why::shape);
        }
        continue;
      }
      if (const auto end = subscriber(from, i)) return end;
    }
    return 0;
  }

  // Seven or eight digits after an area code that ends there.
  std::size_t subscriber(std::size_t from, std::size_t end_of_code) {
    auto i = end_of_code;
    while (i - end_of_code < 3 && (letters_[i] == U' ' || letters_[i] == U'-' || letters_[i] == U')' || letters_[i] == U'/')) ++i;
    const auto taken = take_one_of(letters_, i, {g8, g7, g4_4, g3_4, g4_3});
    if (i == end_of_code || !taken || taken.digits[0] == '0') return 0;
    return phone(from, taken.end, Why::shape);
  }

  std::size_t bracketed(std::size_t begin) {
    const auto inside = begin + 1;
    if (letters_[inside] == U'+') {
      const auto end = international(inside);
      return end;
    }
    if (!is_digit(letters_[inside])) return 0;
    std::size_t close = inside;
    while (close - inside < 5 && is_digit(letters_[close])) ++close;
    if (letters_[close] != U')' || is_number_of(begin)) return 0;
    if (letters_[inside] == U'0') return chinese_area(begin, inside, 1);
    return close - inside == 3 ? american(begin, inside) : 0;
  }

  // E.164 after "+": 8 to 15 digits in groups; a trunk zero in brackets may stand among them.
  std::size_t international(std::size_t begin) {
    const auto before = letters_.before(begin);
    if (is_digit(before) || is_latin(before) || before == U')' || letters_[begin + 1] < U'1' || letters_[begin + 1] > U'9')
      return 0;
    constexpr std::size_t digits_min = 8;
    constexpr std::size_t digits_max = 15;
    std::size_t digits = 0;
    std::size_t end = begin;
    std::size_t between = 0;
    for (auto i = begin + 1; digits <= digits_max; ++i) {
      const auto c = letters_[i];
      if (is_digit(c)) {
        ++digits;
        between = 0;
        end = i + 1;
        continue;
      }
      if ((c != U' ' && c != U'-' && c != U'.' && c != U'(' && c != U')') || ++between > 2) break;
    }
    if (digits < digits_min || digits > digits_max || (digits < 10 && end - begin == digits + 1)) return 0;
    return phone(begin, end, Why::shape);
  }

  std::size_t british(std::size_t begin) {
    if (letters_[begin] != U'0') return 0;
    const auto taken = take_one_of(letters_, begin, {g11, g5_6, g5_3_3, g4_3_4, g3_4_4, g4_7}, U" -");
    if (!taken || (taken.digits[1] != '1' && taken.digits[1] != '2' && taken.digits[1] != '7')) return 0;
    return phone(begin, taken.end, Why::shape);
  }

  // Area and exchange begin with 2 to 9; 800 and its like are services, not people.
  std::size_t american(std::size_t from, std::size_t begin) {
    auto i = begin;
    if (letters_[i] == U'1' && (letters_[i + 1] == U'-' || letters_[i + 1] == U' ' || letters_[i + 1] == U'.')) i += 2;
    const bool opened = letters_[i] == U'(' || from != begin;
    if (letters_[i] == U'(') ++i;
    const auto area = i;
    const auto taken = opened ? after_bracket(i) : take_one_of(letters_, i, {g3_3_4});
    if (!taken || letters_[area] < U'2' || taken.digits[3] < '2') return 0;
    const std::string_view code = std::string_view(taken.digits).substr(0, 3);
    constexpr std::string_view toll_free = "400 800 822 833 844 855 866 877 888 900";
    if (toll_free.find(code) % 4 == 0) return 0;
    return phone(from, taken.end, Why::shape);
  }

  [[nodiscard]] Digits after_bracket(std::size_t begin) const {
    const GroupsOf<1> three{3};
    const auto area = take_groups(letters_, begin, three);
    if (!area || letters_[area.end] != U')') return {};
    const auto next = area.end + (letters_[area.end + 1] == U' ' || letters_[area.end + 1] == U'-' ? 2U : 1U);
    auto rest = take_one_of(letters_, next, {g3_4, g7});
    if (rest) rest.digits.insert(0, area.digits);
    return rest;
  }

  // Only after a word that says so, and never a day.
  std::size_t local(std::size_t begin) {
    if (!page_.labelled(Told::phone, begin)) return 0;
    const auto taken = take_one_of(letters_, begin, {g8, g7, g4_4, g3_4, g10, g3_3_4});
    if (!taken || taken.digits[0] < '2' || is_day(taken.digits)) return 0;
    const bool service = taken.digits.size() == 10 && (taken.digits.starts_with("400") || taken.digits.starts_with("800"));
    return service ? 0 : phone(begin, taken.end, Why::word_before);
  }

  std::size_t phone(std::size_t begin, std::size_t end, Why why) {
    if (const auto extension = extension_end(end)) return found(Kind::phone, begin, extension, why);
    return ends_clean(letters_, end) ? found(Kind::phone, begin, end, why) : 0;
  }

  // "转8012", "-8012", "ext. 12"; 0 when there is none.
  [[nodiscard]] std::size_t extension_end(std::size_t end) const {
    auto i = end;
    while (i - end < 2 && (letters_[i] == U' ' || letters_[i] == U',')) ++i;
    constexpr std::array<std::u32string_view, 8> words{U"extension", U"ext.", U"ext", U"分机号", U"分机", U"转", U"x", U"-"};
    for (const auto word : words) {
      std::size_t k = 0;
      while (k < word.size() && lower(letters_[i + k]) == word[k]) ++k;
      if (k != word.size()) continue;
      auto digit = i + k;
      while (letters_[digit] == U' ' || letters_[digit] == U':') ++digit;
      auto last = digit;
      while (last - digit < 6 && is_digit(letters_[last])) ++last;
      return last > digit && ends_clean(letters_, last) ? last : 0;
    }
    return 0;
  }

  Page& page_;
  const Letters& letters_;
};

// Digits as words: 一三八..., 幺; "〇" and "零".
char spelled_digit(char32_t c) noexcept {
  constexpr std::u32string_view words = U"零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两○";
  constexpr std::string_view digits = "00123456789112345678920";
  const auto at = words.find(c);
  return at == std::u32string_view::npos ? '\0' : digits[at];
}

}  // namespace

void find_numbers(Page& page) { Numbers(page).run(); }

void find_spelled_numbers(Page& page) {
  const auto& letters = page.letters();
  for (std::size_t i = 0; i < letters.size(); ++i) {
    std::string digits;
    bool spelled = false;
    auto end = i;
    for (; end < letters.size(); ++end) {
      const auto word = spelled_digit(letters[end]);
      if (word == '\0' && !is_digit(letters[end])) break;
      spelled = spelled || word != '\0';
      digits.push_back(word != '\0' ? word : static_cast<char>(letters[end]));
    }
    if (spelled && ends_clean(letters, end)) {
      const bool mobile = digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
      const bool identity = has_identity_check_digit(digits) && is_day(std::string_view(digits).substr(6, 8));
      if (mobile) page.found(Kind::phone, i, end, Why::shape);
      else if (identity) page.found(Kind::identity, i, end, Why::check_digit);
    }
    if (end > i) i = end - 1;
  }
}

}  // namespace huiyin::personal
