#include "app/case/case_rows.h"

namespace huiyin::app {

CaseRow row_of(RecordId id, const cases::State& state) {
  CaseRow row;
  row.id = id;
  row.reference = state.reference;
  row.secret_hash = state.secret_hash;
  row.secret_of = state.secret_of;
  row.phase = state.phase;
  row.category = state.category;
  row.units = cases::units_of(state);
  row.bars = cases::bars_of(state);
  row.handler = state.handler;
  row.updated = state.last_at;
  row.watch = cases::next_watch(state);
  row.returns = state.returns;
  row.provisional = cases::is_provisional(state);
  row.merged_into = state.merged_into;
  if (state.proposal) row.proposed = state.proposal->deed;
  row.received = state.received;
  if (const auto* clock = cases::next_clock(state)) row.due = clock->due.at;
  row.urgent = cases::is_alarm_open(state);
  return row;
}

}  // namespace huiyin::app
