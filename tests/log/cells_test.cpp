// Which records are published in detail: decided by the clear entries alone, in their order, and never taken back.
#include "log/cells.h"

#include <gmock/gmock.h>

#include "log/log_lines.h"

namespace huiyin::log {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CellsTest : public testing::Test {
 protected:
  void add(const Line& line) { cells_.add(cells_.size(), entry_of(line)); }
  // So many records of one entry.
  void add(unsigned count, const std::string& day, const std::string& unit) {
    for (unsigned i = 0; i < count; ++i) add({next_record_++, day, "submitted", unit});
  }
  std::vector<std::uint64_t> file(std::string_view month) { return cells_.list_open(month_from_text(month).value(), 0, 1000); }
  std::vector<std::string> months() {
    std::vector<std::string> texts;
    for (const auto month : cells_.open_months()) texts.push_back(to_text(month));
    return texts;
  }
  bool open(unsigned record) { return cells_.is_open(record); }

  unsigned k_ = 3;
  unsigned next_record_ = 100;
  Cells cells_{[this](const Hash&) { return k_; }};
};

TEST_F(CellsTest, OpensACellWithItsKthRecordAndKeepsItOpen) {
  add(2, "2026-03-31", "roads");
  add(1, "2026-03-31", "water");
  EXPECT_THAT(months(), IsEmpty());
  EXPECT_THAT(file("2026-03"), IsEmpty());
  add(1, "2026-03-31", "roads");
  EXPECT_THAT(months(), ElementsAre("2026-03"));
  EXPECT_THAT(file("2026-03"), ElementsAre(0, 1, 3));
  k_ = 100;  // the rules change
  add(1, "2026-03-31", "roads");
  EXPECT_THAT(file("2026-03"), ElementsAre(0, 1, 3, 4)) << "what is open takes in who comes late";
}

TEST_F(CellsTest, CountsRecordsAndNotEntries) {
  add({1, "2026-03-01", "submitted", "roads"});
  add({1, "2026-03-02", "accepted", "roads"});
  add({1, "2026-03-03", "answered", "roads"});
  EXPECT_THAT(months(), IsEmpty());
}

TEST_F(CellsTest, TakesTheFirstUnitThatARecordNamesAndTheMonthOfItsFirstEntry) {
  add({1, "2026-03-31", "submitted"});
  add({1, "2026-04-01", "assigned", "roads"});
  add({1, "2026-05-02", "assigned", "water"});
  EXPECT_EQ(cells_.cell_of(0), (Cell{"roads", month_of("2026-03-31")}));
  add(2, "2026-03-31", "water");
  EXPECT_FALSE(open(0)) << "it does not count for the unit that came later";
  add(2, "2026-03-31", "roads");
  EXPECT_THAT(file("2026-03"), ElementsAre(0, 1, 2, 5, 6)) << "with all its entries";
  EXPECT_THAT(file("2026-04"), IsEmpty());
}

TEST_F(CellsTest, JoinsASmallMonthToTheNextOnesOfItsUnit) {
  add(1, "2026-01-10", "roads");
  add(1, "2026-03-10", "roads");  // none in February
  add(5, "2026-03-10", "water");
  EXPECT_THAT(months(), ElementsAre("2026-03"));
  EXPECT_THAT(file("2026-01"), IsEmpty());
  add(1, "2026-04-10", "roads");
  EXPECT_THAT(months(), ElementsAre("2026-01", "2026-03", "2026-04"));
  EXPECT_THAT(file("2026-01"), ElementsAre(0));
  EXPECT_THAT(file("2026-04"), ElementsAre(7));
  add(1, "2026-05-10", "roads");
  EXPECT_THAT(file("2026-05"), IsEmpty()) << "what is open already helps no later month";
}

TEST_F(CellsTest, OpensALateRecordOfAMonthThatJoinsAnOpenOne) {
  add({1, "2026-02-20", "submitted"});
  add(3, "2026-03-01", "roads");
  EXPECT_FALSE(open(0));
  add({1, "2026-03-02", "assigned", "roads"});
  EXPECT_THAT(file("2026-02"), ElementsAre(0, 4));
}

TEST_F(CellsTest, PutsWhoNeverGetsAUnitIntoACellOfItsOwnSoThatNothingHidesThere) {
  for (unsigned i = 0; i < 3; ++i) add({i, "2026-03-31", "submitted"});
  add(1, "2026-04-30", "water");
  EXPECT_THAT(months(), IsEmpty());
  EXPECT_EQ(cells_.cell_of(0), (Cell{std::nullopt, month_of("2026-03-31")}));
  add(1, "2026-05-01", "water");
  EXPECT_THAT(file("2026-03"), ElementsAre(0, 1, 2));
  add({0, "2026-05-02", "assigned", "roads"});
  EXPECT_EQ(cells_.cell_of(0), (Cell{std::nullopt, month_of("2026-03-31")})) << "too late: a record never moves";
  EXPECT_THAT(file("2026-03"), ElementsAre(0, 1, 2, 5));
}

TEST_F(CellsTest, CountsSealedEntriesByMonthOnly) {
  SealedEntry sealed;
  for (const auto* day : {"2026-03-01", "2026-03-31", "2026-04-01"}) {
    sealed.day = day;
    cells_.add(cells_.size(), sealed);
  }
  EXPECT_EQ(cells_.sealed(), (std::map<Month, std::uint64_t>{{month_of("2026-03-01"), 2}, {month_of("2026-04-01"), 1}}));
  EXPECT_EQ(cells_.record_of(0), std::nullopt);
  EXPECT_EQ(cells_.records(), 0U);
  EXPECT_THAT(months(), IsEmpty());
}

TEST_F(CellsTest, GivesALongFilePieceByPiece) {
  add(4, "2026-03-01", "roads");
  const auto month = month_of("2026-03-01");
  EXPECT_THAT(cells_.list_open(month, 0, 2), ElementsAre(0, 1));
  EXPECT_THAT(cells_.list_open(month, 2, 2), ElementsAre(2, 3));
  EXPECT_THAT(cells_.list_open(month, 4, 2), IsEmpty());
  EXPECT_THAT(cells_.list_open(month, UINT64_MAX, 2), IsEmpty());
}

TEST(CellRecords, AreWhatThePublishedRulesSay) {
  EXPECT_EQ(cell_records_of(R"({"k":25,"zone":"x"})"), 25U);
  for (const auto* pack : {"{}", "", "[]", R"({"k":"7"})", R"({"k":0})", R"({"k":-3})", R"({"k":1e99})"})
    EXPECT_EQ(cell_records_of(pack), cell_records_usual) << pack;
}

TEST(Month, HasOneSpelling) {
  EXPECT_EQ(to_text(month_of("2026-12-31")), "2026-12");
  EXPECT_EQ(month_from_text("2026-01"), month_of("2026-01-31"));
  for (const auto* text : {"", "2026-13", "2026-00", "2026-1", "2026-011", "26-01", "2026/01", "2026-0x"})
    EXPECT_FALSE(month_from_text(text)) << text;
}

}  // namespace
}  // namespace huiyin::log
