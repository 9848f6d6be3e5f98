// What an auditor keeps between two audits of one log, on a machine of their own: the key and every checkpoint that was found
// good, so that a log which is shorter or other than before is caught; a log that goes on from it is kept apart
// beside it. Nothing in it is ever replaced or deleted. Thread rule:
// one thread at a time.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace huiyin::app {

struct KeptAudit {
  std::string verifier_key;  // of the log, without a line end
  std::string note;          // the signed checkpoint, word for word
  Instant time;              // of the audit
  friend bool operator==(const KeptAudit&, const KeptAudit&) = default;
};

// Its functions throw StoreFailure, with a sentence that names the file, when the disk does not play along.
class AuditState {
 public:
  virtual ~AuditState() = default;
  // Of the newest log (log/log_name.h) the largest checkpoint; nothing before the first good audit. What it gives is not
  // verified.
  virtual std::optional<KeptAudit> find_newest() = 0;
  // The checkpoints of all good audits of that same log, the newest among them.
  virtual std::vector<std::string> list_checkpoints() = 0;
  // On the disk, whole, when it returns. `size` is the checkpoint's.
  virtual void keep(const KeptAudit& audit, std::uint64_t size) = 0;
  // Texts by name, to show to others; once each, however often they are found. Where they lie.
  virtual std::string keep_evidence(const std::map<std::string, std::string>& texts) = 0;
};

}  // namespace huiyin::app
