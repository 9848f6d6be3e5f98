// What may never be said of a case: states no life leads to, and steps no event makes. As sentences, so that a failure reads by
// itself.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "domain/case/case.h"

namespace huiyin::cases {

using Faults = std::vector<std::string>;

namespace faults {

template <class List, class One>
bool has(const List& list, const One& one) {
  return std::ranges::find(list, one) != list.end();
}
inline bool runs(const State& state, const RuleCode& rule) {
  const auto* clock = find_clock(state, rule);
  return clock != nullptr && !clock->met;
}

struct Check {
  const State& state;
  const rules::Pack& pack;
  Faults faults{};
  Phase phase = state.phase;

  void that(bool holds, std::string_view otherwise) {
    if (!holds) faults.emplace_back(otherwise);
  }
  template <class... Phases>
  [[nodiscard]] bool is(Phases... phases) const {
    return ((phase == phases) || ...);
  }
  // Where it lives on, when it comes back.
  [[nodiscard]] Phase own_phase() const { return state.before.value_or(phase); }

  void units() {
    using enum Phase;
    that(!in_hands(own_phase()) || state.unit, "in the hands of no unit");
    that(!is(received, accepted, not_accepted) || !state.unit, "with a unit before it was assigned");
    that(!state.handler || state.unit, "an officer has it and no unit");
    that(!state.objection_open || (in_hands(phase) && state.unit), "an objection is open where no unit has it");
    for (const auto& one : state.supports) {
      that(one.unit != state.unit, "the unit in charge supports itself");
      that(std::ranges::count(state.supports, one.unit, &SupportingUnit::unit) == 1, "a unit supports it twice");
    }
    that(!has_open_part(state) || !is(answered, rated, closed, in_review), "answered while a part was open");
    that(phase != split || !runs(state, rules::urgent_limit), "an alarm runs on where nobody acts any more");
    that(state.urgent || !runs(state, rules::urgent_limit), "the limit of danger runs on a case without danger");
  }

  void people() {
    const auto is_barred = [&](const std::optional<UserId>& user) {
      return user && (user == state.about_user || has(state.recused, *user));
    };
    that(!is_barred(state.handler), "its officer may have nothing to do with it");
    that(!state.proposal || !is_barred(state.proposal->by), "proposed by somebody who may have nothing to do with it");
    that(std::ranges::none_of(state.knowing, [&](UserId user) { return is_barred(user); }),
         "the identity is open to somebody who may have nothing to do with it");
    const auto about = [&](const std::optional<UnitCode>& unit) {
      return unit && state.about_unit && has(pack.chain_of(*unit), *state.about_unit);
    };
    const auto units = units_of(state);
    that(!about(units.lead) && !about(units.review) && std::ranges::none_of(units.supports, about),
         "with the unit it complains of");
  }

  void sides() {
    using enum Phase;
    that((phase == none) == (state.events == 0), "something happened before it was filed, or nothing since");
    that((phase == merged) == state.merged_into.has_value(), "merged into nothing, or not merged and into something");
    that(is(merged, handing_over) == state.before.has_value(), "nowhere to come back to, or to come back from nowhere");
    that(!state.before || in_hands(*state.before) || *state.before == accepted || (*state.before == received && !is(merged)),
         "comes back to where it cannot have been");
    that(is(not_accepted, handing_over, handed_over) == state.road.has_value(), "another body without a road, or none with one");
    that((phase == in_review) == state.review.has_value(), "reviewed by no review");
    that(!state.proposal || (fits(state.proposal->deed, phase) && state.proposal->number <= state.events),
         "proposed what cannot be done");
    that(!state.question_open || (!is_over(phase) && !state.answered), "a question is open and nobody waits for the reply");
    that(!state.correction_open || (!is_over(phase) && !state.answered && state.correction_until),
         "to be put right, and nobody waits for it");
    that(phase != lapsed || (state.correction_until && !state.pause), "given up without a correction asked for, or at rest");
    that(!state.pause || in_hands(phase) || is(accepted, in_review), "rests where nobody works");
    that(!state.reopening_until || phase == closed, "to be opened again though it is not closed");
    that(!state.review_until || is(answered, rated, closed, withdrawn), "to be reviewed though there is no answer");
    that(!state.final || (state.reviewed == ReviewLevel::rereview && is(answered, rated, closed, withdrawn)),
         "final without a re-review");
    that(is(withdrawn) || is(answered, rated, closed, in_review) == state.answered.has_value(), "answered by no answer");
    that(is(none, received, not_accepted, handing_over, handed_over, split, withdrawn) || state.category,
         "accepted without a category");
  }

  // What is to be done is due some day: the limit that the phase runs by is there and not met.
  void clocks() {
    using enum Phase;
    const auto own = own_phase();
    that(own != received || is_over(phase) || runs(state, rules::accept_limit), "the limit to accept it is lost");
    that(!(own == accepted || in_hands(own)) || runs(state, rules::finish_limit), "the limit to answer it is lost");
    if (phase == in_review) {
      const auto& limit = state.review->level == ReviewLevel::review ? rules::review_limit : rules::rereview_limit;
      that(runs(state, limit), "the limit to review it is lost");
    }
    const auto promises = promises_of(state);
    that(phase != closed || std::ranges::all_of(promises, [](const auto* one) { return one->met.has_value(); }),
         "closed while a promise was open");
    for (const auto& clock : state.clocks) {
      that(is_over(phase) || state.pause || !rules::is_held(clock), "a limit stands still and work goes on");
      that(!clock.met || *clock.met >= clock.start, "met before it began");
      that(std::ranges::count_if(state.clocks, [&](const auto& one) { return !one.met && one.due.rule == clock.due.rule; }) < 2 ||
               clock.due.rule == rules::promise_limit,
           "the same limit runs twice");
    }
  }
};

template <class One>
const One* find(const std::vector<Event>& events) {
  for (const auto& event : events) {
    if (const auto* one = std::get_if<One>(&event)) return one;
  }
  return nullptr;
}

// An event that says "on time" and the clock it met say the same.
template <class One>
bool agrees(const std::vector<Event>& events, const State& after, const RuleCode& rule) {
  const auto* event = find<One>(events);
  const auto* clock = find_clock(after, rule);
  if (event == nullptr || clock == nullptr || !clock->met) return true;
  return event->on_time == (standing_of(*clock, after.last_at) == rules::Standing::met);
}

}  // namespace faults

// Of a state by itself.
inline Faults faults_of(const State& state, const rules::Pack& pack) {
  faults::Check check{state, pack};
  check.units();
  check.people();
  check.sides();
  check.clocks();
  return check.faults;
}

// Of what led from one to the other, by this actor.
inline Faults faults_of_step(const State& before, const std::vector<Event>& events, const State& after, const Actor& actor) {
  faults::Check check{after, {}};
  check.that(after.events == before.events + events.size(), "an event was not counted");
  check.that(after.last_at >= before.last_at, "time went back");
  check.that(after.clocks.size() >= before.clocks.size(), "a clock is gone");
  const bool returned = faults::find<Returned>(events) != nullptr, fulfilled = faults::find<Fulfilled>(events) != nullptr;
  for (std::size_t i = 0; i < std::min(before.clocks.size(), after.clocks.size()); ++i) {
    const auto &old = before.clocks[i], &now = after.clocks[i];
    check.that(old.start == now.start && old.due.rule == now.due.rule, "a clock became another one");
    check.that(!old.met || old.met == now.met || (returned && !now.met), "what was met is not met any more");
    check.that(old.due.rule != rules::promise_limit || old.met == now.met || fulfilled, "a promise met by nothing that was done");
    check.that(old.pauses.size() <= now.pauses.size() && old.extended <= now.extended, "a clock forgot a pause or an extension");
  }
  check.that(before.answers <= after.answers && before.returns <= after.returns && before.reopenings <= after.reopenings,
             "a count went back");
  const auto kept = [&](const auto& old, const auto& now) {
    return std::ranges::all_of(old, [&](const auto& one) { return faults::has(now, one); });
  };
  check.that(kept(before.took_part.people, after.took_part.people), "somebody took no part any more");
  check.that(kept(before.took_part.units, after.took_part.units), "a unit took no part any more");
  check.that(after.phase != Phase::in_review || !after.solved, "solved while it is reviewed");
  const bool given_away = after.phase == Phase::split || after.phase == Phase::handed_over;
  check.that(!given_away || !has_open_promise(after), "given away with a promise that nobody keeps");
  check.that(kept(before.recused, after.recused), "somebody is no longer recused");
  check.that(faults::agrees<Accepted>(events, after, rules::accept_limit), "accepted on time and late at once");
  check.that(faults::agrees<Answered>(events, after, rules::finish_limit), "answered on time and late at once");
  if (const auto* review = faults::find<ReviewDecided>(events)) {
    check.that(!review->by || !faults::has(before.took_part.people, *review->by),
               "reviewed by somebody who took part in the answer");
    const auto& limit = review->level == ReviewLevel::review ? rules::review_limit : rules::rereview_limit;
    check.that(faults::agrees<ReviewDecided>(events, after, limit), "reviewed on time and late at once");
  }
  check.that(!before.proposal || faults::find<Proposed>(events) == nullptr, "proposed in the place of another proposal");
  const bool done = faults::find<Merged>(events) != nullptr || faults::find<NotAccepted>(events) != nullptr ||
                    faults::find<Extended>(events) != nullptr || faults::find<HandOverBegun>(events) != nullptr ||
                    faults::find<Revealed>(events) != nullptr || faults::find<ProposalRefused>(events) != nullptr;
  check.that(!done || (before.proposal && actor.user && actor.user != before.proposal->by), "done by one person alone");
  return check.faults;
}

}  // namespace huiyin::cases
