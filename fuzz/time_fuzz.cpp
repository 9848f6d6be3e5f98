// Times and days as strangers write them: what is read is within the years we take, give or take an offset, and stays the same
// when it is written and read again; a day has one spelling.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/time.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto day = day_from_iso(text)) HUIYIN_ASSERT(to_iso(*day) == text);
  if (const auto at = instant_from_rfc3339(text)) {
    HUIYIN_ASSERT(*at >= earliest_instant && *at < latest_instant);
    HUIYIN_ASSERT(instant_from_rfc3339(to_rfc3339(*at)) == *at);
  }
  return 0;
}
