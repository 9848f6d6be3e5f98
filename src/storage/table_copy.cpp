#include "storage/table_copy.h"

#include <fmt/format.h>

#include "app/store.h"
#include "base/text.h"
#include "sql.h"
#include "storage/table_sql.h"
#include "storage/tables.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

constexpr std::string_view jurisdiction_column = "jurisdiction";

std::vector<std::string> names_of(std::span<const Column> columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(column.name);
  return names;
}

std::span<const Column> keys_of(const TableShape& shape) { return std::span(shape.columns).subspan(1, shape.keys); }

Column::Type type_of(std::string_view table, std::string_view column, std::string_view word) {
  if (word == "bigint") return Column::Type::bigint;
  if (word == "text") return Column::Type::text;
  if (word == "bytes") return Column::Type::bytes;
  throw StoreFailure(StoreFailure::Kind::other,
                     fmt::format("{}.{} is of the type {}, which this program does not know", table, column, word));
}

Value value_of(Cursor& row, int column, Column::Type type) {
  if (row.is_null(column)) return {};
  switch (type) {
    case Column::Type::bigint: return row.integer(column);
    case Column::Type::text: return row.text(column);
    case Column::Type::bytes: return row.bytes(column);
  }
  return {};
}

struct Binder {
  Cursor& cursor;
  const char* name;
  void operator()(std::monostate) const { cursor.bind_null(name); }
  void operator()(std::int64_t number) const { cursor.bind(name, number); }
  void operator()(const std::string& text) const { cursor.bind(name, std::string_view(text)); }
  void operator()(const Bytes& bytes) const { cursor.bind(name, ByteView(bytes)); }
};

void bind_value(Cursor& cursor, std::size_t parameter, const Value& value) {
  const auto name = table_sql::parameter(parameter);
  std::visit(Binder{cursor, name.c_str()}, value);
}

struct Words {
  std::string operator()(std::monostate) const { return "NULL"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(const std::string& text) const { return "'" + text + "'"; }
  std::string operator()(const Bytes& bytes) const { return to_hex(bytes); }
};

}  // namespace

std::vector<std::string> list_tables(Connection& connection) {
  std::vector<std::string> tables;
  auto query = connection.query(sql::table_list_tables_sql);
  while (query.step()) tables.push_back(query.text(0));
  return tables;
}

TableShape shape_of(Connection& connection, std::string_view table) {
  TableShape shape{std::string(table), {}, 0};
  std::map<std::int64_t, Column> keys;
  std::vector<Column> others;
  auto query = connection.query(sql::table_list_columns_sql);
  query.bind("$table", table);
  while (query.step()) {
    Column column{query.text(0), type_of(table, query.text(0), query.text(1))};
    if (const auto place = query.integer(2); place > 0) keys.emplace(place, std::move(column));
    else if (column.name != mark_column) others.push_back(std::move(column));
  }
  if (keys.empty() || keys.begin()->second.name != jurisdiction_column)
    throw StoreFailure(StoreFailure::Kind::other, fmt::format("the table {} has no jurisdiction first in its key", table));
  for (auto& [place, column] : keys) shape.columns.push_back(std::move(column));
  shape.keys = shape.columns.size() - 1;
  shape.columns.insert(shape.columns.end(), others.begin(), others.end());
  return shape;
}

TableReader::TableReader(Connection& connection, const TableShape& shape, JurisdictionId jurisdiction)
    : shape_(shape), jurisdiction_(jurisdiction.number) {
  const auto columns = names_of(shape.columns), keys = names_of(keys_of(shape));
  first_ = connection.make_cursor(table_sql::list_rows(shape.name, columns, keys));
  if (!keys.empty()) after_ = connection.make_cursor(table_sql::list_rows_after(shape.name, columns, keys));
}

std::optional<Row> TableReader::next() {
  if (given_ == piece_.size() && !ended_) read_piece();
  if (given_ == piece_.size()) return std::nullopt;
  return piece_[given_++];  // the last one stays: the next piece begins after it
}

void TableReader::read_piece() {
  auto& cursor = begun_ ? *after_ : *first_;
  Query query(cursor);
  query.bind("$jurisdiction", jurisdiction_).bind("$count", rows_a_piece);
  for (std::size_t i = 0; begun_ && i < shape_.keys; ++i) bind_value(cursor, i, piece_.back()[i + 1]);
  begun_ = true;
  piece_.clear();
  given_ = 0;
  while (query.step()) {
    auto& row = piece_.emplace_back();
    for (std::size_t i = 0; i < shape_.columns.size(); ++i)
      row.push_back(value_of(cursor, static_cast<int>(i), shape_.columns[i].type));
  }
  ended_ = shape_.keys == 0 || piece_.size() < static_cast<std::size_t>(rows_a_piece);
}

TableWriter::TableWriter(Connection& connection, const TableShape& shape)
    : put_(connection.make_cursor(table_sql::put_row(shape.name, names_of(shape.columns)))) {}

void TableWriter::put(const Row& row) {
  Query query(*put_);
  for (std::size_t i = 0; i < row.size(); ++i) bind_value(*put_, i, row[i]);
  query.run();
}

std::uint64_t count_rows(Connection& connection, const TableShape& shape, JurisdictionId jurisdiction) {
  const auto cursor = connection.make_cursor(table_sql::count_rows(shape.name));
  Query query(*cursor);
  return query.bind("$jurisdiction", jurisdiction.number).step() ? query.natural(0) : 0;
}

void erase_rows(Connection& connection, const TableShape& shape, JurisdictionId jurisdiction) {
  const auto cursor = connection.make_cursor(table_sql::erase_rows(shape.name));
  Query(*cursor).bind("$jurisdiction", jurisdiction.number).run();
}

std::string named(const TableShape& shape, const Row& row) {
  std::string out;
  for (std::size_t i = 1; i <= shape.keys; ++i)
    out += fmt::format("{}{} {}", i == 1 ? "" : ", ", shape.columns[i].name, std::visit(Words{}, row[i]));
  return out;
}

}  // namespace huiyin::storage
