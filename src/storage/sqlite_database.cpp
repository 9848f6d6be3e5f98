#include "storage/sqlite_database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <unordered_map>

#include "app/store.h"
#include "base/assert.h"
#include "sql.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

StoreFailure::Kind kind_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL: return StoreFailure::Kind::full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return StoreFailure::Kind::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return StoreFailure::Kind::damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_IOERR: return StoreFailure::Kind::busy;
    case SQLITE_CONSTRAINT: return StoreFailure::Kind::constraint;
    default: return StoreFailure::Kind::other;
  }
}

// What SQLiteCpp throws becomes what the store promises.
template <class Act>
auto guarded(Act act) {
  try {
    return act();
  } catch (const SQLite::Exception& fault) {
    throw StoreFailure(kind_of(fault.getErrorCode()), std::string("SQLite: ") + fault.what());
  }
}

// A prepared statement, by SQLite's own interface: SQLiteCpp copies each text once more and counts references for each column.
class Prepared {
 public:
  Prepared(sqlite3* database, std::string_view sql) : database_(database) {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr));
    statement_.reset(made);
  }

  [[nodiscard]] sqlite3_stmt* get() const { return statement_.get(); }
  void check(int code) const {
    if (code != SQLITE_OK) throw StoreFailure(kind_of(code), std::string("SQLite: ") + sqlite3_errmsg(database_));
  }
  bool step() const {
    const int code = sqlite3_step(get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
    return code == SQLITE_ROW;
  }
  void run() const {
    try {
      step();
    } catch (...) {
      sqlite3_reset(get());
      throw;
    }
    sqlite3_reset(get());
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
  };
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class SqliteCursor final : public Cursor {
 public:
  SqliteCursor(sqlite3* database, const Statement& statement) : statement_(database, statement.text), index_(statement.index) {}
  SqliteCursor(sqlite3* database, std::string_view sql) : statement_(database, sql) {}

  void bind(const char* name, std::int64_t value) override {
    statement_.check(sqlite3_bind_int64(statement_.get(), place(name), value));
  }
  // The caller's text may be gone by the time of step(): SQLite keeps its own copy.
  void bind(const char* name, std::string_view text) override {
    const auto* data = text.empty() ? "" : text.data();
    statement_.check(sqlite3_bind_text64(statement_.get(), place(name), data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  void bind(const char* name, ByteView bytes) override {
    const void* data = bytes.empty() ? static_cast<const void*>("") : bytes.data();
    statement_.check(sqlite3_bind_blob64(statement_.get(), place(name), data, bytes.size(), SQLITE_TRANSIENT));
  }
  void bind_null(const char* name) override { statement_.check(sqlite3_bind_null(statement_.get(), place(name))); }
  bool step() override {
    if (index_) mark_used(Engine::sqlite, *index_);
    return statement_.step();
  }
  void run() override { step(); }
  void reset() noexcept override {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
  }
  std::int64_t integer(int column) override { return sqlite3_column_int64(statement_.get(), column); }
  std::string text(int column) override {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    return data == nullptr ? std::string() : std::string(data, size(column));
  }
  Bytes bytes(int column) override {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    return data == nullptr ? Bytes() : Bytes(data, data + size(column));
  }
  bool is_null(int column) override { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

 private:
  int place(const char* name) const {
    const int found = sqlite3_bind_parameter_index(statement_.get(), name);
    HUIYIN_ASSERT(found > 0);
    return found;
  }
  std::size_t size(int column) const { return static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)); }

  Prepared statement_;
  std::optional<std::size_t> index_;
};

constexpr int busy_timeout_ms = 10'000;

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::filesystem::path& file, int flags, const char* settings)
      : database_(guarded([&] { return SQLite::Database(file.string(), flags, busy_timeout_ms); })) {
    guarded([&] { database_.exec(settings); });
  }

  [[nodiscard]] Engine engine() const noexcept override { return Engine::sqlite; }
  [[nodiscard]] bool usable() noexcept override { return true; }
  Cursor& cursor(std::string_view statement) override {
    if (cursors_.empty()) prepare();
    const auto found = cursors_.find(statement.data());
    HUIYIN_ASSERT(found != cursors_.end());
    return *found->second;
  }
  std::unique_ptr<Cursor> make_cursor(std::string_view sql) override {
    return std::make_unique<SqliteCursor>(database_.getHandle(), sql);
  }
  // BEGIN alone would take its snapshot only with the first statement that reads.
  void begin_read() override {
    begin_.run();
    touch_.run();
  }
  void begin_write() override { begin_immediate_.run(); }
  void begin_schema_change() override { begin_immediate_.run(); }
  void commit() override { commit_.run(); }
  void rollback() noexcept override {
    if (sqlite3_get_autocommit(database_.getHandle()) != 0) return;
    sqlite3_step(rollback_.get());
    sqlite3_reset(rollback_.get());
  }
  void run_script(std::string_view sql) override {
    guarded([&] { database_.exec(std::string(sql)); });
  }
  std::vector<Migration> list_migrations() override {
    return guarded([&] {
      std::vector<Migration> out;
      SQLite::Statement statement(database_, unprepared(sql::migration_list_migrations_sql));
      while (statement.executeStep()) {
        out.push_back({statement.getColumn(0).getInt64(), statement.getColumn(1).getInt64(), statement.getColumn(2).getString(),
                       statement.getColumn(3).getString()});
      }
      return out;
    });
  }
  void put_migration(const Migration& migration) override {
    guarded([&] {
      SQLite::Statement statement(database_, unprepared(sql::migration_put_migration_sql));
      statement.bind("$number", migration.number);
      statement.bind("$min_program", migration.min_program);
      statement.bind("$name", migration.name);
      statement.bind("$hash", migration.hash);
      statement.exec();
    });
  }

 private:
  static std::string unprepared(std::string_view statement) {
    for (const auto& known : statements_of(Engine::sqlite)) {
      if (known.key == statement.data()) mark_used(Engine::sqlite, known.index);
    }
    return std::string(statement);
  }
  void prepare() {
    for (const auto& statement : statements_of(Engine::sqlite))
      cursors_.emplace(statement.key, std::make_unique<SqliteCursor>(database_.getHandle(), statement));
  }

  SQLite::Database database_;
  Prepared begin_{database_.getHandle(), "BEGIN"}, touch_{database_.getHandle(), "PRAGMA user_version"};
  Prepared begin_immediate_{database_.getHandle(), "BEGIN IMMEDIATE"};
  Prepared commit_{database_.getHandle(), "COMMIT"}, rollback_{database_.getHandle(), "ROLLBACK"};
  std::unordered_map<const char*, std::unique_ptr<SqliteCursor>> cursors_;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::filesystem::path file, bool create) : file_(std::move(file)) {
    const int flags = SQLite::OPEN_READWRITE | (create ? SQLite::OPEN_CREATE : 0);
    SqliteConnection first(file_, flags, "PRAGMA journal_mode = WAL; PRAGMA user_version;");
  }
  std::unique_ptr<Connection> open_reader() override {
    return std::make_unique<SqliteConnection>(file_, SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX,
                                              "PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;");
  }
  std::unique_ptr<Connection> open_writer() override {
    return std::make_unique<SqliteConnection>(file_, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX,
                                              "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; "
                                              "PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;");
  }

 private:
  std::filesystem::path file_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file, bool create) {
  // SQLite's count of its memory, which nobody asks for, costs a lock of the whole process at each allocation.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  HUIYIN_ASSERT(uncounted == SQLITE_OK || uncounted == SQLITE_MISUSE);  // MISUSE: SQLite was at work before us
  return std::make_unique<SqliteDatabase>(file, create);
}

}  // namespace huiyin::storage
