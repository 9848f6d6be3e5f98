#include "analysis/case_words.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>

#include "base/assert.h"

namespace huiyin::analysis {
namespace {

constexpr std::size_t body_letters_max = 700;  // what a matter is, people say first
constexpr std::size_t name_letters_max = 10;   // of a place
constexpr std::size_t telling_letters = 2;     // before the ending, that tell a place from others
constexpr std::size_t area_code_letters_max = 3;
constexpr std::size_t phrase_letters = 4;
constexpr char32_t han_first = 0x3400;
constexpr char32_t han_last = 0x9FFF;

// How places end. Longer endings first where one ends in another.
constexpr std::u32string_view place_endings[] = {
    U"幼儿园", U"小区", U"大道", U"公司", U"集团", U"学院", U"大学", U"中学", U"小学", U"街道", U"社区", U"广场",
    U"公馆",   U"花园", U"家园", U"新城", U"国际", U"公园", U"医院", U"车站", U"号线", U"平台", U"学校", U"市场",
    U"世家",   U"水岸", U"时代", U"之城", U"路",   U"街",   U"巷",   U"村",   U"镇",   U"苑",   U"城",   U"园",
    U"府",     U"湾",   U"庭",   U"郡",   U"桥",   U"湖",   U"岛",   U"厂",   U"寺",   U"滩",   U"线",
};
constexpr std::u32string_view area_endings = U"区县市";
// Where a place name cannot reach back over.
constexpr std::u32string_view no_name_letters = U"的在是和与及对至到从了于我们请问诉映询关向给就有被把让将求市县区";

bool is_han(char32_t letter) { return letter >= han_first && letter <= han_last; }

std::uint32_t hash_of(std::u32string_view letters, std::uint64_t kind) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL + kind;
  for (const char32_t letter : letters) {
    hash ^= letter;
    hash *= 0xFF51AFD7ED558CCDULL;
    hash ^= hash >> 32U;
  }
  hash *= 0xC4CEB9FE1A85EC53ULL;
  return static_cast<std::uint32_t>(hash >> 32U);
}

enum TermKind : std::uint64_t { term_kind = 1, place_kind = 2, shingle_kind = 3, phrase_kind = 4 };

// Each character of the old plane's traditional script, as the simplified one writes it.
const std::vector<char16_t>& simplified_letters() {
  static const std::vector<char16_t> table = [] {
    std::vector<char16_t> made;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> simplify(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    icu::UnicodeString all;
    for (char32_t letter = han_first; letter <= han_last; ++letter) all.append(static_cast<char16_t>(letter)).append(u'\n');
    if (simplify && U_SUCCESS(status)) simplify->transliterate(all);
    HUIYIN_ASSERT(all.length() == 2 * static_cast<int>(han_last - han_first + 1));
    for (int at = 0; at < all.length(); at += 2) made.push_back(all.charAt(at));
    return made;
  }();
  return table;
}

// Letters of one text, and which of them stand in the name of a place.
struct Passage {
  std::u32string_view letters;
  float weight = 1;
  std::vector<bool> in_place = std::vector<bool>(letters.size());
};

class TermCounter {
 public:
  void count(const Passage& passage) {
    const auto all = passage.letters;
    for (std::size_t at = 0; at < all.size();) {
      const auto begin = at++;
      if (all[begin] == 0) continue;
      if (is_han(all[begin])) {
        if (at < all.size() && is_han(all[at])) add(passage, begin, 2);
        continue;
      }
      while (at < all.size() && all[at] != 0 && !is_han(all[at])) ++at;
      add(passage, begin, at - begin);
      if (at < all.size() && all[at] != 0) add(passage, begin, at - begin + 1);
    }
  }
  [[nodiscard]] std::vector<CountedTerm> counted() const {
    std::vector<CountedTerm> terms;
    terms.reserve(counts_.size());
    for (const auto& [term, count] : counts_) terms.push_back({term, count});
    std::sort(terms.begin(), terms.end(), [](const auto& a, const auto& b) { return a.term < b.term; });
    return terms;
  }

 private:
  void add(const Passage& passage, std::size_t at, std::size_t count) {
    const bool in_place = passage.in_place[at] && (count != 2 || passage.in_place[at + 1]);
    counts_[(hash_of(passage.letters.substr(at, count), term_kind) & ~1U) | (in_place ? 1U : 0U)] += passage.weight;
  }
  std::unordered_map<std::uint32_t, float> counts_;
};

class PlaceFinder {
 public:
  void find(Passage& passage) {
    const auto all = passage.letters;
    for (std::size_t at = 1; at < all.size(); ++at) {
      if (area_endings.find(all[at]) != std::u32string_view::npos) find_area(all, at);
      for (const auto ending : place_endings) {
        if (!all.substr(at).starts_with(ending)) continue;
        find_name(passage, at, ending);
        break;
      }
    }
  }
  void give(CaseWords& words) {
    for (auto& [key, place] : places_) {
      words.subject_names_place = words.subject_names_place || place.count >= subject_weight;
      words.places.push_back(std::move(place));
    }
    words.areas = std::move(areas_);
  }

 private:
  static bool may_stand(char32_t letter) { return letter != 0 && no_name_letters.find(letter) == std::u32string_view::npos; }
  // The code before 区: "a3".
  void find_area(std::u32string_view all, std::size_t at) {
    auto begin = at;
    while (begin > 0 && all[begin - 1] != 0 && !is_han(all[begin - 1])) --begin;
    if (begin == at || at - begin > area_code_letters_max) return;
    std::u32string area(all.substr(begin, at - begin + 1));
    if (std::find(areas_.begin(), areas_.end(), area) == areas_.end()) areas_.push_back(std::move(area));
  }
  void find_name(Passage& passage, std::size_t at, std::u32string_view ending) {
    const auto all = passage.letters;
    auto begin = at;
    while (begin > 0 && at - begin < name_letters_max && may_stand(all[begin - 1])) --begin;
    const bool coded = begin < at && !is_han(all[at - 1]);  // route 805
    if (!coded && at - begin < telling_letters) return;
    auto own = at;  // where what tells it from others begins
    if (!coded) own = at - telling_letters;
    else
      while (own > begin && !is_han(all[own - 1])) --own;
    const auto marked = !coded && own > begin ? own - 1 : own;
    for (std::size_t letter = marked; letter < at + ending.size(); ++letter) passage.in_place[letter] = true;
    std::u32string telling(all.substr(own, at - own));
    telling += ending;
    const auto key = hash_of(telling, place_kind);
    auto& place = places_[key];
    place.key = key;
    place.count += passage.weight;
    if (place.words.empty()) place.words = std::u32string(all.substr(begin, at - begin)).append(ending);
  }

  std::map<std::uint32_t, PlaceName> places_;
  std::vector<std::u32string> areas_;
};

std::vector<std::uint32_t> phrases_of(std::u32string_view letters) {
  std::vector<std::uint32_t> phrases;
  for (std::size_t at = 0; at + phrase_letters <= letters.size(); ++at) {
    const auto phrase = letters.substr(at, phrase_letters);
    if (phrase.find(U'\0') == std::u32string_view::npos) phrases.push_back(hash_of(phrase, phrase_kind));
  }
  std::sort(phrases.begin(), phrases.end());
  phrases.erase(std::unique(phrases.begin(), phrases.end()), phrases.end());
  return phrases;
}

}  // namespace

std::vector<char32_t> folded_letters(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  HUIYIN_ASSERT(U_SUCCESS(status));
  // A character has at most four bytes; cut before the work is done, at the beginning of one.
  auto bytes = std::min(text.size(), 4 * case_characters_max);
  while (bytes < text.size() && bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  const auto given = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(bytes)});
  const auto folded = fold->normalize(given, status);
  const auto& simplified = simplified_letters();
  std::vector<char32_t> letters;
  letters.reserve(static_cast<std::size_t>(folded.length()));
  for (std::int32_t at = 0; at < folded.length() && letters.size() < case_characters_max;) {
    const auto point = static_cast<char32_t>(folded.char32At(at));
    at = folded.moveIndex32(at, 1);
    if (is_han(point)) letters.push_back(simplified[point - han_first]);
    else if (u_isalnum(static_cast<UChar32>(point))) letters.push_back(point);
    else if (!letters.empty() && letters.back() != 0) letters.push_back(0);
  }
  return letters;
}

CopySketch sketch_of(const std::vector<char32_t>& letters) {
  std::u32string solid;
  solid.reserve(letters.size());
  for (const auto letter : letters) {
    if (letter != 0) solid.push_back(letter);
  }
  std::vector<std::uint32_t> hashes;
  const auto width = std::min(shingle_characters, solid.size());
  for (std::size_t at = 0; width > 0 && at + width <= solid.size(); ++at)
    hashes.push_back(hash_of(std::u32string_view(solid).substr(at, width), shingle_kind));
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  CopySketch sketch;
  sketch.count = static_cast<std::uint32_t>(std::min(hashes.size(), sketch_size));
  std::copy_n(hashes.begin(), sketch.count, sketch.hashes.begin());
  return sketch;
}

float resemblance(const CopySketch& one, const CopySketch& other) noexcept {
  // The smallest hashes of both together are a fair sample; those that stand in both are counted.
  const auto wanted = std::min<std::uint32_t>(sketch_size, std::max(one.count, other.count));
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t looked_at = 0;
  std::uint32_t common = 0;
  while (looked_at < wanted && (a < one.count || b < other.count)) {
    ++looked_at;
    if (b == other.count || (a < one.count && one.hashes[a] < other.hashes[b])) {
      ++a;
    } else if (a == one.count || other.hashes[b] < one.hashes[a]) {
      ++b;
    } else {
      ++common;
      ++a;
      ++b;
    }
  }
  return looked_at == 0 ? 0 : static_cast<float>(common) / static_cast<float>(looked_at);
}

CaseWords words_of_case(std::string_view subject, std::string_view body) {
  const auto head = folded_letters(subject);
  const auto text = folded_letters(body);
  const std::u32string_view begins(head.data(), head.size());
  Passage subject_passage{begins, subject_weight};
  Passage body_passage{std::u32string_view(text.data(), std::min(text.size(), body_letters_max))};
  CaseWords words;
  PlaceFinder places;
  places.find(subject_passage);
  places.find(body_passage);
  places.give(words);
  TermCounter terms;
  terms.count(subject_passage);
  terms.count(body_passage);
  words.terms = terms.counted();
  words.phrases = phrases_of(begins);
  words.sketch = sketch_of(text.empty() ? head : text);
  return words;
}

std::vector<std::u32string> shared_runs(const std::vector<char32_t>& letters, std::span<const std::uint32_t> terms,
                                        std::size_t letters_min) {
  const auto has = [&](std::uint32_t term) { return std::binary_search(terms.begin(), terms.end(), term); };
  std::vector<std::u32string> runs;
  std::u32string run;
  const auto end_run = [&] {
    if (run.size() >= letters_min && std::find(runs.begin(), runs.end(), run) == runs.end()) runs.push_back(run);
    run.clear();
  };
  for (std::size_t at = 0; at + 1 < letters.size(); ++at) {
    const std::u32string_view pair(letters.data() + at, 2);
    const auto term = hash_of(pair, term_kind) & ~1U;
    if (pair[0] == 0 || pair[1] == 0 || (!has(term) && !has(term | 1U))) {
      end_run();
      continue;
    }
    if (run.empty()) run += pair[0];
    run += pair[1];
  }
  end_run();
  return runs;
}

std::string utf8_of(std::u32string_view letters) {
  std::string out;
  icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(letters.data()), static_cast<std::int32_t>(letters.size()))
      .toUTF8String(out);
  return out;
}

}  // namespace huiyin::analysis
