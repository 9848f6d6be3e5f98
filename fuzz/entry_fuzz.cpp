// Entries are canonical JSON in one spelling: what is read is valid, is written back byte for byte, and is what an ordinary JSON
// reader makes of it.
#include <boost/json.hpp>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/canonical_json.h"
#include "log/entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto succession = log::parse_succession_entry(text)) {
    HUIYIN_ASSERT(size <= log::entry_bytes_max && log::is_valid(*succession) && log::canonical(*succession) == text);
    const auto object = boost::json::parse(text);
    HUIYIN_ASSERT(canonical_json(object) == text && object.as_object().size() == 8);
    HUIYIN_ASSERT(object.at("kept").to_number<std::uint64_t>() == succession->kept &&
                  object.at("origin").as_string() == succession->origin);
  }
  const auto entry = log::parse_entry(text);
  if (!entry) return 0;
  HUIYIN_ASSERT(size <= log::entry_bytes_max && log::is_valid(*entry));
  HUIYIN_ASSERT(log::canonical(*entry) == text);
  const auto read = boost::json::parse(text);
  HUIYIN_ASSERT(canonical_json(read) == text);
  HUIYIN_ASSERT(read.as_object().size() == 12 && read.at("kind").as_string() == entry->kind && read.at("v").as_int64() == 1);
  return 0;
}
