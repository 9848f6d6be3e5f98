#include "analysis/personal/page.h"

#include <algorithm>

namespace huiyin::personal {
namespace {

constexpr std::size_t label_gap_letters_max = 14;

// What joins a label to its value: "电话号码是：", "phone number is", "(", "#".
bool joins(char32_t c) noexcept {
  constexpr std::u32string_view joining = U" :：,，.、(（#-/是为号码的";
  return is_latin(c) || joining.find(c) != std::u32string_view::npos;
}

bool ends_sentence(char32_t c) noexcept { return c == U'。' || c == U'!' || c == U'?' || c == U';' || c == U'\n'; }

}  // namespace

void Page::order_told() {
  for (auto& words : told_) std::sort(words.begin(), words.end(), [](const Words& a, const Words& b) { return a.end < b.end; });
}

std::size_t Page::label_end(Told what, std::size_t begin) const {
  const auto& words = told(what);
  std::size_t first = begin;
  while (first > 0 && begin - first < label_gap_letters_max && joins(letters_[first - 1])) --first;
  // Some word of the kind reaches into what joins, or ends where that begins.
  auto word = std::upper_bound(words.begin(), words.end(), begin, [](std::size_t at, const Words& w) { return at < w.end; });
  return word != words.begin() && std::prev(word)->end >= first ? std::prev(word)->end : 0;
}

bool Page::told_before(Told what, std::size_t begin, std::size_t reach) const {
  const auto& words = told(what);
  auto word = std::upper_bound(words.begin(), words.end(), begin, [](std::size_t at, const Words& w) { return at < w.end; });
  if (word == words.begin()) return false;
  const auto end = std::prev(word)->end;
  if (begin - end > reach) return false;
  for (auto i = end; i < begin; ++i) {
    if (ends_sentence(letters_[i])) return false;
  }
  return true;
}

bool Page::is_free(std::size_t begin, std::size_t end) const {
  for (auto i = begin; i < end; ++i) {
    if (taken_[i]) return false;
  }
  return true;
}

void Page::found(Kind kind, std::size_t begin, std::size_t end, Why why) {
  if (begin >= end || !is_free(begin, end)) return;
  for (auto i = begin; i < end; ++i) taken_[i] = true;
  findings_.push_back({kind, letters_.at[begin], letters_.at[end], why});
}

std::vector<Finding> Page::findings() {
  std::sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) { return a.begin < b.begin; });
  return std::move(findings_);
}

}  // namespace huiyin::personal
