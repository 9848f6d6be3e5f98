#include "storage/sqlite_database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <atomic>
#include <unordered_map>

#include "app/store.h"
#include "base/assert.h"
#include "sql.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

constexpr std::string_view postgres_suffix = ".postgres.sql";

StoreFailure::Kind kind_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL: return StoreFailure::Kind::full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return StoreFailure::Kind::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return StoreFailure::Kind::damaged;
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

// Which of sql::all were executed, by index.
std::array<std::atomic<bool>, sql::all.size()> used{};

class SqliteCursor final : public Cursor {
 public:
  SqliteCursor(SQLite::Database& database, std::size_t index)
      : statement_(database, std::string(sql::all[index].content)), index_(index) {}

  void bind(const char* name, std::int64_t value) override {
    guarded([&] { statement_.bind(name, value); });
  }
  void bind(const char* name, std::string_view text) override {
    // The caller's text may be gone by the time of step(): SQLite keeps its own copy.
    guarded([&] { statement_.bind(name, std::string(text)); });
  }
  void bind(const char* name, ByteView bytes) override {
    guarded([&] {
      if (bytes.empty()) statement_.bind(name, "", 0);
      else statement_.bind(name, static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size()));
    });
  }
  void bind_null(const char* name) override {
    guarded([&] { statement_.bind(name); });
  }
  bool step() override {
    used[index_].store(true, std::memory_order_relaxed);
    return guarded([&] { return statement_.executeStep(); });
  }
  void reset() noexcept override {
    statement_.tryReset();
    try {
      statement_.clearBindings();
    } catch (const SQLite::Exception&) {  // cannot fail for a statement that was prepared
    }
  }
  std::int64_t integer(int column) override { return statement_.getColumn(column).getInt64(); }
  std::string text(int column) override { return statement_.getColumn(column).getString(); }
  Bytes bytes(int column) override {
    const auto value = statement_.getColumn(column);
    const auto* data = static_cast<const std::uint8_t*>(value.getBlob());
    return data == nullptr ? Bytes() : Bytes(data, data + value.getBytes());
  }
  bool is_null(int column) override { return statement_.isColumnNull(column); }

 private:
  SQLite::Statement statement_;
  std::size_t index_;
};

constexpr int busy_timeout_ms = 10'000;

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::filesystem::path& file, int flags, const char* settings)
      : database_(guarded([&] { return SQLite::Database(file.string(), flags, busy_timeout_ms); })) {
    guarded([&] { database_.exec(settings); });
  }

  Cursor& cursor(std::string_view statement) override {
    if (cursors_.empty()) prepare();
    const auto found = cursors_.find(statement.data());
    HUIYIN_ASSERT(found != cursors_.end());
    return *found->second;
  }
  // BEGIN alone would take its snapshot only with the first statement that reads.
  void begin_read() override { run_script("BEGIN; PRAGMA user_version"); }
  void begin_write() override { run_script("BEGIN IMMEDIATE"); }
  void commit() override { run_script("COMMIT"); }
  void rollback() noexcept override {
    if (sqlite3_get_autocommit(database_.getHandle()) == 0) database_.tryExec("ROLLBACK");
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
    for (std::size_t i = 0; i < sql::all.size(); ++i) {
      if (sql::all[i].content.data() == statement.data()) used[i].store(true);
    }
    return std::string(statement);
  }
  void prepare() {
    for (std::size_t i = 0; i < sql::all.size(); ++i) {
      if (sql::all[i].path.ends_with(postgres_suffix)) continue;
      cursors_.emplace(sql::all[i].content.data(), guarded([&] { return std::make_unique<SqliteCursor>(database_, i); }));
    }
  }

  SQLite::Database database_;
  std::unordered_map<const char*, std::unique_ptr<SqliteCursor>> cursors_;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::filesystem::path file, bool create) : file_(std::move(file)) {
    const int flags = SQLite::OPEN_READWRITE | (create ? SQLite::OPEN_CREATE : 0);
    SqliteConnection first(file_, flags, "PRAGMA journal_mode = WAL; PRAGMA user_version;");
  }
  std::unique_ptr<Connection> open_reader() override {
    return std::make_unique<SqliteConnection>(file_, SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX, "PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY;");
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
  return std::make_unique<SqliteDatabase>(file, create);
}

std::vector<std::string_view> unused_statements() {
  std::vector<std::string_view> unused;
  for (std::size_t i = 0; i < sql::all.size(); ++i) {
    if (!sql::all[i].path.ends_with(postgres_suffix) && !used[i].load()) unused.push_back(sql::all[i].path);
  }
  return unused;
}

}  // namespace huiyin::storage
