// The side ways: objection, question, pause, supporting units, promises, splitting, and who has to do with a case.
#include <algorithm>

#include "domain/case/deciding.h"

namespace huiyin::cases {

using rules::object_limit;

// Article 23: within five working days of the assignment, with reasons.
Result<Events> Decide::operator()(const Object& object) const {
  if (!state.objection_until) return conflict(key::case_objection_none);
  if (auto late = refuse_after(state.objection_until, key::case_objection_too_late)) return *std::move(late);
  if (!object.reason) return missing("reason");
  return Events{Objected{object.reason}};
}

Result<Events> Decide::operator()(const Rule& rule) const {
  if (!rule.reason) return missing("reason");
  Events events{Ruled{rule.upheld, rule.reason}};
  if (!rule.unit) return events;
  if (!rule.upheld || state.unit == rule.unit)
    return invalid_field("unit", rule.unit->text, {rule.upheld ? key::expected_other_unit : key::expected_no_unit});
  if (auto wrong = refuse_unit("unit", *rule.unit)) return *std::move(wrong);
  events.emplace_back(Assigned{*rule.unit, due(object_limit)});
  return events;
}

Result<Events> Decide::operator()(const Ask& ask) const {
  if (!ask.words) return missing("words");
  return Events{Asked{ask.words}};
}

// 政府信息公开条例 art. 30: within seven working days of the receipt, once, saying what is to be put right and by when.
Result<Events> Decide::operator()(const AskCorrection& ask) const {
  const auto* limit = now.pack.find_limit_for(rules::correction_limit, state.category);
  if (!state.ask_correction_until || limit == nullptr) return conflict(key::case_correction_none);
  if (state.correction_until) return conflict(key::case_correction_once);
  if (auto late = refuse_after(state.ask_correction_until, key::case_correction_too_late)) return *std::move(late);
  if (!ask.words) return missing("words");
  return Events{CorrectionAsked{rules::due_of(*limit, now.at, now.pack.calendar, now.zone), stopped_by(rules::correction_pause),
                                ask.words}};
}

// The same article: the time to answer counts from the receipt of the corrected request; however late it comes, as long as the
// case has not lapsed.
Result<Events> Decide::operator()(const Reply& reply) const {
  if (!reply.words) return missing("words");
  Events events;
  if (!state.correction_open) {
    events.emplace_back(Replied{reply.words});
  } else {
    if (state.pause) events.emplace_back(resumed());  // work goes on, whatever it rested for
    events.emplace_back(Corrected{due(rules::finish_limit), reply.words});
  }
  watch_for_danger(reply.words, events);
  return events;
}

Result<Events> Decide::operator()(const Withdraw& withdraw) const {
  Events events{Withdrawn{withdraw.words}};
  watch_for_danger(withdraw.words, events);
  return events;
}

Result<Events> Decide::operator()(const Pause& pause) const {
  if (now.pack.find_pause(pause.reason) == nullptr || pause.reason == rules::correction_pause)
    return invalid_field("reason", pause.reason.text, {key::expected_pause});
  if (!pause.words) return missing("words");
  return Events{Paused{pause.reason, stopped_by(pause.reason), pause.words}};
}

Result<Events> Decide::operator()(const Resume&) const { return Events{resumed()}; }

std::vector<RuleCode> Decide::stopped_by(const PauseCode& reason) const {
  std::vector<RuleCode> stopped;
  for (const auto& clock : state.clocks) {
    const auto* limit = rules::limit_of(now.pack, clock.due);
    if (!clock.met && limit != nullptr && rules::is_stopped_by(*limit, reason)) stopped.push_back(clock.due.rule);
  }
  return stopped;
}

Resumed Decide::resumed() const {
  std::vector<rules::Due> dues;
  for (auto clock : state.clocks) {
    if (!rules::is_held(clock)) continue;
    clock.pauses.back().to = now.at;
    dues.push_back(rules::due_again(clock, now.pack.calendar, now.zone));
  }
  return {std::move(dues)};
}

// ---- Supporting units
// ------------------------------------------------------------------------------------------------------------------

namespace {

const SupportingUnit* find_support(const State& state, const std::optional<UnitCode>& unit) {
  const auto found = std::ranges::find_if(state.supports, [&](const auto& one) { return one.unit == unit; });
  return found == state.supports.end() ? nullptr : &*found;
}

}  // namespace

// A unit whose part is there may be asked for another.
Result<Events> Decide::operator()(const Support& support) const {
  const auto* known = find_support(state, support.unit);
  const bool all_busy = std::ranges::none_of(state.supports, &SupportingUnit::done);
  if (state.supports.size() >= supports_max && (known == nullptr || all_busy)) return conflict(key::case_supports_many);
  if (auto wrong = refuse_unit("unit", support.unit)) return *std::move(wrong);
  if (support.unit == state.unit || (known != nullptr && !known->done))
    return invalid_field("unit", support.unit.text, {key::expected_unit_not_on_case});
  return Events{Supported{support.unit}};
}

Result<Events> Decide::operator()(const ReleaseSupport& release) const {
  const auto* support = find_support(state, release.unit);
  if (support == nullptr) return invalid_field("unit", release.unit.text, {key::expected_supporting_unit});
  if (!release.reason) return missing("reason");
  return Events{SupportReleased{release.unit, release.reason}};
}

Result<Events> Decide::operator()(const Contribute& contribute) const {
  const auto* support = find_support(state, now.actor.unit);
  if (support == nullptr || support->done) return conflict(key::case_part_done);
  if (!contribute.words) return missing("words");
  return Events{Contributed{support->unit, now.actor.user, contribute.words}};
}

// ---- Promises
// ------------------------------------------------------------------------------------------------------------------

Result<Events> Decide::operator()(const Promise& promise) const {
  if (promises_of(state).size() >= promises_max) return conflict(key::case_promises_many);
  if (!promise.words) return missing("words");
  const auto today = now.zone.day_of(now.at);
  if (!promise.until) return missing("until");
  if (*promise.until <= today || *promise.until > today + promise_days_max) {
    return invalid_field("until", to_iso(*promise.until),
                         {key::expected_day_between, {{"first", to_iso(today + 1)}, {"last", to_iso(today + promise_days_max)}}});
  }
  const rules::Terms terms{rules::Count::calendar_days, *promise.until - today};
  return Events{Promised{rules::due_of(rules::promise_limit, terms, now.at, 0, {}, now.pack.calendar, now.zone), promise.words}};
}

Result<Events> Decide::operator()(const Fulfil& fulfil) const {
  const auto promises = promises_of(state);
  const auto index = static_cast<std::size_t>(std::max(fulfil.promise, 0));
  if (index < 1 || index > promises.size() || promises[index - 1]->met)
    return invalid_field("promise", std::to_string(fulfil.promise), {key::expected_open_promise});
  if (!fulfil.words) return missing("words");
  return Events{Fulfilled{fulfil.promise, now.at <= promises[index - 1]->due.at, fulfil.words}};
}

// ---- Other cases, other bodies
// ------------------------------------------------------------------------------------------------------------------

Result<Events> Decide::operator()(const ProveHandOver& prove) const {
  if (!prove.words) return missing("words");
  // The limit that the other body takes over: to answer, or before that, to accept.
  const auto& limit = find_clock(state, rules::finish_limit) != nullptr ? rules::finish_limit : rules::accept_limit;
  return Events{HandOverProved{prove.taken, in_time(limit), prove.words}};
}

Result<Events> Decide::operator()(const SplitBack& back) const {
  if (!back.reason && !now.actor.is(Role::system)) return missing("reason");
  return Events{SplitBackFrom{back.reason}};
}

Result<Events> Decide::operator()(const Split& split) const {
  if (state.sealed) return conflict(key::case_sealed_alone);  // its parts could stand in clear
  if (has_open_promise(state)) return conflict(key::case_promise_open);  // nobody would keep it any more
  if (state.correction_until) return conflict(key::case_correction_whole);  // once only, so not of each part again
  if (split.parts.size() < split_cases_min || split.parts.size() > split_cases_max) {
    return invalid_field(
        "parts", std::to_string(split.parts.size()),
        {key::expected_list, {{"min", std::to_string(split_cases_min)}, {"max", std::to_string(split_cases_max)}}});
  }
  return Events{SplitUp{split.into}};
}

// Nobody answers a complaint of themselves, nor what they have an interest in, not by way of another case either; and an answer
// that would not do here does not come from there: it goes back to be dealt with by others.
Result<Events> Decide::operator()(const TakeAnswer& taken) const {
  const Answer answer{taken.words, taken.outcome, taken.parts};
  const bool unsigned_here = now.pack.answer_for(state.category).signed_off && !taken.signed_by;
  if (is_about(taken.unit) || !same_bars(bars_of(state), taken.bars) || unsigned_here || !faults_of(answer).empty())
    return Events{SplitBackFrom{}};
  auto event = answered(answer);
  event.by = taken.by;
  event.signed_by = taken.signed_by;
  event.taken_from = taken.unit;
  if (!taken.took_part.nobody()) event.took_part = taken.took_part;
  return Events{std::move(event)};
}

// ---- Who has to do with it
// ------------------------------------------------------------------------------------------------------------------

Result<Events> Decide::operator()(const SetAbout& about) const {
  if (about.unit && now.pack.find_unit(*about.unit) == nullptr)
    return invalid_field("unit", about.unit->text, {key::expected_unit});
  if (!about.login.empty() && !about.found) return invalid_field("login", about.login, {key::expected_colleague});
  AboutSet event{about.unit, about.found ? std::optional(about.found->user) : std::nullopt, {}, about.reason, {}};
  const bool lets_in =
      (state.about_unit && about.unit != state.about_unit) || (state.about_user && event.user != state.about_user);
  if (lets_in && !about.reason) return missing("reason");
  if (lets_in) event.lets_in = true;
  const auto leaves = [&](const std::optional<UnitCode>& unit) {
    if (!unit || !about.unit) return false;
    const auto chain = now.pack.chain_of(*unit);
    return std::ranges::find(chain, *about.unit) != chain.end();
  };
  const auto units = units_of(state);
  if (leaves(units.lead)) event.left.push_back(*units.lead);
  for (const auto& unit : units.supports) {
    if (leaves(unit)) event.left.push_back(unit);
  }
  if (leaves(units.review)) event.left.push_back(*units.review);
  return Events{std::move(event)};
}

// Article 28: who has a direct interest leaves the matter.
Result<Events> Decide::operator()(const Recuse& recuse) const {
  if (!recuse.reason) return missing("reason");
  return Events{Recused{now.actor.user, recuse.reason}};
}

Result<Events> Decide::operator()(const ChangeHandler& change) const {
  const auto& found = change.found;
  const bool may_take = found && found->is_officer && found->unit == state.unit && found->user != state.handler &&
                        found->user != state.about_user && std::ranges::find(state.recused, found->user) == state.recused.end();
  if (!may_take) return invalid_field("login", change.login, {key::expected_colleague_of_unit});
  return Events{HandlerChanged{found->user}};
}

Result<Events> Decide::operator()(const SetUrgent& urgent) const {
  if (!urgent.reason) return missing("reason");
  return Events{UrgencySet{urgent.urgent ? std::optional(due(rules::urgent_limit)) : std::nullopt, urgent.reason}};
}

}  // namespace huiyin::cases
