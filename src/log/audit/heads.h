// What an audit makes of a log's checkpoint: who signed it, which of the known witnesses saw it when, and whether it can continue
// the one that was kept from an earlier audit. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "log/audit/findings.h"
#include "log/checkpoint.h"
#include "log/note.h"
#include "log/receipt_check.h"

namespace huiyin::log {

inline constexpr std::string_view checkpoint_file = "checkpoint";

Day utc_day_of(Instant at);

// A head with the text it was signed in.
struct AuditedHead {
  Checkpoint checkpoint;
  std::string note;  // word for word
  std::vector<Vouched> vouched;  // the known witnesses under it
};

// The head in `note`, signed by `log`; nothing, and the findings say why, when it is none.
std::optional<AuditedHead> open_head(std::string_view note, const NoteVerifier& log, const std::vector<NoteVerifier>& witnesses,
                                     AuditFindings& findings);

// Before anything else is read: the new head is no smaller than the kept one, and of one size they have one root.
void compare_heads(const AuditedHead& kept, const AuditedHead& now, AuditFindings& findings);

// The days that entries may claim, as those who saw a checkpoint allow. A day is the server's own, whose clock may be ahead of
// UTC by 14 hours or behind it by 12.
Day latest_day(Instant seen);  // for an entry that was seen then
Day earliest_day(Instant seen);  // for an entry that was not there then; a day more, since publishing takes its time

// When the first of them says it saw the head; nothing when there are none.
std::optional<Instant> first_seen(const std::vector<Vouched>& vouched);

}  // namespace huiyin::log
