#include "domain/case/case.h"

#include <algorithm>

namespace huiyin::cases {

Standpoint standpoint(const State& state) { return {state.category, state.unit, state.sealed}; }

bool is_over(Phase phase) { return phase == Phase::closed || phase == Phase::not_accepted || phase == Phase::withdrawn; }

const rules::LegalClock* next_clock(const State& state) {
  const rules::LegalClock* next = nullptr;
  if (is_over(state.phase)) return next;
  for (const auto& clock : state.clocks) {
    if (!clock.met && rules::find_stop(clock) == nullptr && (next == nullptr || clock.due.at < next->due.at)) next = &clock;
  }
  return next;
}

const rules::LegalClock* find_clock(const State& state, const RuleCode& rule) {
  const auto found =
      std::find_if(state.clocks.rbegin(), state.clocks.rend(), [&](const auto& one) { return one.due.rule == rule; });
  return found == state.clocks.rend() ? nullptr : &*found;
}

}  // namespace huiyin::cases
