#include "log/audit/findings.h"

#include <algorithm>
#include <numeric>

#include "base/assert.h"

namespace huiyin::log {
namespace {

struct Row {
  AuditFault fault;
  std::string_view name;
  bool gravest = false;
};

using enum AuditFault;
constexpr std::array<Row, audit_faults> rows{{
    {origin_differs, "origin_differs", true},
    {key_differs, "key_differs", true},
    {went_back, "went_back", true},
    {forked, "forked", true},
    {succession_missing, "succession_missing", true},
    {succession_hides, "succession_hides", true},
    {succession_differs, "succession_differs", true},
    {signature_wrong, "signature_wrong"},
    {checkpoint_malformed, "checkpoint_malformed"},
    {witness_wrong, "witness_wrong"},
    {file_missing, "file_missing"},
    {file_malformed, "file_malformed"},
    {tile_differs, "tile_differs"},
    {root_differs, "root_differs"},
    {served_twice, "served_twice"},
    {entry_too_long, "entry_too_long"},
    {entry_not_canonical, "entry_not_canonical"},
    {entry_unknown, "entry_unknown"},
    {succession_misplaced, "succession_misplaced"},
    {chain_number, "chain_number"},
    {chain_prev, "chain_prev"},
    {day_backwards, "day_backwards"},
    {dated_ahead, "dated_ahead"},
    {dated_back, "dated_back"},
    {pack_differs, "pack_differs"},
    {disclosure_malformed, "disclosure_malformed"},
    {disclosure_misplaced, "disclosure_misplaced"},
    {disclosure_foreign, "disclosure_foreign"},
    {disclosure_missing, "disclosure_missing"},
    {disclosure_early, "disclosure_early"},
    {time_missing, "time_missing"},
    {time_unfit, "time_unfit"},
    {figures_malformed, "figures_malformed"},
    {figure_differs, "figure_differs"},
}};

const Row& row_of(AuditFault fault) {
  const auto& row = rows.at(static_cast<std::size_t>(fault));
  HUIYIN_ASSERT(row.fault == fault);
  return row;
}

}  // namespace

std::string_view name_of(AuditFault fault) noexcept { return row_of(fault).name; }
bool is_gravest(AuditFault fault) noexcept { return row_of(fault).gravest; }

std::span<const AuditFault> all_audit_faults() noexcept {
  static constexpr auto all = [] {
    std::array<AuditFault, rows.size()> out{};
    for (std::size_t i = 0; i < rows.size(); ++i) out.at(i) = rows.at(i).fault;
    return out;
  }();
  return all;
}

void AuditFindings::add(AuditFinding finding) {
  if (counts_[static_cast<std::size_t>(finding.what)]++ < findings_kept_max) kept_.push_back(std::move(finding));
}

std::uint64_t AuditFindings::all() const noexcept { return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0}); }

bool AuditFindings::has_gravest() const noexcept {
  return std::ranges::any_of(kept_, [](const AuditFinding& one) { return is_gravest(one.what); });
}

}  // namespace huiyin::log
