// Case references and secrets as people type them: read loosely, written in one way, and that way is read as the same.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/id.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto reference = CaseReference::parse(text)) {
    HUIYIN_ASSERT(reference->text().size() == 11);
    HUIYIN_ASSERT(CaseReference::parse(reference->text()) == reference);
    // Any single wrong symbol is found.
    auto wrong = reference->text();
    auto& symbol = wrong[data[0] % 3U];
    symbol = symbol == '2' ? '3' : '2';
    HUIYIN_ASSERT(!CaseReference::parse(wrong));
  }
  if (const auto secret = normalise_case_secret(text)) {
    HUIYIN_ASSERT(secret->size() == 16 && normalise_case_secret(*secret) == secret);
  }
  HUIYIN_ASSERT(!is_code(text) || text.size() <= code_length_max);
  return 0;
}
