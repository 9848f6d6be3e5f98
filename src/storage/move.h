// Move: a whole site from one database into another, of whichever engine, so that never two of them may be written, wherever it
// is stopped. For each jurisdiction, while its log's head is locked at the source:
//
//   1. the target gets a head with a mark that the move did not finish (log_head.moved_to, moved.h), then the rows;
//   2. both are read again and compared, and the log is proven: the tree made from the target's entries has the head's root, and
//      grew from each head that this site's keys signed;
//   3. the source is closed: its mark says where its log goes on;
//   4. the target's mark is taken away: from here on it is written there.
//
// Whoever finds a mark does not write. A move that stopped is taken up by the next one: before 3 the target is emptied and begun
// anew, after it the comparison is made again. Reading goes on at the source throughout. One thread.
#pragma once

#include <span>

#include "app/jurisdiction.h"
#include "app/keys.h"
#include "app/store.h"
#include "storage/database.h"
#include "storage/table_compare.h"

namespace huiyin::storage {

struct MoveSide {
  Database& database;
  std::string shown;  // for people, and in the marks
};

struct MoveStage {
  enum class What : std::uint8_t { pauses, empties, copies, compares, proves, closes, opens, goes_on };
  What what{};
  const app::Jurisdiction& jurisdiction;
  std::string_view table;  // at work
  std::uint64_t done = 0, all = 0;  // rows of the jurisdiction
};

struct MovedLog {
  std::string slug;
  std::uint64_t tables = 0, rows = 0, entries = 0;
  std::uint64_t signed_entries = 0;  // covered by a head that was kept
  log::Hash root{};
  std::chrono::milliseconds pause{};
};

struct MoveReport {
  std::vector<MovedLog> logs;  // none: it was all there already
  Differences differences;  // with any of them it stopped at that jurisdiction, and opened nothing there
};

struct MoveParts {
  app::Store& store;  // over the source's database
  MoveSide source, target;  // both of this program's schema: migrate() was there
  app::Keys& keys;
  const Clock& clock;
  std::function<void(const MoveStage&)> watch;  // what it throws ends the move there
};

// Throws app::StoreFailure. When the target holds something else, or a table is not known, nothing was written anywhere.
MoveReport move_site(const MoveParts& parts, std::span<const app::Jurisdiction* const> jurisdictions);

}  // namespace huiyin::storage
