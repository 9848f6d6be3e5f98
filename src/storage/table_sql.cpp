// tidy: SQL here because its tables and columns come from the catalogue, so that a new table needs no statement of its own.
#include "storage/table_sql.h"

#include <fmt/format.h>

#include "base/assert.h"

namespace huiyin::storage::table_sql {
namespace {

// SQL's quotes: a name in them is a name, whatever letters it has.
std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char letter : name) {
    HUIYIN_ASSERT(letter != '$');  // numbered() would take it for a parameter
    if (letter == '"') out += '"';
    out += letter;
  }
  return out + '"';
}

std::string quoted(Names names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + quoted(name);
  return out;
}

std::string parameters(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += (out.empty() ? "" : ", ") + parameter(i);
  return out;
}

std::string list(std::string_view table, Names columns, Names keys, std::string_view condition) {
  const auto order = keys.empty() ? "jurisdiction" : quoted(keys);
  return fmt::format("SELECT {} FROM {} WHERE jurisdiction = $jurisdiction{} ORDER BY {} LIMIT $count", quoted(columns),
                     quoted(table), condition, order);
}

}  // namespace

std::string parameter(std::size_t column) {
  constexpr std::size_t letters = 26;
  HUIYIN_ASSERT(column < letters * letters);
  return {'$', static_cast<char>('a' + column / letters), static_cast<char>('a' + column % letters)};
}

std::string list_rows(std::string_view table, Names columns, Names keys) { return list(table, columns, keys, ""); }

std::string list_rows_after(std::string_view table, Names columns, Names keys) {
  return list(table, columns, keys, fmt::format(" AND ({}) > ({})", quoted(keys), parameters(keys.size())));
}

std::string count_rows(std::string_view table) {
  return fmt::format("SELECT count(*) FROM {} WHERE jurisdiction = $jurisdiction", quoted(table));
}

std::string put_row(std::string_view table, Names columns) {
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", quoted(table), quoted(columns), parameters(columns.size()));
}

std::string erase_rows(std::string_view table) {
  return fmt::format("DELETE FROM {} WHERE jurisdiction = $jurisdiction", quoted(table));
}

}  // namespace huiyin::storage::table_sql
