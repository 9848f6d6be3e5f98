// The personal data finder over any text: findings in order, whole characters, and nothing left to find after masking.
#include <cstdint>
#include <string_view>

#include "analysis/personal/finder.h"
#include "base/assert.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!is_text(text)) return 0;
  static const personal::Finder finder;
  static const auto masks = personal::masks_of(Language::zh);
  std::size_t from = 0;
  for (const auto& finding : finder.find(text)) {
    HUIYIN_ASSERT(finding.begin >= from && finding.end > finding.begin && finding.end <= size);
    HUIYIN_ASSERT(is_text(text.substr(finding.begin, finding.end - finding.begin)));
    from = finding.end;
  }
  const auto masked = finder.mask(text, masks);
  HUIYIN_ASSERT(is_text(masked.text));
  HUIYIN_ASSERT(finder.find(masked.text).empty());
  return 0;
}
