// BareSqlite: the rows that submissions left in a database, written again into a fresh one with the same tables and indexes by
// SQLite alone: one prepared statement a table, 256 submissions a transaction, the same settings as the program's writer.
#pragma once

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/committer.h"
#include "storage/sql_store.h"
#include "storage/sqlite_database.h"

namespace huiyin::bench {

class Sqlite {
 public:
  explicit Sqlite(const std::filesystem::path& file) {
    if (sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) fail();
    sqlite3_busy_timeout(handle_, 10'000);
  }
  ~Sqlite() { sqlite3_close(handle_); }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  void script(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) fail();
    return statement;
  }
  [[noreturn]] void fail() const { throw std::runtime_error(fmt::format("bare SQLite: {}", sqlite3_errmsg(handle_))); }

 private:
  sqlite3* handle_ = nullptr;
};

class BareSqlite {
 public:
  // Takes the rows of at most `submissions_max` submissions, rounded down to whole transactions.
  BareSqlite(const std::filesystem::path& filled, std::size_t submissions_max) {
    Sqlite database(filled);
    std::size_t least = submissions_max;
    for (auto& table : tables_) {
      table.rows = read(database, fmt::format("SELECT * FROM {} ORDER BY rowid LIMIT {}", table.name, submissions_max));
      least = std::min(least, table.rows.size());
    }
    submissions_ = least / app::batch_jobs_max * app::batch_jobs_max;
    jurisdictions_ = read(database, "SELECT * FROM jurisdiction");
    head_ = read(database, "SELECT * FROM log_head").front();
    count_ = read(database, "SELECT * FROM case_count").front();
    tile_ = read(database, "SELECT * FROM log_tile ORDER BY level, number LIMIT 1").front();
  }
  ~BareSqlite() {
    const auto free_rows = [](std::vector<Row>& rows) {
      for (auto& row : rows) free_row(row);
    };
    for (auto& table : tables_) free_rows(table.rows);
    free_rows(jurisdictions_);
    for (auto* row : {&head_, &count_, &tile_}) free_row(*row);
  }
  BareSqlite(const BareSqlite&) = delete;
  BareSqlite& operator=(const BareSqlite&) = delete;

  [[nodiscard]] std::size_t submissions() const { return submissions_; }

  // Submissions a second into a fresh database, which is left behind.
  double run(const std::filesystem::path& fresh) const {
    { const storage::SqlStore made(storage::open_sqlite(fresh, true)); }  // by the program's own migrations
    Sqlite database(fresh);
    database.script(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000");
    std::vector<sqlite3_stmt*> inserts;
    for (const auto& table : tables_) inserts.push_back(insert(database, table.name, table.rows.front().size(), "INSERT"));
    auto* jurisdiction = insert(database, "jurisdiction", jurisdictions_.front().size(), "INSERT");
    auto* head = insert(database, "log_head", head_.size(), "REPLACE");
    auto* count = insert(database, "case_count", count_.size(), "REPLACE");
    auto* tile = insert(database, "log_tile", tile_.size(), "REPLACE");
    for (const auto& row : jurisdictions_) put(database, jurisdiction, row);

    const auto began = std::chrono::steady_clock::now();
    for (std::size_t first = 0; first < submissions_; first += app::batch_jobs_max) {
      database.script("BEGIN IMMEDIATE");
      for (std::size_t i = first; i < first + app::batch_jobs_max; ++i) {
        for (std::size_t t = 0; t < tables_.size(); ++t) put(database, inserts[t], tables_[t].rows[i]);
      }
      put(database, count, count_);
      sqlite3_bind_int64(tile, tile_number_parameter, static_cast<std::int64_t>(first / app::batch_jobs_max));
      put(database, tile, tile_, tile_number_parameter);
      put(database, head, head_);
      database.script("COMMIT");
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
    for (auto* statement : inserts) sqlite3_finalize(statement);
    for (auto* statement : {jurisdiction, head, count, tile}) sqlite3_finalize(statement);
    return static_cast<double>(submissions_) / seconds.count();
  }

 private:
  using Row = std::vector<sqlite3_value*>;
  struct Table {
    std::string name;
    std::vector<Row> rows{};
  };
  static constexpr int tile_number_parameter = 3;

  static void free_row(Row& row) {
    for (auto* value : row) sqlite3_value_free(value);
  }
  static std::vector<Row> read(Sqlite& database, const std::string& sql) {
    std::vector<Row> rows;
    auto* statement = database.prepare(sql);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      auto& row = rows.emplace_back();
      for (int i = 0; i < sqlite3_column_count(statement); ++i)
        row.push_back(sqlite3_value_dup(sqlite3_column_value(statement, i)));
    }
    sqlite3_finalize(statement);
    if (rows.empty()) throw std::runtime_error("no rows to write again: " + sql);
    return rows;
  }
  static sqlite3_stmt* insert(Sqlite& database, const std::string& table, std::size_t columns, std::string_view verb) {
    std::string marks = "?";
    for (std::size_t i = 1; i < columns; ++i) marks += ",?";
    return database.prepare(fmt::format("{} INTO {} VALUES ({})", verb, table, marks));
  }
  // Without the copy that sqlite3_bind_value() makes.
  static void bind(sqlite3_stmt* statement, int place, sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
      case SQLITE_INTEGER: sqlite3_bind_int64(statement, place, sqlite3_value_int64(value)); break;
      case SQLITE_TEXT:
        sqlite3_bind_text(statement, place, reinterpret_cast<const char*>(sqlite3_value_text(value)), sqlite3_value_bytes(value),
                          SQLITE_STATIC);
        break;
      case SQLITE_BLOB:
        sqlite3_bind_blob(statement, place, sqlite3_value_blob(value), sqlite3_value_bytes(value), SQLITE_STATIC);
        break;
      default: sqlite3_bind_null(statement, place);
    }
  }
  static void put(Sqlite& database, sqlite3_stmt* statement, const Row& row, int except = 0) {
    for (int i = 1; i <= static_cast<int>(row.size()); ++i) {
      if (i != except) bind(statement, i, row[static_cast<std::size_t>(i) - 1]);
    }
    if (sqlite3_step(statement) != SQLITE_DONE) database.fail();
    sqlite3_reset(statement);
  }

  std::vector<Table> tables_{{"record"}, {"event"}, {"log_entry"}, {"case_row"}};
  std::vector<Row> jurisdictions_;
  Row head_, count_, tile_;
  std::size_t submissions_ = 0;
};

}  // namespace huiyin::bench
