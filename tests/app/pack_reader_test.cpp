#include "app/pack_reader.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "app/zone.h"
#include "base/canonical_json.h"
#include "domain/rules/explanation.h"

namespace huiyin::app {
namespace {

// accept and finish at lines 2 and 9, then the others, none with more than it needs.
std::string good_limits() {
  std::string text =
      "limits:\n"
      "  - code: accept\n"
      "    name: {zh: 受理, en: Acceptance}\n"
      "    starts_at: received\n"
      "    count: calendar_days\n"
      "    amount: 15\n"
      "    article: {zh: 第二十二条, en: article 22}\n"
      "    source: {zh: 十五日内, en: within 15 days}\n"
      "  - code: finish\n"
      "    name: {zh: 办结, en: Completion}\n"
      "    starts_at: accepted\n"
      "    count: calendar_days\n"
      "    amount: 60\n"
      "    remind_before: 10\n"
      "    extension: {amount_max: 30, source: {zh: 可延长, en: may be extended}}\n"
      "    stopped_by: [hearing]\n"
      "    article: {zh: 第三十四条, en: article 34}\n"
      "    source: {zh: 六十日内, en: within 60 days}\n";
  for (const auto& known : rules::known_limits()) {
    if (known.code == rules::accept_limit || known.code == rules::finish_limit || known.for_some) continue;
    text += "  - {code: " + known.code.text + ", name: {zh: 限, en: Limit}, starts_at: " + std::string(name_of(known.starts_at)) +
            ", count: working_days, amount: 5, article: {zh: 条, en: article}, source: {zh: 据, en: source}}\n";
  }
  text +=
      "  - {code: finish-water, rule: finish, categories: [tap-water], name: {zh: 水, en: Water}, starts_at: accepted, count: hours, "
      "amount: 24, article: {zh: 条, en: article}, source: {zh: 据, en: source}}\n";
  return text;
}

// A small pack without a fault. Each test spoils one place.
PackFiles good_pack() {
  return {{"pack.yaml",
           "name: test-town\n"
           "title: {zh: 测试镇, en: Test Town}\n"
           "zone: Asia/Shanghai\n"
           "rating_days: 30\n"
           "rating_source: {zh: 本包设定, en: set by this pack}\n"
           "files: [units.yaml, categories.yaml, limits.yaml, pauses.yaml, roads.yaml, answers.yaml]\n"
           "calendar:\n"
           "  file: holidays.ics\n"
           "  weekend: [saturday, sunday]\n"
           "  known_from: 2026-01-01\n"
           "  known_until: 2026-12-31\n"
           "  source: {zh: 国务院通知, en: notice of the State Council}\n"
           "representatives_max: 5\n"
           "representatives_source: {zh: 第二十条, en: article 20}\n"
           "danger:\n"
           "  words: [着火了, Gas leak]\n"
           "  numbers:\n"
           "    - {number: '119', name: {zh: 火警, en: Fire}}\n"},
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
           "    publication: sealed\n"
           "    answer: opinion\n"},
          {"limits.yaml", good_limits()},
          {"pauses.yaml",
           "pauses:\n"
           "  - code: hearing\n"
           "    name: {zh: 听证, en: hearing}\n"
           "    source: {zh: 第三十六条, en: article 36}\n"},
          {"holidays.ics",
           "BEGIN:VCALENDAR\n"
           "BEGIN:VEVENT\n"
           "DTSTART;VALUE=DATE:20261001\n"
           "DTEND;VALUE=DATE:20261008\n"
           "SUMMARY;LANGUAGE=zh:国庆节\n"
           "COMMENT;LANGUAGE=en:National Day\n"
           "END:VEVENT\n"
           "BEGIN:VEVENT\n"
           "DTSTART;VALUE=DATE:20261010\n"
           "SUMMARY:调休上班\n"
           "CATEGORIES:WORKDAY\n"
           "END:VEVENT\n"
           "END:VCALENDAR\n"},
          {"roads.yaml",
           "roads:\n"
           "  - code: court\n"
           "    name: {zh: 起诉, en: Court}\n"
           "    help: {zh: 去法院, en: go to court}\n"
           "    source: {zh: 民事诉讼法, en: Civil Procedure Law}\n"
           "offices:\n"
           "  - code: counter\n"
           "    name: {zh: 接待室, en: Counter}\n"
           "    address: {zh: 一路 1 号, en: 1 First Road}\n"
           "    phone: '+86 571 1234'\n"
           "    email: letters@example.org\n"
           "    hours: {zh: 工作日 9-17 点, en: working days 9 to 17}\n"},
          {"answers.yaml",
           "answers:\n"
           "  - code: reply\n"
           "    name: {zh: 答复, en: Reply}\n"
           "    states_outcome: false\n"
           "    signed_off: false\n"
           "    reviewable: false\n"
           "    source: {zh: 本包设定, en: set by this pack}\n"
           "  - code: opinion\n"
           "    name: {zh: 意见书, en: Opinion}\n"
           "    parts:\n"
           "      - {code: claim, name: {zh: 诉求, en: Claim}}\n"
           "      - {code: basis, name: {zh: 依据, en: Basis}, help: {zh: 写到条, en: down to the article}}\n"
           "    states_outcome: true\n"
           "    signed_off: true\n"
           "    reviewable: true\n"
           "    source: {zh: 第三十二条, en: article 32}\n"}};
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

TEST(PackReader, TakesTheSizeOfACellAndLeavesOutTheUsualOne) {
  const auto with = [](const std::string& line) {
    auto files = good_pack();
    files.find("pack.yaml")->second += line;
    return read_pack_files(files).json;
  };
  EXPECT_EQ(with("k: 10\n"), with("")) << "the same rules have the same hash";
  EXPECT_EQ(pack_from_json(with("k: 25\n")).value().k, 25);
}

TEST(PackReader, ReadsAGoodPackIntoCanonicalJson) {
  const auto reading = read_pack_files(good_pack());
  ASSERT_THAT(said(reading), testing::IsEmpty());
  const auto pack = pack_from_json(reading.json);
  ASSERT_TRUE(pack.ok());
  EXPECT_EQ(pack->name, "test-town");
  EXPECT_EQ(pack->title.in(Language::zh), "测试镇");
  EXPECT_EQ(pack->rating_days, 30);
  EXPECT_EQ(pack->k, 10);
  ASSERT_EQ(pack->units.size(), 2U);
  EXPECT_EQ(pack->units[1].parent, UnitCode{"housing"});
  EXPECT_EQ(pack->categories[0].publication, rules::Publication::facts);
  EXPECT_EQ(pack->categories[1].publication, rules::Publication::sealed);
  EXPECT_EQ(pack->find_limit({"finish"})->terms.amount, 60);
  EXPECT_EQ(pack->find_limit({"finish"})->starts_at, rules::StartsAt::accepted);
  EXPECT_EQ(pack->find_road({"court"})->help.en, "go to court");
  EXPECT_EQ(pack->hash, crypto::sha256(reading.json));
}

TEST(PackReader, ReadsLimitsPausesAndCalendar) {
  const auto pack = pack_from_json(read_pack_files(good_pack()).json);
  ASSERT_TRUE(pack.ok());
  const auto& finish = *pack->find_limit(rules::finish_limit);
  EXPECT_EQ(finish.terms, (rules::Terms{rules::Count::calendar_days, 60, false}));
  EXPECT_EQ(finish.extension->amount_max, 30);
  EXPECT_EQ(finish.extension->source.en, "may be extended");
  EXPECT_THAT(finish.stopped_by, testing::ElementsAre(PauseCode{"hearing"}));
  EXPECT_EQ(finish.article.zh, "第三十四条");
  EXPECT_FALSE(pack->find_limit(rules::accept_limit)->extension);
  EXPECT_EQ(pack->find_pause({"hearing"})->source.en, "article 36");
  const auto& calendar = pack->calendar;
  EXPECT_EQ(to_iso(*calendar.known_until), "2026-12-31");
  ASSERT_EQ(calendar.special.size(), 2U);
  EXPECT_EQ(to_iso(calendar.special[0].last), "2026-10-07");
  EXPECT_EQ(calendar.special[0].name, (rules::LocalText{"国庆节", "National Day"}));
  EXPECT_TRUE(calendar.special[1].works);
}

TEST(PackReader, ReadsAnswersDangerAndHowManySpeakForMany) {
  const auto pack = pack_from_json(read_pack_files(good_pack()).json);
  ASSERT_TRUE(pack.ok());
  ASSERT_EQ(pack->answers.size(), 2U);
  EXPECT_EQ(pack->answers[0].code, AnswerCode{"reply"});
  EXPECT_THAT(pack->answers[0].parts, testing::IsEmpty());
  EXPECT_FALSE(pack->answers[0].states_outcome || pack->answers[0].signed_off || pack->answers[0].reviewable);
  const auto& opinion = *pack->find_answer({"opinion"});
  ASSERT_EQ(opinion.parts.size(), 2U);
  EXPECT_EQ(opinion.parts[0].code, PartCode{"claim"});
  EXPECT_EQ(opinion.parts[0].help, rules::LocalText());
  EXPECT_EQ(opinion.parts[1].help.en, "down to the article");
  EXPECT_TRUE(opinion.states_outcome && opinion.signed_off && opinion.reviewable);
  EXPECT_EQ(opinion.source.zh, "第三十二条");
  EXPECT_EQ(pack->answer_for(CategoryCode{"town"}).code, AnswerCode{"reply"});
  EXPECT_EQ(pack->answer_for(CategoryCode{"tap-water"}).code, AnswerCode{"opinion"});
  EXPECT_THAT(pack->danger.words, testing::ElementsAre("着火了", "Gas leak"));
  ASSERT_EQ(pack->danger.numbers.size(), 1U);
  EXPECT_EQ(pack->danger.numbers[0].number, "119");
  EXPECT_EQ(pack->danger.numbers[0].name.en, "Fire");
  ASSERT_EQ(pack->offices.size(), 1U);
  EXPECT_EQ(pack->offices[0].code, OfficeCode{"counter"});
  EXPECT_EQ(pack->offices[0].address.en, "1 First Road");
  EXPECT_EQ(pack->offices[0].phone, "+86 571 1234");
  EXPECT_EQ(pack->offices[0].email, "letters@example.org");
  EXPECT_EQ(pack->offices[0].hours.zh, "工作日 9-17 点");
  EXPECT_EQ(pack->representatives_max, 5);
  EXPECT_EQ(pack->find_limit(rules::finish_limit)->remind_before, 10);
  EXPECT_EQ(pack->find_limit(rules::accept_limit)->remind_before, 0);
}

TEST(PackReader, TakesAPackThatSaysNothingOfDanger) {
  auto files = good_pack();
  files["pack.yaml"].resize(files["pack.yaml"].find("danger:"));
  const auto without = read_pack_files(files);
  ASSERT_THAT(said(without), testing::IsEmpty());
  EXPECT_THAT(pack_from_json(without.json)->danger.words, testing::IsEmpty());
  files["pack.yaml"] += "danger: {words: [], numbers: []}\n";
  EXPECT_EQ(read_pack_files(files).json, without.json);
}

TEST(PackReader, GivesTheSameHashHoweverAHolidayIsSplit) {
  const auto first = read_pack_files(good_pack());
  auto files = good_pack();
  files["holidays.ics"] = replaced(files["holidays.ics"], "DTEND;VALUE=DATE:20261008", "DTEND;VALUE=DATE:20261003");
  files["holidays.ics"] = replaced(files["holidays.ics"], "END:VCALENDAR",
                                   "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261003\nDTEND;VALUE=DATE:20261008\nSUMMARY:国庆节\n"
                                   "COMMENT;LANGUAGE=en:National Day\nEND:VEVENT\nEND:VCALENDAR");
  files["pack.yaml"] = replaced(files["pack.yaml"], "  weekend: [saturday, sunday]\n", "");
  EXPECT_EQ(first.json, read_pack_files(files).json);
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
                "rating_days: 30\nk: 2",
                {"pack.yaml:5 k: found “2”; expected a whole number from 3 to 1000"}},
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
                 "limits.yaml:9 limits[1].code: found “end”; expected one of the limits this program keeps: accept, object, "}},
        Spoiled{"limits.yaml", "amount: 15", "amount: 3661", {"limits.yaml:6 limits[0].amount: found “3661”"}},
        Spoiled{"limits.yaml", "amount: 15", "amount: 1.5", {"limits.yaml:6 limits[0].amount: found “1.5”"}},
        Spoiled{"limits.yaml",
                "calendar_days\n    amount: 15",
                "working_days\n    amount: 367",
                {"limits.yaml:6 limits[0].amount: found “367”; expected a whole number from 1 to 366"}},
        Spoiled{"limits.yaml",
                "count: calendar_days",
                "count: days",
                {"limits.yaml:5 limits[0].count: found “days”; expected one of calendar_days, working_days, hours"}},
        Spoiled{"limits.yaml", "    count: calendar_days\n", "", {"limits.yaml:2 limits[0].count: this must be filled in"}},
        Spoiled{"limits.yaml",
                "starts_at: received",
                "starts_at: accepted",
                {"limits.yaml:4 limits[0].starts_at: found “accepted”; expected “received”"}},
        Spoiled{"limits.yaml",
                "starts_at: accepted",
                "starts_at: received",
                {"limits.yaml:11 limits[1].starts_at: found “received”; expected “accepted”"}},
        Spoiled{"limits.yaml", "    starts_at: accepted\n", "", {"limits.yaml:9 limits[1].starts_at: this must be filled in"}},
        Spoiled{"limits.yaml", "amount_max: 30, ", "", {"limits.yaml:15 limits[1].extension.amount_max: this must be filled in"}},
        Spoiled{"limits.yaml",
                "extension: {amount_max: 30, source: {zh: 可延长, en: may be extended}}",
                "extension: 30",
                {"limits.yaml:15 limits[1].extension: found “30”; expected a JSON object"}},
        Spoiled{"limits.yaml",
                "[hearing]",
                "[hearing, lunch]",
                {"limits.yaml:16 limits[1].stopped_by[1]: found “lunch”; expected the code of a pause"}},
        Spoiled{"limits.yaml",
                "[hearing]",
                "[hearing, hearing]",
                {"limits.yaml:16 limits[1].stopped_by[1]: found “hearing”; expected each pause named once"}},
        Spoiled{"limits.yaml", "[hearing]", "hearing", {"limits.yaml:16 limits[1].stopped_by: found “hearing”; expected a list"}},
        Spoiled{"limits.yaml",
                "count: working_days, ",
                "count: working_days, ends_on_workday: {zh: 顺延, en: moves on}, ",
                {"limits.yaml:19 limits[2].ends_on_workday: found “working_days”; expected a limit in calendar days"}},
        Spoiled{"limits.yaml",
                "    stopped_by",
                "    ends_on_workday: yes\n    stopped_by",
                {"limits.yaml:16 limits[1].ends_on_workday: found “yes”; expected the text in both languages"}},
        Spoiled{"limits.yaml",
                "rule: finish",
                "rule: end",
                {"limits.yaml:26 limits[9].rule: found “end”; expected one of the limits this program keeps: accept, object, "}},
        Spoiled{"limits.yaml",
                "[tap-water]",
                "[tap-water, sea]",
                {"limits.yaml:26 limits[9].categories[1]: found “sea”; expected the code of a category of this pack"}},
        Spoiled{"limits.yaml",
                "[tap-water]",
                "[tap-water, tap-water]",
                {"limits.yaml:26 limits[9].categories[1]: found “tap-water”; expected each category once for one rule; limits[9] "
                 "has it already"}},
        Spoiled{"limits.yaml",
                "finish-water, rule: finish, categories: [tap-water], name: {zh: 水, en: Water}, starts_at: accepted",
                "correction, name: {zh: 水, en: Water}, starts_at: correction_asked",
                {"limits.yaml:26 limits[9].code: found “correction”; expected “categories” and “rule”: this limit is only ever"}},
        Spoiled{
            "limits.yaml",
            "finish-water, rule: finish, categories: [tap-water], name: {zh: 水, en: Water}, starts_at: accepted",
            "ask-water, rule: ask_correction, categories: [tap-water], name: {zh: 水, en: Water}, starts_at: received",
            {"limits.yaml:26 limits[9].categories: found “tap-water”; expected for category “tap-water” a limit of rule “correction”",
             "pauses.yaml:1 pauses: expected the pause “correction”"}},
        Spoiled{"limits.yaml", "[tap-water]", "[]", {"limits.yaml:26 limits[9].categories: "}},
        Spoiled{"limits.yaml",
                "code: finish-water",
                "code: urgent",
                {"limits.yaml:26 limits[9].code: found “urgent”; expected a code of its own: this one is the name",
                 "limits.yaml:26 limits[9].code: found “urgent”; expected a code of its own; this one stands first"}},
        Spoiled{"limits.yaml", "rule: finish, ", "", {"limits.yaml:26 limits[9].rule: this must be filled in"}},
        Spoiled{"limits.yaml",
                "categories: [tap-water], ",
                "",
                {"limits.yaml:26 limits[9].code: found “finish-water”; expected one of the limits this program keeps",
                 "limits.yaml:26 limits[9].rule: found “finish”; expected no rule here"}},
        Spoiled{"pauses.yaml",
                "    source: {zh: 第三十六条, en: article 36}\n",
                "",
                {"pauses.yaml:2 pauses[0].source: expected the text in both"}},
        Spoiled{"roads.yaml",
                "    source: {zh: 民事诉讼法, en: Civil Procedure Law}\n",
                "",
                {"roads.yaml:2 roads[0].source: expected"}}));

INSTANTIATE_TEST_SUITE_P(
    Offices, OneFault,
    testing::Values(
        Spoiled{"roads.yaml",
                "+86 571 1234",
                "ask Wang",
                {"roads.yaml:10 offices[0].phone: found “ask Wang”; expected a number to call"}},
        Spoiled{"roads.yaml",
                "letters@example.org",
                "letters",
                {"roads.yaml:11 offices[0].email: found “letters”; expected an e-mail"}},
        Spoiled{"roads.yaml",
                "    name: {zh: 接待室, en: Counter}\n",
                "",
                {"roads.yaml:7 offices[0].name: expected the text in both"}},
        Spoiled{"roads.yaml",
                "    address: {zh: 一路 1 号, en: 1 First Road}\n    phone: '+86 571 1234'\n    email: letters@example.org\n",
                "",
                {"roads.yaml:7 offices[0].phone: expected an address, a phone number or an e-mail address"}},
        Spoiled{"roads.yaml",
                "    hours: {zh: 工作日 9-17 点, en: working days 9 to 17}\n",
                "  - {code: counter, name: {zh: 又一个, en: Another}, phone: '12345'}\n",
                {"roads.yaml:12 offices[1].code: found “counter”; expected a code of its own"}}));

INSTANTIATE_TEST_SUITE_P(
    Answers, OneFault,
    testing::Values(
        Spoiled{
            "answers.yaml",
            "code: opinion",
            "code: reply",
            {"categories.yaml:11 categories[1].answer: found “opinion”; expected the code of an answer of this pack",
             "answers.yaml:8 answers[1].code: found “reply”; expected a code of its own; this one stands first at answers[0]"}},
        Spoiled{"answers.yaml",
                "code: basis",
                "code: claim",
                {"answers.yaml:12 answers[1].parts[1].code: found “claim”; expected a code of its own; this one stands first at "
                 "parts[0]"}},
        Spoiled{"answers.yaml", "    signed_off: false\n", "", {"answers.yaml:2 answers[0].signed_off: expected true or false"}},
        Spoiled{"answers.yaml",
                "reviewable: true",
                "reviewable: yes",
                {"answers.yaml:15 answers[1].reviewable: found “yes”; expected true or false"}},
        Spoiled{"answers.yaml",
                "    source: {zh: 第三十二条, en: article 32}\n",
                "",
                {"answers.yaml:8 answers[1].source: expected the text in both"}},
        Spoiled{"answers.yaml", "{zh: 诉求, en: Claim}", "诉求", {"answers.yaml:11 answers[1].parts[0].name: found “诉求”"}},
        Spoiled{"answers.yaml",
                "help: {zh: 写到条, en: down to the article}",
                "hint: {zh: 写到条, en: down to the article}",
                {"answers.yaml:12 answers[1].parts[1].hint: there is no field of this name"}},
        Spoiled{"answers.yaml",
                "      - {code: claim, name: {zh: 诉求, en: Claim}}\n",
                repeated("      - {code: claim, name: {zh: 诉求, en: Claim}}\n", 12),
                {"answers.yaml:10 answers[1].parts: found “13”; expected a list of 0 to 12"}},
        Spoiled{"answers.yaml",
                "answers:\n",
                "answers:\n" + repeated("  - {code: reply}\n", 19),
                {"categories.yaml:11 categories[1].answer", "answers.yaml:1 answers: found “21”; expected a list of 1 to 20"}},
        Spoiled{"categories.yaml",
                "answer: opinion",
                "answer: letter",
                {"categories.yaml:11 categories[1].answer: found “letter”; expected the code of an answer"}},
        Spoiled{"limits.yaml",
                "remind_before: 10",
                "remind_before: 60",
                {"limits.yaml:14 limits[1].remind_before: found “60”; expected a whole number from 0 to 59"}},
        Spoiled{"limits.yaml",
                "remind_before: 10",
                "remind_before: soon",
                {"limits.yaml:14 limits[1].remind_before: found “soon”; expected a whole number from 0 to 59"}},
        Spoiled{"limits.yaml", "amount: 60", "amount: many", {"limits.yaml:13 limits[1].amount: found “many”"}},
        Spoiled{"pack.yaml",
                "representatives_max: 5",
                "representatives_max: 21",
                {"pack.yaml:13 representatives_max: found “21”; expected a whole number from 1 to 20"}},
        Spoiled{"pack.yaml", "representatives_max: 5\n", "", {"pack.yaml:1 representatives_max: this must be filled in"}},
        Spoiled{"pack.yaml",
                "representatives_source: {zh: 第二十条, en: article 20}\n",
                "",
                {"pack.yaml:1 representatives_source: expected the text in both"}}));

INSTANTIATE_TEST_SUITE_P(
    Danger, OneFault,
    testing::Values(
        Spoiled{"pack.yaml",
                "  numbers:\n    - {number: '119', name: {zh: 火警, en: Fire}}\n",
                "",
                {"pack.yaml:15 danger.numbers: expected at least one number to call"}},
        Spoiled{"pack.yaml",
                "  numbers:\n    - {number: '119', name: {zh: 火警, en: Fire}}\n",
                "  numbers: []\n",
                {"pack.yaml:17 danger.numbers: expected at least one number to call"}},
        Spoiled{"pack.yaml",
                "着火了, Gas leak",
                "着火了, 火, Gas leak",
                {"pack.yaml:16 danger.words[1]: found “火”; expected text of 2 to 40 characters"}},
        Spoiled{"pack.yaml",
                "Gas leak",
                repeated("火", 41),
                {"pack.yaml:16 danger.words[1]: found “" + repeated("火", 40) + "…”; expected text of 2 to 40"}},
        Spoiled{"pack.yaml", "Gas leak", "119", {"pack.yaml:16 danger.words[1]: found “119”; expected text of 2"}},
        Spoiled{"pack.yaml",
                "Gas leak",
                "Gas leak, gas LEAK",
                {"pack.yaml:16 danger.words[2]: found “gas LEAK”; expected each word once"}},
        Spoiled{"pack.yaml",
                "[着火了, Gas leak]",
                "着火了",
                {"pack.yaml:16 danger.words: found “着火了”; expected a list of 0 to 500"}},
        Spoiled{"pack.yaml",
                "着火了, Gas leak",
                "着火了" + repeated(", 着火了", 500),
                {"pack.yaml:16 danger.words: found “501”; expected a list of 0 to 500"}},
        Spoiled{"pack.yaml", "'119'", "119", {"pack.yaml:18 danger.numbers[0].number: found “119”; expected text"}},
        Spoiled{"pack.yaml",
                "'119'",
                "fire!",
                {"pack.yaml:18 danger.numbers[0].number: found “fire!”; expected a number to call"}},
        Spoiled{"pack.yaml", "'119'", "'19'", {"pack.yaml:18 danger.numbers[0].number: found “2”; expected between 3 and 20"}},
        Spoiled{"pack.yaml",
                "'119', name: {zh: 火警, en: Fire}",
                "'119'",
                {"pack.yaml:18 danger.numbers[0].name: expected the text in both"}},
        Spoiled{"pack.yaml",
                "    - {number: '119', name: {zh: 火警, en: Fire}}\n",
                repeated("    - {number: '119', name: {zh: 火警, en: Fire}}\n", 2),
                {"pack.yaml:19 danger.numbers[1].number: found “119”; expected each number once"}},
        Spoiled{"pack.yaml",
                "danger:\n",
                "danger: 110\ndangers:\n",
                {"pack.yaml:15 danger: found “110”; expected a JSON object",
                 "pack.yaml:16 dangers: there is no field of this name; did you mean “danger”?"}}));

INSTANTIATE_TEST_SUITE_P(
    Calendar, OneFault,
    testing::Values(
        Spoiled{"pack.yaml",
                "  file: holidays.ics\n",
                "",
                {"pack.yaml:10 calendar.known_until: found “2026-12-31”; expected a calendar with at least one day for 2026",
                 "holidays.ics: expected only files"}},
        Spoiled{"pack.yaml",
                "file: holidays.ics",
                "file: holiday.ics",
                {"pack.yaml:8 calendar.file: found “holiday.ics”; expected a file", "holidays.ics: expected only files"}},
        Spoiled{
            "pack.yaml",
            "file: holidays.ics",
            "file: ../holidays.ics",
            {"pack.yaml:8 calendar.file: found “../holidays.ics”; expected the name of", "holidays.ics: expected only files"}},
        Spoiled{"pack.yaml",
                "known_from: 2026-01-01",
                "known_from: 2025-01-01",
                {"pack.yaml:11 calendar.known_until: found “2026-12-31”; expected a calendar with at least one day for 2025"}},
        Spoiled{"pack.yaml",
                "known_from: 2026-01-01",
                "known_from: 2027-01-01",
                {"pack.yaml:11 calendar.known_until: found “2026-12-31”; expected a day not before known_from"}},
        Spoiled{"pack.yaml",
                "known_from: 2026-01-01",
                "known_from: 2026-02-30",
                {"pack.yaml:10 calendar.known_from: found “2026-02-30”; expected a day such as"}},
        Spoiled{"pack.yaml",
                "known_until: 2026-12-31",
                "known_until: 2026-10-05",
                {"holidays.ics:3 calendar.days[0].first: found “2026-10-01”; expected days between known_from and",
                 "holidays.ics:9"}},
        Spoiled{"pack.yaml",
                "[saturday, sunday]",
                "[sat, sunday]",
                {"pack.yaml:9 calendar.weekend[0]: found “sat”; expected a list of at most six of monday", "holidays.ics:9"}},
        Spoiled{"pack.yaml",
                "[saturday, sunday]",
                "[sunday, sunday]",
                {"pack.yaml:9 calendar.weekend[1]: found “sunday”", "holidays.ics:9"}},
        Spoiled{"pack.yaml",
                "[saturday, sunday]",
                "saturday",
                {"pack.yaml:9 calendar.weekend: found “saturday”; expected a list", "holidays.ics:9"}},
        Spoiled{"pack.yaml",
                "  source: {zh: 国务院通知, en: notice of the State Council}\n",
                "",
                {"pack.yaml:7 calendar.source: expected the text in both languages"}},
        Spoiled{"holidays.ics",
                "20261010",
                "20261012",
                {"holidays.ics:9 calendar.days[1].first: found “2026-10-12”; expected a day of the weekend"}},
        Spoiled{"holidays.ics",
                "20261010",
                "20261004",
                {"holidays.ics:9 calendar.days[1].first: found “2026-10-04”; expected days that no other entry holds; “国庆节"}},
        Spoiled{"holidays.ics",
                "DTEND;VALUE=DATE:20261008",
                "DTEND;VALUE=DATE:20261001",
                {"holidays.ics:4 DTEND: found “2026-10-01”; expected the day after the last one"}},
        Spoiled{"holidays.ics", "国庆节", repeated("节", 121), {"holidays.ics:5 calendar.days[0].name.zh: found “121”"}},
        Spoiled{"holidays.ics",
                "END:VEVENT\nEND:VCALENDAR",
                "END:VCALENDAR",
                {"holidays.ics:12: found “END:VCALENDAR”; expected END:VEVENT"}}));

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
                {"pack.yaml:6 files[4]: found “rods.yaml”; expected a file of this name", "roads.yaml: expected only"}},
        Spoiled{"pack.yaml",
                "roads.yaml",
                "../roads.yaml",
                {"pack.yaml:6 files[4]: found “../roads.yaml”; expected the name of a file", "roads.yaml: expected only"}},
        Spoiled{"pack.yaml",
                "answers.yaml]",
                "answers.yaml, units.yaml]",
                {"pack.yaml:6 files[6]: found “units.yaml”; expected each file named once"}},
        Spoiled{"pack.yaml",
                "[units.yaml, categories.yaml, limits.yaml, pauses.yaml, roads.yaml, answers.yaml]",
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
  const auto spoiled = pack_from_json(replaced(json, "\"amount\":15", "\"amount\":-15"));
  ASSERT_FALSE(spoiled.ok());
  ASSERT_EQ(spoiled.error().fields.size(), 1U);
  EXPECT_EQ(spoiled.error().fields[0].field, "limits[0].amount");
}

// The packs that come with the program.
TEST(ShippedPack, PetitionZhReadsWithoutAFault) {
  const auto reading = read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh");
  ASSERT_THAT(said(reading), testing::IsEmpty());
  const auto pack = pack_from_json(reading.json);
  ASSERT_TRUE(pack.ok());
  EXPECT_EQ(pack->zone, "Asia/Shanghai");
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

// The facts of 信访工作条例, once more, apart from the file that states them.
TEST(ShippedPack, PetitionZhHasTheLimitsOfTheRegulations) {
  struct Row {
    RuleCode code;
    rules::Terms terms;
    int extension;
    std::vector<PauseCode> stopped_by;
    std::string article;
    int remind_before = 0;
  };
  using enum rules::Count;
  const auto pack = pack_from_json(read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json);
  ASSERT_TRUE(pack.ok());
  const std::vector<Row> rows{
      {{"object-utilities"}, {hours, 2, false}, 0, {}, "set by this pack"},
      {{"finish-opinion"}, {calendar_days, 60, false}, 30, {}, "article 34", 10},
      {{"finish-openness"}, {working_days, 20, false}, 20, {{"correction"}, {"third-party"}}, "article 33", 5},
      {{"ask-correction-openness"}, {working_days, 7, false}, 0, {}, "article 30"},
      {{"correction-openness"}, {working_days, 15, false}, 0, {}, "article 30"},
      {{"accept-openness"}, {working_days, 1, false}, 0, {}, "set by this pack"},
      {{"accept-utilities"}, {hours, 4, false}, 0, {}, "set by this pack", 1},
      {{"finish-utilities"}, {hours, 24, false}, 0, {}, "set by this pack", 4},
      {{"accept-everyday"}, {working_days, 2, false}, 0, {}, "set by this pack"},
      {{"finish-everyday"}, {calendar_days, 7, false}, 8, {}, "set by this pack", 2},
      {rules::accept_limit, {calendar_days, 15, false}, 0, {}, "articles 22 and 23", 3},
      {rules::object_limit, {working_days, 5, false}, 0, {}, "article 23"},
      {rules::finish_limit, {calendar_days, 60, false}, 30, {}, "article 34", 10},
      {rules::ask_review_limit, {calendar_days, 30, true}, 0, {}, "article 35"},
      {rules::review_limit, {calendar_days, 30, false}, 0, {}, "article 35", 5},
      {rules::ask_rereview_limit, {calendar_days, 30, true}, 0, {}, "article 36"},
      {rules::rereview_limit, {calendar_days, 30, false}, 0, {PauseCode{"hearing"}}, "article 36", 5},
      {rules::reopen_limit, {calendar_days, 30, true}, 0, {}, "set by this pack"},
      {rules::urgent_limit, {hours, 2, false}, 0, {}, "set by this pack"}};
  EXPECT_EQ(rows.size(), pack->limits.size());
  for (const auto& row : rows) {
    const auto* limit = pack->find_limit(row.code);
    ASSERT_NE(limit, nullptr) << row.code.text;
    EXPECT_EQ(limit->terms, row.terms) << row.code.text;
    EXPECT_EQ(limit->extension ? limit->extension->amount_max : 0, row.extension) << row.code.text;
    EXPECT_EQ(limit->stopped_by, row.stopped_by) << row.code.text;
    EXPECT_THAT(limit->article.en, testing::HasSubstr(row.article)) << row.code.text;
    EXPECT_EQ(limit->remind_before, row.remind_before) << row.code.text;
  }
}

// 12345 lines: 24 hours for water, power, gas and heating, 7 days as a rule and 15 for what is hard; what is answered by a formal
// opinion, and nothing else, has the 60 days of article 34.
TEST(Limits12345, HoldForWhatIsAnsweredByAReplyAndArticle34ForOpinions) {
  const auto pack = pack_from_json(read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json);
  ASSERT_TRUE(pack.ok());
  const auto finish = [&](const CategoryCode& category) -> const rules::Limit& {
    return pack->limit_for(rules::finish_limit, category);
  };
  for (const auto* category : {"water-supply", "gas-supply", "power-supply", "heating"})
    EXPECT_EQ(finish({category}).code.text, "finish-utilities") << category;
  for (const auto* category : {"noise", "parking", "hazards", "unpaid-wages", "land-ownership"})
    EXPECT_EQ(finish({category}).code.text, "finish-everyday") << category;
  EXPECT_EQ(finish({"openness"}).code.text, "finish-openness");
  for (const auto& category : pack->categories) {
    const bool opinion = pack->answer_for(category.code).code == AnswerCode{"opinion"};
    const bool article34 = finish(category.code).article.en.find("article 34") != std::string::npos;
    EXPECT_EQ(opinion, article34) << category.code.text;
  }
}

// Counted by hand. Heating reported on New Year's Eve at 22:30 and accepted at once: 24 hours run through the holiday. Noise
// accepted on Friday 25 September 2026: 26 Sep = 1 to 2 Oct = 7, days off or not; 8 more: 10 October. Both were put into the
// calendar as days off or make-up workdays, which days of the calendar do not ask.
TEST(Limits12345, EndWhenAHandCountsThem) {
  const auto pack = pack_from_json(read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json);
  ASSERT_TRUE(pack.ok());
  const auto zone = TzZone::open_zone(pack->zone);
  ASSERT_TRUE(zone.ok());
  const auto started = [&](const RuleCode& rule, const char* category, std::string_view start) {
    const auto from = *instant_from_rfc3339(start);
    const auto& limit = pack->limit_for(rule, CategoryCode{category});
    return rules::LegalClock{rules::due_of(limit, from, pack->calendar, **zone), from};
  };
  EXPECT_EQ(to_rfc3339(started(rules::accept_limit, "heating", "2025-12-31T22:30:00+08:00").due.at), "2025-12-31T18:30:00.000Z");
  EXPECT_EQ(to_rfc3339(started(rules::finish_limit, "heating", "2025-12-31T22:30:00+08:00").due.at), "2026-01-01T14:30:00.000Z");
  auto noise = started(rules::finish_limit, "noise", "2026-09-25T10:00:00+08:00");
  EXPECT_EQ(to_rfc3339(noise.due.at), "2026-10-02T15:59:59.999Z");
  noise.extended = rules::extension_left(*pack, noise);
  EXPECT_EQ(to_rfc3339(rules::due_again(noise, pack->calendar, **zone).at), "2026-10-10T15:59:59.999Z");
}

// 政府信息公开条例 article 33, counted by hand: a request accepted on Monday 2 February 2026. 3 to 6 Feb = 1 to 4, 9 to 13 Feb =
// 5 to 9, Saturday 14 Feb is worked = 10, 15 to 23 Feb off, 24 to 27 Feb = 11 to 14, Saturday 28 Feb is worked = 15, 2 to 6 March
// = 16 to 20.
TEST(OpenInformation, Article33GivesTwentyWorkingDaysAndLeavesOutTheTimeOfAThirdParty) {
  const auto pack = pack_from_json(read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json);
  ASSERT_TRUE(pack.ok());
  const auto zone = TzZone::open_zone(pack->zone);
  ASSERT_TRUE(zone.ok());
  const auto from = *instant_from_rfc3339("2026-02-02T09:00:00+08:00");
  const auto& limit = pack->limit_for(rules::finish_limit, CategoryCode{"openness"});
  rules::LegalClock clock{rules::due_of(limit, from, pack->calendar, **zone), from};
  EXPECT_EQ(to_rfc3339(clock.due.at), "2026-03-06T15:59:59.999Z");
  ASSERT_TRUE(rules::is_stopped_by(limit, {"third-party"}));
  // Asked on Wednesday 4, answered on Friday 6 February: three working days are not counted; 9, 10 and 11 March come after the
  // 6th.
  clock.pauses = {
      {{"third-party"}, *instant_from_rfc3339("2026-02-04T09:00:00+08:00"), *instant_from_rfc3339("2026-02-06T17:00:00+08:00")}};
  EXPECT_EQ(to_rfc3339(rules::due_again(clock, pack->calendar, **zone).at), "2026-03-11T15:59:59.999Z");
}

// 政府信息公开条例 article 30, counted by hand: a request received on Friday 6 February 2026. 9 to 13 Feb = 1 to 5, Saturday 14
// Feb is worked = 6, 15 to 23 Feb off, Tuesday 24 Feb = 7. Asked on that day: 25 to 28 Feb (Saturday is worked) = 1 to 4, 2 to 6
// March = 5 to 9, 9 to 13 March = 10 to 14, 16 March = 15.
TEST(OpenInformation, Article30GivesSevenWorkingDaysToAskForACorrection) {
  const auto pack = pack_from_json(read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json);
  ASSERT_TRUE(pack.ok());
  const auto zone = TzZone::open_zone(pack->zone);
  ASSERT_TRUE(zone.ok());
  const auto due = [&](const RuleCode& rule, std::string_view start) {
    const auto* limit = pack->find_limit_for(rule, CategoryCode{"openness"});
    return to_rfc3339(rules::due_of(*limit, *instant_from_rfc3339(start), pack->calendar, **zone).at);
  };
  EXPECT_EQ(due(rules::ask_correction_limit, "2026-02-06T16:00:00+08:00"), "2026-02-24T15:59:59.999Z");
  EXPECT_EQ(due(rules::correction_limit, "2026-02-24T10:00:00+08:00"), "2026-03-16T15:59:59.999Z");
  EXPECT_EQ(pack->find_limit_for(rules::ask_correction_limit, CategoryCode{"noise"}), nullptr);
}

// 信访工作条例 articles 20, 31(6), 32 and 35.
TEST(Article31, WhatNoOtherProcedureDecidesIsAnsweredByAFormalOpinion) {
  const auto pack = pack_from_json(read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json);
  ASSERT_TRUE(pack.ok());
  EXPECT_EQ(pack->answers.front().code, AnswerCode{"reply"});
  EXPECT_FALSE(pack->answers.front().reviewable);
  const auto& opinion = *pack->find_answer({"opinion"});
  EXPECT_TRUE(opinion.states_outcome && opinion.signed_off && opinion.reviewable);
  std::string parts;
  for (const auto& part : opinion.parts) parts += part.code.text + " ";
  EXPECT_EQ(parts, "claim facts grounds basis ");
  const auto answer = [&](const char* category) { return pack->answer_for(CategoryCode{category}).code.text; };
  for (const auto* claim : {"land-taking", "house-demolition", "staff-resettlement", "land-contract", "pension", "veterans"})
    EXPECT_EQ(answer(claim), "opinion") << claim;
  for (const auto* service :
       {"water-supply", "noise", "buses", "unpaid-wages", "illegal-land-use", "irrigation", "counter-service"})
    EXPECT_EQ(answer(service), "reply") << service;
  EXPECT_EQ(pack->answer_for(std::nullopt).code.text, "reply");
  EXPECT_EQ(pack->representatives_max, 5);
}

// Some of what people write without being in danger: none of it may hold a word of danger.
TEST(ShippedPack, PetitionZhTakesNoFigureOfSpeechForDanger) {
  const auto pack = pack_from_json(read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json);
  ASSERT_TRUE(pack.ok());
  EXPECT_EQ(pack->danger.numbers.size(), 3U);
  const auto found = [&](std::string_view text) {
    const auto holds = [&](const std::string& word) { return text.find(word) != std::string_view::npos; };
    return std::ranges::any_of(pack->danger.words, holds);
  };
  for (const auto* harmless :
       {"天天加班累死了", "急死了", "商家打出跳楼价", "长期被困扰", "落水管坏了", "请加强防溺水宣传", "漏电保护器跳闸",
        "老百姓活不下去了", "大出血甩卖", "火灾隐患没人管", "trapped in a long contract"})
    EXPECT_FALSE(found(harmless)) << harmless;
  for (const auto* danger : {"楼下着火了", "小区煤气泄漏", "河边有人落水", "老人晕倒在路边", "我妈被困电梯", "他说要跳楼",
                             "there is a gas leak in our building"})
    EXPECT_TRUE(found(danger)) << danger;
}

// The notices of the State Council, once more: each day of 2025 and 2026 that is not what its weekday says.
TEST(ShippedPack, PetitionZhHasTheHolidaysAndMakeUpWorkdaysOf2025And2026) {
  const auto pack = pack_from_json(read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json);
  ASSERT_TRUE(pack.ok());
  std::string off, works;
  for (const auto& days : pack->calendar.special) {
    (days.works ? works : off) += fmt::format("{}+{} ", to_iso(days.first).substr(2), days.last - days.first);
  }
  EXPECT_EQ(off,
            "25-01-01+0 25-01-28+7 25-04-04+2 25-05-01+4 25-05-31+2 25-10-01+7 "
            "26-01-01+2 26-02-15+8 26-04-04+2 26-05-01+4 26-06-19+2 26-09-25+2 26-10-01+6 ");
  EXPECT_EQ(works,
            "25-01-26+0 25-02-08+0 25-04-27+0 25-09-28+0 25-10-11+0 "
            "26-01-04+0 26-02-14+0 26-02-28+0 26-05-09+0 26-09-20+0 26-10-10+0 ");
}

TEST(ShippedPack, PetitionZhExplainsItsDatesInBothLanguages) {
  const auto pack = pack_from_json(read_pack_folder(std::filesystem::path(HUIYIN_SOURCE_DIR) / "packs" / "petition-zh").json);
  ASSERT_TRUE(pack.ok());
  const auto zone = TzZone::open_zone(pack->zone);
  ASSERT_TRUE(zone.ok());
  const auto said = [&](const RuleCode& rule, std::string_view start, Language language) {
    const auto from = *instant_from_rfc3339(start);
    const rules::LegalClock clock{rules::due_of(*pack->find_limit(rule), from, pack->calendar, **zone), from};
    return say(rules::explain(clock, **zone), *pack, **zone, language);
  };
  EXPECT_EQ(
      said(rules::object_limit, "2025-09-30T17:00:00+08:00", Language::zh),
      "提出异议：自2025年9月30日转送、交办的次日起 5 个工作日；休息日不计入：10月1日至8日（国庆节、中秋节）、10月12日（星期日）；"
      "至2025年10月14日（星期二）二十四时止。依据：《信访工作条例》第二十三条。");
  EXPECT_EQ(
      said(rules::urgent_limit, "2026-02-28T23:30:00+08:00", Language::en),
      "Danger to life: 2 hours, counted from receipt on 28 February 2026, 23:30; it ends on 1 March 2026, 01:30 (set by this pack, "
      "for 12345 lines).");
  for (const auto& known : rules::known_limits()) {
    if (known.for_some) continue;
    EXPECT_THAT(said(known.code, "2026-12-30T09:00:00+08:00", Language::en), testing::Not(testing::HasSubstr("{")))
        << known.code.text;
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
