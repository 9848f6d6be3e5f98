#include "storage/log_proof.h"

#include <fmt/format.h>

#include "app/kept_head.h"
#include "log/tree.h"
#include "sql.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

std::vector<log::Checkpoint> open_all(const app::Jurisdiction& jurisdiction, std::span<const std::string> notes,
                                      Differences& differences) {
  std::vector<log::Checkpoint> kept;
  for (const auto& note : notes) {
    auto checkpoint = app::open_kept_head(jurisdiction, note);
    if (checkpoint) kept.push_back(*std::move(checkpoint));
    else differences.add("keys: a kept head is not signed by this log's key");
  }
  std::ranges::sort(kept, {}, &log::Checkpoint::size);
  return kept;
}

}  // namespace

app::Head head_of(Connection& connection, JurisdictionId jurisdiction) {
  auto query = connection.query(sql::log_get_head_sql);
  query.bind("$jurisdiction", jurisdiction.number);
  if (!query.step()) throw StoreFailure(StoreFailure::Kind::damaged, "the log's head row is missing");
  app::Head head{query.natural(0), {}, {query.integer(2)}};
  const auto root = query.bytes(1);
  if (root.size() != head.root.size()) throw StoreFailure(StoreFailure::Kind::damaged, "the log's root has the wrong length");
  std::ranges::copy(root, head.root.begin());
  return head;
}

std::uint64_t prove_log(Connection& connection, const app::Jurisdiction& jurisdiction, const app::Head& head,
                        std::span<const std::string> notes, Differences& differences, const std::function<void()>& each) {
  const auto kept = open_all(jurisdiction, notes, differences);
  if (kept.empty() && head.size > 0) differences.add("keys: no signed head is kept, but the log is not empty");
  if (!kept.empty() && kept.back().size > head.size) {
    differences.add(fmt::format("log: a head over {} entries was signed, but the database has {}", kept.back().size, head.size));
  }
  log::Tree tree;
  auto next = kept.begin();
  const auto hold = [&] {
    for (; next != kept.end() && next->size == tree.size(); ++next) {
      if (next->root != tree.root())
        differences.add(fmt::format("log: its first {} entries do not lead to the head that was signed over them", next->size));
    }
  };
  hold();
  for (std::int64_t read = rows_a_piece; read == rows_a_piece;) {
    read = 0;
    auto query = connection.query(sql::log_list_entries_sql);
    query.bind("$jurisdiction", jurisdiction.id.number).bind("$from", tree.size()).bind("$count", rows_a_piece);
    for (; query.step(); ++read) {
      tree.append(log::leaf_hash(as_bytes(query.text(0))));
      hold();
    }
    each();
  }
  if (tree.size() != head.size)
    differences.add(fmt::format("log: {} entries are there, but its head says {}", tree.size(), head.size));
  else if (tree.root() != head.root) differences.add("log: its entries do not lead to its head");
  return kept.empty() ? 0 : kept.back().size;
}

}  // namespace huiyin::storage
