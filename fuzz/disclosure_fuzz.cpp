// Disclosures: what is read is a name and one JSON value, and both come back the same from a disclosure of our own. The value's
// bytes, cut out of the text, mean what the whole text's reader saw.
#include <boost/json.hpp>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/json.h"
#include "log/disclosure.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = log::read_disclosure(text);
  if (!read) return 0;
  const auto whole = parse_json(text);
  const auto value = parse_json(read->value_json);
  HUIYIN_ASSERT(whole.ok() && value.ok());
  HUIYIN_ASSERT(boost::json::serialize(*value) == boost::json::serialize(whole->as_array()[2]));
  const log::Disclosure given{std::string(text)};
  HUIYIN_ASSERT(given.digest() == crypto::sha256(given.encoded()));
  const auto ours = log::disclose(std::array<std::uint8_t, log::salt_bytes>{}, read->name, read->value_json);
  HUIYIN_ASSERT(log::read_disclosure(ours.text) == read);
  return 0;
}
