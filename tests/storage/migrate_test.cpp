// Migrations: a fresh database is the schema that docs/schema.sql shows; a changed history or a newer database stops the start.
#include "storage/migrate.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "app/store.h"
#include "storage/sql_store.h"
#include "storage/sqlite_database.h"
#include "storage/temporary_directory.h"

namespace huiyin::storage {
namespace {

// A database beside the program, as an operator with the sqlite3 shell has it.
class Shell {
 public:
  explicit Shell(const std::filesystem::path& file) {
    if (sqlite3_open(file.c_str(), &database_) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
  }
  ~Shell() { sqlite3_close(database_); }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  // The first column of every row.
  std::vector<std::string> run(const std::string& sql) {
    std::vector<std::string> column;
    const auto take = [](void* out, int, char** values, char**) {
      static_cast<std::vector<std::string>*>(out)->emplace_back(values[0] == nullptr ? "" : values[0]);
      return 0;
    };
    if (sqlite3_exec(database_, sql.c_str(), take, &column, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(database_));
    return column;
  }

 private:
  sqlite3* database_ = nullptr;
};

class Migrations : public testing::Test {
 protected:
  void SetUp() override {
    crypto::start();
    open();
  }
  void open() { SqlStore store(open_sqlite(file(), true)); }
  // What the start says when it refuses.
  std::string refusal() {
    try {
      open();
      return "it started";
    } catch (const app::StoreFailure& fault) {
      return fault.what();
    }
  }
  std::filesystem::path file() const { return directory_.path() / "huiyin.db"; }

 private:
  TemporaryDirectory directory_;
};

TEST_F(Migrations, AreTheSchemaThatTheDocumentsShow) {
  std::string schema =
      "-- The whole schema, as SQLite has it. Made by `HUIYIN_UPDATE=1 test_storage` from src/storage/migrations; do not edit.\n";
  for (const auto& statement :
       Shell(file()).run("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name")) {
    schema += "\n" + statement + ";\n";
  }
  const auto page = std::filesystem::path(HUIYIN_SOURCE_DIR) / "docs/schema.sql";
  if (std::getenv("HUIYIN_UPDATE") != nullptr) std::ofstream(page) << schema;
  std::ostringstream shown;
  shown << std::ifstream(page).rdbuf();
  EXPECT_EQ(shown.str(), schema) << "write docs/schema.sql anew: HUIYIN_UPDATE=1 test_storage --gtest_filter=Migrations.*";
}

TEST_F(Migrations, AreRecordedOnceWithTheirHash) {
  open();
  Shell shell(file());
  const auto numbers = shell.run("SELECT number FROM migration ORDER BY number");
  ASSERT_FALSE(numbers.empty());
  for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], std::to_string(i + 1));
  for (const auto& hash : shell.run("SELECT hash FROM migration")) EXPECT_EQ(hash.size(), 64U);
}

TEST_F(Migrations, AChangedOldOneStopsTheStartAndIsNamed) {
  Shell(file()).run("UPDATE migration SET hash = 'another' WHERE number = 1");
  EXPECT_THAT(refusal(), testing::AllOf(testing::HasSubstr("0001_begin.sql"), testing::HasSubstr("changed")));
}

TEST_F(Migrations, ADatabaseThatNeedsANewerProgramStopsTheStart) {
  const auto newer = std::to_string(program_schema + 1);
  Shell(file()).run("INSERT INTO migration (number, name, hash, min_program) VALUES (9000, '9000_later.sql', 'x', " + newer +
                    ")");
  EXPECT_THAT(refusal(), testing::AllOf(testing::HasSubstr("newer"), testing::HasSubstr("schema " + newer)));
}

// A rolling upgrade: the newer program migrated already, in a way this one can live with.
TEST_F(Migrations, ANewerDatabaseThatThisProgramCanLiveWithIsServed) {
  const auto known = std::to_string(program_schema);
  Shell(file()).run("INSERT INTO migration (number, name, hash, min_program) VALUES (9000, '9000_later.sql', 'x', " + known +
                    ")");
  EXPECT_EQ(refusal(), "it started");
}

TEST_F(Migrations, AFileThatIsNoDatabaseIsRefused) {
  std::filesystem::remove(file());
  std::ofstream(file()) << std::string(5'000, 'x');
  EXPECT_THAT(refusal(), testing::HasSubstr("not a database"));
}

}  // namespace
}  // namespace huiyin::storage
