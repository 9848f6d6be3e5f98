// Statements over a table whose columns are known only from the catalogue: what a file of sql/ cannot hold. Names are quoted,
// values are parameters: parameter(0) is the first column's, and so on; the jurisdiction and a count are "$jurisdiction" and
// "$count". Pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace huiyin::storage::table_sql {

using Names = std::span<const std::string>;

std::string parameter(std::size_t column);  // "$aa", "$ab", ...: numbered() takes letters alone

// Rows of a jurisdiction in the order of `keys`, at most $count: all, or those after the one whose keys are the parameters from
// 0.
std::string list_rows(std::string_view table, Names columns, Names keys);
std::string list_rows_after(std::string_view table, Names columns, Names keys);
std::string count_rows(std::string_view table);
std::string put_row(std::string_view table, Names columns);
std::string erase_rows(std::string_view table);

}  // namespace huiyin::storage::table_sql
