// The store in memory: nothing outlives the process. For tests and for trying things out; it passes the same contract suite as
// the stores over SQL. Views are snapshots: a write works on a copy, which commit() puts in place. Any thread, as app::Store
// says.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "app/store.h"

namespace huiyin::storage {

class MemoryStore final : public app::Store {
 public:
  struct Tables;
  // Everything one jurisdiction held at a moment.
  using Backup = std::shared_ptr<const Tables>;

  MemoryStore();
  ~MemoryStore() override;
  std::unique_ptr<app::ReadView> read(JurisdictionId jurisdiction) override;
  std::unique_ptr<app::WriteView> write(JurisdictionId jurisdiction) override;
  std::vector<app::JurisdictionRow> list_jurisdictions() override;
  JurisdictionId put_jurisdiction(const app::JurisdictionRow& row) override;
  std::vector<app::RequestCount> exchange_request_counts(std::string_view node, std::int64_t since,
                                                         std::span<const app::RequestCount> counted) override;

  // The next commit() fails in this way, and nothing of it shows.
  void fail_next(app::StoreFailure::Kind kind);
  // The next commit() is done, but fails as if the connection had gone (in_doubt).
  void lose_next_answer();
  Backup backup(JurisdictionId jurisdiction) const;
  void restore(JurisdictionId jurisdiction, Backup backup);  // as an operator would, behind the program's back

 private:
  friend class MemoryView;
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace huiyin::storage
