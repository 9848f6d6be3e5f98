// What an audit of a log finds wrong: each with where it is, what was expected there and what was found. Of each kind a bounded
// number is kept and all are counted, so that a log that is wrong everywhere fills no memory. Values; one thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huiyin::log {

enum class AuditFault : std::uint8_t {
  origin_differs,       // the checkpoint is of another log than the one that is known
  key_differs,          // the server names another key than the one that was kept
  went_back,            // the checkpoint covers less than one that was kept
  forked,               // the log does not begin with the one that was kept
  succession_missing,   // its number says that it goes on from another log, and its first entries do not name that one
  succession_hides,  // it names an older head of the log before than one that was kept: entries that were seen are passed over
  succession_differs,  // what it repeats does not lead to the head that it names
  signature_wrong,  // the log's key did not sign the checkpoint
  checkpoint_malformed,
  witness_wrong,  // a line under the checkpoint claims to be by a known witness, and is not
  file_missing,
  file_malformed,  // it is too long, cut short, or holds another number of things than its name says
  tile_differs,  // a hash in it is not the one that the entries lead to
  root_differs,  // the entries do not lead to the checkpoint's root
  served_twice,  // an entry came in two versions
  entry_too_long,
  entry_not_canonical,  // it is no JSON, or not in the one spelling that there is
  entry_unknown,  // canonical JSON, but of no form that is known
  succession_misplaced,  // an entry that names a log before, and is not among the first
  chain_number,  // `n` does not count on within the record
  chain_prev,  // `prev` is not the leaf hash of the record's entry before
  day_backwards,  // an earlier day than an entry before it
  dated_ahead,  // a later day than the one on which somebody saw it
  dated_back,  // an earlier day than the one on which witnesses saw the log without it
  pack_differs,  // the rules have another hash than their name
  disclosure_malformed,  // a line that is none
  disclosure_misplaced,  // a line out of order, or in the file of another month
  disclosure_foreign,  // its digest does not stand in the entry
  disclosure_missing,  // the cell is open, and the entry has no line
  disclosure_early,  // the cell is not open, and the entry has a line
  time_missing,  // an entry's `t` or `at` is not disclosed, and the case was not erased
  time_unfit,  // `t` is not of the entry's day
  figures_malformed,
  figure_differs,
};
inline constexpr std::size_t audit_faults = static_cast<std::size_t>(AuditFault::figure_differs) + 1;

// Its name, as `huiyin audit --json` has it: "tile_differs".
std::string_view name_of(AuditFault fault) noexcept;
// All there are, in the order above.
std::span<const AuditFault> all_audit_faults() noexcept;
// Whether it alone proves that the holder of the log's key showed two histories, or another log under the same name.
bool is_gravest(AuditFault fault) noexcept;

struct AuditFinding {
  AuditFault what{};
  std::string file;  // in which it is
  std::optional<std::uint64_t> entry{};  // and which entry, if it is about one; the first of those a hash stands for
  std::string detail{};  // what of it: a figure, a place
  std::string expected{}, found{};
  friend bool operator==(const AuditFinding&, const AuditFinding&) = default;
};

inline constexpr std::size_t findings_kept_max = 20;  // of each kind

class AuditFindings {
 public:
  void add(AuditFinding finding);
  // In the order in which they were found.
  [[nodiscard]] const std::vector<AuditFinding>& kept() const noexcept { return kept_; }
  [[nodiscard]] std::uint64_t count(AuditFault fault) const noexcept { return counts_[static_cast<std::size_t>(fault)]; }
  [[nodiscard]] std::uint64_t all() const noexcept;
  [[nodiscard]] bool has_gravest() const noexcept;

 private:
  std::vector<AuditFinding> kept_;
  std::array<std::uint64_t, audit_faults> counts_{};
};

}  // namespace huiyin::log
