// Lines of disclosures: what is read says the same when it is written and read again.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "log/disclosed_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const auto line = log::parse_disclosed_line({reinterpret_cast<const char*>(data), size});
  if (!line) return 0;
  HUIYIN_ASSERT(log::parse_disclosed_line(log::disclosed_line(line->index, line->texts)) == line);
  return 0;
}
