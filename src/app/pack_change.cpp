#include "app/pack_change.h"

#include "app/case/case_rows.h"
#include "app/plain_job.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

constexpr Visible everything{.all = true, .unit = {}};

// Phase by phase, so that what ended long ago is not walked over.
template <class Code>
void look_in(CaseRows& rows, const Code& code, std::optional<Code> CaseFilter::* place, std::vector<Stranded<Code>>& out) {
  Stranded<Code> found{code, 0, {}};
  for (std::size_t number = 1; number < Names<cases::Phase>::values.size(); ++number) {
    const auto phase = static_cast<cases::Phase>(number);
    if (cases::is_over(phase)) continue;
    CaseFilter filter{.visible = everything, .phase = phase, .count = list_rows_max};
    filter.*place = code;
    for (;;) {
      const auto page = rows.list(filter);
      found.cases += page.size();
      for (const auto& row : page) {
        if (found.references.size() < stranded_shown_max) found.references.push_back(row.reference);
      }
      if (page.size() < list_rows_max) break;
      filter.after = page.back().id;
    }
  }
  if (found.cases > 0) out.push_back(std::move(found));
}

}  // namespace

StrandedCases find_stranded(ReadView& view, const PackDiff& diff) {
  auto& rows = view.rows<CaseRows>();
  StrandedCases out;
  for (const auto& unit : diff.units_gone) look_in(rows, unit, &CaseFilter::unit, out.units);
  for (const auto& category : diff.categories_gone) look_in(rows, category, &CaseFilter::category, out.categories);
  return out;
}

void put_in_force(Committer& committer, JurisdictionId jurisdiction, PackChange change, std::function<void(Result<void>)> done) {
  committer.submit(std::make_unique<PlainJob>(
      jurisdiction,
      [change = std::move(change)](Ledger& ledger) -> Result<void> {
        auto& view = ledger.view();
        if (!find_stranded(view, change.diff).none()) return Error{Code::conflict, {key::pack_refused}};
        if (!view.update_pack(change.before, change.after)) return Error{Code::conflict, {key::pack_overtaken}};
        view.put_pack(change.after, change.json);
        return {};
      },
      std::move(done)));
}

}  // namespace huiyin::app
