#include "base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/catalogue.h"
#include "texts/keys.h"

namespace huiyin {
namespace {

TEST(ParseJson, TakesOneTextAndNothingBehindIt) {
  EXPECT_TRUE(parse_json("  {\"a\": [1, 2.5, \"x\"]} \n").ok());
  for (const auto* bad : {"", "{", "{\"a\":1} x", "{'a':1}", "[1,]", "nul", "\"\xff\""}) {
    EXPECT_FALSE(parse_json(bad).ok()) << bad;
  }
}

TEST(ParseJson, RefusesWhatNestsTooDeep) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(parse_json(nested(json_depth_max)).ok());
  EXPECT_FALSE(parse_json(nested(json_depth_max + 1)).ok());
  EXPECT_FALSE(parse_json(nested(100'000)).ok());
}

// Such a number would be read as infinite and written as "Infinity", which is no JSON.
TEST(ParseJson, RefusesNumbersThatNothingHolds) {
  EXPECT_TRUE(parse_json("[-1e308, 1e-400, 18446744073709551616]").ok());
  EXPECT_FALSE(parse_json("1e309").ok());
  EXPECT_FALSE(parse_json(R"({"a": [-1e400]})").ok());
}

TEST(FieldReader, NamesEveryWrongFieldAtOnce) {
  const auto value = parse_json(R"({"body": 7, "place": {"lat": 91, "extra": true}, "solved": "yes", "odd": null, "many": 1.5})");
  FieldReader reader(*value);
  EXPECT_EQ(reader.text("body", {1, 10}), std::nullopt);
  auto* place = reader.object("place");
  ASSERT_NE(place, nullptr);
  EXPECT_EQ(place->number("lat", -90, 90), std::nullopt);
  EXPECT_FALSE(reader.required_boolean("solved"));
  EXPECT_EQ(reader.integer("many", 0, 10), std::nullopt);
  EXPECT_EQ(reader.required_text("subject", {1, 10}), "");
  std::vector<std::string> fields;
  for (const auto& error : reader.done()) fields.push_back(error.field);
  EXPECT_THAT(fields, testing::UnorderedElementsAre("body", "place.lat", "place.extra", "solved", "odd", "many", "subject"));
}

TEST(FieldReader, CountsCharactersNotBytes) {
  const auto value = parse_json(R"({"words": " 路灯坏了　"})");
  FieldReader reader(*value);
  EXPECT_EQ(reader.required_text("words", {4, 4}), "路灯坏了");
  EXPECT_TRUE(reader.done().empty());
}

TEST(FieldReader, ReadsEachObjectOfAList) {
  const auto value = parse_json(R"({"units": [{"code": "a"}, 7, {"code": "", "odd": 1}], "many": [{}, {}, {}], "no_list": {}})");
  FieldReader reader(*value);
  const auto units = reader.objects("units", {1, 3});
  ASSERT_EQ(units.size(), 2U);
  EXPECT_EQ(units[0]->required_text("code", {1, 9}), "a");
  EXPECT_EQ(units[1]->required_text("code", {1, 9}), "");
  EXPECT_TRUE(reader.objects("many", {0, 2}).empty());
  EXPECT_TRUE(reader.objects("no_list", {0, 2}).empty());
  EXPECT_TRUE(reader.objects("absent", {0, 2}).empty());
  EXPECT_TRUE(reader.objects("absent_but_needed", {1, 2}).empty());
  std::vector<std::string> fields;
  for (const auto& error : reader.done()) fields.push_back(error.field);
  EXPECT_THAT(fields,
              testing::UnorderedElementsAre("units[1]", "units[2].code", "units[2].odd", "many", "no_list", "absent_but_needed"));
}

TEST(FieldReader, SaysWhichNameWasProbablyMeant) {
  const auto value = parse_json(R"({"parnet": "x", "coed": "x", "elsewhere": "x"})");
  FieldReader reader(*value);
  (void)reader.raw("parent");
  (void)reader.raw("code");
  std::vector<std::string> said;
  for (const auto& error : reader.done()) said.push_back(say(error.expected, Language::en));
  EXPECT_THAT(said, testing::ElementsAre(testing::HasSubstr("“parent”"), testing::HasSubstr("“code”"),
                                         testing::Not(testing::HasSubstr("“"))));
}

TEST(Catalogue, SaysTheSameKeyInBothLanguages) {
  const Message message{key::expected_length, {{"min", "1"}, {"max", "9"}}};
  EXPECT_EQ(say(message, Language::en), "between 1 and 9 characters");
  EXPECT_EQ(say(message, Language::zh), "1 至 9 个字");
}

TEST(Catalogue, ChoosesTheLanguageThatAHeaderPrefers) {
  EXPECT_EQ(language_from_header("fr, en;q=0.5, zh-CN;q=0.9", Language::en), Language::zh);
  EXPECT_EQ(language_from_header("", Language::zh), Language::zh);
  EXPECT_EQ(language_from_header("fr", Language::en), Language::en);
}

}  // namespace
}  // namespace huiyin
