#include "app/audit_words.h"

#include "texts/keys.h"

namespace huiyin::app {

Key words_of(log::AuditFault fault) noexcept {
  switch (fault) {
    case log::AuditFault::origin_differs: return key::audit_fault_origin_differs;
    case log::AuditFault::key_differs: return key::audit_fault_key_differs;
    case log::AuditFault::went_back: return key::audit_fault_went_back;
    case log::AuditFault::forked: return key::audit_fault_forked;
    case log::AuditFault::succession_missing: return key::audit_fault_succession_missing;
    case log::AuditFault::succession_hides: return key::audit_fault_succession_hides;
    case log::AuditFault::succession_differs: return key::audit_fault_succession_differs;
    case log::AuditFault::signature_wrong: return key::audit_fault_signature_wrong;
    case log::AuditFault::checkpoint_malformed: return key::audit_fault_checkpoint_malformed;
    case log::AuditFault::witness_wrong: return key::audit_fault_witness_wrong;
    case log::AuditFault::file_missing: return key::audit_fault_file_missing;
    case log::AuditFault::file_malformed: return key::audit_fault_file_malformed;
    case log::AuditFault::tile_differs: return key::audit_fault_tile_differs;
    case log::AuditFault::root_differs: return key::audit_fault_root_differs;
    case log::AuditFault::served_twice: return key::audit_fault_served_twice;
    case log::AuditFault::entry_too_long: return key::audit_fault_entry_too_long;
    case log::AuditFault::entry_not_canonical: return key::audit_fault_entry_not_canonical;
    case log::AuditFault::entry_unknown: return key::audit_fault_entry_unknown;
    case log::AuditFault::succession_misplaced: return key::audit_fault_succession_misplaced;
    case log::AuditFault::chain_number: return key::audit_fault_chain_number;
    case log::AuditFault::chain_prev: return key::audit_fault_chain_prev;
    case log::AuditFault::day_backwards: return key::audit_fault_day_backwards;
    case log::AuditFault::dated_ahead: return key::audit_fault_dated_ahead;
    case log::AuditFault::dated_back: return key::audit_fault_dated_back;
    case log::AuditFault::pack_differs: return key::audit_fault_pack_differs;
    case log::AuditFault::disclosure_malformed: return key::audit_fault_disclosure_malformed;
    case log::AuditFault::disclosure_misplaced: return key::audit_fault_disclosure_misplaced;
    case log::AuditFault::disclosure_foreign: return key::audit_fault_disclosure_foreign;
    case log::AuditFault::disclosure_missing: return key::audit_fault_disclosure_missing;
    case log::AuditFault::disclosure_early: return key::audit_fault_disclosure_early;
    case log::AuditFault::time_missing: return key::audit_fault_time_missing;
    case log::AuditFault::time_unfit: return key::audit_fault_time_unfit;
    case log::AuditFault::figures_malformed: return key::audit_fault_figures_malformed;
    case log::AuditFault::figure_differs: return key::audit_fault_figure_differs;
  }
  return key::audit_fault_root_differs;
}

Message place_of(const log::AuditFinding& finding) {
  const auto entry = finding.entry ? std::to_string(*finding.entry) : std::string();
  if (!finding.entry && finding.detail.empty()) return {key::audit_place_file, {{"file", finding.file}}};
  if (!finding.entry) return {key::audit_place_detail, {{"file", finding.file}, {"detail", finding.detail}}};
  if (finding.what == log::AuditFault::tile_differs && !finding.detail.empty())
    return {key::audit_place_entries, {{"file", finding.file}, {"entries", finding.detail}}};
  return {key::audit_place_entry, {{"file", finding.file}, {"entry", entry}}};
}

}  // namespace huiyin::app
