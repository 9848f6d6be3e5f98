// The tables of MemoryStore, one jurisdiction's each: what migrations/ calls record, event, log_entry, case_row and so on.
#pragma once

#include <map>
#include <string>

#include "app/absence_rows.h"
#include "app/case/case_rows.h"
#include "storage/memory_store.h"

namespace huiyin::storage {

// As the PRIMARY KEY, UNIQUE, CHECK and FOREIGN KEY clauses of migrations/ do.
inline void constrain(bool kept, const char* rule) {
  if (!kept) throw app::StoreFailure(app::StoreFailure::Kind::constraint, rule);
}

struct CaseTables {
  std::map<RecordId, app::CaseRow> rows;
  std::map<std::string, RecordId, std::less<>> by_reference;
};

struct MemoryStore::Tables {
  std::optional<app::Head> head;  // nothing: a jurisdiction that nobody made
  std::map<RecordId, app::RecordRow> records;
  std::map<std::pair<RecordId, std::uint64_t>, app::EventRow> events;
  std::map<std::uint64_t, std::pair<RecordId, std::uint64_t>> by_index;
  std::map<std::uint64_t, std::string> entries;
  std::map<log::TileId, Bytes> tiles;
  std::map<UserId, app::UserRow> users;
  std::map<UserId, Absence> absences;  // by who is away
  std::map<crypto::Hash, app::SessionRow> sessions;
  std::map<crypto::Hash, app::IdempotencyRow> idempotency;
  std::map<std::pair<std::string, std::string>, RecordId> imports;
  std::map<log::Hash, std::string> packs;
  std::map<std::string, std::pair<std::string, Instant>> leases;  // name: holder, until
  std::optional<std::string> moved_to;
  CaseTables cases;
};

// How rows come by their tables: the ones that are read, and the copy that may be changed.
template <class Rows>
struct TablesOf {
  std::function<const Rows&()> seen;
  std::function<Rows&()> changed;
};

std::unique_ptr<app::Rows> make_memory_case_rows(TablesOf<CaseTables> tables);
std::unique_ptr<app::Rows> make_memory_absence_rows(TablesOf<MemoryStore::Tables> tables);

}  // namespace huiyin::storage
