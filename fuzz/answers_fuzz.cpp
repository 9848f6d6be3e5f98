// The check of answers over any question and answer (a line end between them): each passage is whole characters of the answer.
#include <cstdint>
#include <string_view>

#include "analysis/quality/check.h"
#include "base/assert.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!is_text(text)) return 0;
  static const quality::AnswerCheck check;
  const auto border = text.find('\n');
  const auto asked = text.substr(0, border);
  const auto answer = border == std::string_view::npos ? std::string_view() : text.substr(border + 1);
  const auto checked = check.check({asked, asked, answer});
  for (const auto& remark : checked.remarks) {
    HUIYIN_ASSERT(remark.begin <= remark.end && remark.end <= answer.size());
    HUIYIN_ASSERT(is_text(answer.substr(remark.begin, remark.end - remark.begin)));
    HUIYIN_ASSERT(!say(remark.why, Language::en).empty() && !say(remark.mend, Language::zh).empty());
  }
  quality::Copies copies;
  for (int time = 0; time < 2; ++time) copies.add(checked.core, checked.question);
  HUIYIN_ASSERT(copies.others(1) == (checked.question.empty() && !checked.core.empty() ? 1U : 0U));
  return 0;
}
