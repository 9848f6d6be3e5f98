// Rows of any table, as its catalogue describes it: read in the order of the primary key, a piece at a time, and written again.
// Failures come out as app::StoreFailure. Thread rule: that of the connection.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "storage/database.h"

namespace huiyin::storage {

// How much of a table is in memory at once.
inline constexpr std::int64_t rows_a_piece = 512;

using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;  // NULL, bigint, text, bytes
using Row = std::vector<Value>;

struct Column {
  enum class Type : std::uint8_t { bigint, text, bytes };
  std::string name;
  Type type{};
  friend bool operator==(const Column&, const Column&) = default;
};

struct TableShape {
  std::string name;
  // The jurisdiction, which every row has the same; the rest of the primary key in its order; the others by name.
  std::vector<Column> columns;
  std::size_t keys = 0;  // how many columns of the primary key stand after the jurisdiction
  friend bool operator==(const TableShape&, const TableShape&) = default;
};

std::vector<std::string> list_tables(Connection& connection);
// Without the mark of the place. Throws when it is not there, has another type of value, or its primary key does not begin with
// the jurisdiction.
TableShape shape_of(Connection& connection, std::string_view table);

class TableReader {
 public:
  TableReader(Connection& connection, const TableShape& shape, JurisdictionId jurisdiction);
  // The next row; none after the last.
  std::optional<Row> next();

 private:
  void read_piece();

  const TableShape& shape_;
  std::int64_t jurisdiction_;
  std::unique_ptr<Cursor> first_, after_;
  std::vector<Row> piece_;
  std::size_t given_ = 0;
  bool begun_ = false, ended_ = false;
};

class TableWriter {
 public:
  TableWriter(Connection& connection, const TableShape& shape);
  void put(const Row& row);

 private:
  std::unique_ptr<Cursor> put_;
};

std::uint64_t count_rows(Connection& connection, const TableShape& shape, JurisdictionId jurisdiction);
void erase_rows(Connection& connection, const TableShape& shape, JurisdictionId jurisdiction);

// The names of the primary key's values in a row, for people: `record 3, number 1`.
std::string named(const TableShape& shape, const Row& row);

}  // namespace huiyin::storage
