#include "storage/migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/store.h"
#include "base/crypto.h"
#include "migrations.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

// The engine's own words for the placeholders. PostgreSQL compares texts byte by byte, as SQLite does, whatever the locale of its
// database is.
std::string for_engine(std::string_view script, Engine engine) {
  using Words = std::map<std::string_view, std::string_view>;
  static const Words sqlite{{"{bigint}", "INTEGER"}, {"{bytes}", "BLOB"}, {"{strict}", "STRICT"}};
  static const Words postgres{{"{bigint}", "BIGINT"}, {"{bytes}", "BYTEA"}, {"{strict}", ""}, {" TEXT", " TEXT COLLATE \"C\""}};
  std::string out(script);
  for (const auto& [mark, word] : engine == Engine::sqlite ? sqlite : postgres) {
    for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + word.size()))
      out.replace(at, mark.size(), word);
  }
  return out;
}

std::int64_t number_of(std::string_view path) { return std::stoi(std::string(path.substr(0, 4))); }

std::string hash_of(std::string_view script) { return to_hex(crypto::sha256(script)); }

std::int64_t min_program_of(const migrations::File& file) {
  constexpr std::string_view mark = "\n-- min_program: ";
  const auto at = file.content.find(mark);
  return at == std::string_view::npos ? number_of(file.path) : std::stoi(std::string(file.content.substr(at + mark.size(), 9)));
}

void hold_against(const std::vector<Connection::Migration>& done) {
  for (const auto& one : done) check_min_program(one.min_program);
  for (const auto& file : migrations::all) {
    const auto found = std::ranges::find(done, number_of(file.path), &Connection::Migration::number);
    if (found != done.end() && found->hash != hash_of(file.content)) {
      throw StoreFailure(
          StoreFailure::Kind::other,
          fmt::format("migration {} is not the one this database was made with: the program was changed", file.path));
    }
  }
}

// One step, in a transaction that is under way; false when nothing is left to do.
bool step(Connection& writer, std::int64_t last) {
  writer.run_script(for_engine(migrations::all.front().content, writer.engine()));
  const auto done = writer.list_migrations();
  hold_against(done);
  for (const auto& file : migrations::all) {
    const auto number = number_of(file.path);
    if (number == 0 || number > last || std::ranges::find(done, number, &Connection::Migration::number) != done.end()) continue;
    writer.run_script(for_engine(file.content, writer.engine()));
    writer.put_migration({number, min_program_of(file), std::string(file.path), hash_of(file.content)});
    return true;
  }
  return false;
}

}  // namespace

std::int64_t program_schema() { return number_of(migrations::all.back().path); }

void check_min_program(std::int64_t min_program) {
  if (min_program <= program_schema()) return;
  throw StoreFailure(StoreFailure::Kind::outdated,
                     fmt::format("this database is of a newer Huiyin (schema {}, this program knows {}): use the newer program",
                                 min_program, program_schema()));
}

void migrate(Connection& writer, std::int64_t last) {
  for (bool more = true; more;) {
    writer.begin_schema_change();
    try {
      more = step(writer, last);
      writer.commit();
    } catch (...) {
      writer.rollback();
      throw;
    }
  }
}

}  // namespace huiyin::storage
