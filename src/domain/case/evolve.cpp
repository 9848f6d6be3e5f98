// What an event makes of a case: evolve(), the only way a state comes about.
#include <algorithm>

#include "domain/case/case.h"

namespace huiyin::cases {
namespace {

using rules::accept_limit;
using rules::finish_limit;
using rules::urgent_limit;

template <class One>
void add(std::vector<One>& all, const std::optional<One>& one) {
  if (one && std::ranges::find(all, *one) == all.end()) all.push_back(*one);
}
void add(TookPart& took_part, const std::optional<TookPart>& others) {
  if (!others) return;
  for (const auto& user : others->people) add(took_part.people, std::optional(user));
  for (const auto& unit : others->units) add(took_part.units, std::optional(unit));
}

// evolve, one small function an event.
struct Evolve {
  State& state;
  Instant at;

  void begin(const rules::Due& due, rules::Began began = rules::Began::as_said) const {
    state.clocks.push_back({.due = due, .start = at, .began = began});
  }
  void begin(const rules::Due& due, const std::optional<rules::CountedFrom>& from) const {
    state.clocks.push_back({.due = due, .start = from ? from->at : at, .began = from ? from->began : rules::Began::as_said});
  }
  void meet(const RuleCode& rule) const {
    if (auto* clock = find_clock(state, rule); clock != nullptr && !clock->met) clock->met = at;
  }
  // A promise is met by what was promised, and by nothing else.
  void meet_all() const {
    for (auto& clock : state.clocks) {
      if (!clock.met && clock.due.rule != rules::promise_limit) clock.met = at;
    }
  }
  std::optional<rules::LegalClock> window(const std::optional<rules::Due>& due) const {
    return due ? std::optional(rules::LegalClock{.due = *due, .start = at}) : std::nullopt;
  }
  // A later due instant is watched anew.
  static void move(rules::LegalClock& clock, const rules::Due& due) {
    if (due.at > clock.due.at) clock.reminded = clock.overdue_noted = false;
    clock.due = due;
  }
  // Back to the unit, to be taken up again.
  void hand_back() const {
    state.phase = state.unit ? Phase::assigned : Phase::accepted;
    state.handler.reset();
    state.answered.reset();
    state.solved.reset();
    state.review_until.reset();
    state.reviewed.reset();
  }
  // It does not live as a part of another case, or on its way to another body, any more.
  void come_back() const {
    state.before.reset();
    state.merged_into.reset();
  }

  void operator()(const Submitted& event) const {
    state.phase = Phase::received;
    state.received = at;
    state.reference = event.reference;
    state.secret_hash = event.secret_hash;
    state.secret_of = event.secret_of;
    state.category = event.category;
    state.sealed = event.sealed;
    state.about_unit = event.about;
    if (event.recused) state.recused = *event.recused;
    add(state.took_part, event.took_part);
    begin(event.due, event.due_from);
    if (event.urgent) {
      state.urgent = true;
      begin(*event.urgent);
    }
  }
  void operator()(const Accepted& event) const {
    state.phase = Phase::accepted;
    state.category = event.category;
    meet(accept_limit);
    begin(event.due, event.due_from);
    state.clocks.back().extended = event.extended.value_or(0);
    state.clocks.back().pauses = event.pauses.value_or(std::vector<rules::Pause>());
    if (event.correction)
      state.ask_correction_until = {.due = *event.correction, .start = find_clock(state, accept_limit)->start};
  }
  void operator()(const NotAccepted& event) const {
    state.phase = Phase::not_accepted;
    state.road = event.road;
    meet_all();
  }
  void operator()(const Assigned& event) const {
    state.phase = Phase::assigned;
    state.unit = event.unit;
    state.handler.reset();
    state.objection_until = window(event.objection);
    std::erase_if(state.supports, [&](const auto& one) { return one.unit == event.unit; });
  }
  void operator()(const Started& event) const {
    state.phase = Phase::in_work;
    state.handler = event.handler;
    add(state.took_part.people, event.handler);
    meet(urgent_limit);
  }
  void operator()(const Noted&) const {}
  void operator()(const Answered& event) const {
    nobody_is_asked();
    state.phase = Phase::answered;
    state.answered = at;
    state.solved.reset();
    state.review_until = window(event.review);
    state.reviewed.reset();
    come_back();
    if (event.taken_from) answered_by(*event.taken_from);
    add(state.took_part.units, state.unit);
    add(state.took_part, event.took_part);
    add(state.took_part.people, event.by);
    add(state.took_part.people, event.signed_by);
    ++state.answers;
    meet(accept_limit);
    meet(finish_limit);
    meet(urgent_limit);
  }
  // The unit of another case answered for this one: nobody waits for parts any more.
  void answered_by(const UnitCode& unit) const {
    if (state.unit != unit) {
      state.handler.reset();
      state.objection_until.reset();  // it was not assigned
    }
    state.unit = unit;
    std::erase_if(state.supports, [&](const auto& one) { return !one.done || one.unit == unit; });
  }
  void operator()(const Rated& event) const {
    state.phase = Phase::rated;
    state.solved = !event.unsolved.value_or(false);
  }
  // Back to those who answered; the limit that the answer had met runs on as if it had not been given.
  void operator()(const Returned& event) const {
    if (!state.unit) state.phase = Phase::accepted;
    else state.phase = state.handler ? Phase::in_work : Phase::assigned;
    state.answered.reset();
    state.solved.reset();
    state.review_until.reset();
    ++state.returns;
    if (event.due) begin(*event.due, rules::Began::returned);
    else if (auto* clock = find_clock(state, finish_limit)) clock->met.reset();
  }
  void operator()(const Closed& event) const {
    state.phase = Phase::closed;
    state.reopening_until = window(event.reopening);
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
  void operator()(const Asked&) const {
    state.question_open = true;
    meet(urgent_limit);
  }
  void operator()(const Replied&) const { state.question_open = false; }
  void nobody_is_asked() const { state.question_open = state.correction_open = false; }
  void operator()(const CorrectionAsked& event) const {
    state.correction_open = true;
    state.correction_until = window(event.due);
    meet(urgent_limit);
    rest(rules::correction_pause, event.stopped);
  }
  void operator()(const Corrected& event) const {
    state.correction_open = false;
    drop({Deed::lapse, Deed::extension, Deed::answer});  // all were about the request as it was
    meet(finish_limit);
    begin(event.due, rules::Began::corrected);
  }
  void drop(std::initializer_list<Deed> deeds) const {
    if (state.proposal && std::ranges::find(deeds, state.proposal->deed) != deeds.end()) state.proposal.reset();
  }
  void operator()(const Lapsed&) const {
    state.phase = Phase::lapsed;
    nobody_is_asked();
    state.objection_open = false;
    meet_all();
  }
  void operator()(const Paused& event) const { rest(event.reason, event.stopped); }
  void rest(const PauseCode& reason, const std::vector<RuleCode>& stopped) const {
    state.pause = reason;
    for (auto& clock : state.clocks) {
      const bool stops = std::ranges::find(stopped, clock.due.rule) != stopped.end();
      if (!clock.met) clock.pauses.push_back({reason, at, std::nullopt, stops});
    }
  }
  void operator()(const Resumed& event) const {
    state.pause.reset();
    for (auto& clock : state.clocks) {
      if (clock.pauses.empty() || clock.pauses.back().to) continue;
      clock.pauses.back().to = at;
      // A newer clock of the same rule may have begun meanwhile; it did not stand still.
      const auto due = std::ranges::find(event.dues, clock.due.rule, &rules::Due::rule);
      if (clock.pauses.back().stops && due != event.dues.end()) move(clock, *due);
    }
  }
  void operator()(const Extended& event) const {
    auto* clock = find_clock(state, event.due.rule);
    move(*clock, event.due);
    clock->extended += event.amount;
    state.proposal.reset();
  }
  void operator()(const Withdrawn&) const {
    state.phase = Phase::withdrawn;
    come_back();
    state.road.reset();
    state.pause.reset();
    state.proposal.reset();
    state.review.reset();
    state.objection_open = false;
    nobody_is_asked();
  }
  void operator()(const Reopened& event) const {
    hand_back();
    if (event.due.rule == accept_limit) state.phase = Phase::received;
    state.reopening_until.reset();
    state.road.reset();
    state.final = false;
    ++state.reopenings;
    begin(event.due, rules::Began::reopened);
  }

  void operator()(const Proposed& event) const { state.proposal = {event.deed, state.events + 1, event.by}; }
  void operator()(const ProposalRefused&) const { state.proposal.reset(); }
  void operator()(const ProposalTakenBack&) const { state.proposal.reset(); }

  // Perhaps once more: a part that was there before is asked for anew.
  void operator()(const Supported& event) const {
    const auto found = std::ranges::find(state.supports, event.unit, &SupportingUnit::unit);
    if (found == state.supports.end()) state.supports.push_back({event.unit});
    else found->done = false;
  }
  void operator()(const SupportReleased& event) const {
    std::erase_if(state.supports, [&](const auto& one) { return one.unit == event.unit; });
  }
  void operator()(const Contributed& event) const {
    const auto found = std::ranges::find(state.supports, event.unit, &SupportingUnit::unit);
    if (found != state.supports.end()) found->done = true;
    add(state.took_part.units, std::optional(event.unit));
    add(state.took_part.people, event.by);
  }
  void operator()(const Promised& event) const {
    begin(event.due);
    meet(urgent_limit);
  }
  void operator()(const Fulfilled& event) const {
    auto left = event.promise;
    for (auto& clock : state.clocks) {
      if (clock.due.rule == rules::promise_limit && --left == 0) clock.met = at;
    }
  }

  void operator()(const ReviewAsked& event) const {
    state.phase = Phase::in_review;
    drop({Deed::reveal});  // asked for by those whose answer is reviewed
    state.review = {event.level, std::nullopt};
    state.solved.reset();  // they judge what comes out of it
    state.review_until.reset();
    state.reopening_until.reset();
    begin(event.due);
  }
  void operator()(const ReviewAssigned& event) const {
    drop({Deed::reveal});  // asked for by those who were to decide it before
    state.review->unit = event.unit;
  }
  void operator()(const ReviewDecided& event) const {
    meet(event.level == ReviewLevel::review ? rules::review_limit : rules::rereview_limit);
    state.reviewed = event.level;
    add(state.took_part.units, state.review->unit);
    state.review.reset();
    add(state.took_part.people, event.by);
    drop({Deed::reveal});  // asked for by who had to decide
    if (event.finish) {
      hand_back();
      begin(*event.finish, rules::Began::set_aside);
      return;
    }
    state.review_until = window(event.next);
    state.final = event.final;
    state.phase = Phase::answered;
    state.answered = at;
  }

  void operator()(const Merged& event) const {
    state.before = state.phase;
    state.phase = Phase::merged;
    state.merged_into = event.record;
  }
  void operator()(const SplitBackFrom&) const {
    state.phase = *state.before;
    come_back();
  }
  void operator()(const SplitUp&) const {
    state.phase = Phase::split;
    nobody_is_asked();
    meet(urgent_limit);  // its parts carry the alarm on
  }
  void operator()(const HandOverBegun& event) const {
    state.before = state.phase;
    state.phase = Phase::handing_over;
    state.road = event.road;
  }
  void operator()(const HandOverProved& event) const {
    state.phase = event.taken ? Phase::handed_over : *state.before;
    come_back();
    if (event.taken) {
      nobody_is_asked();
      meet_all();
    } else {
      state.road.reset();
    }
  }

  void operator()(const Revealed& event) const {
    add(state.knowing, event.to);
    state.proposal.reset();
  }
  void operator()(const AboutSet& event) const {
    state.about_unit = event.unit;
    state.about_user = event.user;
    // What was asked for before is not ruled on any more: one of them may have asked, to rule the case away from those who are to
    // judge them.
    if (event.unit || event.user) state.proposal.reset();
    for (const auto& unit : event.left) {
      std::erase_if(state.supports, [&](const auto& one) { return one.unit == unit; });
      if (state.review && state.review->unit == unit) state.review->unit.reset();
      if (state.unit == unit) leave_unit();
    }
    if (event.user) leave(*event.user);
  }
  void operator()(const Recused& event) const {
    add(state.recused, event.user);
    if (event.user) leave(*event.user);
  }
  void leave_unit() const {
    state.unit.reset();
    state.handler.reset();
    state.objection_open = false;
    state.objection_until.reset();
    if (in_hands(state.phase)) state.phase = Phase::accepted;
    if (state.before && in_hands(*state.before)) state.before = Phase::accepted;
  }
  void leave(UserId user) const {
    std::erase(state.knowing, user);
    if (state.proposal && state.proposal->by == user) state.proposal.reset();
    if (state.handler != user) return;
    state.handler.reset();
    if (state.phase == Phase::in_work) state.phase = Phase::assigned;
    if (state.before == Phase::in_work) state.before = Phase::assigned;
  }
  void operator()(const HandlerChanged& event) const {
    state.handler = event.handler;
    add(state.took_part.people, event.handler);
  }
  void operator()(const UrgencySet& event) const {
    state.urgent = event.due.has_value();
    meet(urgent_limit);  // taken back, or beginning anew
    if (event.due) begin(*event.due, rules::Began::alarmed);
  }
  void operator()(const Reminded& event) const { state.clocks[static_cast<std::size_t>(event.clock)].reminded = true; }
  void operator()(const WentOverdue& event) const {
    auto& clock = state.clocks[static_cast<std::size_t>(event.clock)];
    clock.overdue_noted = true;
    // What is late is not extended any more.
    if (clock.due.rule == finish_limit) drop({Deed::extension});
  }
  void operator()(const Recounted& event) const {
    for (const auto& due : event.dues) {
      if (auto* clock = find_clock(state, due.rule)) move(*clock, due);
      for (const auto member : windows) {
        auto& window = state.*member;
        if (window && window->due.rule == due.rule) move(*window, due);
      }
    }
  }
};

// What the unit in charge asked for makes no sense once another one is.
bool is_of_unit(Deed deed) {
  return deed == Deed::extension || deed == Deed::answer || deed == Deed::reveal || deed == Deed::lapse ||
         deed == Deed::hand_over;
}

}  // namespace

State evolve(State state, const Event& event, Instant at) {
  const auto unit = state.unit;
  std::visit(Evolve{state, at}, event);
  const bool left = unit && state.unit != unit;
  if (state.proposal && (!fits(state.proposal->deed, state.phase) || (left && is_of_unit(state.proposal->deed))))
    state.proposal.reset();
  if (state.unit) state.shown_unit = state.unit;
  ++state.events;
  state.last_at = at;
  return state;
}

}  // namespace huiyin::cases
