// Ledger: what a job may do inside the Committer's transaction. It writes an event, its log entry and the record's new version
// together; there is no moment in which one exists without the other.
#pragma once

#include "app/jurisdiction.h"
#include "app/keys.h"
#include "app/sealing.h"
#include "app/store.h"
#include "domain/record.h"
#include "log/entry.h"
#include "log/tree.h"

namespace huiyin::app {

// An event on its way: everything but its place, which only the transaction knows.
struct NewEvent {
  const SealedEvent& event;
  Standpoint standpoint;  // of the record after the event
  Role role{};
  std::optional<UserId> actor;
  Instant at;
};

// What was written, as a receipt tells it.
struct Written {
  std::uint64_t index = 0;
  std::string entry;
  std::vector<std::string> fine;  // the texts of its fine disclosures
};

class Ledger {
 public:
  Ledger(const Jurisdiction& jurisdiction, WriteView& view, log::Tree& tree, Instant now, Random& random)
      : jurisdiction_(jurisdiction), view_(view), tree_(tree), now_(now), random_(random) {}

  [[nodiscard]] const Jurisdiction& jurisdiction() const { return jurisdiction_; }
  [[nodiscard]] WriteView& view() { return view_; }
  [[nodiscard]] Instant now() const { return now_; }  // the `t` of everything in this transaction

  RecordRow create_record(std::string_view type, const Random128& tag, const WrappedKey& key);
  // Moves `record` on to its next version.
  Written append(RecordRow& record, const NewEvent& event);

 private:
  const Jurisdiction& jurisdiction_;
  WriteView& view_;
  log::Tree& tree_;
  Instant now_;
  Random& random_;
};

// What an entry says in clear and a sealed one only by digest.
std::vector<FineFact> hidden_facts(const log::Entry& frame);

// The entry of an event, but for its digests of fine facts and private content: the part that fsck makes again from the record
// alone.
log::Entry entry_frame(const rules::Pack& pack, const rules::Zone& zone, const RecordRow& record, std::string_view event_name,
                       const Standpoint& standpoint, std::string_view role, Instant t);

}  // namespace huiyin::app
