// Review (复查, 信访工作条例 art. 35), re-review (复核, art. 36), and what the watcher notes of the clocks.
#include <algorithm>

#include "domain/case/deciding.h"

namespace huiyin::cases {
namespace {

const RuleCode& limit_of(ReviewLevel level) { return level == ReviewLevel::review ? rules::review_limit : rules::rereview_limit; }

}  // namespace

Result<Events> Decide::operator()(const AskReview& ask) const {
  if (state.final) return conflict(key::case_final);
  if (auto late = refuse_after(state.review_until, key::case_review_too_late)) return *std::move(late);
  if (!ask.words) return missing("words");
  const auto level = state.reviewed ? ReviewLevel::rereview : ReviewLevel::review;
  Events events{ReviewAsked{level, due(limit_of(level)), ask.words}};
  watch_for_danger(ask.words, events);
  return events;
}

// Others decide: neither a unit that had to do with an answer or with the review before, nor one below it.
Result<Events> Decide::operator()(const AssignReview& assign) const {
  if (auto wrong = refuse_unit("unit", assign.unit)) return *std::move(wrong);
  const auto units = units_of(state);
  const auto chain = now.pack.chain_of(assign.unit);
  const auto answered = [&](const UnitCode& unit) {
    const auto& answering = state.took_part.units;
    return units.lead == unit || std::ranges::find(units.supports, unit) != units.supports.end() ||
           std::ranges::find(answering, unit) != answering.end();
  };
  if (std::ranges::any_of(chain, answered) || units.review == assign.unit)
    return invalid_field("unit", assign.unit.text, {key::expected_unit_above});
  return Events{ReviewAssigned{assign.unit}};
}

bool Decide::takes_no_part() const {
  return !now.actor.user || std::ranges::find(state.took_part.people, *now.actor.user) == state.took_part.people.end();
}

Result<Events> Decide::operator()(const DecideReview& decide) const {
  if (!takes_no_part()) return Error{Code::forbidden, {key::may_not_took_part}};
  std::vector<FieldError> wrong;
  if (!decide.outcome) wrong.push_back(missing_field("outcome"));
  if (!decide.words) wrong.push_back(missing_field("words"));
  if (!wrong.empty()) return invalid_fields(std::move(wrong));
  ReviewDecided event{};
  event.level = state.review->level;
  event.outcome = *decide.outcome;
  event.on_time = in_time(limit_of(event.level));
  event.by = now.actor.user;
  event.words = decide.words;
  if (event.outcome == ReviewOutcome::set_aside) event.finish = due(rules::finish_limit);
  else if (event.level == ReviewLevel::review) event.next = due(rules::ask_rereview_limit);
  else event.final = true;
  return Events{std::move(event)};
}

// ---- The clocks
// ------------------------------------------------------------------------------------------------------------------

Result<Events> Decide::operator()(const Watch&) const {
  Events events;
  for (std::size_t i = 0; i < state.clocks.size(); ++i) {
    const auto& clock = state.clocks[i];
    if (!still_runs(state, clock) || clock.overdue_noted || rules::find_stop(clock) != nullptr) continue;
    const auto number = static_cast<int>(i);
    const auto remind = clock.reminded ? std::nullopt : rules::remind_at(clock);
    if (now.at > clock.due.at) events.emplace_back(WentOverdue{number, clock.due.rule, clock.due.at});
    else if (remind && now.at >= *remind) events.emplace_back(Reminded{number, clock.due.rule, clock.due.at});
  }
  return events;
}

Result<Events> Decide::operator()(const Recount&) const {
  std::vector<rules::Due> dues;
  const auto count_again = [&](const rules::LegalClock& clock) {
    if (clock.met || !clock.due.provisional() || rules::is_held(clock)) return;  // it is counted when work goes on
    if (auto again = rules::due_again(clock, now.pack.calendar, now.zone); again != clock.due) dues.push_back(std::move(again));
  };
  if (!is_over(state.phase)) std::ranges::for_each(state.clocks, count_again);
  for (const auto member : windows) {
    if (is_of_use(state, member)) count_again(*(state.*member));
  }
  if (dues.empty()) return Events{};
  return Events{Recounted{std::move(dues)}};
}

}  // namespace huiyin::cases
