#include "app/case/case_audit.h"

#include <fmt/format.h>

#include <map>

#include "app/case/case_rows.h"

namespace huiyin::app {
namespace {

using Counts = std::map<cases::Phase, std::uint64_t>;

Counts counted(ReadView& view, const Visible& visible) {
  const auto stored = view.rows<CaseRows>().count_by_phase(visible);
  return {stored.begin(), stored.end()};
}

class CaseAudit final : public AuditOf<cases::Case> {
 public:
  void end_record(ReadView& view, RecordId id, const TellFault& fault) override {
    ++all_[state().phase];
    if (state().unit) ++by_unit_[*state().unit][state().phase];
    const auto row = view.rows<CaseRows>().find(id);
    if (!row) return fault(fmt::format("record {}: it is missing in the lists", id.number));
    if (*row != row_of(id, state())) fault(fmt::format("record {}: the lists say something else than its events", id.number));
  }
  void end(ReadView& view, const TellFault& fault) override {
    if (counted(view, {.all = true}) != all_) fault("lists: the counters of cases by phase are wrong");
    for (const auto& [unit, counts] : by_unit_) {
      if (counted(view, {.all = false, .unit = unit}) != counts)
        fault(fmt::format("lists: the counters of unit {} are wrong", unit.text));
    }
    // The newest of the lists is of a record; one that is not would stand before all others.
    const auto newest = view.rows<CaseRows>().list({.visible = {.all = true}, .count = 1});
    if (!newest.empty() && !view.find_record(newest.front().id)) fault("lists: they hold a case that is no record");
  }

 private:
  Counts all_;
  std::map<UnitCode, Counts> by_unit_;
};

}  // namespace

std::unique_ptr<Audit> make_case_audit() { return std::make_unique<CaseAudit>(); }

}  // namespace huiyin::app
