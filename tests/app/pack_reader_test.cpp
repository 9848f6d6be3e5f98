#include "app/pack_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "base/canonical_json.h"

namespace huiyin::app {
namespace {

// A small pack without a fault. Each test spoils one place.
PackFiles good_pack() {
  return {{"pack.yaml",
           "name: test-town\n"
           "title: {zh: 测试镇, en: Test Town}\n"
           "zone: Asia/Shanghai\n"
           "rating_days: 30\n"
           "rating_source: {zh: 本包设定, en: set by this pack}\n"
           "files: [units.yaml, categories.yaml, limits.yaml, roads.yaml]\n"},
          {"units.yaml",
           "units:\n"
           "  - code: housing\n"
           "    name: {zh: 住建局, en: Housing}\n"
           "  - code: water\n"
           "    parent: housing\n"
           "    name: {zh: 水务所, en: Water}\n"},
          {"categories.yaml",
           "categories:\n"
           "  - code: town\n"
           "    name: {zh: 城乡建设, en: Town}\n"
           "    unit: housing\n"
           "  - code: tap-water\n"
           "    parent: town\n"
           "    name: {zh: 自来水, en: Tap water}\n"
           "    help: {zh: 停水, en: no water}\n"
           "    unit: water\n"
           "    publication: sealed\n"},
          {"limits.yaml",
           "limits:\n"
           "  - code: accept\n"
           "    name: {zh: 受理, en: Acceptance}\n"
           "    starts_at: received\n"
           "    calendar_days: 15\n"
           "    source: {zh: 第二十二条, en: article 22}\n"
           "  - code: finish\n"
           "    name: {zh: 办结, en: Completion}\n"
           "    starts_at: accepted\n"
           "    calendar_days: 60\n"
           "    source: {zh: 第三十四条, en: article 34}\n"},
          {"roads.yaml",
           "roads:\n"
           "  - code: court\n"
           "    name: {zh: 起诉, en: Court}\n"
           "    help: {zh: 去法院, en: go to court}\n"
           "    source: {zh: 民事诉讼法, en: Civil Procedure Law}\n"}};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

std::vector<std::string> said(const PackReading& reading) {
  std::vector<std::string> lines;
  for (const auto& fault : reading.faults) lines.push_back(say(fault, Language::en));
  return lines;
}

TEST(PackReader, ReadsAGoodPackIntoCanonicalJson) {
  const auto reading = read_pack_files(good_pack());
  ASSERT_THAT(said(reading), testing::IsEmpty());
  const auto pack = pack_from_json(reading.json);
  ASSERT_TRUE(pack.ok());
  EXPECT_EQ(pack->name, "test-town");
  EXPECT_EQ(pack->title.in(Language::zh), "测试镇");
  EXPECT_EQ(pack->rating_days, 30);
  ASSERT_EQ(pack->units.size(), 2U);
  EXPECT_EQ(pack->units[1].parent, UnitCode{"housing"});
  EXPECT_EQ(pack->categories[0].publication, rules::Publication::facts);
  EXPECT_EQ(pack->categories[1].publication, rules::Publication::sealed);
  EXPECT_EQ(pack->find_limit({"finish"})->calendar_days, 60);
  EXPECT_EQ(pack->find_limit({"finish"})->starts_at, rules::StartsAt::accepted);
  EXPECT_EQ(pack->find_road({"court"})->help.en, "go to court");
  EXPECT_EQ(pack->hash, crypto::sha256(reading.json));
}

TEST(PackReader, GivesTheSameHashHoweverTheSamePackIsWritten) {
  const auto first = read_pack_files(good_pack());
  auto files = good_pack();
  files["units.yaml"] = replaced(files["units.yaml"], "{zh: 住建局, en: Housing}", "{en: \"Housing \", zh: '住建局'}");
  files["categories.yaml"] =
      replaced(files["categories.yaml"], "    unit: housing\n", "    unit: housing\n    publication: facts\n    help: ~\n");
  EXPECT_EQ(first.json, read_pack_files(files).json);
}

TEST(PackReader, TakesAListInSeveralFilesAsOne) {
  auto files = good_pack();
  files["more.yaml"] = "\nunits:\n  - code: roads-office\n    parent: hosing\n    name: {zh: 路, en: Roads}\n";
  files["pack.yaml"] = replaced(files["pack.yaml"], "units.yaml, ", "units.yaml, more.yaml, ");
  EXPECT_THAT(said(read_pack_files(files)),
              testing::ElementsAre(testing::StartsWith("more.yaml:4 units[2].parent: found “hosing”")));
  files["more.yaml"] = replaced(files["more.yaml"], "hosing", "housing");
  const auto reading = read_pack_files(files);
  ASSERT_THAT(said(reading), testing::IsEmpty());
  EXPECT_EQ(pack_from_json(reading.json)->units.size(), 3U);
}

struct Spoiled {
  std::string file;
  std::string from;
  std::string to;
  std::vector<std::string> begins;  // of what is said, a line a fault
};

class OneFault : public testing::TestWithParam<Spoiled> {};

TEST_P(OneFault, IsNamedWithFileAndLineAndWhatWasExpected) {
  auto files = good_pack();
  files[GetParam().file] = replaced(files[GetParam().file], GetParam().from, GetParam().to);
  const auto reading = read_pack_files(files);
  std::vector<testing::Matcher<std::string>> expected;
  for (const auto& begin : GetParam().begins) expected.push_back(testing::StartsWith(begin));
  EXPECT_THAT(said(reading), testing::ElementsAreArray(expected));
  EXPECT_EQ(reading.json, "");
  for (const auto& fault : reading.faults) EXPECT_NE(say(fault, Language::zh), "");
}

INSTANTIATE_TEST_SUITE_P(
    Content, OneFault,
    testing::Values(
        Spoiled{"pack.yaml", "name: test-town\n", "", {"pack.yaml:1 name: this must be filled in"}},
        Spoiled{"pack.yaml", "test-town", "Test Town", {"pack.yaml:1 name: found “Test Town”; expected a code: "}},
        Spoiled{"pack.yaml", "Asia/Shanghai", "Asia/Shangai", {"pack.yaml:3 zone: found “Asia/Shangai”; expected a time zone"}},
        Spoiled{"pack.yaml", "Asia/Shanghai", "../../etc/passwd", {"pack.yaml:3 zone: found “../../etc/passwd”"}},
        Spoiled{"pack.yaml",
                "rating_days: 30",
                "rating_days: 0",
                {"pack.yaml:4 rating_days: found “0”; expected a whole number from 1 to 3660"}},
        Spoiled{"pack.yaml",
                "rating_days: 30",
                "rating_days: '30'",
                {"pack.yaml:4 rating_days: found “30”; expected a whole number"}},
        Spoiled{"pack.yaml",
                "rating_days:",
                "rating_day:",
                {"pack.yaml:1 rating_days: this must be filled in",
                 "pack.yaml:4 rating_day: there is no field of this name; did you mean “rating_days”?"}},
        Spoiled{"units.yaml",
                "code: water",
                "code: housing",
                {"units.yaml:4 units[1].code: found “housing”; expected a code of its own; this one stands first at units[0]",
                 "categories.yaml:9 categories[1].unit"}},
        Spoiled{"units.yaml",
                "code: water",
                "code: 12345",
                {"units.yaml:4 units[1].code: found “12345”; expected text", "categories.yaml:9"}},
        Spoiled{"units.yaml",
                "parent: housing",
                "parent: hosing",
                {"units.yaml:5 units[1].parent: found “hosing”; expected the code of an entry"}},
        Spoiled{"units.yaml",
                "parent: housing",
                "parent: water",
                {"units.yaml:5 units[1].parent: found “water”; expected a parent that does not lead back"}},
        Spoiled{"units.yaml",
                "    parent: housing",
                "    parnet: housing",
                {"units.yaml:5 units[1].parnet: there is no field of this name; did you mean “parent”?"}},
        Spoiled{"units.yaml",
                "{zh: 水务所, en: Water}",
                "水务所",
                {"units.yaml:6 units[1].name: found “水务所”; expected the text in both languages"}},
        Spoiled{"units.yaml",
                "{zh: 水务所, en: Water}",
                "{zh: 水务所}",
                {"units.yaml:6 units[1].name.en: this must be filled in"}},
        Spoiled{"units.yaml", "en: Water", "en: true", {"units.yaml:6 units[1].name.en: found “true”; expected text"}},
        Spoiled{"units.yaml",
                "en: Water",
                "en: " + repeated("w", 121),
                {"units.yaml:6 units[1].name.en: found “121”; expected between 1 and 120"}},
        Spoiled{"units.yaml",
                "en: Water",
                "en: \"a\\0b\"",
                {"units.yaml:6 units[1].name.en: found “(bytes that are not UTF-8 text)”; expected text in UTF-8"}},
        Spoiled{"units.yaml",
                "    name: {zh: 水务所, en: Water}\n",
                "",
                {"units.yaml:4 units[1].name: expected the text in both"}},
        Spoiled{"categories.yaml",
                "unit: water",
                "unit: fire",
                {"categories.yaml:9 categories[1].unit: found “fire”; expected the code of a unit"}},
        Spoiled{"categories.yaml",
                "sealed",
                "secret",
                {"categories.yaml:10 categories[1].publication: found “secret”; expected one of open, facts, sealed"}},
        Spoiled{"categories.yaml",
                "en: no water",
                "fr: rien",
                {"categories.yaml:8 categories[1].help.en: this must be filled in",
                 "categories.yaml:8 categories[1].help.fr: there is no field of this name"}},
        Spoiled{"categories.yaml",
                "categories:\n",
                "categories:\n  - town\n",
                {"categories.yaml:2 categories[0]: found “town”; expected a JSON object"}},
        Spoiled{"limits.yaml",
                "code: finish",
                "code: end",
                {"limits.yaml:1 limits: expected the limit “finish”",
                 "limits.yaml:7 limits[1].code: found “end”; expected one of the limits"}},
        Spoiled{"limits.yaml",
                "calendar_days: 15",
                "calendar_days: 3661",
                {"limits.yaml:5 limits[0].calendar_days: found “3661”"}},
        Spoiled{"limits.yaml", "calendar_days: 15", "calendar_days: 1.5", {"limits.yaml:5 limits[0].calendar_days: found “1.5”"}},
        Spoiled{"limits.yaml",
                "starts_at: received",
                "starts_at: accepted",
                {"limits.yaml:4 limits[0].starts_at: found “accepted”; expected “received”"}},
        Spoiled{"limits.yaml",
                "starts_at: accepted",
                "starts_at: received",
                {"limits.yaml:9 limits[1].starts_at: found “received”; expected “accepted”"}},
        Spoiled{"limits.yaml", "    starts_at: accepted\n", "", {"limits.yaml:7 limits[1].starts_at: this must be filled in"}},
        Spoiled{"roads.yaml",
                "    source: {zh: 民事诉讼法, en: Civil Procedure Law}\n",
                "",
                {"roads.yaml:2 roads[0].source: expected"}}));

INSTANTIATE_TEST_SUITE_P(
    Form, OneFault,
    testing::Values(
        Spoiled{"units.yaml", "units:\n", "units:\n  - [\n", {"units.yaml:3: expected valid YAML ("}},
        Spoiled{"units.yaml",
                "    parent: housing\n",
                "    parent: housing\n    parent: water\n",
                {"units.yaml:6 units[1].parent: found “parent”; expected each field once; it stands first in line 5"}},
        Spoiled{"units.yaml", "code: housing", "code: &a housing", {"units.yaml:2: found “&”; expected everything written out"}},
        Spoiled{"units.yaml",
                "name: {zh: 水务所, en: Water}",
                "name: *a",
                {"units.yaml:6: expected valid YAML (the referenced anchor is not defined"}},
        Spoiled{"units.yaml",
                "code: housing",
                "code: !!binary aG91",
                {"units.yaml:2: found “tag:yaml.org,2002:binary”; expected a plain value"}},
        Spoiled{"units.yaml",
                "    parent: housing\n",
                "    ? [a, b]\n    : housing\n",
                {"units.yaml:5: found “an array”; expected a plain word"}},
        Spoiled{"units.yaml",
                "en: Water",
                "en: " + repeated("[", 17) + repeated("]", 17),
                {"units.yaml:6: found “an array”; expected at most 16 levels"}},
        Spoiled{"units.yaml", "en: Water", "en: " + repeated("[", 5'000), {"units.yaml:6: expected valid YAML ("}},
        Spoiled{"units.yaml",
                "units:\n",
                "---\nunits: []\n---\nunits:\n",
                {"units.yaml:3: found “---”; expected one YAML document"}},
        Spoiled{
            "units.yaml",
            "units:\n",
            "unit:\n",
            {"pack.yaml:1 units: expected a list of 1 to 2000", "units.yaml:1 unit: found “an array”; expected one of the lists",
             "categories.yaml:4 categories[0].unit", "categories.yaml:9 categories[1].unit"}},
        Spoiled{"units.yaml", "水务所", "\xFF\xFE", {"units.yaml: found “(bytes that are not UTF-8 text)”"}},
        Spoiled{"units.yaml", "units:\n", "#" + repeated("x", 1 << 20) + "\nunits:\n", {"units.yaml: found “10"}},
        Spoiled{"pack.yaml", ", roads.yaml", "", {"roads.yaml: expected only files that stand in the list"}},
        Spoiled{"pack.yaml",
                "roads.yaml",
                "rods.yaml",
                {"pack.yaml:6 files[3]: found “rods.yaml”; expected a file of this name", "roads.yaml: expected only"}},
        Spoiled{"pack.yaml",
                "roads.yaml",
                "../roads.yaml",
                {"pack.yaml:6 files[3]: found “../roads.yaml”; expected the name of a file", "roads.yaml: expected only"}},
        Spoiled{"pack.yaml",
                "roads.yaml]",
                "roads.yaml, units.yaml]",
                {"pack.yaml:6 files[4]: found “units.yaml”; expected each file named once"}},
        Spoiled{"pack.yaml",
                "[units.yaml, categories.yaml, limits.yaml, roads.yaml]",
                "units.yaml",
                {"pack.yaml:6 files: found “units.yaml”; expected a list"}}));

TEST(PackReader, RefusesATreeThatIsTooDeepOrGoesRoundInACircle) {
  auto files = good_pack();
  files["units.yaml"] =
      "units:\n"
      "  - {code: housing, name: {zh: 甲, en: A}}\n"
      "  - {code: water, parent: housing, name: {zh: 乙, en: B}}\n"
      "  - {code: c, parent: water, name: {zh: 丙, en: C}}\n"
      "  - {code: d, parent: c, name: {zh: 丁, en: D}}\n"
      "  - {code: e, parent: f, name: {zh: 戊, en: E}}\n"
      "  - {code: f, parent: e, name: {zh: 己, en: F}}\n"
      "  - {code: g, parent: e, name: {zh: 庚, en: G}}\n";
  EXPECT_THAT(
      said(read_pack_files(files)),
      testing::ElementsAre(testing::StartsWith("units.yaml:5 units[3].parent: found “c”; expected at most 3 levels"),
                           testing::StartsWith("units.yaml:6 units[4].parent: found “f”; expected a parent that does not"),
                           testing::StartsWith("units.yaml:7 units[5].parent: found “e”; expected a parent that does not")));
}

TEST(PackReader, SaysThatThereIsNoPackInAnEmptyFolder) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "no-such-pack";
  EXPECT_THAT(said(read_pack_folder(folder)),
              testing::ElementsAre("pack.yaml: expected a file pack.yaml that says what the pack consists of."));
}

TEST(PackReader, RefusesAFileThatIsTooLong) {
  const auto folder = std::filesystem::path(testing::TempDir()) / "too-long-pack";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "pack.yaml") << "#" << std::string(pack_file_bytes_max, 'x');
  EXPECT_THAT(said(read_pack_folder(folder)), testing::ElementsAre("pack.yaml: expected a file of at most 1048576 bytes."));
  std::filesystem::remove_all(folder);
}

TEST(PackFromJson, ChecksWhatTheDatabaseKeptAgain) {
  const auto json = read_pack_files(good_pack()).json;
  EXPECT_FALSE(pack_from_json("").ok());
  EXPECT_FALSE(pack_from_json("[]").ok());
  const auto spoiled = pack_from_json(replaced(json, "\"calendar_days\":15", "\"calendar_days\":-15"));
  ASSERT_FALSE(spoiled.ok());
  ASSERT_EQ(spoiled.error().fields.size(), 1U);
  EXPECT_EQ(spoiled.error().fields[0].field, "limits[0].calendar_days");
}

// The packs that come with the program.
TEST(ShippedPack, PetitionZhReadsWithoutAFault) {
  const auto reading = read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh");
  ASSERT_THAT(said(reading), testing::IsEmpty());
  const auto pack = pack_from_json(reading.json);
  ASSERT_TRUE(pack.ok());
  EXPECT_EQ(pack->zone, "Asia/Shanghai");
  EXPECT_EQ(pack->find_limit({"accept"})->calendar_days, 15);
  EXPECT_EQ(pack->find_limit({"finish"})->calendar_days, 60);
  for (const auto* area : {"urban-rural", "labour", "education", "commerce", "environment", "health", "transport"}) {
    const auto* found = pack->find_category({area});
    ASSERT_NE(found, nullptr) << area;
    EXPECT_FALSE(found->parent) << area;
  }
  for (const auto* sealed : {"workplace-harassment", "domestic-violence", "misconduct"}) {
    ASSERT_NE(pack->find_category({sealed}), nullptr) << sealed;
    EXPECT_EQ(pack->find_category({sealed})->publication, rules::Publication::sealed) << sealed;
  }
}

TEST(ShippedPack, PetitionZhNamesAUnitForEachCategoryAndKeepsItsTextsShort) {
  const auto reading = read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh");
  const auto pack = pack_from_json(reading.json);
  ASSERT_TRUE(pack.ok());
  for (const auto& category : pack->categories) {
    EXPECT_TRUE(pack->unit_for(category.code)) << category.code.text;
    EXPECT_LE(category.name.en.size(), 45U) << category.name.en;
  }
  for (const auto& road : pack->roads) EXPECT_LE(road.help.en.size(), 450U) << road.code.text;
}

}  // namespace
}  // namespace huiyin::app
