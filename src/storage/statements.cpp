#include "storage/statements.h"

#include <atomic>

#include "base/assert.h"
#include "sql.h"

namespace huiyin::storage {
namespace {

constexpr std::string_view override_suffix = ".postgres.sql";
// Statements that are not prepared with the others, because they need what not every database has: those of distribute/ need the
// functions of Citus (distribute.cpp makes cursors of them).
constexpr std::string_view apart = "distribute/";

std::array<std::array<std::atomic<bool>, sql::all.size()>, 2> used{};

std::size_t override_of(std::string_view path) {
  const auto wanted = std::string(path.substr(0, path.size() - std::string_view(".sql").size())) + std::string(override_suffix);
  std::size_t i = 0;
  while (i < sql::all.size() && sql::all[i].path != wanted) ++i;
  return i;
}

std::vector<Statement> list(Engine engine) {
  std::vector<Statement> out;
  for (std::size_t i = 0; i < sql::all.size(); ++i) {
    if (sql::all[i].path.ends_with(override_suffix) || sql::all[i].path.starts_with(apart)) continue;
    const auto other = engine == Engine::postgres ? override_of(sql::all[i].path) : sql::all.size();
    const auto index = other < sql::all.size() ? other : i;
    out.push_back({sql::all[i].content.data(), sql::all[index].content, index});
  }
  return out;
}

bool in_name(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

}  // namespace

std::span<const Statement> statements_of(Engine engine) {
  static const std::array lists{list(Engine::sqlite), list(Engine::postgres)};
  return lists.at(static_cast<std::size_t>(engine));
}

void mark_used(Engine engine, std::size_t index) noexcept {
  used[static_cast<std::size_t>(engine)][index].store(true, std::memory_order_relaxed);
}

std::vector<std::string_view> unused_statements(Engine engine) {
  std::vector<std::string_view> unused;
  for (const auto& statement : statements_of(engine)) {
    if (!used.at(static_cast<std::size_t>(engine)).at(statement.index).load()) unused.push_back(sql::all[statement.index].path);
  }
  return unused;
}

Numbered numbered(std::string_view statement) {
  Numbered out;
  for (std::size_t i = 0; i < statement.size();) {
    if (statement[i] != '$') {
      out.text += statement[i++];
      continue;
    }
    auto end = i + 1;
    while (end < statement.size() && in_name(statement[end])) ++end;
    HUIYIN_ASSERT(end > i + 1);
    const auto name = statement.substr(i, end - i);
    const auto known = std::ranges::find(out.names, name);
    const auto number = known - out.names.begin() + 1;
    if (known == out.names.end()) out.names.emplace_back(name);
    out.text += '$' + std::to_string(number);
    i = end;
  }
  return out;
}

}  // namespace huiyin::storage
