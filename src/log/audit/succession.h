// The part of an audit that asks which log came before: whether a log with a number above 1 begins with the entries that name
// its predecessors (entry.h, SuccessionEntry), whether what it repeats leads to the heads they name, and whether an auditor who
// saw one of those logs finds again here what they saw. Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "log/audit/bundles.h"
#include "log/audit/findings.h"
#include "log/checkpoint.h"
#include "log/tree.h"

namespace huiyin::log {

// What became of the entries that an auditor saw in a log before.
struct SeenBefore {
  std::uint64_t seen = 0;      // entries under their newest checkpoint of it
  std::uint64_t repeated = 0;  // of these, what this log says it repeats
  std::uint64_t proved = 0;    // of these, what the auditor's own checkpoints prove: the largest that still covers no more
};

class SuccessionAudit {
 public:
  // `origin`: of the log that is read. `findings` outlives this.
  SuccessionAudit(std::string origin, AuditFindings& findings);

  // Checkpoints that the auditor kept of a log before this one, all of one origin, signed by its key.
  void hold_against(std::vector<Checkpoint> kept);

  // The next entry of the log; `file` is the bundle it came in.
  void add(const ReadEntry& entry, const std::string& file);
  // What is missing when the log has ended.
  void end();

  // As the first entries say, the newer log first.
  [[nodiscard]] const std::vector<SuccessionEntry>& named() const noexcept { return named_; }
  // After the entry that names the auditor's log was read.
  [[nodiscard]] const std::optional<SeenBefore>& seen_before() const noexcept { return seen_; }
  // The first entry of this log that was not there when the auditor looked, as far as it says; with seen_before() only.
  [[nodiscard]] std::uint64_t unseen_from() const noexcept { return seen_from_ + seen_->repeated; }

 private:
  // A log before, as it stands again in this one from entry `from` on.
  struct Repeated {
    std::uint64_t from = 0;
    std::uint64_t kept = 0;  // of its entries, after all the successions since
    Tree tree{};
    std::map<std::uint64_t, std::vector<std::pair<Hash, AuditFault>>> expected{};  // roots by size; told as that fault
  };

  void tell(AuditFault fault, std::string expected, std::string found);
  void take_named(const SuccessionEntry& entry);
  void find_seen(const SuccessionEntry& entry, Repeated& repeated);
  void follow(Repeated& repeated, const Hash& leaf);
  void compare(Repeated& repeated);

  std::string origin_;
  std::uint32_t before_ = 0;  // how many logs there were before
  AuditFindings* findings_;
  std::vector<Checkpoint> kept_;  // by the auditor, the smallest first
  std::vector<SuccessionEntry> named_;
  std::vector<Repeated> repeated_;
  std::optional<SeenBefore> seen_;
  std::uint64_t seen_from_ = 0;
  std::size_t seen_in_ = 0;  // a place in repeated_
  std::uint64_t index_ = 0;
  std::string file_;
  bool broken_ = false;  // it was told that an entry is missing
};

}  // namespace huiyin::log
