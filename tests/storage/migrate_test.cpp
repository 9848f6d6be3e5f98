// Migrations: a fresh database is the schema that docs/schema.sql shows; a changed history or a newer database stops the start.
#include "storage/migrate.h"

#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/case/case_rows.h"
#include "base/crypto.h"
#include "storage/sql_store.h"
#include "storage/test_database.h"

namespace huiyin::storage {
namespace {

class Migrations : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    crypto::start();
    open();
  }
  void open() { SqlStore store(database_->open()); }
  // What the start says when it refuses.
  std::string refusal() {
    try {
      open();
      return "it started";
    } catch (const app::StoreFailure& fault) {
      return fault.what();
    }
  }
  std::vector<std::string> run(const std::string& script) { return database_->run(script); }

 private:
  std::unique_ptr<TestDatabase> database_ = make_database(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Engines, Migrations, testing::Values(Engine::sqlite, Engine::postgres),
                         testing::PrintToStringParamName());

std::string contents_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

TEST_P(Migrations, AreRecordedOnceWithTheirHash) {
  open();
  const auto numbers = run("SELECT number FROM migration ORDER BY number");
  ASSERT_FALSE(numbers.empty());
  for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], std::to_string(i + 1));
  for (const auto& hash : run("SELECT hash FROM migration")) EXPECT_EQ(hash.size(), 64U);
}

TEST_P(Migrations, AChangedOldOneStopsTheStartAndIsNamed) {
  run("UPDATE migration SET hash = 'another' WHERE number = 1");
  EXPECT_THAT(refusal(), testing::AllOf(testing::HasSubstr("0001_begin.sql"), testing::HasSubstr("changed")));
}

TEST_P(Migrations, ADatabaseThatNeedsANewerProgramStopsTheStart) {
  const auto newer = std::to_string(program_schema() + 1);
  run("INSERT INTO migration (number, name, hash, min_program) VALUES (9000, '9000_later.sql', 'x', " + newer + ")");
  EXPECT_THAT(refusal(), testing::AllOf(testing::HasSubstr("newer"), testing::HasSubstr("schema " + newer)));
}

// A rolling upgrade: the newer program migrated already, in a way this one can live with.
TEST_P(Migrations, ANewerDatabaseThatThisProgramCanLiveWithIsServed) {
  const auto known = std::to_string(program_schema());
  run("INSERT INTO migration (number, name, hash, min_program) VALUES (9000, '9000_later.sql', 'x', " + known + ")");
  EXPECT_EQ(refusal(), "it started");
}

// Several programs that start on a fresh database: one makes the tables, the others find them.
TEST_P(Migrations, AreMadeOnceHoweverManyProgramsStartAtOnce) {
  const auto database = make_database(GetParam());
  std::vector<std::jthread> programs;
  std::atomic<int> started{0};
  for (int i = 0; i < 4; ++i) {
    programs.emplace_back([&] {
      try {
        const SqlStore store(database->open());
        ++started;
      } catch (const app::StoreFailure& fault) {
        ADD_FAILURE() << fault.what();
      }
    });
  }
  programs.clear();
  EXPECT_EQ(started, 4);
}

// A database of the schema before cases had their whole life: what lists and counters need is made of the rows that are there,
// and the watcher is sent to each of them.
TEST_P(Migrations, GiveTheCasesThatAreThereTheirUnitsAndCounters) {
  const auto database = make_database(GetParam());
  migrate(*database->open()->open_writer(), 3);
  database->run(R"(
    INSERT INTO jurisdiction (jurisdiction, slug, origin, pack, created) VALUES (1, 'town', 'example.org/town', )" +
                std::string(GetParam() == Engine::sqlite ? "x'00'" : "'00'") + R"(, 0);
    INSERT INTO case_row (jurisdiction, record, reference, secret_hash, phase, category, unit, received, updated, due, returns)
      VALUES (1, 1, 'A', '00', 'received', NULL, NULL, 1, 1, 5, 0), (1, 2, 'B', '00', 'in_work', 'pipes', 'water', 2, 3, 7, 1),
        (1, 3, 'C', '00', 'in_work', 'streets', 'roads', 2, 3, NULL, 0),
        (1, 4, 'D', '00', 'closed', 'pipes', 'water', 2, 3, NULL, 0);
    INSERT INTO case_count (jurisdiction, unit, phase, cases)
      VALUES (1, '', 'received', 1), (1, 'water', 'in_work', 1), (1, 'roads', 'in_work', 1), (1, 'water', 'closed', 1))");
  SqlStore store(database->open());
  const auto view = store.read({1});
  auto& rows = view->rows<app::CaseRows>();
  EXPECT_THAT(rows.list_miscounts(10), testing::IsEmpty());
  for (std::int64_t id = 1; id <= 4; ++id) {
    const auto row = rows.find({id}).value();
    EXPECT_TRUE(rows.is_indexed(row)) << id;
    EXPECT_EQ(row.watch, Instant{0}) << id;
    EXPECT_THAT(row.bars, testing::IsEmpty());
  }
  using cases::Phase;
  using testing::ElementsAre;
  using testing::Pair;
  EXPECT_THAT(rows.count_by_phase({.all = true}),
              ElementsAre(Pair(Phase::received, 1), Pair(Phase::in_work, 2), Pair(Phase::closed, 1)));
  EXPECT_THAT(rows.count_by_phase({.unit = UnitCode{"water"}}), ElementsAre(Pair(Phase::in_work, 1), Pair(Phase::closed, 1)));
  EXPECT_EQ(rows.list({.visible = {.unit = UnitCode{"water"}}}).size(), 2U);
  EXPECT_EQ(rows.list({.visible = {.unit = UnitCode{"water"}}, .due_before = Instant{9}}).size(), 1U);
  EXPECT_EQ(rows.list_watched({1}, {}, 100).size(), 4U);
}

// ---- The schema they lead to
// -----------------------------------------------------------------------------------------------------

TEST(Schema, IsTheOneThatTheDocumentsShow) {
  crypto::start();
  SqliteFile file;
  { const SqlStore store(file.open()); }
  std::string schema =
      "-- The whole schema, as SQLite has it. Made by `HUIYIN_UPDATE=1 test_storage` from src/storage/migrations; do not edit.\n";
  for (const auto& statement :
       file.run("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name")) {
    schema += "\n" + statement + ";\n";
  }
  const auto page = std::filesystem::path(HUIYIN_SOURCE_DIR) / "docs/schema.sql";
  if (std::getenv("HUIYIN_UPDATE") != nullptr) std::ofstream(page) << schema;
  EXPECT_EQ(contents_of(page), schema) << "write docs/schema.sql anew: HUIYIN_UPDATE=1 test_storage --gtest_filter=Schema.*";
}

TEST(Schema, HasTheSameColumnsOnBothEngines) {
  crypto::start();
  SqliteFile file;
  PostgresSchema schema;
  { const SqlStore one(file.open()), other(schema.open()); }
  // table.column type NOT NULL? place in the primary key
  EXPECT_EQ(file.run(R"(
      SELECT t.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" OR c.pk > 0 THEN ' NOT NULL' ELSE '' END || ' ' || c.pk
      FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY 1)"),
            schema.run(R"(
      SELECT t.relname || '.' || c.attname || ' ' ||
          CASE format_type(c.atttypid, c.atttypmod) WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB' WHEN 'text' THEN 'TEXT'
            ELSE '?' END ||
          CASE WHEN c.attnotnull THEN ' NOT NULL' ELSE '' END || ' ' || coalesce(array_position(k.conkey, c.attnum), 0)
      FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
        LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
      WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' ORDER BY 1)"));
}

TEST(Schema, IsNotMadeInAFileThatIsNoDatabase) {
  const SqliteFile file;
  std::ofstream(file.file()) << std::string(5'000, 'x');
  try {
    const SqlStore store(open_sqlite(file.file(), true));
    ADD_FAILURE() << "it started";
  } catch (const app::StoreFailure& fault) {
    EXPECT_THAT(fault.what(), testing::HasSubstr("not a database"));
  }
}

}  // namespace
}  // namespace huiyin::storage
