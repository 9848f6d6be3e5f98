// Rows of another system's file through a map that uses all a map can: any bytes are refused or become a case within the limits,
// and a refusal names its fields.
#include <boost/json.hpp>
#include <cstdint>
#include <string_view>

#include "app/import_map.h"
#include "base/assert.h"
#include "base/catalogue.h"
#include "base/json.h"
#include "base/text.h"

namespace {

using namespace huiyin;

constexpr Instant now{1'772'354'000'000};

constexpr std::string_view map_text = R"(source: s
language: zh
id: i
subject: {field: s, cut: true}
body: {template: "{b} {{}} {c}\n: {s}"}
at: {field: t, formats: ["%Y-%m-%dT%H:%M:%S.%f%z", "%m/%d/%Y %I:%M:%S %p", "%Y-%m-%d"]}
category:
  field: k
  values: {a: noise}
  words: [{category: noise, words: [b]}]
  otherwise: null
place: {address: {fields: [x, y]}, latitude: u, longitude: v, unknown: [39]}
answer: {words: {field: w, cut: true}, at: {field: d, formats: ["%Y-%m-%d"]}}
)";

rules::Pack small_pack() {
  rules::Pack pack;
  pack.zone = "America/New_York";
  pack.units.push_back({UnitCode{"ecology"}, {}, {"z", "e"}});
  rules::Category noise;
  noise.code = CategoryCode{"noise"};
  noise.unit = UnitCode{"ecology"};
  pack.categories.push_back(std::move(noise));
  return pack;
}

const app::ImportMap& map() {
  static const auto read = app::read_import_map("map.yaml", std::string(map_text), small_pack());
  HUIYIN_ASSERT(read.ok());
  return *read;
}

void check(const app::Imported& made) {
  const auto& submit = made.submit;
  HUIYIN_ASSERT(!made.external_id.empty() && is_text(made.external_id));
  HUIYIN_ASSERT(made.at <= now && made.at >= earliest_instant - std::chrono::hours(24));
  HUIYIN_ASSERT(!submit.subject ||
                (is_text(*submit.subject) && count_characters(*submit.subject) <= cases::subject_characters_max));
  HUIYIN_ASSERT(!submit.body || (is_text(*submit.body) && count_characters(*submit.body) <= cases::body_characters_max));
  HUIYIN_ASSERT(submit.body || (submit.category && submit.place));
  if (!made.answered) return;
  HUIYIN_ASSERT(made.answered->at >= made.at && made.answered->at <= now && submit.category);
  HUIYIN_ASSERT(count_characters(*made.answered->answer.words) <= cases::answer_characters_max);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto row = parse_json({reinterpret_cast<const char*>(data), size});
  if (!row.ok() || !row->is_object()) return 0;
  const auto made = app::to_case(map(), row->get_object(), now);
  if (made.ok()) {
    check(*made);
  } else {
    HUIYIN_ASSERT(!made.error().fields.empty());
    for (const auto& error : made.error().fields) HUIYIN_ASSERT(is_text(error.got) && !say(error.expected, Language::en).empty());
  }
  return 0;
}
