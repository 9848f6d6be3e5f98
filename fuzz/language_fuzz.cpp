// Accept-Language: whatever is asked for, one of our languages is the answer; and what says nothing decides nothing.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/catalogue.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto zh = language_from_header(text, Language::zh);
  const auto en = language_from_header(text, Language::en);
  HUIYIN_ASSERT(zh == Language::zh || zh == Language::en);
  // Either the header names one of ours, then both agree; or it does not, then each stays what it was.
  HUIYIN_ASSERT(zh == en || (zh == Language::zh && en == Language::en));
  return 0;
}
