#include "storage/distribute.h"

#include <fmt/format.h>

#include "app/store.h"
#include "sql.h"
#include "storage/tables.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

constexpr std::array<std::string_view, 2> reference_tables{"jurisdiction", "migration"};
constexpr std::string_view first_table = "log_head";
constexpr std::string_view single_shard = "request_count";
// Foreign keys to reference tables need it within one transaction (Citus: citus.multi_shard_modify_mode).
constexpr std::string_view one_after_another = "SET LOCAL citus.multi_shard_modify_mode TO 'sequential'";

struct Reference {
  std::string from, to, drop, add;
};

class Distribution {
 public:
  Distribution(Connection& writer, const std::function<void(std::string_view)>& tell) : writer_(writer), tell_(tell) {}

  void run() {
    find_distributed();
    std::vector<std::string_view> tables(reference_tables.begin(), reference_tables.end());
    for (const auto table : site_tables) {
      if (std::ranges::find(reference_tables, table) == reference_tables.end()) tables.push_back(table);
    }
    tables.push_back(single_shard);
    std::erase_if(tables, [&](const auto table) { return is_distributed(table); });
    if (tables.empty()) return tell_("all tables are distributed already");
    writer_.run_script(one_after_another);
    const auto references = list_references(tables);
    for (const auto& reference : references) writer_.run_script(reference.drop);
    for (const auto table : tables) distribute_table(table);
    for (const auto& reference : references) writer_.run_script(reference.add);
    if (!references.empty()) tell_(fmt::format("{} foreign keys are back", references.size()));
  }

 private:
  void find_distributed() {
    const auto cursor = writer_.make_cursor(sql::distribute_list_distributed_sql);
    Query query(*cursor);
    while (query.step()) distributed_.push_back(query.text(0));
  }
  [[nodiscard]] bool is_distributed(std::string_view table) const {
    return std::ranges::find(distributed_, table) != distributed_.end();
  }

  // Those of the tables that are to be distributed.
  std::vector<Reference> list_references(const std::vector<std::string_view>& tables) {
    const auto cursor = writer_.make_cursor(sql::distribute_list_references_sql);
    Query query(*cursor);
    std::vector<Reference> references;
    while (query.step()) references.push_back({query.text(0), query.text(1), query.text(2), query.text(3)});
    const auto stays = [&](const std::string& table) { return std::ranges::find(tables, table) == tables.end(); };
    std::erase_if(references, [&](const Reference& one) { return stays(one.from) && stays(one.to); });
    return references;
  }

  void distribute_table(std::string_view table) {
    const bool everywhere = std::ranges::find(reference_tables, table) != reference_tables.end();
    const auto statement = everywhere              ? sql::distribute_add_reference_table_sql
                           : table == first_table  ? sql::distribute_add_first_table_sql
                           : table == single_shard ? sql::distribute_add_single_shard_sql
                                                   : sql::distribute_add_table_beside_sql;
    const auto cursor = writer_.make_cursor(statement);
    Query query(*cursor);
    query.bind("$table", table);
    if (statement.data() == sql::distribute_add_table_beside_sql.data()) query.bind("$beside", first_table);
    query.step();
    tell_(fmt::format("{}: {}", table, everywhere ? "on every node" : table == single_shard ? "by client" : "by jurisdiction"));
  }

  Connection& writer_;
  const std::function<void(std::string_view)>& tell_;
  std::vector<std::string> distributed_;
};

template <class Act>
void in_schema_change(Connection& writer, Act act) {
  writer.begin_schema_change();
  try {
    act();
    writer.commit();
  } catch (...) {
    writer.rollback();
    throw;
  }
}

}  // namespace

void require_citus(Connection& writer) {
  if (writer.engine() != Engine::postgres)
    throw StoreFailure(
        StoreFailure::Kind::other,
        "only a PostgreSQL database with the extension Citus can be distributed; nothing was changed. `huiyin move` "
        "moves a site to PostgreSQL");
  bool found = false;
  in_schema_change(writer, [&] {
    const auto cursor = writer.make_cursor(sql::distribute_find_citus_sql);
    found = Query(*cursor).step();
  });
  if (found) return;
  throw StoreFailure(StoreFailure::Kind::other,
                     "the extension Citus is not in this database (CREATE EXTENSION citus, once it is installed on the servers); "
                     "nothing was changed. Without it PostgreSQL alone serves as well, on one machine and its standbys");
}

void distribute(Connection& writer, const std::function<void(std::string_view)>& tell) {
  in_schema_change(writer, [&] { Distribution(writer, tell).run(); });
}

}  // namespace huiyin::storage
