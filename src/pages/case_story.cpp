#include "pages/case_story.h"

#include <fmt/format.h>

#include "domain/case/words.h"
#include "domain/rules/explanation.h"
#include "pages/case_parts.h"
#include "pages/layout.h"
#include "pages/role_words.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

Html maybe_said(const Private<std::string>& words) { return words ? said(*words) : Html(); }

Html road_html(const Setting& here, Key sentence, const RoadCode& code) {
  const auto* road = here.pack.find_road(code);
  return paragraph(here.say(sentence, {{"road", road == nullptr ? code.text : here.in(road->name)}}));
}

Html unit_html(const Setting& here, const UnitCode& unit) { return paragraph(here.name_of(unit)); }

// What an event says beyond its name.
struct StoryWords {
  const Setting& here;
  const app::CaseView& view;
  const app::StoryEvent& story;
  Reader reader;

  // A sentence with a due day in it, which explains itself.
  [[nodiscard]] Html by_then(Key sentence, const rules::Due& due) const {
    return dated(here.say(sentence, {{"day", due_words(here, due)}}), due.rule, due.at);
  }
  [[nodiscard]] Html dated(const std::string& sentence, const RuleCode& rule, Instant due) const {
    const auto* clock = find_clock(rule, due);
    return paragraph(sentence) + (clock == nullptr ? Html() : why_this_day(here, *clock));
  }
  // What the watcher noted about a clock.
  [[nodiscard]] Html noted(Key sentence, const RuleCode& rule, Instant due) const {
    const auto* clock = find_clock(rule, due);
    const auto name = clock == nullptr ? clock_name(here, rule) : clock_name(here, clock->due);
    return dated(
        here.say(sentence, {{"limit", name}, {"day", clock == nullptr ? day_words(here, due) : due_words(here, clock->due)}}),
        rule, due);
  }
  [[nodiscard]] const rules::LegalClock* find_clock(const RuleCode& rule, Instant due) const {
    const auto is_it = [&](const rules::LegalClock& clock) { return clock.due.rule == rule && clock.due.at == due; };
    const auto found = std::ranges::find_if(story.clocks, is_it);
    return found == story.clocks.end() ? nullptr : &*found;
  }

  [[nodiscard]] bool staff() const { return reader == Reader::staff; }
  [[nodiscard]] std::string named() const { return story.named ? story.named->name : std::string(); }

  Html operator()(const cases::Submitted& event) const {
    Html out;
    if (event.urgent) out += by_then(key::story_urgent, *event.urgent);
    if (event.about) out += paragraph(here.say(key::story_about, {{"unit", here.name_of(*event.about)}}));
    if (event.people) out += paragraph(here.say(key::story_people, {{"count", fmt::format("{}", *event.people)}}));
    if (event.for_other) out += paragraph(here.say(key::story_for_other));
    if (event.split_from) {
      out += tag("p", {}, {here.say(key::story_split_from), " "}) + case_links(here, {*event.split_from}, reader);
    }
    return out;
  }
  Html operator()(const cases::Accepted& event) const {
    auto out = paragraph(here.name_of(event.category));
    if (staff() && event.correction) out += by_then(key::story_may_ask_correction, *event.correction);
    return out;
  }
  Html operator()(const cases::NotAccepted& event) const {
    return road_html(here, key::story_road, event.road) + maybe_said(event.reason);
  }
  Html operator()(const cases::Assigned& event) const {
    auto out = unit_html(here, event.unit);
    if (staff() && event.objection) out += by_then(key::story_may_object, *event.objection);
    return out;
  }
  Html operator()(const cases::Started&) const { return {}; }
  Html operator()(const cases::Noted& event) const { return maybe_said(event.words); }
  Html operator()(const cases::Answered& event) const {
    Html out;
    if (event.taken_from) out += paragraph(here.say(key::story_taken, {{"unit", here.name_of(*event.taken_from)}}));
    if (staff() && event.signed_by && !named().empty()) out += paragraph(here.say(key::story_written_by, {{"name", named()}}));
    if (staff()) out += answer_html(here, view.state.category, {event.outcome, event.parts, event.words});
    else out += paragraph(here.say(key::story_stands_above));
    if (event.review) out += by_then(key::story_may_ask_review, *event.review);
    return out;
  }
  Html operator()(const cases::Rated& event) const {
    Html out;
    if (event.contacted) out += paragraph(here.say(*event.contacted ? key::rated_contacted : key::rated_not_contacted));
    if (event.solved) out += paragraph(here.say(*event.solved ? key::rated_solved : key::rated_not_solved));
    if (event.satisfaction)
      out += paragraph(here.say(key::rated_satisfaction, {{"satisfaction", cases::word_of(*event.satisfaction)}}));
    out += maybe_said(event.words);
    if (out.empty()) out = paragraph("hint", here.say(key::rated_private));
    return out;
  }
  Html operator()(const cases::Returned&) const { return paragraph(here.say(key::returned_words)); }
  Html operator()(const cases::Objected& event) const { return maybe_said(event.reason); }
  Html operator()(const cases::Ruled& event) const {
    return paragraph(here.say(event.upheld ? key::ruled_upheld : key::ruled_not_upheld)) + maybe_said(event.reason);
  }
  Html operator()(const cases::Asked& event) const { return maybe_said(event.words); }
  Html operator()(const cases::Replied& event) const { return maybe_said(event.words); }
  Html operator()(const cases::CorrectionAsked& event) const {
    return by_then(key::story_correction_by, event.due) + maybe_said(event.words);
  }
  Html operator()(const cases::Corrected& event) const {
    return by_then(key::story_answer_by, event.due) + maybe_said(event.words);
  }
  Html operator()(const cases::Lapsed& event) const { return maybe_said(event.reason); }
  Html operator()(const cases::Paused& event) const {
    const auto* reason = here.pack.find_pause(event.reason);
    return (reason == nullptr ? Html() : paragraph(here.say(key::paused_because, {{"reason", here.in(reason->name)}}))) +
           maybe_said(event.words);
  }
  Html operator()(const cases::Resumed& event) const { return new_days(event.dues); }
  Html operator()(const cases::Extended& event) const {
    return paragraph(here.say(key::extension_amount, {{"amount", amount_words(here, event.due.terms.count, event.amount)}})) +
           by_then(key::story_answer_by, event.due) + maybe_said(event.reason);
  }
  Html operator()(const cases::Withdrawn& event) const { return maybe_said(event.words); }
  Html operator()(const cases::Reopened& event) const {
    const bool accepted = event.due.rule != rules::accept_limit;
    return by_then(accepted ? key::story_answer_by : key::story_accept_by, event.due) + maybe_said(event.words) +
           maybe_said(event.reason);
  }
  Html operator()(const cases::Closed& event) const {
    auto out = paragraph(here.say(event.rated ? key::closed_rated : key::closed_unrated));
    if (event.reopening) out += by_then(key::story_may_reopen, *event.reopening);
    return out;
  }

  // ---- What nobody does alone
  // ----------------------------------------------------------------------------------------------------------------
  Html operator()(const cases::Proposed& event) const { return proposal_html(here, view.state, event); }
  Html operator()(const cases::ProposalRefused& event) const {
    return paragraph(here.say(key::story_deed, {{"deed", cases::word_of(event.deed)}})) + maybe_said(event.reason);
  }
  Html operator()(const cases::ProposalTakenBack& event) const {
    return paragraph(here.say(key::story_deed, {{"deed", cases::word_of(event.deed)}}));
  }
  Html operator()(const cases::Merged& event) const {
    auto out = staff() ? tag("p", {}, {here.say(key::story_merged_into), " "}) + case_links(here, {event.into}, reader)
                       : paragraph(here.say(key::story_merged));
    return out + maybe_said(event.reason);
  }
  Html operator()(const cases::SplitBackFrom& event) const { return maybe_said(event.reason); }
  Html operator()(const cases::SplitUp& event) const {
    return paragraph(here.say(key::story_split_into)) + case_links(here, event.into, reader);
  }
  Html operator()(const cases::HandOverBegun& event) const {
    return road_html(here, key::story_handing_to, event.road) + maybe_said(event.reason);
  }
  Html operator()(const cases::HandOverProved& event) const {
    return paragraph(here.say(event.taken ? key::story_taken_over : key::story_not_taken_over)) + maybe_said(event.words);
  }
  Html operator()(const cases::Revealed& event) const { return revealed_html(here, story, event); }

  // ---- Who has to do with it
  // ----------------------------------------------------------------------------------------------------------------
  Html operator()(const cases::Supported& event) const { return unit_html(here, event.unit); }
  Html operator()(const cases::SupportReleased& event) const { return unit_html(here, event.unit) + maybe_said(event.reason); }
  Html operator()(const cases::Contributed& event) const { return unit_html(here, event.unit) + maybe_said(event.words); }
  Html operator()(const cases::AboutSet& event) const {
    Html out;
    if (event.unit) out += paragraph(here.say(key::story_about, {{"unit", here.name_of(*event.unit)}}));
    if (event.user && !named().empty()) out += paragraph(here.say(key::story_about_person, {{"name", named()}}));
    if (!event.unit && !event.user) out += paragraph(here.say(key::story_about_nobody));
    for (const auto& unit : event.left) out += paragraph(here.say(key::story_left, {{"unit", here.name_of(unit)}}));
    return out + maybe_said(event.reason);
  }
  Html operator()(const cases::Recused& event) const { return maybe_said(event.reason); }
  Html operator()(const cases::HandlerChanged&) const {
    return named().empty() ? Html() : paragraph(here.say(key::story_handler, {{"name", named()}}));
  }
  Html operator()(const cases::UrgencySet& event) const {
    return (event.due ? by_then(key::story_urgent, *event.due) : paragraph(here.say(key::story_not_urgent))) +
           maybe_said(event.reason);
  }

  // ---- Promises, reviews, clocks
  // ----------------------------------------------------------------------------------------------------------------
  Html operator()(const cases::Promised& event) const {
    return by_then(key::story_promise_by, event.due) + maybe_said(event.words);
  }
  Html operator()(const cases::Fulfilled& event) const {
    const auto number = fmt::format("{}", event.promise);
    return paragraph(here.say(event.on_time ? key::story_kept_in_time : key::story_kept_late, {{"number", number}})) +
           maybe_said(event.words);
  }
  Html operator()(const cases::ReviewAsked& event) const {
    return dated(here.say(key::story_review_level, {{"level", cases::word_of(event.level)}, {"day", due_words(here, event.due)}}),
                 event.due.rule, event.due.at) +
           maybe_said(event.words);
  }
  Html operator()(const cases::ReviewAssigned& event) const { return unit_html(here, event.unit); }
  Html operator()(const cases::ReviewDecided& event) const {
    auto out = paragraph(here.say(key::story_review_outcome,
                                  {{"level", cases::word_of(event.level)}, {"outcome", cases::word_of(event.outcome)}})) +
               (staff() ? maybe_said(event.words) : paragraph(here.say(key::story_stands_above)));
    if (event.finish) out += by_then(key::story_answer_by, *event.finish);
    if (event.next) out += by_then(key::story_may_ask_rereview, *event.next);
    if (event.final) out += paragraph(here.say(key::story_final));
    return out;
  }
  Html operator()(const cases::Reminded& event) const { return noted(key::story_reminded, event.rule, event.due); }
  Html operator()(const cases::WentOverdue& event) const { return noted(key::story_overdue, event.rule, event.due); }
  Html operator()(const cases::Recounted& event) const { return new_days(event.dues); }
  [[nodiscard]] Html new_days(const std::vector<rules::Due>& dues) const {
    Html out;
    for (const auto& due : dues) {
      out += dated(here.say(key::story_new_day, {{"limit", clock_name(here, due)}, {"day", due_words(here, due)}}), due.rule,
                   due.at);
    }
    return out;
  }
};

std::string_view look_of(const cases::Event& event) {
  if (std::holds_alternative<cases::Returned>(event) || std::holds_alternative<cases::WentOverdue>(event)) return "back";
  if (std::holds_alternative<cases::Answered>(event) || std::holds_alternative<cases::ReviewDecided>(event)) return "answer";
  if (cases::is_internal(event)) return "note";
  return "plain";
}

}  // namespace

Html answer_html(const Setting& here, const std::optional<CategoryCode>& category, const Stated& stated) {
  Html out;
  if (stated.outcome) {
    out += tag("p", {{"class", "outcome"}},
               {here.say(key::answer_outcome), " ", tag("strong", {}, {here.say(cases::word_of(*stated.outcome))})});
  }
  if (stated.parts) {
    Html list;
    const auto& kind = here.pack.answer_for(category);
    for (const auto& part : *stated.parts) {
      const auto found = std::ranges::find(kind.parts, part.code, &rules::AnswerPart::code);
      const auto name = found == kind.parts.end() ? part.code.text : here.in(found->name);
      list += tag("dt", {}, {name}) + tag("dd", {{"dir", "auto"}, {"class", "said"}}, {part.words});
    }
    if (stated.words) {
      list += tag("dt", {}, {here.say(key::act_answer_words)}) + tag("dd", {{"dir", "auto"}, {"class", "said"}}, {*stated.words});
    }
    return out + tag("dl", {{"class", "parts"}}, {std::move(list)});
  }
  return out + maybe_said(stated.words);
}

Html proposal_html(const Setting& here, const cases::State& state, const cases::Proposed& proposed) {
  auto out = paragraph(here.say(key::story_deed, {{"deed", cases::word_of(proposed.deed)}}));
  if (proposed.road) out += road_html(here, key::story_road, *proposed.road);
  if (proposed.amount) {
    const auto* clock = cases::find_clock(state, rules::finish_limit);
    const auto count = clock == nullptr ? rules::Count::calendar_days : clock->due.terms.count;
    out += paragraph(here.say(key::extension_amount, {{"amount", amount_words(here, count, *proposed.amount)}}));
  }
  if (proposed.into) {
    out += tag("p", {}, {here.say(key::story_merged_into), " "}) + case_links(here, {*proposed.into}, Reader::staff);
  }
  out += answer_html(here, state.category, {proposed.outcome, proposed.parts, proposed.words});
  if (proposed.reason) out += paragraph("hint", here.say(key::proposal_reason)) + said(*proposed.reason);
  return out;
}

Html revealed_html(const Setting& here, const app::StoryEvent& event, const cases::Revealed& revealed) {
  const auto role = event.named ? from_name<Role>(event.named->role) : std::nullopt;
  auto who = here.say(role ? word_of(*role) : key::story_revealed_staff);
  if (event.named && event.named->unit)
    who = here.say(key::story_revealed_unit, {{"unit", here.name_of(*event.named->unit)}, {"role", std::move(who)}});
  auto out = paragraph(here.say(key::story_revealed, {{"who", std::move(who)}}));
  if (event.named && !event.named->name.empty()) out += tag("p", {{"dir", "auto"}}, {event.named->name});
  if (revealed.reason) out += paragraph("hint", here.say(key::proposal_reason)) + said(*revealed.reason);
  return out;
}

Html case_links(const Setting& here, const std::vector<std::string>& references, Reader reader) {
  Html list;
  for (const auto& reference : references) {
    const auto address = (reader == Reader::staff ? "/staff/cases/" : "/track?reference=") + reference;
    list += tag("li", {}, {tag("a", {{"href", here.path(address)}, {"class", "reference"}}, {reference})});
  }
  return tag("ul", {{"class", "references"}}, {std::move(list)});
}

Html story_list(const Setting& here, const app::CaseView& view, Reader reader) {
  Html list;
  for (auto event = view.story.rbegin(); event != view.story.rend(); ++event) {
    auto head = tag("span", {{"class", "story-what"}}, {here.say(cases::word_of_event(name_of_alternative(event->event)))});
    auto who = event->actor_name.empty() ? Html() : tag("span", {{"class", "story-who"}, {"dir", "auto"}}, {event->actor_name});
    list += tag("li", {{"class", look_of(event->event)}},
                {tag("div", {{"class", "story-head"}}, {std::move(head), time_html(here, event->at), std::move(who)}),
                 std::visit(StoryWords{here, view, *event, reader}, event->event)});
  }
  return tag("ol", {{"class", "story"}, {"reversed", true}}, {std::move(list)});
}

Html changes_since(const Setting& here, const app::CaseView& view, std::uint64_t version) {
  Html list;
  for (const auto& event : view.story) {
    if (event.number <= version) continue;
    const auto what = here.say(cases::word_of_event(name_of_alternative(event.event)));
    list += tag("li", {}, {what, " · ", time_html(here, event.at), event.actor_name.empty() ? "" : " · " + event.actor_name});
  }
  if (list.empty()) return {};
  return tag("div", {{"class", "changes"}}, {paragraph(here.say(key::changed_meanwhile)), tag("ul", {}, {std::move(list)})});
}

std::string amount_words(const Setting& here, rules::Count count, int amount) {
  return say(rules::amount_of(count, amount), here.language);
}

std::string clock_name(const Setting& here, const RuleCode& rule) {
  if (rule == rules::promise_limit) return here.say(key::clock_promise);
  const auto* limit = here.pack.find_limit(rule);
  return limit == nullptr ? rule.text : here.in(limit->name);
}

std::string clock_name(const Setting& here, const rules::Due& due) {
  const auto* limit = rules::limit_of(here.pack, due);
  return limit == nullptr ? clock_name(here, due.rule) : here.in(limit->name);
}

}  // namespace huiyin::pages
