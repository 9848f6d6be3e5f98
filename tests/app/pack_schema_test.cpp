// The published schema of a pack (docs/formats/pack.schema.json) and the check of the program say the same of its structure: each
// field of the shipped pack is taken away, given another type, or joined by a stranger, and both must agree on what becomes of
// it.
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "app/pack_check.h"
#include "app/pack_reader.h"
#include "base/json.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using valijson::adapters::BoostJsonAdapter;

const std::filesystem::path root(HUIYIN_SOURCE_DIR);

class PackSchemaTest : public testing::Test {
 protected:
  PackSchemaTest() {
    std::ifstream file(root / "docs/formats/pack.schema.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto value = json::parse(text);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(BoostJsonAdapter(value), schema_);
  }
  bool schema_takes(const json::value& pack) {
    valijson::Validator validator;
    return validator.validate(schema_, BoostJsonAdapter(pack), nullptr);
  }
  // Whether the check finds fault with what stands at this place, or below it.
  static bool check_takes(const json::value& pack, const std::string& place) {
    PackContent content;
    const auto faults = check_pack(pack, content);
    return std::ranges::none_of(faults, [&](const FieldError& fault) {
      return fault.field == place || fault.field.starts_with(place + ".") || fault.field.starts_with(place + "[");
    });
  }
  void agree(const json::value& pack, const std::string& place, const char* what) {
    EXPECT_EQ(schema_takes(pack), check_takes(pack, place)) << place << " " << what;
    ++compared_;
  }

  // All changes to one place and what stands below it. Of long lists the first two entries stand for all.
  void change_each(json::value& pack, json::value& here, const std::string& path) {
    if (auto* list = here.if_array()) {
      const auto entries = path == "limits" || path == "answers" ? list->size() : std::min<std::size_t>(2, list->size());
      for (std::size_t i = 0; i < entries; ++i) {
        change_value(pack, (*list)[i], path + "[" + std::to_string(i) + "]");
        change_each(pack, (*list)[i], path + "[" + std::to_string(i) + "]");
      }
    }
    auto* object = here.if_object();
    if (object == nullptr) return;
    const auto below = [&](std::string_view name) { return path.empty() ? std::string(name) : path + "." + std::string(name); };
    (*object)["stranger"] = 1;
    agree(pack, below("stranger"), "joined by a stranger");
    object->erase("stranger");
    std::vector<std::string> names;
    for (const auto& member : *object) names.emplace_back(member.key());
    for (const auto& name : names) {
      const auto kept = object->at(name);
      object->erase(name);
      agree(pack, below(name), "taken away");
      (*object)[name] = kept;
      change_value(pack, object->at(name), below(name));
      change_each(pack, object->at(name), below(name));
    }
  }
  void change_value(json::value& pack, json::value& here, const std::string& path) {
    const auto kept = here;
    for (const json::value& other :
         {json::value(json::object{{"x", 1}}), json::value(json::array{json::array()}), json::value(-1), json::value(1.5),
          json::value(true), json::value(""), json::value("No Code, no day")}) {
      if (other.kind() == kept.kind() && !other.is_string() && !other.is_object()) continue;
      if (other.is_string() && kept.is_string() && other.as_string() == "No Code, no day") continue;  // content, not structure
      here = other;
      agree(pack, path, "of another kind");
    }
    here = kept;
  }

  valijson::Schema schema_;
  std::size_t compared_ = 0;
};

TEST_F(PackSchemaTest, TakesTheShippedPack) {
  for (const auto& entry : std::filesystem::directory_iterator(root / "packs")) {
    const auto reading = read_pack_folder(entry.path());
    ASSERT_TRUE(reading.faults.empty()) << entry.path();
    EXPECT_TRUE(schema_takes(*parse_json(reading.json))) << entry.path();
  }
}

TEST_F(PackSchemaTest, RefusesTheStructureThatTheCheckRefusesAndNoOther) {
  auto pack = *parse_json(read_pack_folder(root / "packs/petition-zh").json);
  // What is left out is missed only where another entry names it, which is content.
  for (const auto* list : {"units", "categories", "roads"}) pack.at(list).as_array().resize(2);
  pack.at("danger").at("words").as_array().resize(2);
  change_each(pack, pack, "");
  EXPECT_GT(compared_, 1'000U);
}

}  // namespace
}  // namespace huiyin::app
