#include "app/case/case_rows.h"

namespace huiyin::app {

CaseRow row_of(RecordId id, const cases::State& state) {
  CaseRow row{id, state.reference, state.secret_hash, state.phase,  state.category, state.unit,
              {}, state.last_at,   std::nullopt,      state.returns};
  if (!state.clocks.empty()) row.received = state.clocks.front().start;
  if (const auto* clock = cases::next_clock(state)) row.due = clock->due.at;
  return row;
}

}  // namespace huiyin::app
