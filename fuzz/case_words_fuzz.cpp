// What strangers write, as topics and similar cases read it: nothing breaks, and what may be shown holds no long number.
#include <cstdint>
#include <string_view>

#include "analysis/case_words.h"
#include "analysis/similar.h"
#include "analysis/topic_words.h"
#include "base/assert.h"
#include "base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin::analysis;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto words = words_of_case(text.substr(0, size / 4), text);
  HUIYIN_ASSERT(resemblance(words.sketch, words.sketch) == (words.sketch.count == 0 ? 0.0F : 1.0F));
  for (std::size_t at = 1; at < words.terms.size(); ++at) HUIYIN_ASSERT(words.terms[at - 1].term < words.terms[at].term);
  if (!huiyin::is_text(text)) return 0;
  const auto fit = fit_for_everybody(text);
  HUIYIN_ASSERT(huiyin::is_text(fit) || fit.empty());
  HUIYIN_ASSERT(fit.find('@') == std::string::npos);
  SimilarIndex index;
  index.add({.id = "a", .body = std::string(text)});
  HUIYIN_ASSERT(index.find({.id = "b", .body = std::string(text)}, 1).size() <= 1);
  return 0;
}
