// Entry bundles have one spelling: what is read is written back byte for byte.
#include <cstdint>

#include "base/assert.h"
#include "log/bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const ByteView bytes(data, size);
  const auto read = log::parse_bundle(bytes);
  if (!read.ok()) return 0;
  HUIYIN_ASSERT(!read->empty() && read->size() <= log::bundle_entries_max);
  const std::vector<std::string> entries(read->begin(), read->end());
  const auto written = log::write_bundle(entries);
  HUIYIN_ASSERT(std::equal(written.begin(), written.end(), bytes.begin(), bytes.end()));
  return 0;
}
