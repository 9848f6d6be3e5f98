#include "app/case/case_audit.h"

#include <fmt/format.h>

#include <map>

#include "app/case/case_rows.h"

namespace huiyin::app {
namespace {

constexpr std::size_t miscounts_told_max = 10;

class CaseAudit final : public AuditOf<cases::Case> {
 public:
  void end_record(ReadView& view, RecordId id, const TellFault& fault) override {
    ++counts_[state().phase];
    auto& rows = view.rows<CaseRows>();
    const auto row = rows.find(id);
    if (!row) return fault(fmt::format("record {}: it is missing in the lists", id.number));
    if (*row != row_of(id, state()))
      return fault(fmt::format("record {}: the lists say something else than its events", id.number));
    if (!rows.is_indexed(*row))
      fault(fmt::format("record {}: its units, or whom it is closed to, are wrong in the lists", id.number));
  }
  void end(ReadView& view, const TellFault& fault) override {
    auto& rows = view.rows<CaseRows>();
    const auto stored = rows.count_by_phase({.all = true});
    if (std::map(stored.begin(), stored.end()) != counts_) fault("lists: the counters of cases by phase are wrong");
    for (const auto& counter : rows.list_miscounts(miscounts_told_max))
      fault(fmt::format("lists: the counters are wrong at “{}”", counter));
    // The newest of the lists is of a record; one that is not would stand before all others.
    const auto newest = rows.list({.visible = {.all = true}, .count = 1});
    if (!newest.empty() && !view.find_record(newest.front().id)) fault("lists: they hold a case that is no record");
  }

 private:
  std::map<cases::Phase, std::uint64_t> counts_;
};

}  // namespace

std::unique_ptr<Audit> make_case_audit() { return std::make_unique<CaseAudit>(); }

}  // namespace huiyin::app
