#include "app/import_map.h"

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "app/pack_reader.h"
#include "base/catalogue.h"
#include "base/json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

const fs::path source_dir = HUIYIN_SOURCE_DIR;
const fs::path shared_data = fs::path(HUIYIN_SHARED_DIR) / "data";
const Instant now = *instant_from_rfc3339("2026-03-01T00:00:00Z");

const rules::Pack& pack() {
  static const rules::Pack read = [] {
    auto reading = read_pack_folder(source_dir / "packs/petition-zh");
    auto made = pack_from_json(reading.json);
    HUIYIN_ASSERT(made.ok());
    return *std::move(made);
  }();
  return read;
}

// Every field of a map, short.
constexpr std::string_view whole_map = R"(source: old-hotline
language: zh
zone: Asia/Shanghai
id: number
subject: {field: title, cut: true}
body: {fields: [text, more]}
at: {field: day, formats: ["%Y/%m/%d %H:%M:%S", "%Y-%m-%d"]}
category:
  field: kind
  values: {路灯: street-lights, 噪音: noise}
  words:
    - {category: parking, words: [停车, 车位]}
  otherwise: government
place:
  address: {template: "{street}，{town}"}
  latitude: lat
  longitude: long
  unknown: [0, "39.5"]
answer:
  words: {field: reply}
  at: {field: replied, formats: ["%Y-%m-%d"]}
  unit:
    by_category: {noise: urban-management}
)";

ImportMap map_of(std::string_view text) {
  auto map = read_import_map("old.yaml", std::string(text), pack());
  for (const auto& error : map.ok() ? std::vector<FieldError>{} : map.error().fields) {
    ADD_FAILURE() << error.field << ": got " << error.got << ", expected " << say(error.expected, Language::en);
  }
  HUIYIN_ASSERT(map.ok());
  return *std::move(map);
}

ImportMap shipped(const std::string& name) {
  auto map = read_import_map_file(source_dir / "maps" / (name + ".yaml"), pack());
  for (const auto& error : map.ok() ? std::vector<FieldError>{} : map.error().fields) {
    ADD_FAILURE() << error.field << ": got " << error.got << ", expected " << say(error.expected, Language::en);
  }
  HUIYIN_ASSERT(map.ok());
  return *std::move(map);
}

json::object a_row() {
  return {{"number", 17},
          {"title", "路灯不亮"},
          {"text", "巷口的路灯坏了三天。"},
          {"more", nullptr},
          {"day", "2025/03/01 08:30:00"},
          {"kind", "路灯"},
          {"street", "和平路 3 号"},
          {"town", "河口镇"},
          {"lat", "31.5"},
          {"long", -120.25},
          {"reply", "已经修好。"},
          {"replied", "2025-03-04"},
          {"unused", json::array{1}}};
}

json::object with(std::string_view name, json::value value) {
  auto row = a_row();
  row[name] = std::move(value);
  return row;
}

TEST(ImportMap, MakesACaseOfARowWithAllThatHappenedToIt) {
  const auto made = to_case(map_of(whole_map), a_row(), now);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->source, "old-hotline");
  EXPECT_EQ(made->external_id, "17");
  EXPECT_EQ(to_rfc3339(made->at), "2025-03-01T00:30:00.000Z");
  const auto& submit = made->submit;
  EXPECT_EQ(submit.channel, cases::Channel::import);
  EXPECT_EQ(submit.language, Language::zh);
  EXPECT_EQ(*submit.subject, "路灯不亮");
  EXPECT_EQ(*submit.body, "巷口的路灯坏了三天。");
  EXPECT_EQ(submit.category->text, "street-lights");
  EXPECT_EQ(*(*submit.place).address, "和平路 3 号，河口镇");
  EXPECT_EQ((*submit.place).latitude_microdegrees, 31'500'000);
  EXPECT_EQ((*submit.place).longitude_microdegrees, -120'250'000);
  EXPECT_FALSE(submit.contact);
  ASSERT_TRUE(made->answered);
  EXPECT_EQ(made->answered->assign.unit.text, "urban-management");  // as the pack has it
  EXPECT_EQ(*made->answered->answer.words, "已经修好。");
  EXPECT_EQ(to_rfc3339(made->answered->at), "2025-03-03T16:00:00.000Z");
}

TEST(ImportMap, FindsTheCategoryByValueThenByWordsThenOtherwise) {
  const auto map = map_of(whole_map);
  const std::vector<std::pair<std::string, std::string>> rows{
      {"噪音", "noise"}, {"小区停车难", "parking"}, {" 路灯 ", "street-lights"}, {"路灯噪音", "government"}, {"", "government"}};
  for (const auto& [kind, expected] : rows) {
    const auto made = to_case(map, with("kind", json::value(kind)), now);
    ASSERT_TRUE(made.ok()) << kind;
    EXPECT_EQ(made->submit.category->text, expected) << kind;
  }
  EXPECT_EQ(to_case(map, with("kind", "噪音"), now)->answered->assign.unit.text, "urban-management");  // the map's own table
}

TEST(ImportMap, LeavesOutWhatARowDoesNotHave) {
  auto row = a_row();
  for (const auto* name : {"title", "street", "town", "lat", "long", "reply", "replied"}) row.erase(name);
  row["more"] = "门前也坏了。";
  const auto made = to_case(map_of(whole_map), row, now);
  ASSERT_TRUE(made.ok());
  EXPECT_FALSE(made->submit.subject);
  EXPECT_EQ(*made->submit.body, "巷口的路灯坏了三天。\n门前也坏了。");
  EXPECT_FALSE(made->submit.place);
  EXPECT_FALSE(made->answered);
}

TEST(ImportMap, TakesCoordinatesThatMeanUnknownForNone) {
  const auto map = map_of(whole_map);
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, json::value>>{{"lat", "39.50"}, {"lat", 0}, {"long", "0.0"}}) {
    const auto made = to_case(map, with(name, value), now);
    ASSERT_TRUE(made.ok()) << name;
    EXPECT_FALSE((*made->submit.place).latitude_microdegrees) << name;
    EXPECT_FALSE((*made->submit.place).longitude_microdegrees) << name;
    EXPECT_TRUE((*made->submit.place).address) << name;
  }
}

TEST(ImportMap, PutsASubjectThatMustBeCutWholeAboveTheBody) {
  const std::string longest(cases::subject_characters_max, 'a');
  const auto map = map_of(whole_map);
  EXPECT_EQ(*to_case(map, with("title", json::string(longest)), now)->submit.subject, longest);
  const auto made = to_case(map, with("title", json::string(longest + "b")), now);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(count_characters(*made->submit.subject), cases::subject_characters_max);
  EXPECT_TRUE(made->submit.subject.value->ends_with("a…"));
  EXPECT_EQ(*made->submit.body, longest + "b\n巷口的路灯坏了三天。");
}

TEST(ImportMap, NeedsNoWordsWhereCategoryAndPlaceSayEnough) {
  auto row = with("text", "");
  EXPECT_TRUE(to_case(map_of(whole_map), row, now).ok());
  for (const auto* name : {"street", "town", "lat", "long"}) row.erase(name);
  const auto refused = to_case(map_of(whole_map), row, now);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().fields.front().expected.key, key::import_expected_body);
}

TEST(ImportMap, NamesTheFieldThatIsWrongWhatCameAndWhatWasExpected) {
  struct Row {
    std::string field;
    json::value value;
    std::string got;
    Key expected;
  };
  const std::string too_long(cases::body_characters_max + 1, 'x');
  const std::vector<Row> rows{
      {"number", nullptr, "", key::expected_length},
      {"number", json::object{}, "an object", key::import_expected_plain},
      {"number", json::string(std::string(201, '7')), std::string(40, '7') + "…", key::expected_length},
      {"title", json::array{}, "an array", key::import_expected_plain},
      {"title", json::string("a\0b", 3), "(bytes that are not UTF-8 text)", key::import_expected_plain},
      {"day", "yesterday", "yesterday", key::import_expected_time},
      {"day", "", "", key::import_expected_time},
      {"day", "2025-02-30", "2025-02-30", key::import_expected_time},
      {"day", "2026-03-02", "2026-03-02", key::import_expected_past},
      {"replied", "2025-02-28", "2025-02-28", key::import_expected_after},
      {"replied", "2026-03-02", "2026-03-02", key::import_expected_past},
      {"replied", nullptr, "", key::import_expected_time},
      {"lat", "north", "north", key::expected_number},
      {"lat", 91, "91", key::expected_number},
      {"long", "180.5", "180.5", key::expected_number},
      {"long", nullptr, "", key::expected_lat_and_long},
  };
  const auto map = map_of(whole_map);
  for (const auto& row : rows) {
    const auto refused = to_case(map, with(row.field, row.value), now);
    ASSERT_FALSE(refused.ok()) << row.field << ' ' << row.got;
    ASSERT_EQ(refused.error().fields.size(), 1U) << row.field << ' ' << row.got;
    const auto& error = refused.error().fields.front();
    EXPECT_EQ(error.field, row.field);
    EXPECT_EQ(error.got, row.got);
    EXPECT_EQ(error.expected.key, row.expected) << row.field << ' ' << error.expected.key.name;
  }
}

TEST(ImportMap, NeverShowsWhatAPersonWrote) {
  const std::string words(cases::answer_characters_max + 1, 's');
  auto row = with("reply", json::string(words));
  row["text"] = words;
  row["more"] = "";
  row["street"] = words;
  const auto refused = to_case(map_of(whole_map), row, now);
  ASSERT_FALSE(refused.ok());
  ASSERT_EQ(refused.error().fields.size(), 3U);
  for (const auto& error : refused.error().fields) {
    EXPECT_EQ(error.got.find("ss"), std::string::npos) << error.field;
    EXPECT_EQ(error.expected.key, key::import_expected_characters) << error.field;
  }
}

TEST(ImportMap, RefusesAValueThatNoTableKnowsUnlessTheMapSaysOtherwise) {
  auto text = std::string(whole_map);
  const std::string line = "  otherwise: government\n";
  text.erase(text.find(line), line.size());
  const auto refused = to_case(map_of(text), with("kind", "别的"), now);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().fields.front().field, "kind");
  EXPECT_EQ(refused.error().fields.front().got, "别的");
  EXPECT_EQ(refused.error().fields.front().expected.key, key::import_expected_value);
  text.insert(text.find("place:"), "  otherwise: null\n");
  auto row = with("kind", "别的");
  EXPECT_FALSE(to_case(map_of(text), row, now).ok());  // there is an answer, and nobody to have given it
  row.erase("reply");
  const auto made = to_case(map_of(text), row, now);
  ASSERT_TRUE(made.ok());
  EXPECT_FALSE(made->submit.category);
}

TEST(ImportMapReader, NamesEveryFaultOfAMapWithItsLine) {
  struct Row {
    std::string from, to, field, got;
    Key expected;
  };
  const std::vector<Row> rows{
      {"source: old-hotline", "source: Old Hotline", "old.yaml:1 source", "Old Hotline", key::pack_code},
      {"language: zh", "language: fr", "old.yaml:2 language", "fr", key::expected_one_of},
      {"zone: Asia/Shanghai", "zone: Asia/Atlantis", "old.yaml:3 zone", "Asia/Atlantis", key::pack_zone},
      {"id: number\n", "", "old.yaml:1 id", "", key::expected_not_empty},
      {"{field: title, cut: true}", "{cut: true}", "old.yaml:5 subject", "", key::import_map_text},
      {"{field: title, cut: true}", "{field: a, template: b}", "old.yaml:5 subject", "", key::import_map_text},
      {"{field: title, cut: true}", "{field: title, cut: yes}", "old.yaml:5 subject.cut", "yes", key::expected_boolean},
      {"{field: title, cut: true}", "{feild: title, field: title}", "old.yaml:5 subject.feild", "title",
       key::expected_field_like},
      {"[text, more]", "[text, '']", "old.yaml:6 body.fields", "an array", key::import_map_names},
      {"\"%Y-%m-%d\"]}\ncategory", "\"%Y-%q\"]}\ncategory", "old.yaml:7 at.formats", "%Y-%q", key::import_map_format},
      {"at: {field: day, formats: [\"%Y/%m/%d %H:%M:%S\", \"%Y-%m-%d\"]}\n", "at: {field: day}\n", "old.yaml:7 at", "",
       key::import_map_time},
      {"at: {field: day, formats: [\"%Y/%m/%d %H:%M:%S\", \"%Y-%m-%d\"]}\n", "at: {constant: May}\n", "old.yaml:7 at.constant",
       "May", key::import_expected_time},
      {"路灯: street-lights", "路灯: lamps", "old.yaml:10 category.values.路灯", "lamps", key::expected_category},
      {"{category: parking, words: [停车, 车位]}", "{category: cars, words: [停车, 车位]}",
       "old.yaml:12 category.words[0].category", "cars", key::expected_category},
      {"{category: parking, words: [停车, 车位]}", "{category: parking}", "old.yaml:12 category.words[0].words", "",
       key::import_map_words},
      {"otherwise: government", "otherwise: nobody", "old.yaml:13 category.otherwise", "nobody", key::expected_category},
      {"field: kind", "fields: [kind, title]", "old.yaml:9 category.fields", "", key::import_map_one_field},
      {"\"{street}，{town}\"", "\"{street\"", "old.yaml:15 place.address.template", "{street", key::import_map_template},
      {"  longitude: long\n", "", "old.yaml:14 place", "", key::import_map_both},
      {"[0, \"39.5\"]", "[nowhere]", "old.yaml:18 place.unknown", "an array", key::import_map_numbers},
      {"by_category: {noise: urban-management}", "by_category: {noise: police}", "old.yaml:23 answer.unit.by_category.noise",
       "police", key::expected_unit},
      {"by_category: {noise: urban-management}", "by_category: {loud: housing}", "old.yaml:23 answer.unit.by_category.loud",
       "loud", key::expected_category},
      {"by_category: {noise: urban-management}", "constant: police", "old.yaml:23 answer.unit.constant", "police",
       key::expected_unit},
      {"  words: {field: reply}\n", "", "old.yaml:19 answer.words", "", key::expected_not_empty},
  };
  for (const auto& row : rows) {
    auto text = std::string(whole_map);
    const auto at = text.find(row.from);
    ASSERT_NE(at, std::string::npos) << row.from;
    const auto map = read_import_map("old.yaml", text.replace(at, row.from.size(), row.to), pack());
    ASSERT_FALSE(map.ok()) << row.to;
    ASSERT_EQ(map.error().fields.size(), 1U) << row.to << ": " << map.error().fields.back().field;
    const auto& error = map.error().fields.front();
    EXPECT_EQ(error.field, row.field);
    EXPECT_EQ(error.got, row.got) << row.field;
    EXPECT_EQ(error.expected.key, row.expected) << row.field << ' ' << error.expected.key.name;
  }
}

TEST(ImportMapReader, RefusesWhatIsNoMap) {
  for (const auto* text : {"", "just words", "- a list", "source: [", "source: &a x\nid: *a"}) {
    EXPECT_FALSE(read_import_map("old.yaml", text, pack()).ok()) << text;
  }
  EXPECT_FALSE(read_import_map_file(source_dir / "maps/nowhere.yaml", pack()).ok());
  EXPECT_FALSE(read_import_map_file(source_dir / "maps", pack()).ok());
}

TEST(ShippedMaps, MapAnInventedRowOfTheirShape) {
  const auto message = to_case(shipped("messages"),
                               {{"id", "m1"}, {"category", "卫生计生"}, {"subject", ""}, {"body", "请问门诊能报销吗？"}}, now);
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(message->submit.category->text, "health");
  EXPECT_EQ(to_rfc3339(message->at), "2019-12-31T16:00:00.000Z");

  const auto topic = to_case(shipped("hot-topics"),
                             {{"id", "1"},
                              {"user", "u1"},
                              {"subject", "夜里施工"},
                              {"at", "2019-06-01T22:00:00"},
                              {"body", "夜里一直施工。"},
                              {"likes", 3},
                              {"dislikes", 0}},
                             now);
  ASSERT_TRUE(topic.ok());
  EXPECT_FALSE(topic->submit.category);

  const auto answered = to_case(shipped("answers"),
                                {{"id", "2"},
                                 {"subject", "咨询公积金提取"},
                                 {"at", "2019/6/1 9:00:00"},
                                 {"body", "怎样提取？"},
                                 {"answer", "请到窗口办理。"},
                                 {"answered_at", "2019/6/3 10:00:00"}},
                                now);
  ASSERT_TRUE(answered.ok());
  EXPECT_EQ(answered->submit.category->text, "housing-fund");
  EXPECT_EQ(answered->answered->assign.unit.text, "housing-fund");

  const auto request = to_case(shipped("baltimore311"),
                               {{"ServiceRequestNum", "18-1"},
                                {"SRType", "TRM-Pothole Repair"},
                                {"CreatedDate", "07/01/2018 12:00:00 PM"},
                                {"Agency", "Transportation"},
                                {"Address", "1 SOME ST"},
                                {"Neighborhood", ""},
                                {"CouncilDistrict", "6"},
                                {"Latitude", "39"},
                                {"Longitude", "-77"}},
                               now);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->submit.category->text, "road-repair");
  EXPECT_EQ(*request->submit.body, "TRM-Pothole Repair\nAgency: Transportation\nCouncil district: 6");
  EXPECT_FALSE((*request->submit.place).latitude_microdegrees);
  EXPECT_EQ(to_rfc3339(request->at), "2018-07-01T16:00:00.000Z");
}

struct RowCounts {
  std::size_t rows = 0, categories = 0, places = 0, coordinates = 0, answers = 0;
  std::map<std::string, std::size_t> refused;
};

RowCounts count_rows(const std::string& name) {
  const auto map = shipped(name);
  RowCounts out;
  std::ifstream in(shared_data / (name + ".jsonl"));
  for (std::string line; std::getline(in, line);) {
    ++out.rows;
    const auto row = parse_json(line);
    HUIYIN_ASSERT(row.ok());
    const auto made = to_case(map, row->get_object(), now);
    if (!made.ok()) {
      const auto& error = made.error().fields.front();
      ++out.refused[error.field + " " + std::string(error.expected.key.name)];
      continue;
    }
    out.categories += made->submit.category ? 1 : 0;
    out.places += made->submit.place ? 1 : 0;
    out.coordinates += made->submit.place && (*made->submit.place).latitude_microdegrees ? 1 : 0;
    out.answers += made->answered ? 1 : 0;
  }
  return out;
}

// Public material that is not part of the project.
TEST(ShippedMaps, TakeEveryRealRow) {
  if (!fs::exists(shared_data)) GTEST_SKIP() << "no real messages here";
  using Refused = std::map<std::string, std::size_t>;
  const auto messages = count_rows("messages");
  EXPECT_EQ(messages.rows, 7203U);
  EXPECT_EQ(messages.categories, 7203U);
  EXPECT_EQ(messages.refused, Refused{});

  const auto topics = count_rows("hot-topics");
  EXPECT_EQ(topics.rows, 4326U);
  EXPECT_EQ(topics.refused, Refused{});

  const auto answers = count_rows("answers");
  EXPECT_EQ(answers.rows, 2026U);
  EXPECT_EQ(answers.answers, 2026U);
  EXPECT_EQ(answers.categories, 2026U);
  EXPECT_EQ(answers.refused, Refused{});

  const auto requests = count_rows("baltimore311");
  EXPECT_EQ(requests.rows, 10000U);
  EXPECT_EQ(requests.refused, Refused{});
  EXPECT_EQ(requests.categories, 9872U);
  EXPECT_EQ(requests.coordinates, 8518U);
  EXPECT_GT(requests.places, 9600U);
}

}  // namespace
}  // namespace huiyin::app
