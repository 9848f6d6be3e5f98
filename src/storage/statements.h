// Statements: the files of storage/sql as one engine has them. `X.postgres.sql` stands in for `X.sql` on PostgreSQL.
// Thread rule: any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huiyin::storage {

enum class Engine : std::uint8_t { sqlite, postgres };

struct Statement {
  const char* key;  // where the constant of "sql.h" begins that the callers name
  std::string_view text;
  std::size_t index;  // for mark_used()
};

// All that a connection prepares when it opens.
std::span<const Statement> statements_of(Engine engine);

// For the test that every statement is one that is needed.
void mark_used(Engine engine, std::size_t index) noexcept;
std::vector<std::string_view> unused_statements(Engine engine);

// PostgreSQL's way to name parameters: $1, $2, ... in the order in which the names first appear.
struct Numbered {
  std::string text;
  std::vector<std::string> names;  // with their $
};
Numbered numbered(std::string_view statement);

}  // namespace huiyin::storage
