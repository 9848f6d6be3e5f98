// What the read table of cases leaves alone: most events change neither units nor phase, and then nothing but the row is written.
#include <gmock/gmock.h>

#include "app/case/case_rows.h"
#include "base/crypto.h"
#include "storage/sql_store.h"
#include "storage/store_contract.h"
#include "storage/test_database.h"

namespace huiyin::storage {
namespace {

app::CaseRow a_row() {
  app::CaseRow row;
  row.id = {1};
  row.reference = "ABC-DEF-GHJ";
  row.phase = cases::Phase::in_work;
  row.units = {UnitCode{"roads"}, {UnitCode{"water"}}, {}};
  row.bars = {"user:7"};
  row.due = Instant{5};
  return row;
}

class CaseRowsWritten : public testing::Test {
 protected:
  CaseRowsWritten() {
    put(a_row());
    for (const auto* table : {"case_unit", "case_bar", "case_count"}) {
      for (const auto* change : {"INSERT", "UPDATE", "DELETE"}) {
        const auto name = std::string(table) + "_" + change;
        file_.run("CREATE TRIGGER " + name + " BEFORE " + change + " ON " + table + " BEGIN SELECT RAISE(ABORT, '" + table +
                  " is written'); END");
      }
    }
  }
  void put(const app::CaseRow& row) {
    ground_.write([&](app::WriteView& view) { view.rows<app::CaseRows>().put(row); });
  }
  // Which table the new row is the first to touch; "" when none but its own.
  std::string touched(const app::CaseRow& row) {
    try {
      put(row);
      return "";
    } catch (const app::StoreFailure& fault) {
      const std::string what = fault.what();
      return what.substr(0, what.find(" is written"));
    }
  }

  SqliteFile file_;
  SqlStore store_ = (crypto::start(), SqlStore(file_.open()));
  Ground ground_ = prepare(store_);
};

TEST_F(CaseRowsWritten, AreTheRowAloneWhenNothingElseChanged) {
  auto row = a_row();
  EXPECT_EQ(touched(row), "");
  row.updated = {9};
  row.watch = Instant{9};
  row.handler = UserId{3};
  row.proposed = cases::Deed::answer;
  row.urgent = row.provisional = true;
  row.returns = 1;
  row.category = CategoryCode{"streets"};
  EXPECT_EQ(touched(row), "");
}

TEST_F(CaseRowsWritten, AreWhatChanged) {
  auto row = a_row();
  row.bars.clear();
  EXPECT_THAT(touched(row), testing::HasSubstr("case_bar"));
  row = a_row();
  row.phase = cases::Phase::answered;
  EXPECT_THAT(touched(row), testing::HasSubstr("case_count"));
  row = a_row();
  row.due = Instant{6};
  EXPECT_THAT(touched(row), testing::HasSubstr("case_unit"));
  row = a_row();
  row.units.supports.clear();
  EXPECT_THAT(touched(row), testing::HasSubstr("case_unit"));
}

}  // namespace
}  // namespace huiyin::storage
