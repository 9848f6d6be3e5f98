// Database: the one small way to a SQL engine. Statements are the files of storage/sql, named constants of the generated "sql.h",
// all prepared when a connection opens; parameters are bound by name. Failures come out as app::StoreFailure. Thread rule: a
// connection belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "storage/statements.h"

namespace huiyin::storage {

// A prepared statement at work.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual void bind(const char* name, std::int64_t value) = 0;
  virtual void bind(const char* name, std::string_view text) = 0;
  virtual void bind(const char* name, ByteView bytes) = 0;
  virtual void bind_null(const char* name) = 0;
  virtual bool step() = 0;  // true: a row is there
  // For what gives no rows. Over a network it is only sent: what goes wrong shows with the next step() or commit().
  virtual void run() = 0;
  virtual void reset() noexcept = 0;
  virtual std::int64_t integer(int column) = 0;
  virtual std::string text(int column) = 0;
  virtual Bytes bytes(int column) = 0;
  virtual bool is_null(int column) = 0;
};

// One use of a statement: bind, step, read; put back when it goes.
class Query {
 public:
  explicit Query(Cursor& cursor) : cursor_(cursor) {}
  ~Query() { cursor_.reset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  template <class T>
  Query& bind(const char* name, const T& value) {
    if constexpr (std::is_integral_v<T>) cursor_.bind(name, static_cast<std::int64_t>(value));
    else if constexpr (std::is_convertible_v<const T&, std::string_view>) cursor_.bind(name, std::string_view(value));
    else cursor_.bind(name, ByteView(value));
    return *this;
  }
  template <class T>
  Query& bind(const char* name, const std::optional<T>& value) {
    if (value) return bind(name, *value);
    cursor_.bind_null(name);
    return *this;
  }
  bool step() { return cursor_.step(); }
  void run() { cursor_.run(); }
  std::int64_t integer(int column) { return cursor_.integer(column); }
  std::uint64_t natural(int column) { return static_cast<std::uint64_t>(cursor_.integer(column)); }
  std::string text(int column) { return cursor_.text(column); }
  Bytes bytes(int column) { return cursor_.bytes(column); }
  std::optional<std::int64_t> integer_or_null(int column) {
    return cursor_.is_null(column) ? std::nullopt : std::optional(cursor_.integer(column));
  }
  std::optional<std::string> text_or_null(int column) {
    return cursor_.is_null(column) ? std::nullopt : std::optional(cursor_.text(column));
  }
  std::optional<Bytes> bytes_or_null(int column) {
    return cursor_.is_null(column) ? std::nullopt : std::optional(cursor_.bytes(column));
  }

 private:
  Cursor& cursor_;
};

class Connection {
 public:
  virtual ~Connection() = default;
  [[nodiscard]] virtual Engine engine() const noexcept = 0;
  // False when what it leads to has gone: open another.
  [[nodiscard]] virtual bool usable() noexcept = 0;
  // `statement` is one of the constants of "sql.h".
  virtual Cursor& cursor(std::string_view statement) = 0;
  // A statement that is not prepared with the others: made from the catalogue's names (table_sql.h), or not for every database
  // (distribute.h). For the connection's life at most.
  virtual std::unique_ptr<Cursor> make_cursor(std::string_view sql) = 0;
  virtual void begin_read() = 0;
  virtual void begin_write() = 0;  // SQLite: the one writer's lock at once; PostgreSQL: the head row is locked by a statement
  virtual void begin_schema_change() = 0;  // one at a time, however many programs start at once
  virtual void commit() = 0;  // StoreFailure in_doubt: it may have been done
  virtual void rollback() noexcept = 0;
  // Several statements without parameters: migrations and settings only.
  virtual void run_script(std::string_view sql) = 0;
  // Apart from the prepared statements, which cannot be prepared before the tables are there.
  struct Migration {
    std::int64_t number = 0;
    std::int64_t min_program = 0;
    std::string name, hash;
  };
  virtual std::vector<Migration> list_migrations() = 0;
  virtual void put_migration(const Migration& migration) = 0;

  Query query(std::string_view statement) { return Query(cursor(statement)); }
};

// How to come by connections of one engine.
class Database {
 public:
  virtual ~Database() = default;
  virtual std::unique_ptr<Connection> open_reader() = 0;
  virtual std::unique_ptr<Connection> open_writer() = 0;
  // For what may be lost in a crash: waits neither for a disk or a standby to confirm, nor long for anything else.
  virtual std::unique_ptr<Connection> open_hasty_writer() { return open_writer(); }
};

}  // namespace huiyin::storage
