// A database of one engine for one test: as the program opens it, and as an operator beside the program has it.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/postgres_database.h"
#include "storage/sqlite_database.h"
#include "storage/temporary_directory.h"
#include "storage/temporary_postgres.h"

namespace huiyin::storage {

inline void PrintTo(Engine engine, std::ostream* out) { *out << (engine == Engine::sqlite ? "Sqlite" : "Postgres"); }

class TestDatabase {
 public:
  virtual ~TestDatabase() = default;
  virtual std::unique_ptr<Database> open() = 0;
  // What an operator's shell does. The first column of every row, of all statements.
  virtual std::vector<std::string> run(const std::string& script) = 0;
  // How many rows it inserted, updated or deleted.
  virtual std::int64_t change(const std::string& script) = 0;
  // What the tables hold now, instead of what the last backup() held; and they hold that again.
  virtual void backup() = 0;
  virtual void restore() = 0;
};

class SqliteFile final : public TestDatabase {
 public:
  std::unique_ptr<Database> open() override { return open_sqlite(file(), true); }
  std::vector<std::string> run(const std::string& script) override { return Shell(file()).run(script); }
  std::int64_t change(const std::string& script) override {
    Shell shell(file());
    shell.run(script);
    return sqlite3_total_changes(shell.database);
  }
  void backup() override {
    std::filesystem::remove(copy());
    run("VACUUM INTO '" + copy().string() + "'");
  }
  void restore() override {
    std::string script = "ATTACH '" + copy().string() + "' AS copy; BEGIN IMMEDIATE;";
    for (const auto& table : run("SELECT name FROM sqlite_master WHERE type = 'table'"))
      script += "DELETE FROM main." + table + "; INSERT INTO main." + table + " SELECT * FROM copy." + table + ";";
    run(script + "COMMIT");
  }
  [[nodiscard]] std::filesystem::path file() const { return directory_.path() / "huiyin.db"; }

 private:
  struct Shell {
    explicit Shell(const std::filesystem::path& file) {
      if (sqlite3_open(file.c_str(), &database) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database));
      sqlite3_busy_timeout(database, 20'000);
    }
    ~Shell() { sqlite3_close(database); }
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;
    std::vector<std::string> run(const std::string& script) const {
      std::vector<std::string> column;
      const auto take = [](void* out, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(out)->emplace_back(values[0] == nullptr ? "" : values[0]);
        return 0;
      };
      if (sqlite3_exec(database, script.c_str(), take, &column, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(database));
      return column;
    }
    sqlite3* database = nullptr;
  };
  [[nodiscard]] std::filesystem::path copy() const { return directory_.path() / "copy.db"; }

  TemporaryDirectory directory_;
};

class PostgresSchema final : public TestDatabase {
 public:
  std::unique_ptr<Database> open() override { return open_postgres(postgres_.url()); }
  std::vector<std::string> run(const std::string& script) override { return postgres_.run(script); }
  std::int64_t change(const std::string& script) override { return postgres_.change(script); }
  void backup() override {
    const auto copy = postgres_.backup_schema();
    std::string script = "DROP SCHEMA IF EXISTS " + copy + " CASCADE; CREATE SCHEMA " + copy + ";";
    for (const auto& table : tables()) script += "CREATE TABLE " + copy + "." + table + " AS TABLE " + table + ";";
    run(script);
  }
  void restore() override {
    std::string script = "BEGIN; SET LOCAL session_replication_role = replica;";  // no foreign key is looked at
    for (const auto& table : tables())
      script += "DELETE FROM " + table + "; INSERT INTO " + table + " TABLE " + postgres_.backup_schema() + "." + table + ";";
    run(script + "COMMIT");
  }

 private:
  std::vector<std::string> tables() { return run("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"); }

  TemporaryPostgres postgres_;
};

inline std::unique_ptr<TestDatabase> make_database(Engine engine) {
  if (engine == Engine::sqlite) return std::make_unique<SqliteFile>();
  return std::make_unique<PostgresSchema>();
}

}  // namespace huiyin::storage
