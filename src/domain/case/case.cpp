#include "domain/case/case.h"

#include <algorithm>

#include "domain/case/words.h"
#include "texts/keys.h"

namespace huiyin::cases {
namespace {

using Events = std::vector<Event>;

using rules::accept_limit;
using rules::finish_limit;

rules::Due due(const RuleCode& code, const Situation& situation) {
  const auto* limit = situation.pack.find_limit(code);
  HUIYIN_ASSERT(limit != nullptr);
  return rules::due_of(*limit, situation.at, situation.pack.calendar, situation.zone);
}

rules::LegalClock* find_clock(State& state, const RuleCode& rule) {
  const auto found = std::ranges::find_if(state.clocks, [&](const auto& clock) { return clock.due.rule == rule; });
  return found == state.clocks.end() ? nullptr : &*found;
}

bool in_time(State state, const RuleCode& rule, Instant at) {
  const auto* clock = find_clock(state, rule);
  return clock != nullptr && at <= clock->due.at;
}

Error unknown_code(std::string_view field, std::string_view got, Key expected) {
  return {Code::invalid, {key::invalid_fields, {{"count", "1"}}}, {{std::string(field), std::string(got), {expected}}}};
}

Error missing(std::string_view field) { return unknown_code(field, "", key::expected_not_empty); }

// The phases in which a command makes sense; `may` has already said that the person may.
bool fits(Phase phase, const Command& command) {
  struct Fits {
    Phase phase;
    bool operator()(const Submit&) const { return phase == Phase::none; }
    bool operator()(const Accept&) const { return phase == Phase::received; }
    bool operator()(const NotAccept&) const { return phase == Phase::received; }
    bool operator()(const Assign&) const {
      return phase == Phase::accepted || phase == Phase::assigned || phase == Phase::in_work;
    }
    bool operator()(const Start&) const { return phase == Phase::assigned; }
    bool operator()(const Note&) const { return phase != Phase::none; }
    bool operator()(const Answer&) const { return phase == Phase::in_work; }
    bool operator()(const Rate&) const { return phase == Phase::answered; }
    bool operator()(const Close&) const { return phase == Phase::answered || phase == Phase::rated; }
  };
  return std::visit(Fits{phase}, command);
}

// decide, one small function a command. The phase fits already.
struct Decide {
  const State& state;
  const Situation& now;

  Result<Events> operator()(const Submit& submit) const {
    const auto* category = submit.category ? now.pack.find_category(*submit.category) : nullptr;
    if (submit.category && category == nullptr) return unknown_code("category", submit.category->text, key::expected_category);
    if (!submit.body && !(submit.category && submit.place)) return missing("body");
    std::vector<ContactWay> reachable;
    if (submit.contact && (*submit.contact).phone) reachable.push_back(ContactWay::phone);
    if (submit.contact && (*submit.contact).email) reachable.push_back(ContactWay::email);
    const bool sealed = category != nullptr && category->publication == rules::Publication::sealed;
    return Events{Submitted{submit.reference, submit.secret_hash, submit.channel, submit.language, submit.category, sealed,
                            due(accept_limit, now), std::move(reachable), submit.subject, submit.body, submit.place,
                            submit.contact}};
  }

  Result<Events> operator()(const Accept& accept) const {
    const auto& category = accept.category ? accept.category : state.category;
    if (!category) return missing("category");
    const auto* known = now.pack.find_category(*category);
    if (known == nullptr) return unknown_code("category", category->text, key::expected_category);
    // What stands in clear in the log already cannot be sealed afterwards.
    if (known->publication == rules::Publication::sealed && !state.sealed) {
      return unknown_code("category", category->text, key::expected_open_category);
    }
    return Events{Accepted{*category, due(finish_limit, now), in_time(state, accept_limit, now.at)}};
  }

  Result<Events> operator()(const NotAccept& command) const {
    if (now.pack.find_road(command.road) == nullptr) return unknown_code("road", command.road.text, key::expected_road);
    if (!command.reason) return missing("reason");
    return Events{NotAccepted{command.road, in_time(state, accept_limit, now.at), command.reason}};
  }

  Result<Events> operator()(const Assign& assign) const {
    if (now.pack.find_unit(assign.unit) == nullptr) return unknown_code("unit", assign.unit.text, key::expected_unit);
    if (state.unit == assign.unit) return Error{Code::conflict, {key::case_already_with_unit}};
    return Events{Assigned{assign.unit}};
  }

  Result<Events> operator()(const Start&) const { return Events{Started{now.actor.user}}; }

  Result<Events> operator()(const Note& note) const {
    if (!note.words) return missing("words");
    return Events{Noted{note.words}};
  }

  Result<Events> operator()(const Answer& answer) const {
    if (!answer.words) return missing("words");
    return Events{Answered{in_time(state, finish_limit, now.at), answer.words}};
  }

  Result<Events> operator()(const Rate& rate) const {
    Events events{Rated{rate.shared, rate.contacted, rate.solved, rate.satisfaction, rate.words}};
    if (!rate.solved) events.emplace_back(Returned{});
    return events;
  }

  Result<Events> operator()(const Close&) const {
    if (state.phase == Phase::rated) return Events{Closed{true}};
    // Answered and not yet rated: the person's time to judge comes first.
    const auto first_day = now.zone.day_of(*state.answered) + now.pack.rating_days + 1;
    if (now.zone.day_of(now.at) < first_day) {
      return Error{Code::conflict, {key::case_rating_open, {{"until", to_iso(first_day + -1)}}}};
    }
    return Events{Closed{false}};
  }
};

// evolve, one small function an event.
struct Evolve {
  State& state;
  Instant at;

  void meet(const RuleCode& rule) const {
    if (auto* clock = find_clock(state, rule)) clock->met = at;
  }

  void operator()(const Submitted& event) const {
    state.phase = Phase::received;
    state.reference = event.reference;
    state.secret_hash = event.secret_hash;
    state.category = event.category;
    state.sealed = event.sealed;
    state.clocks.push_back({event.due, at});
  }
  void operator()(const Accepted& event) const {
    state.phase = Phase::accepted;
    state.category = event.category;
    meet(accept_limit);
    state.clocks.push_back({event.due, at});
  }
  void operator()(const NotAccepted&) const {
    state.phase = Phase::not_accepted;
    meet(accept_limit);
  }
  void operator()(const Assigned& event) const {
    state.phase = Phase::assigned;
    state.unit = event.unit;
    state.handler.reset();
  }
  void operator()(const Started& event) const {
    state.phase = Phase::in_work;
    state.handler = event.handler;
  }
  void operator()(const Noted&) const {}
  void operator()(const Answered&) const {
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
    if (auto* clock = find_clock(state, finish_limit)) clock->met.reset();
  }
  void operator()(const Closed&) const { state.phase = Phase::closed; }
};

}  // namespace

Result<Events> decide(const State& state, const Command& command, const Situation& situation) {
  if (!fits(state.phase, command)) {
    return Error{Code::conflict,
                 {key::case_wrong_phase, {{"act", word_of_act(name_of_alternative(command))}, {"phase", word_of(state.phase)}}}};
  }
  if (situation.at > situation.now) return unknown_code("at", to_rfc3339(situation.at), key::case_at_in_future);
  if (state.phase != Phase::none && situation.at < state.last_at)
    return Error{Code::conflict, {key::case_at_before_last, {{"last", to_rfc3339(state.last_at)}}}};
  return std::visit(Decide{state, situation}, command);
}

State evolve(State state, const Event& event, Instant at) {
  std::visit(Evolve{state, at}, event);
  state.last_at = at;
  return state;
}

Standpoint standpoint(const State& state) { return {state.category, state.unit, state.sealed}; }

const rules::LegalClock* next_clock(const State& state) {
  const rules::LegalClock* next = nullptr;
  if (state.phase == Phase::closed || state.phase == Phase::not_accepted) return next;
  for (const auto& clock : state.clocks) {
    if (!clock.met && (next == nullptr || clock.due.at < next->due.at)) next = &clock;
  }
  return next;
}

std::vector<std::string_view> offered(const State& state, RecordId id, const Actor& actor, const Situation& situation) {
  static const std::vector<Command> all{Accept{}, NotAccept{}, Assign{}, Start{}, Note{}, Answer{}, Rate{}, Close{}};
  std::vector<std::string_view> acts;
  for (const auto& command : all) {
    const auto act = name_of_alternative(command);
    if (!fits(state.phase, command) || !may(actor, act, bond(state, id, actor), Case::rights()).ok()) continue;
    if (std::holds_alternative<Close>(command) && !std::visit(Decide{state, situation}, command).ok()) continue;
    acts.push_back(act);
  }
  return acts;
}

}  // namespace huiyin::cases
