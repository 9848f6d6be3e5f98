#include "domain/case/case.h"

#include <algorithm>

namespace huiyin::cases {

Standpoint standpoint(const State& state) { return {state.category, state.shown_unit, state.sealed}; }

std::vector<rules::LegalClock> clocks_touched(const State& before, const State& after) {
  std::vector<rules::LegalClock> touched;
  for (std::size_t i = 0; i < after.clocks.size(); ++i) {
    if (i >= before.clocks.size() || before.clocks[i] != after.clocks[i]) touched.push_back(after.clocks[i]);
  }
  for (const auto window : windows) {
    if (after.*window && before.*window != after.*window) touched.push_back(*(after.*window));
  }
  return touched;
}

bool is_over(Phase phase) {
  switch (phase) {
    case Phase::closed:
    case Phase::not_accepted:
    case Phase::withdrawn:
    case Phase::handed_over:
    case Phase::split:
    case Phase::lapsed: return true;
    case Phase::none:
    case Phase::received:
    case Phase::accepted:
    case Phase::assigned:
    case Phase::in_work:
    case Phase::answered:
    case Phase::rated:
    case Phase::in_review:
    case Phase::merged:
    case Phase::handing_over: return false;
  }
  return false;
}

bool in_hands(Phase phase) { return phase == Phase::assigned || phase == Phase::in_work; }

bool has_open_part(const State& state) {
  return std::ranges::any_of(state.supports, [](const auto& one) { return !one.done; });
}

bool fits(Deed deed, Phase phase) {
  switch (deed) {
    case Deed::not_accept: return phase == Phase::received;
    case Deed::extension: return in_hands(phase);
    case Deed::answer: return phase == Phase::in_work;
    case Deed::hand_over: return phase == Phase::received || phase == Phase::accepted || in_hands(phase);
    case Deed::merge: return phase == Phase::accepted || in_hands(phase);
    case Deed::reopen:
      return phase == Phase::closed || phase == Phase::not_accepted || phase == Phase::handed_over || phase == Phase::lapsed;
    case Deed::reveal: return phase != Phase::none && !is_over(phase);
    case Deed::lapse: return in_hands(phase);
  }
  return false;
}

bool is_internal(const Event& event) {
  return std::visit(
      []<class One>([[maybe_unused]] const One& one) {
        if constexpr (std::is_same_v<One, AboutSet>) return !one.lets_in.value_or(false);
        return std::is_same_v<One, Noted> || std::is_same_v<One, Proposed> || std::is_same_v<One, ProposalRefused> ||
               std::is_same_v<One, ProposalTakenBack> || std::is_same_v<One, Contributed> || std::is_same_v<One, Recused> ||
               std::is_same_v<One, HandlerChanged> || std::is_same_v<One, Reminded>;
      },
      event);
}

UnitsOf units_of(const State& state) {
  UnitsOf units{state.unit, {}, state.review ? state.review->unit : std::nullopt};
  for (const auto& one : state.supports) units.supports.push_back(one.unit);
  return units;
}

std::vector<std::string> bars_of(const State& state) {
  std::vector<std::string> bars;
  if (state.about_unit) bars.push_back(bar_of(*state.about_unit));
  if (state.about_user) bars.push_back(bar_of(*state.about_user));
  for (const auto user : state.recused) {
    if (user != state.about_user) bars.push_back(bar_of(user));
  }
  return bars;
}

bool same_bars(std::vector<std::string> one, std::vector<std::string> other) {
  std::ranges::sort(one);
  std::ranges::sort(other);
  return one == other;
}

bool is_alarm_open(const State& state) {
  const auto* clock = find_clock(state, rules::urgent_limit);
  return state.urgent && clock != nullptr && !clock->met;
}

bool shows_danger(const State& state) { return state.urgent && (!is_over(state.phase) || is_alarm_open(state)); }

bool still_runs(const State& state, const rules::LegalClock& clock) {
  return !clock.met && (!is_over(state.phase) || (clock.due.rule == rules::urgent_limit && is_alarm_open(state)));
}

const rules::LegalClock* next_clock(const State& state) {
  const rules::LegalClock* next = nullptr;
  for (const auto& clock : state.clocks) {
    if (still_runs(state, clock) && rules::find_stop(clock) == nullptr && (next == nullptr || clock.due.at < next->due.at))
      next = &clock;
  }
  return next;
}

namespace {

template <class Clocks>
auto* newest(Clocks& clocks, const RuleCode& rule) {
  const auto found = std::find_if(clocks.rbegin(), clocks.rend(), [&](const auto& one) { return one.due.rule == rule; });
  return found == clocks.rend() ? nullptr : &*found;
}

}  // namespace

const rules::LegalClock* find_clock(const State& state, const RuleCode& rule) { return newest(state.clocks, rule); }
rules::LegalClock* find_clock(State& state, const RuleCode& rule) { return newest(state.clocks, rule); }

std::vector<const rules::LegalClock*> promises_of(const State& state) {
  std::vector<const rules::LegalClock*> promises;
  for (const auto& clock : state.clocks) {
    if (clock.due.rule == rules::promise_limit) promises.push_back(&clock);
  }
  return promises;
}

bool has_open_promise(const State& state) {
  return std::ranges::any_of(promises_of(state), [](const auto* promise) { return !promise->met; });
}

bool is_of_use(const State& state, std::optional<rules::LegalClock> State::* window) {
  const bool after_the_end = window == &State::reopening_until || window == &State::review_until;
  return (state.*window).has_value() && (after_the_end || !is_over(state.phase));
}

std::optional<Instant> next_watch(const State& state) {
  std::optional<Instant> next;
  for (const auto& clock : state.clocks) {
    if (!still_runs(state, clock) || clock.overdue_noted || rules::find_stop(clock) != nullptr) continue;
    const auto remind = clock.reminded ? std::nullopt : rules::remind_at(clock);
    const auto at = remind.value_or(clock.due.at + std::chrono::milliseconds(1));
    if (!next || at < *next) next = at;
  }
  return next;
}

bool is_provisional(const State& state) {
  const auto open = [&](const rules::LegalClock& clock) {
    return !clock.met && clock.due.provisional() && !rules::is_held(clock);
  };
  const auto is_open_window = [&](const auto window) { return is_of_use(state, window) && (state.*window)->due.provisional(); };
  return (!is_over(state.phase) && std::ranges::any_of(state.clocks, open)) || std::ranges::any_of(windows, is_open_window);
}

}  // namespace huiyin::cases
