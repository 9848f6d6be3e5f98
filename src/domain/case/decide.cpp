// What a command leads to: decide(), and what a screen offers.
#include <algorithm>

#include "base/assert.h"
#include "domain/case/case.h"
#include "domain/case/words.h"
#include "texts/keys.h"

namespace huiyin::cases {
namespace {

using Events = std::vector<Event>;

using rules::accept_limit;
using rules::finish_limit;
using rules::object_limit;
using rules::reopen_limit;

rules::Due due(const RuleCode& code, const Situation& situation) {
  const auto* limit = situation.pack.find_limit(code);
  HUIYIN_ASSERT(limit != nullptr);
  return rules::due_of(*limit, situation.at, situation.pack.calendar, situation.zone);
}

bool in_time(const State& state, const RuleCode& rule, Instant at) {
  const auto* clock = find_clock(state, rule);
  return clock != nullptr && at <= clock->due.at;
}

Error unknown_code(std::string_view field, std::string_view got, Message expected) {
  return {Code::invalid, {key::invalid_fields, {{"count", "1"}}}, {{std::string(field), std::string(got), std::move(expected)}}};
}

Error missing(std::string_view field) { return unknown_code(field, "", {key::expected_not_empty}); }

bool in_hands(Phase phase) { return phase == Phase::assigned || phase == Phase::in_work; }

// The states in which a command makes sense; `may` has already said that the person may. While an objection is open nothing is
// done about the matter itself.
bool fits(const State& state, const Command& command) {
  struct Fits {
    const State& state;
    Phase phase = state.phase;
    bool free = !state.objection_open;
    bool operator()(const Submit&) const { return phase == Phase::none; }
    bool operator()(const Accept&) const { return phase == Phase::received; }
    bool operator()(const NotAccept&) const { return phase == Phase::received; }
    bool operator()(const Assign&) const { return free && (phase == Phase::accepted || in_hands(phase)); }
    bool operator()(const Start&) const { return free && phase == Phase::assigned; }
    bool operator()(const Note&) const { return phase != Phase::none; }
    bool operator()(const Answer&) const { return free && !state.pause && phase == Phase::in_work; }
    bool operator()(const Rate&) const { return phase == Phase::answered; }
    bool operator()(const Close&) const { return phase == Phase::answered || phase == Phase::rated; }
    bool operator()(const Object&) const { return free && in_hands(phase); }
    bool operator()(const Rule&) const { return state.objection_open; }
    bool operator()(const Ask&) const { return !state.question_open && in_hands(phase); }
    bool operator()(const Reply&) const { return state.question_open; }
    bool operator()(const Withdraw&) const { return phase != Phase::none && phase != Phase::rated && !is_over(phase); }
    bool operator()(const Reopen&) const { return phase == Phase::closed; }
    bool operator()(const Pause&) const { return !state.pause && in_hands(phase); }
    bool operator()(const Resume&) const { return state.pause.has_value(); }
    bool operator()(const AskExtension&) const { return !state.extension_asked && !state.pause && in_hands(phase); }
    bool operator()(const RuleExtension&) const { return state.extension_asked && !state.pause; }
  };
  return std::visit(Fits{state}, command);
}

// decide, one small function a command. The phase fits already.
struct Decide {
  const State& state;
  const Situation& now;

  Result<Events> operator()(const Submit& submit) const {
    const auto* category = submit.category ? now.pack.find_category(*submit.category) : nullptr;
    if (submit.category && category == nullptr) return unknown_code("category", submit.category->text, {key::expected_category});
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
    if (known == nullptr) return unknown_code("category", category->text, {key::expected_category});
    // What stands in clear in the log already cannot be sealed afterwards.
    if (known->publication == rules::Publication::sealed && !state.sealed) {
      return unknown_code("category", category->text, {key::expected_open_category});
    }
    return Events{Accepted{*category, due(finish_limit, now), in_time(state, accept_limit, now.at)}};
  }

  Result<Events> operator()(const NotAccept& command) const {
    if (now.pack.find_road(command.road) == nullptr) return unknown_code("road", command.road.text, {key::expected_road});
    if (!command.reason) return missing("reason");
    return Events{NotAccepted{command.road, in_time(state, accept_limit, now.at), command.reason}};
  }

  Result<Events> operator()(const Assign& assign) const {
    if (now.pack.find_unit(assign.unit) == nullptr) return unknown_code("unit", assign.unit.text, {key::expected_unit});
    if (state.unit == assign.unit) return Error{Code::conflict, {key::case_already_with_unit}};
    return Events{Assigned{assign.unit, due(object_limit, now)}};
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

  // Article 23: within five working days of the assignment, with reasons.
  Result<Events> operator()(const Object& object) const {
    if (state.objection_until && now.at > state.objection_until->at)
      return Error{Code::conflict,
                   {key::case_objection_too_late, {{"until", to_iso(now.zone.day_of(state.objection_until->at))}}}};
    if (!object.reason) return missing("reason");
    return Events{Objected{object.reason}};
  }

  Result<Events> operator()(const Rule& rule) const {
    if (!rule.reason) return missing("reason");
    Events events{Ruled{rule.upheld, rule.reason}};
    if (!rule.unit) return events;
    if (!rule.upheld || now.pack.find_unit(*rule.unit) == nullptr || state.unit == rule.unit)
      return unknown_code("unit", rule.unit->text, {rule.upheld ? key::expected_other_unit : key::expected_no_unit});
    events.emplace_back(Assigned{*rule.unit, due(object_limit, now)});
    return events;
  }

  Result<Events> operator()(const Ask& ask) const {
    if (!ask.words) return missing("words");
    return Events{Asked{ask.words}};
  }

  Result<Events> operator()(const Reply& reply) const {
    if (!reply.words) return missing("words");
    return Events{Replied{reply.words}};
  }

  Result<Events> operator()(const Withdraw& withdraw) const { return Events{Withdrawn{withdraw.words}}; }

  Result<Events> operator()(const Reopen& reopen) const {
    if (state.reopening_until && now.at > state.reopening_until->at)
      return Error{Code::conflict, {key::case_reopen_too_late, {{"until", to_iso(now.zone.day_of(state.reopening_until->at))}}}};
    if (!reopen.words) return missing("words");
    return Events{Reopened{due(finish_limit, now), reopen.words}};
  }

  Result<Events> operator()(const Pause& pause) const {
    if (now.pack.find_pause(pause.reason) == nullptr) return unknown_code("reason", pause.reason.text, {key::expected_pause});
    if (!pause.words) return missing("words");
    std::vector<RuleCode> stopped;
    for (const auto& clock : state.clocks) {
      const auto* limit = now.pack.find_limit(clock.due.rule);
      if (!clock.met && limit != nullptr && rules::is_stopped_by(*limit, pause.reason)) stopped.push_back(clock.due.rule);
    }
    return Events{Paused{pause.reason, std::move(stopped), pause.words}};
  }

  Result<Events> operator()(const Resume&) const {
    std::vector<rules::Due> dues;
    for (auto clock : state.clocks) {
      if (rules::find_stop(clock) == nullptr) continue;
      clock.pauses.back().to = now.at;
      dues.push_back(rules::due_again(clock, now.pack.calendar, now.zone));
    }
    return Events{Resumed{std::move(dues)}};
  }

  // Article 34: the head approves, at most 30 days more, and the requester is told why.
  Result<Events> operator()(const AskExtension& ask) const {
    const auto* clock = find_clock(state, finish_limit);
    if (clock == nullptr || clock->met || now.at > clock->due.at) return Error{Code::conflict, {key::case_extension_too_late}};
    const int left = rules::extension_left(*now.pack.find_limit(finish_limit), *clock);
    if (left == 0) return Error{Code::conflict, {key::case_extension_used_up}};
    if (ask.amount < 1 || ask.amount > left) {
      return unknown_code("amount", std::to_string(ask.amount),
                          {key::expected_integer, {{"low", "1"}, {"high", std::to_string(left)}}});
    }
    if (!ask.reason) return missing("reason");
    return Events{ExtensionAsked{finish_limit, ask.amount, now.actor.user, ask.reason}};
  }

  Result<Events> operator()(const RuleExtension& ruling) const {
    const auto& asked = *state.extension_asked;
    if (now.actor.user == asked.by) return Error{Code::forbidden, {key::may_not_own_request}};
    if (!ruling.reason) return missing("reason");
    if (!ruling.approved) return Events{ExtensionRefused{ruling.reason}};
    auto clock = *find_clock(state, asked.rule);
    if (now.at > clock.due.at) return Error{Code::conflict, {key::case_extension_too_late}};
    clock.extended += asked.amount;
    return Events{Extended{rules::due_again(clock, now.pack.calendar, now.zone), asked.amount, ruling.reason}};
  }

  Result<Events> operator()(const Close&) const {
    if (state.phase == Phase::rated) return Events{Closed{true, due(reopen_limit, now)}};
    // Answered and not yet rated: the person's time to judge comes first.
    const auto first_day = now.zone.day_of(*state.answered) + now.pack.rating_days + 1;
    if (now.zone.day_of(now.at) < first_day) {
      return Error{Code::conflict, {key::case_rating_open, {{"until", to_iso(first_day + -1)}}}};
    }
    return Events{Closed{false, due(reopen_limit, now)}};
  }
};

}  // namespace

Result<Events> decide(const State& state, const Command& command, const Situation& situation) {
  if (!fits(state, command)) {
    if (state.objection_open) return Error{Code::conflict, {key::case_objection_open}};
    if (state.pause && (std::holds_alternative<Answer>(command) || std::holds_alternative<RuleExtension>(command)))
      return Error{Code::conflict, {key::case_paused}};
    return Error{Code::conflict,
                 {key::case_wrong_phase, {{"act", word_of_act(name_of_alternative(command))}, {"phase", word_of(state.phase)}}}};
  }
  if (situation.at > situation.now) return unknown_code("at", to_rfc3339(situation.at), {key::case_at_in_future});
  if (state.phase != Phase::none && situation.at < state.last_at)
    return Error{Code::conflict, {key::case_at_before_last, {{"last", to_rfc3339(state.last_at)}}}};
  return std::visit(Decide{state, situation}, command);
}

namespace {

// It fits, but not now: too early or too late.
bool is_untimely(const State& state, const Command& command, const Situation& situation) {
  if (!std::holds_alternative<Close>(command) && !std::holds_alternative<Object>(command) &&
      !std::holds_alternative<Reopen>(command) && !std::holds_alternative<AskExtension>(command))
    return false;
  const auto decided = std::visit(Decide{state, situation}, command);
  return !decided.ok() && decided.error().code == Code::conflict;
}

}  // namespace

std::vector<std::string_view> offered(const State& state, RecordId id, const Actor& actor, const Situation& situation) {
  static const std::vector<Command> all{Accept{},   NotAccept{}, Assign{}, Start{},  Note{},         Answer{},
                                        Rate{},     Close{},     Object{}, Rule{},   Ask{},          Reply{},
                                        Withdraw{}, Reopen{},    Pause{},  Resume{}, AskExtension{}, RuleExtension{}};
  std::vector<std::string_view> acts;
  for (const auto& command : all) {
    const auto act = name_of_alternative(command);
    if (!fits(state, command) || !may(actor, act, bond(state, id, actor), Case::rights()).ok()) continue;
    if (is_untimely(state, command, situation)) continue;
    acts.push_back(act);
  }
  return acts;
}

}  // namespace huiyin::cases
