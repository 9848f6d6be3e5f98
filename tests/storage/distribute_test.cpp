// Spreading the tables over several machines: what a database without Citus is told, and, where Citus is at hand, that it works.
#include "storage/distribute.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "app/store.h"
#include "base/crypto.h"
#include "storage/migrate.h"
#include "storage/sql_store.h"
#include "storage/store_contract.h"
#include "storage/test_database.h"

namespace huiyin::storage {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(std::filesystem::path(HUIYIN_SOURCE_DIR) / "src/storage" / file).rdbuf();
  return text.str();
}

class Distribute : public testing::Test {
 protected:
  void SetUp() override {
    crypto::start();
    migrate(*writer_);
  }
  std::vector<std::string> schema() {
    return schema_.run(
        "SELECT relname || ' ' || relkind::text || ' ' || oid || ' ' || xmin FROM pg_class WHERE relnamespace = "
        "current_schema()::regnamespace UNION ALL SELECT conname || ' ' || oid FROM pg_constraint WHERE connamespace = "
        "current_schema()::regnamespace ORDER BY 1");
  }
  bool has_citus() { return !schema_.run("SELECT 1 FROM pg_extension WHERE extname = 'citus'").empty(); }

  PostgresSchema schema_;
  std::unique_ptr<Connection> writer_ = schema_.open()->open_writer();
};

TEST_F(Distribute, APlainDatabaseIsRefusedAndNotChanged) {
  if (has_citus()) GTEST_SKIP() << "this server has Citus";
  const auto before = schema();
  ASSERT_FALSE(before.empty());
  try {
    require_citus(*writer_);
    ADD_FAILURE() << "it was taken";
  } catch (const app::StoreFailure& fault) {
    EXPECT_THAT(fault.what(),
                testing::AllOf(testing::HasSubstr("the extension Citus is not in this database"),
                               testing::HasSubstr("nothing was changed"), testing::HasSubstr("PostgreSQL alone serves")));
  }
  EXPECT_THROW(distribute(*writer_, [](std::string_view) {}), app::StoreFailure) << "who does not ask first";
  EXPECT_EQ(schema(), before);
}

TEST(DistributeSqlite, IsRefusedWithAWordOnWhatWould) {
  crypto::start();
  SqliteFile file;
  const auto writer = file.open()->open_writer();
  try {
    require_citus(*writer);
    ADD_FAILURE() << "it was taken";
  } catch (const app::StoreFailure& fault) {
    EXPECT_THAT(fault.what(), testing::HasSubstr("only a PostgreSQL database with the extension Citus"));
  }
}

// The commands that take the keys away and put them back, without Citus.
TEST_F(Distribute, ForeignKeysCanBeTakenAwayAndPutBack) {
  const auto keys = [&] {
    return schema_.run(
        "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND "
        "connamespace = current_schema()::regnamespace ORDER BY 1");
  };
  const auto before = keys();
  ASSERT_GT(before.size(), 4U);
  writer_->begin_schema_change();
  std::vector<std::string> drop, add;
  {
    const auto cursor = writer_->make_cursor(text_of("sql/distribute/list_references.sql"));
    Query query(*cursor);
    while (query.step()) {
      drop.push_back(query.text(2));
      add.push_back(query.text(3));
    }
  }
  EXPECT_EQ(drop.size(), before.size());
  for (const auto& command : drop) writer_->run_script(command);
  writer_->commit();
  EXPECT_THAT(keys(), testing::IsEmpty());
  writer_->begin_schema_change();
  for (const auto& command : add) writer_->run_script(command);
  writer_->commit();
  EXPECT_EQ(keys(), before);
}

// No server at hand may be able to run these, so at least none of them stays when nothing needs it any more.
TEST(DistributeStatements, AreAllNamedByTheProgram) {
  const auto program = text_of("distribute.cpp");
  int statements = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(std::filesystem::path(HUIYIN_SOURCE_DIR) / "src/storage/sql/distribute")) {
    EXPECT_THAT(program, testing::HasSubstr("sql::distribute_" + file.path().stem().string() + "_sql"));
    ++statements;
  }
  EXPECT_GT(statements, 4);
}

// The contract of stores once more, each check over a schema of its own that is distributed.
TEST_F(Distribute, AStoreOverCitusKeepsTheContract) {
  if (!has_citus()) GTEST_SKIP() << "not verified: Citus is not at hand";
  for (const auto& theme : {record_checks(), staff_checks(), transaction_checks(), case_checks(), request_checks()}) {
    for (const auto& check : theme) {
      SCOPED_TRACE(check.name);
      PostgresSchema schema;
      const auto writer = schema.open()->open_writer();
      migrate(*writer);
      int lines = 0;
      require_citus(*writer);
      distribute(*writer, [&](std::string_view) { ++lines; });
      EXPECT_GT(lines, 14);
      lines = 0;
      distribute(*writer, [&](std::string_view) { ++lines; });
      EXPECT_EQ(lines, 1) << "it was done already";
      SqlStore store(schema.open());
      check.run(prepare(store));
    }
  }
}

}  // namespace
}  // namespace huiyin::storage
