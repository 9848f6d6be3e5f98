// Packs come from people and, kept as JSON, from the database: any text is refused or read, and what is read stays the same
// when it is read again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/pack_reader.h"
#include "base/assert.h"

namespace {

using namespace huiyin;

void read_again(const std::string& json) {
  const auto pack = app::pack_from_json(json);
  HUIYIN_ASSERT(pack.ok());
  HUIYIN_ASSERT(pack->hash == crypto::sha256(json));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (text.starts_with('{')) {
    (void)app::pack_from_json(text);
    return 0;
  }
  // The whole pack in one file: pack.yaml may hold the lists itself.
  const auto reading = app::read_pack_files({{"pack.yaml", text}});
  HUIYIN_ASSERT(reading.faults.empty() != reading.json.empty());
  for (const auto& fault : reading.faults) (void)app::say(fault, Language::en);
  if (reading.faults.empty()) read_again(reading.json);
  return 0;
}
