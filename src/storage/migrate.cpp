#include "storage/migrate.h"

#include <fmt/format.h>

#include <map>

#include "app/store.h"
#include "base/crypto.h"
#include "migrations.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

// The engine's own words for the placeholders.
std::string for_engine(std::string_view script) {
  static const std::map<std::string_view, std::string_view> words{
      {"{bigint}", "INTEGER"}, {"{bytes}", "BLOB"}, {"{strict}", "STRICT"}};
  std::string out(script);
  for (const auto& [mark, word] : words) {
    for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + word.size()))
      out.replace(at, mark.size(), word);
  }
  return out;
}

int number_of(std::string_view path) { return std::stoi(std::string(path.substr(0, 4))); }

std::string hash_of(std::string_view script) { return to_hex(crypto::sha256(script)); }

void apply(Connection& writer, const migrations::File& file) {
  writer.begin_write();
  try {
    writer.run_script(for_engine(file.content));
    writer.put_migration({number_of(file.path), program_schema, std::string(file.path), hash_of(file.content)});
    writer.commit();
  } catch (...) {
    writer.rollback();
    throw;
  }
}

}  // namespace

void migrate(Connection& writer) {
  writer.run_script(for_engine(migrations::all.front().content));
  const auto done = writer.list_migrations();
  for (const auto& one : done) {
    if (one.min_program > program_schema) {
      throw StoreFailure(
          StoreFailure::Kind::other,
          fmt::format("this database is of a newer Huiyin (schema {}, this program knows {}): use the newer program",
                      one.min_program, program_schema));
    }
  }
  for (const auto& file : migrations::all) {
    const auto number = number_of(file.path);
    if (number == 0) continue;
    const auto found = std::ranges::find(done, number, &Connection::Migration::number);
    if (found == done.end()) apply(writer, file);
    else if (found->hash != hash_of(file.content)) {
      throw StoreFailure(
          StoreFailure::Kind::other,
          fmt::format("migration {} is not the one this database was made with: the program was changed", file.path));
    }
  }
}

}  // namespace huiyin::storage
