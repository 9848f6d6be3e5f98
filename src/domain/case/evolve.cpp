// What an event makes of a case: evolve(), the only way a state comes about.
#include <algorithm>

#include "domain/case/case.h"

namespace huiyin::cases {
namespace {

using rules::accept_limit;
using rules::finish_limit;

// evolve, one small function an event.
struct Evolve {
  State& state;
  Instant at;

  void begin(const rules::Due& due) const { state.clocks.push_back({.due = due, .start = at}); }
  void meet(const RuleCode& rule) const {
    if (auto* clock = newest(rule)) clock->met = at;
  }
  // The newest clock of that rule, met or not.
  rules::LegalClock* newest(const RuleCode& rule) const {
    const auto found =
        std::find_if(state.clocks.rbegin(), state.clocks.rend(), [&](const auto& one) { return one.due.rule == rule; });
    return found == state.clocks.rend() ? nullptr : &*found;
  }

  void operator()(const Submitted& event) const {
    state.phase = Phase::received;
    state.reference = event.reference;
    state.secret_hash = event.secret_hash;
    state.category = event.category;
    state.sealed = event.sealed;
    begin(event.due);
  }
  void operator()(const Accepted& event) const {
    state.phase = Phase::accepted;
    state.category = event.category;
    meet(accept_limit);
    begin(event.due);
  }
  void operator()(const NotAccepted&) const {
    state.phase = Phase::not_accepted;
    meet(accept_limit);
  }
  void operator()(const Assigned& event) const {
    state.phase = Phase::assigned;
    state.unit = event.unit;
    state.handler.reset();
    state.objection_until = event.objection;
  }
  void operator()(const Started& event) const {
    state.phase = Phase::in_work;
    state.handler = event.handler;
  }
  void operator()(const Noted&) const {}
  void operator()(const Answered&) const {
    state.question_open = false;
    state.extension_asked.reset();
    state.phase = Phase::answered;
    state.answered = at;
    ++state.answers;
    meet(finish_limit);
  }
  void operator()(const Rated&) const { state.phase = Phase::rated; }
  // Back to those who answered; the limit that the answer had met runs on as if it had not been given.
  void operator()(const Returned&) const {
    state.phase = Phase::in_work;
    state.answered.reset();
    ++state.returns;
    if (auto* clock = newest(finish_limit)) clock->met.reset();
  }
  void operator()(const Closed& event) const {
    state.phase = Phase::closed;
    state.reopening_until = event.reopening;
  }
  void operator()(const Objected&) const { state.objection_open = true; }
  void operator()(const Ruled& event) const {
    state.objection_open = false;
    if (!event.upheld) return;
    state.phase = Phase::accepted;
    state.unit.reset();
    state.handler.reset();
    state.objection_until.reset();
  }
  void operator()(const Asked&) const { state.question_open = true; }
  void operator()(const Replied&) const { state.question_open = false; }
  void operator()(const Paused& event) const {
    state.pause = event.reason;
    for (auto& clock : state.clocks) {
      const bool stops = std::ranges::find(event.stopped, clock.due.rule) != event.stopped.end();
      if (!clock.met) clock.pauses.push_back({event.reason, at, std::nullopt, stops});
    }
  }
  void operator()(const Resumed& event) const {
    state.pause.reset();
    for (auto& clock : state.clocks) {
      if (!clock.pauses.empty() && !clock.pauses.back().to) clock.pauses.back().to = at;
    }
    for (const auto& due : event.dues) newest(due.rule)->due = due;
  }
  void operator()(const ExtensionAsked& event) const { state.extension_asked = {event.rule, event.amount, event.by}; }
  void operator()(const Extended& event) const {
    auto* clock = newest(event.due.rule);
    clock->due = event.due;
    clock->extended += event.amount;
    state.extension_asked.reset();
  }
  void operator()(const ExtensionRefused&) const { state.extension_asked.reset(); }
  void operator()(const Withdrawn&) const {
    state.phase = Phase::withdrawn;
    state.pause.reset();
    state.extension_asked.reset();
    state.objection_open = false;
    state.question_open = false;
  }
  void operator()(const Reopened& event) const {
    state.phase = state.unit ? Phase::assigned : Phase::accepted;
    state.handler.reset();
    state.answered.reset();
    state.reopening_until.reset();
    ++state.reopenings;
    begin(event.due);
  }
};

}  // namespace

State evolve(State state, const Event& event, Instant at) {
  std::visit(Evolve{state, at}, event);
  state.last_at = at;
  return state;
}

}  // namespace huiyin::cases
