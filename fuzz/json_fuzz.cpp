// JSON from strangers: refused with a reason, or read into a value that means the same when it is written and read again; and
// the field reader takes nothing beyond its limits.
#include <boost/json.hpp>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/canonical_json.h"
#include "base/json.h"
#include "base/text.h"

namespace {

using namespace huiyin;

// Canonical JSON has no fractions and takes only ASCII names.
bool can_be_canonical(const boost::json::value& value) {
  if (value.is_double()) return false;
  if (const auto* array = value.if_array()) {
    for (const auto& element : *array) {
      if (!can_be_canonical(element)) return false;
    }
  }
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      for (const char c : std::string_view(member.key())) {
        if (static_cast<unsigned char>(c) >= 0x80) return false;
      }
      if (!can_be_canonical(member.value())) return false;
    }
  }
  return true;
}

void read_again(const boost::json::value& value) {
  const auto again = parse_json(boost::json::serialize(value));
  HUIYIN_ASSERT(again.ok());
  if (!can_be_canonical(value)) return;
  const auto canonical = canonical_json(value);
  const auto from_canonical = parse_json(canonical);
  HUIYIN_ASSERT(from_canonical.ok() && canonical_json(*from_canonical) == canonical);
}

void read_fields(const boost::json::value& value) {
  FieldReader reader(value);
  const auto text = reader.text("t", {1, 10});
  HUIYIN_ASSERT(!text || (is_text(*text) && count_characters(*text) >= 1 && count_characters(*text) <= 10));
  HUIYIN_ASSERT(count_characters(reader.required_text("r", {0, 3})) <= 3);
  const auto number = reader.number("n", -90, 90);
  HUIYIN_ASSERT(!number || (*number >= -90 && *number <= 90));
  const auto integer = reader.integer("i", -5, 5);
  HUIYIN_ASSERT(!integer || (*integer >= -5 && *integer <= 5));
  (void)reader.boolean("b");
  if (auto* inner = reader.object("o")) (void)inner->required_integer("i", 0, 1);
  const auto list = reader.objects("l", {0, 3});
  HUIYIN_ASSERT(list.size() <= 3);
  for (auto* element : list) (void)element->required_boolean("b");
  for (const auto& error : reader.done()) HUIYIN_ASSERT(is_text(error.got));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = parse_json({reinterpret_cast<const char*>(data), size});
  if (!value.ok()) {
    HUIYIN_ASSERT(value.error().code == Code::invalid);
    return 0;
  }
  read_again(*value);
  read_fields(*value);
  return 0;
}
