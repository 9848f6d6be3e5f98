#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "base/json.h"
#include "cli/import_report.h"
#include "cli/import_site.h"
#include "cli/line_reader.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

using test::ImportSite;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;
namespace json = boost::json;

class ImportTest : public testing::Test {
 protected:
  ImportTest() {
    std::string name = (fs::temp_directory_path() / "huiyin-import-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    site_ = std::make_unique<ImportSite>(folder_);
    write("map.yaml", R"(source: old
language: zh
id: id
subject: {field: subject}
body: {field: body}
at: {field: at, formats: ["%Y-%m-%d"]}
category: {constant: noise}
answer:
  words: {field: answer}
  at: {field: answered_at, formats: ["%Y-%m-%d"]}
)");
  }
  ~ImportTest() override {
    site_.reset();
    fs::remove_all(folder_);
  }

  fs::path write(const std::string& name, std::string_view text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static std::string row(int id, std::string_view more = "") {
    return fmt::format(R"({{"id":"{}","subject":"夜里施工","body":"夜里一直施工，第 {} 次反映。","at":"2025-03-01"{}}})"
                       "\n",
                       id, id, more);
  }
  static std::string rows(int first, int last) {
    std::string out;
    for (int id = first; id <= last; ++id) out += row(id);
    return out;
  }
  [[nodiscard]] ImportOptions options(std::optional<fs::path> report = {}) const {
    return {folder_ / "map.yaml", folder_ / "rows.jsonl", std::move(report)};
  }
  [[nodiscard]] fs::path report() const { return folder_ / "rows.jsonl.report.jsonl"; }

  fs::path folder_;
  std::unique_ptr<ImportSite> site_;
};

TEST_F(ImportTest, BringsEachRowOverOnceHoweverOftenItIsRepeated) {
  write("rows.jsonl", rows(1, 700) + row(7) + row(701, R"(,"answer":"已经停工。","answered_at":"2025-03-09")"));
  EXPECT_EQ(site_->import(options()), done) << site_->err;
  EXPECT_THAT(site_->out, HasSubstr("imported: 701; already there: 1; refused: 0"));
  EXPECT_EQ(site_->count(), 701U);
  EXPECT_EQ(site_->import(options()), done);
  EXPECT_THAT(site_->out, HasSubstr("imported: 0; already there: 702; refused: 0"));
  EXPECT_EQ(site_->count(), 701U);
  EXPECT_FALSE(fs::exists(report()));
}

TEST_F(ImportTest, KeepsTheTimesOfTheSource) {
  write("rows.jsonl", row(1, R"(,"answer":"已经停工。","answered_at":"2025-03-09")"));
  ASSERT_EQ(site_->import(options()), done) << site_->err;
  const auto view = site_->cases->read(*site_->town, Actor::program(), RecordId{1});
  ASSERT_TRUE(view.ok());
  std::vector<std::string> story;
  for (const auto& event : view->story) story.push_back(fmt::format("{} {}", event.role, to_rfc3339(event.at)));
  EXPECT_THAT(story,
              ElementsAre("system 2025-02-28T16:00:00.000Z", "system 2025-03-08T16:00:00.000Z", "system 2025-03-08T16:00:00.000Z",
                          "system 2025-03-08T16:00:00.000Z", "system 2025-03-08T16:00:00.000Z"));
  EXPECT_EQ(view->state.phase, cases::Phase::answered);
  EXPECT_EQ(view->state.unit->text, "ecology");
  EXPECT_EQ(view->submitted.channel, cases::Channel::import);
}

TEST_F(ImportTest, GoesOnAfterAStopInTheMiddleWithoutDoubles) {
  write("rows.jsonl", rows(1, 900));
  int asked = 0;
  EXPECT_EQ(site_->import(options(), [&] { return ++asked == 400; }), failed);
  EXPECT_THAT(site_->out, HasSubstr("imported: 400;"));
  EXPECT_THAT(site_->err, HasSubstr("Run the same command again to go on"));
  EXPECT_EQ(site_->count(), 400U);
  EXPECT_EQ(site_->import(options()), done);
  EXPECT_THAT(site_->out, HasSubstr("imported: 500; already there: 400; refused: 0"));
  EXPECT_EQ(site_->count(), 900U);
}

TEST_F(ImportTest, ReportsBadLinesAndTakesTheGoodOnesAroundThem) {
  const std::string secret_words = "我叫王小明，电话 13800000000";
  write("rows.jsonl", "\xEF\xBB\xBF" + row(1) + "{broken\n" + "\n" + "\"" + secret_words + "\"\r\n" + "\xFF\xFE\n" + row(2) +
                          R"({"id":"3","body":")" + std::string(cases::body_characters_max + 1, 'x') + R"(","at":"yesterday"})" +
                          "\n" + R"({"id":"4","body":"晚了","at":"2025-03-09","answer":"好","answered_at":"2025-03-08"})" + "\n" +
                          "{\"id\":\"" + std::string(line_bytes_max, 'y') + "\"}\n" + R"({"body":"无号","at":"2025-03-01"})" +
                          "\n" + R"({"id":"5","body":"没有换行结尾","at":"2025-03-01"})");
  EXPECT_EQ(site_->import(options()), failed);
  EXPECT_THAT(site_->out, HasSubstr("imported: 3; already there: 0; refused: 7"));
  EXPECT_THAT(site_->out, HasSubstr("  1 × answered_at: expected a time that is not before the case itself"));
  EXPECT_THAT(site_->out, HasSubstr("each refused row stands in " + report().string()));
  EXPECT_EQ(site_->count(), 3U);
  std::vector<std::string> lines;
  std::istringstream text(read(report()));
  for (std::string line; std::getline(text, line);) {
    const auto value = parse_json(line);
    ASSERT_TRUE(value.ok()) << line;
    const auto& entry = value->get_object();
    const auto* id = entry.if_contains("id");
    std::string told =
        fmt::format("{} {}", entry.at("line").to_number<int>(), id == nullptr ? "-" : std::string(id->get_string()));
    for (const auto& error : entry.at("errors").get_array())
      told += " " + std::string(error.at("field").get_string()) + "|" + std::string(error.at("got").get_string());
    lines.push_back(told);
  }
  EXPECT_THAT(lines, testing::UnorderedElementsAre("2 - |", "4 - |text", "5 - |",
                                                   fmt::format("7 3 at|yesterday body|{}", cases::body_characters_max + 1),
                                                   "8 4 answered_at|2025-03-08", "9 - |1048576+", "10 - id|"));
  EXPECT_EQ(fs::status(report()).permissions() & fs::perms::all, fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(ImportTest, TakesAwayAReportThatNoLongerHolds) {
  write("rows.jsonl", row(1) + "{broken\n");
  EXPECT_EQ(site_->import(options()), failed);
  EXPECT_TRUE(fs::exists(report()));
  write("rows.jsonl", row(1) + row(2));
  EXPECT_EQ(site_->import(options()), done);
  EXPECT_FALSE(fs::exists(report()));
}

TEST_F(ImportTest, WritesItsReportOverNothingThatIsNoReport) {
  write("rows.jsonl", row(1) + "{broken\n");
  for (const auto* name : {"map.yaml", "rows.jsonl", "letters.txt"}) {
    if (name == std::string("letters.txt")) write(name, "Dear mother");
    const auto before = read(folder_ / name);
    EXPECT_EQ(site_->import(options(folder_ / name)), failed);
    EXPECT_THAT(site_->err, HasSubstr(name));
    EXPECT_EQ(read(folder_ / name), before);
  }
  EXPECT_EQ(site_->count(), 0U);
}

TEST_F(ImportTest, CountsRefusedRowsWhereNoReportCanBeWritten) {
  write("rows.jsonl", row(1) + "{broken\n" + row(2));
  EXPECT_EQ(site_->import(options(folder_ / "nowhere" / "report.jsonl")), failed);
  EXPECT_THAT(site_->out, HasSubstr("imported: 2; already there: 0; refused: 1"));
  EXPECT_THAT(site_->err, HasSubstr("cannot be written"));
}

TEST_F(ImportTest, SaysClearlyWhatIsWrongWithTheFile) {
  EXPECT_EQ(site_->import(options()), failed);
  EXPECT_THAT(site_->err, HasSubstr("rows.jsonl cannot be read: No such file or directory"));
  write("rows.jsonl", "\n \n");
  EXPECT_EQ(site_->import(options()), failed);
  EXPECT_THAT(site_->err, HasSubstr("rows.jsonl holds no rows"));
  auto folder = options();
  folder.in = folder_;
  EXPECT_EQ(site_->import(folder), failed);
  EXPECT_THAT(site_->err, HasSubstr("cannot be read: Is a directory"));
  write("map.yaml", "source: Old\n");
  EXPECT_EQ(site_->import(options()), failed);
  EXPECT_THAT(site_->err, HasSubstr("map.yaml:1 source: got 'Old', expected a code"));
}

TEST_F(ImportTest, StopsWhenTheDiskIsFullAndGoesOnAfterwards) {
  write("rows.jsonl", rows(1, 900));
  site_->store.writes_left = 1;
  EXPECT_EQ(site_->import(options()), failed);
  EXPECT_THAT(site_->err, HasSubstr("The disk is full: the import stopped."));
  EXPECT_THAT(site_->err, HasSubstr("run the same command again; nothing is doubled"));
  EXPECT_THAT(site_->out, HasSubstr("refused: 0"));
  EXPECT_LT(site_->count(), 900U);
  site_->store.writes_left = 1'000'000;
  EXPECT_EQ(site_->import(options()), done);
  EXPECT_EQ(site_->count(), 900U);
}

TEST_F(ImportTest, ShowsHowFarItIs) {
  write("rows.jsonl", rows(1, 900));
  EXPECT_EQ(site_->import(options()), done);
  EXPECT_THAT(site_->err, HasSubstr(" rows ("));
  EXPECT_THAT(site_->err, Not(HasSubstr("\r")));
  EXPECT_EQ(site_->import(options(), {}, true), done);
  EXPECT_THAT(site_->err, HasSubstr("\r64 rows ("));
  EXPECT_TRUE(site_->err.ends_with("\n"));
}

TEST(LineReader, GivesLinesWithTheirNumbersWhateverTheirEnds) {
  std::istringstream in(
      "\xEF\xBB\xBF"
      "a\r\n\nb" +
      std::string(200'000, 'c') + "\nlast");
  LineReader lines(in);
  std::vector<std::string> told;
  while (const auto line = lines.next())
    told.push_back(fmt::format("{} {} {}", line->number, line->text.substr(0, 4), line->text.size()));
  EXPECT_THAT(told, ElementsAre("1 a 1", "2  0", "3 bccc 200001", "4 last 4"));
  std::istringstream nothing;
  EXPECT_FALSE(LineReader(nothing).next());
}

TEST(LineReader, PassesOverWhatIsTooLongAndGoesOn) {
  std::istringstream in(std::string(line_bytes_max, 'a') + "\n" + std::string(3 * line_bytes_max, 'b') + "\nc\n");
  LineReader lines(in);
  std::vector<std::string> told;
  while (const auto line = lines.next()) told.push_back(fmt::format("{} {} {}", line->number, line->text.size(), line->too_long));
  EXPECT_THAT(told, ElementsAre("1 1048576 false", "2 1048576 true", "3 1 false"));
}

TEST(ImportReport, CountsByWhatWasWrongAndBoundsTheReasons) {
  ImportReport report("/nonexistent/report.jsonl");
  for (std::size_t i = 0; i < reasons_max + 5; ++i) report.refuse(i, {}, {{fmt::format("field{}", i), "", {key::expected_text}}});
  report.refuse(1, {}, {{"field7", "", {key::expected_text}}});
  EXPECT_EQ(report.refused(), reasons_max + 6);
  EXPECT_EQ(report.other_reasons(), 5U);
  EXPECT_EQ(report.reasons().size(), reasons_max);
  EXPECT_EQ(report.reasons().front().first, 2U);
  EXPECT_EQ(report.reasons().front().second.field, "field7");
  EXPECT_TRUE(report.unwritable());
}

}  // namespace
}  // namespace huiyin::cli
