#include "analysis/reading/phrase_list.h"

#include "base/assert.h"
#include "base/text.h"
#include "phrase_files.h"

namespace huiyin::reading {
namespace {

constexpr std::string_view between_phrases = " | ";

bool in_word(char32_t c) noexcept { return is_latin(c) || is_digit(c); }

std::string_view content_of(std::string_view file) {
  for (const auto& embedded : phrase_files::all) {
    if (embedded.path == file) return embedded.content;
  }
  HUIYIN_ASSERT(false);
  return {};
}

}  // namespace

PhraseSections phrase_sections(std::string_view file) {
  PhraseSections sections;
  std::vector<std::string_view>* section = nullptr;
  auto rest = content_of(file);
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    auto line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[' && line.back() == ']') {
      section = &sections[line.substr(1, line.size() - 2)];
      continue;
    }
    HUIYIN_ASSERT(section != nullptr);
    while (!line.empty()) {
      const auto bar = std::min(line.find(between_phrases), line.size());
      section->push_back(trimmed(line.substr(0, bar)));
      line.remove_prefix(std::min(bar + between_phrases.size(), line.size()));
    }
  }
  return sections;
}

void PhraseSet::add(std::string_view phrase, std::uint8_t tag) {
  const bool open_end = phrase.ends_with('*');
  if (open_end) phrase.remove_suffix(1);
  const auto letters = letters_of(phrase);
  HUIYIN_ASSERT(letters.size() > 0);
  std::u32string words;
  for (const auto c : letters.folded) words.push_back(lower(c));
  buckets_.at(words.front() % bucket_count).push_back({std::move(words), tag, open_end});
}

void PhraseSet::add(const std::vector<std::string_view>& phrases, std::uint8_t tag) {
  for (const auto phrase : phrases) add(phrase, tag);
}

std::size_t PhraseSet::end_of(const Phrase& phrase, const Letters& letters, std::size_t begin) noexcept {
  const auto& words = phrase.words;
  const auto end = begin + words.size();
  if (end > letters.size()) return 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (lower(letters.folded[begin + i]) != words[i]) return 0;
  }
  if (in_word(words.front()) && in_word(letters.before(begin))) return 0;
  if (!phrase.open_end && in_word(words.back()) && in_word(letters[end])) return 0;
  return end;
}

}  // namespace huiyin::reading
