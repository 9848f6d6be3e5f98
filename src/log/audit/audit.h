// The audit of a published log by a stranger: from the checkpoint and the key that signs it, every file of it is read once, in
// the order of the log, and held against every other (docs/formats/log.md). It asks the files of its caller and touches nothing
// else. What is kept of a log of a million entries stays under 512 MiB. Thread rule: one audit, one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "log/audit/findings.h"
#include "log/audit/heads.h"
#include "log/audit/published_files.h"
#include "log/audit/succession.h"

namespace huiyin::log {

// What the auditor knows from elsewhere than the log.
struct AuditKnown {
  NoteVerifier log;                     // of type 01
  std::vector<NoteVerifier> witnesses;  // of type 04
  std::optional<std::string> kept;      // the checkpoint of an earlier audit, signed by this key
  Instant now;
  // Where the log goes on from one that was audited before (log_name.h): that one's key, of type 01, and the checkpoints of those
  // audits, the newest among them. `kept` is none then.
  std::optional<NoteVerifier> before{};
  std::vector<std::string> kept_before{};
};

struct AuditReport {
  AuditFindings findings;
  std::optional<AuditedHead> head;  // the newest one that was audited; nothing when the log's key signed none
  std::optional<AuditedHead> kept;  // of an earlier audit
  std::string shown;  // the checkpoint as it was served, whatever it is
  bool whole = false;  // all was read; not so where it could not be known what to read
  bool begins_with_kept = false;  // the log goes on from the kept checkpoint
  std::vector<SuccessionEntry> successions;  // the logs before, as its first entries name them; the newest first
  std::vector<std::string> succession_texts;  // of these entries
  std::optional<SeenBefore> seen_before;  // where one of them was audited before
  std::uint64_t entries = 0, records = 0, sealed = 0, bundles = 0, tiles = 0, packs = 0;
  std::uint64_t disclosed_entries = 0, disclosed_facts = 0, disclosure_files = 0;
  std::optional<std::uint64_t> figures_size;  // how many entries the recomputed figures cover
  std::string first_day, last_day;
};

// `progress(done, all)` of entries, after each bundle. The Error says why the audit could not be made: `unavailable` from the
// files, `invalid` for a kept checkpoint that the log's key did not sign.
Result<AuditReport> audit_log(PublishedFiles& files, const AuditKnown& known,
                              const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace huiyin::log
