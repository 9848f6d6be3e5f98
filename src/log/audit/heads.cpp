#include "log/audit/heads.h"

#include <algorithm>

#include "base/text.h"

namespace huiyin::log {
namespace {

constexpr std::int64_t ms_a_day = 24LL * 60 * 60 * 1000;
constexpr std::chrono::hours ahead_of_utc_max(14), behind_utc_max(12), publishing_max(24);

std::string size_and_root(const Checkpoint& head) { return std::to_string(head.size) + " " + to_base64(head.root); }

void look_for_witnesses(AuditedHead& head, const Note& note, const std::vector<NoteVerifier>& witnesses,
                        AuditFindings& findings) {
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    const auto& witness = witnesses[i];
    const auto is_same = [&](const NoteVerifier& other) { return other.vkey() == witness.vkey(); };
    if (std::find_if(witnesses.begin(), witnesses.begin() + static_cast<std::ptrdiff_t>(i), is_same) !=
        witnesses.begin() + static_cast<std::ptrdiff_t>(i))
      continue;  // named twice, it vouches once
    if (std::ranges::none_of(note.signatures, [&](const NoteSignature& line) { return witness.claims(line); })) continue;
    if (const auto good = verify_note(note, {&witness, 1}))
      head.vouched.push_back({witness.name(), good->front().time.value_or(0)});
    else findings.add({AuditFault::witness_wrong, std::string(checkpoint_file), {}, {}, witness.vkey(), {}});
  }
}

}  // namespace

Day utc_day_of(Instant at) {
  const auto whole = at.ms / ms_a_day;
  return {static_cast<std::int32_t>(at.ms < 0 && at.ms % ms_a_day != 0 ? whole - 1 : whole)};
}

std::optional<AuditedHead> open_head(std::string_view text, const NoteVerifier& log, const std::vector<NoteVerifier>& witnesses,
                                     AuditFindings& findings) {
  const auto refuse = [&](AuditFault fault, std::string expected, std::string found) {
    findings.add({fault, std::string(checkpoint_file), {}, {}, std::move(expected), std::move(found)});
    return std::nullopt;
  };
  const auto note = parse_note(text);
  const auto head = note ? parse_checkpoint_text(note->text) : std::nullopt;
  if (!head) return refuse(AuditFault::checkpoint_malformed, "c2sp.org/tlog-checkpoint", shortened(text));
  if (head->origin != log.name()) return refuse(AuditFault::origin_differs, log.name(), head->origin);
  if (!open_checkpoint(*note, log)) return refuse(AuditFault::signature_wrong, log.vkey(), size_and_root(*head));
  AuditedHead opened{*head, std::string(text), {}};
  look_for_witnesses(opened, *note, witnesses, findings);
  return opened;
}

void compare_heads(const AuditedHead& kept, const AuditedHead& now, AuditFindings& findings) {
  const auto& [before, after] = std::pair(kept.checkpoint, now.checkpoint);
  const auto tell = [&](AuditFault fault) {
    findings.add({fault, std::string(checkpoint_file), {}, {}, size_and_root(before), size_and_root(after)});
  };
  if (after.size < before.size) tell(AuditFault::went_back);
  else if (after.size == before.size && after.root != before.root) tell(AuditFault::forked);
}

Day latest_day(Instant seen) { return utc_day_of(seen + ahead_of_utc_max); }
Day earliest_day(Instant seen) { return utc_day_of(seen - behind_utc_max - publishing_max); }

std::optional<Instant> first_seen(const std::vector<Vouched>& vouched) {
  if (vouched.empty()) return std::nullopt;
  const auto first = std::ranges::min(vouched, {}, &Vouched::time).time;
  return Instant{static_cast<std::int64_t>(std::min<std::uint64_t>(first, latest_instant.ms / 1000)) * 1000};
}

}  // namespace huiyin::log
