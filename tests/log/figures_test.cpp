// Figures: each counted by hand here, to the byte; and made by a stranger from the published files alone.
#include "log/figures.h"

#include <gmock/gmock.h>

#include "base/time.h"
#include "log/disclosure.h"
#include "log/log_lines.h"

namespace huiyin::log {
namespace {

class FiguresTest : public testing::Test {
 protected:
  // Adds the entry, and what would be disclosed of it.
  std::uint64_t add(const Line& line, const std::string& at = {}, std::optional<bool> on_time = {}) {
    const auto index = cells_.size();
    const auto entry = entry_of(line);
    cells_.add(index, entry);
    figures_.add(index, entry);
    DisclosedLine said{index, {}};
    if (!at.empty()) said.texts.push_back(disclose({}, "at", '"' + at + '"').text);
    if (on_time) said.texts.push_back(disclose({}, "on_time", *on_time ? "true" : "false").text);
    figures_.add(said);
    return index;
  }
  // A case of roads from March that was answered after so many days.
  void answered(unsigned record, int days, bool on_time) {
    add({record, "2026-03-01", "submitted", "roads"}, "2026-03-01T01:00:00.000Z");
    add({record, "2026-03-02", "accepted", "roads"});
    add({record, "2026-03-30", "answered", "roads"}, to_rfc3339({1'772'326'800'000 + days * 86'400'000LL}), on_time);
  }
  std::string json() { return figures_json(figures_, "example.org/town/log1"); }
  // The one row.
  std::string row() {
    auto text = json();
    const auto from = text.find("[{") + 1;
    return text.substr(from, text.find("}]") + 1 - from);
  }

  Cells cells_{[](const Hash&) { return 3U; }};
  Figures figures_{cells_};
};

TEST_F(FiguresTest, AreTheseBytes) {
  EXPECT_EQ(json(), R"({"cells":[],"origin":"example.org/town/log1","sealed":[],"size":0,"v":1})");
  answered(1, 4, true);
  answered(2, 10, false);
  add({3, "2026-03-05", "submitted", "roads"}, "2026-03-05T00:00:00.000Z");
  answered(4, 7, true);
  add({4, "2026-04-01", "returned", "roads"});
  add({4, "2026-04-02", "answered", "roads"}, "2026-04-02T00:00:00.000Z", false);  // its first answer counts
  add({4, "2026-04-03", "review_asked", "roads"});
  add({4, "2026-04-20", "review_asked", "roads"});
  add({5, "2026-04-30", "submitted"});
  SealedEntry sealed;
  sealed.day = "2026-04-30";
  cells_.add(cells_.size(), sealed);
  figures_.add(cells_.size() - 1, sealed);
  EXPECT_EQ(json(),
            R"({"cells":[)"
            R"({"accepted":3,"answered":3,"disclosed":true,"median_days":"7.0","median_of":3,"month":"2026-03","on_time":2,)"
            R"("on_time_of":3,"received":4,"returned":1,"reviews":2,"unit":"roads"},)"
            R"({"accepted":0,"answered":0,"disclosed":false,"median_days":null,"median_of":0,"month":"2026-04","on_time":0,)"
            R"("on_time_of":0,"received":1,"returned":0,"reviews":0,"unit":null}],)"
            R"("origin":"example.org/town/log1","sealed":[{"entries":1,"month":"2026-04"}],"size":16,"v":1})");
}

// 信访工作条例 art. 39: the yearly assessment. What it needs of each unit stands in the figures, month by month, for anybody to
// add up.
TEST(Article39, AYearOfAUnitAddsUpFromItsMonths) {
  Cells cells([](const Hash&) { return 1U; });
  Figures figures(cells);
  const auto add = [&](const Line& line, std::optional<bool> on_time = {}) {
    const auto index = cells.size();
    const auto entry = entry_of(line);
    cells.add(index, entry);
    figures.add(index, entry);
    DisclosedLine said{index, {}};
    if (on_time) said.texts.push_back(disclose({}, "on_time", *on_time ? "true" : "false").text);
    figures.add(said);
  };
  unsigned record = 0;
  for (const std::string month : {"2026-01", "2026-06", "2026-12"}) {
    for (const bool on_time : {true, false}) {
      add({++record, month + "-03", "submitted", "roads"});
      add({record, month + "-04", "answered", "roads"}, on_time);
    }
    add({record, month + "-05", "returned", "roads"});
  }
  std::uint64_t received = 0, answered = 0, on_time = 0, on_time_of = 0, returned = 0;
  for (const auto& row : figures.rows()) {
    received += row.received;
    answered += row.answered;
    on_time += row.on_time;
    on_time_of += row.on_time_of;
    returned += row.returned;
  }
  EXPECT_EQ(figures.rows().size(), 3U);
  EXPECT_EQ(received, 6U);
  EXPECT_EQ(answered, 6U);
  EXPECT_EQ(on_time, 3U);
  EXPECT_EQ(on_time_of, 6U);
  EXPECT_EQ(returned, 3U);
}

TEST_F(FiguresTest, CountTimesOnlyOnceTheCellIsOpen) {
  answered(1, 4, true);
  answered(2, 6, true);
  EXPECT_THAT(row(), testing::HasSubstr(R"("disclosed":false,"median_days":null,"median_of":0)"));
  EXPECT_THAT(row(), testing::HasSubstr(R"("answered":2)")) << "that much the clear entries say";
  answered(3, 5, true);
  EXPECT_THAT(row(), testing::HasSubstr(R"("disclosed":true,"median_days":"5.0","median_of":3)"));
}

TEST_F(FiguresTest, TakeTheMeanOfTheTwoMiddleOnesOfAnEvenNumber) {
  for (unsigned i = 0; i < 4; ++i) answered(i, static_cast<int>(i * i), true);  // 0 1 4 9
  EXPECT_THAT(row(), testing::HasSubstr(R"("median_days":"2.5")"));
}

TEST_F(FiguresTest, LeaveOutTheDaysOfWhatWasErased) {
  for (unsigned i = 0; i < 3; ++i) answered(i, 5, true);
  add({0, "2026-05-01", "erased", "roads"});
  EXPECT_THAT(row(), testing::HasSubstr(R"("median_of":2)"));
  EXPECT_THAT(row(), testing::HasSubstr(R"("on_time_of":3)"));
}

TEST_F(FiguresTest, NeverCountAnAnswerBeforeItsQuestion) {
  for (unsigned i = 0; i < 3; ++i) answered(i, -30, true);
  EXPECT_THAT(row(), testing::HasSubstr(R"("median_days":"0.0")"));
}

TEST_F(FiguresTest, AreOfCasesAlone) {
  Entry entry = entry_of({9, "2026-03-01", "x", "roads"});
  entry.kind = "finding.raised";
  cells_.add(0, entry);
  figures_.add(0, entry);
  EXPECT_THAT(json(), testing::HasSubstr(R"("cells":[],)"));
}

TEST(DisclosedLine, ComesBackAsItWasWritten) {
  const std::vector<std::string> texts{disclose({}, "at", R"("2026-03-01T00:00:00.000Z")").text,
                                       disclose({}, "on_time", "true").text};
  const auto line = disclosed_line(7, texts);
  EXPECT_TRUE(line.starts_with(R"({"index":7,"disclosures":["Wy)")) << line;
  EXPECT_TRUE(line.ends_with("]}\n"));
  EXPECT_EQ(parse_disclosed_line(line), (DisclosedLine{7, texts}));
  EXPECT_EQ(parse_disclosed_line(disclosed_line(0, {})), DisclosedLine{}) << "all of it was erased";
}

TEST(DisclosedLine, IsNothingElse) {
  for (const std::string_view line :
       {"", "{}", "[]", R"({"index":1})", R"({"index":-1,"disclosures":[]})", R"({"index":1.5,"disclosures":[]})",
        R"({"index":1,"disclosures":"WyI"})", R"({"index":1,"disclosures":["WyI"]})", R"({"index":1,"disclosures":[5]})",
        R"({"index":1,"disclosures":[],"more":1})", "{\"index\":1,\"disclosures\":[]}\n\n{"})
    EXPECT_FALSE(parse_disclosed_line(line)) << line;
}

}  // namespace
}  // namespace huiyin::log
