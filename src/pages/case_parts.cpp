#include "pages/case_parts.h"

#include <fmt/format.h>

#include "base/text.h"
#include "domain/case/words.h"
#include "domain/rules/explanation.h"
#include "pages/layout.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

using cases::Phase;

template <class Event>
const app::StoryEvent* last(const app::CaseView& view) {
  const auto found = std::find_if(view.story.rbegin(), view.story.rend(),
                                  [](const auto& one) { return std::holds_alternative<Event>(one.event); });
  return found == view.story.rend() ? nullptr : &*found;
}

const rules::LegalClock* find_running(const cases::State& state, const RuleCode& rule) {
  const auto found = std::ranges::find_if(state.clocks, [&](const auto& clock) { return clock.due.rule == rule && !clock.met; });
  return found == state.clocks.end() ? nullptr : &*found;
}

// ---- The drawn line
// ------------------------------------------------------------------------------------------------------------

enum class Stage : std::uint8_t { done, now, ahead, refused };

Html stage_shape(Stage stage) {
  const auto svg = [](std::string_view css, std::initializer_list<Content> inside) {
    return tag("svg", {{"class", css}, {"viewBox", "0 0 32 32"}, {"aria-hidden", "true"}, {"focusable", "false"}}, inside);
  };
  switch (stage) {
    case Stage::done:
      return svg("node done",
                 {tag("circle", {{"cx", "16"}, {"cy", "16"}, {"r", "13"}}), tag("path", {{"d", "M9.5 16.5l4.5 4.5 8.5-9.5"}})});
    case Stage::now: return mark_svg("node now");
    case Stage::ahead: return svg("node ahead", {tag("circle", {{"cx", "16"}, {"cy", "16"}, {"r", "8"}})});
    case Stage::refused:
      return svg("node refused", {tag("circle", {{"cx", "16"}, {"cy", "16"}, {"r", "13"}}), tag("path", {{"d", "M10 16h12"}})});
  }
  return {};
}

struct Step {
  Stage stage;
  std::string name;
  Html below{};  // a day, a unit, a limit
};

Html step_html(const Setting& here, const Step& step) {
  const auto state = step.stage == Stage::done ? key::stage_done : step.stage == Stage::now ? key::stage_now : key::stage_ahead;
  const auto unsaid = step.stage == Stage::refused ? Html() : tag("span", {{"class", "unseen"}}, {here.say(state)});
  return tag("li",
             {{"class", step.stage == Stage::done ? "passed" : "open"},
              {"aria-current", step.stage == Stage::now ? std::optional<std::string>("step") : std::nullopt}},
             {stage_shape(step.stage), tag("div", {{"class", "step"}},
                                           {tag("span", {{"class", "step-name"}}, {step.name, unsaid}),
                                            tag("span", {{"class", "step-below"}}, {step.below})})});
}

Html by_day(const Setting& here, const rules::LegalClock* clock) {
  if (clock == nullptr) return {};
  return text(here.say(key::by_day, {{"day", day_words(here, clock->due.at)}})) + tag("br") + due_mark(here, clock->due.at);
}

Html day_of(const Setting& here, const app::StoryEvent* event) { return event == nullptr ? Html() : day_html(here, event->at); }

Step accept_step(const Setting& here, const app::CaseView& view) {
  if (view.state.phase == Phase::received) {
    return {Stage::now, here.say(key::step_to_be_accepted), by_day(here, find_running(view.state, rules::accept_limit))};
  }
  return {Stage::done, here.say(key::phase_accepted), day_of(here, last<cases::Accepted>(view))};
}

Step work_step(const Setting& here, const app::CaseView& view) {
  const auto phase = view.state.phase;
  Step step{Stage::done, here.say(key::phase_in_work)};
  if (phase == Phase::received) step.stage = Stage::ahead;
  if (phase == Phase::accepted || phase == Phase::assigned || phase == Phase::in_work) step.stage = Stage::now;
  if (view.state.unit) step.below += text(here.name_of(*view.state.unit));
  if (step.stage == Stage::now && came_back(view)) {
    step.below +=
        tag("br") + tag("span", {{"class", "mark-late"}},
                        {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"↩"}), here.say(key::step_came_back)});
  }
  return step;
}

Step answer_step(const Setting& here, const app::CaseView& view) {
  const auto phase = view.state.phase;
  const bool answered = phase == Phase::answered || phase == Phase::rated || phase == Phase::closed;
  if (answered) return {Stage::done, here.say(key::phase_answered), day_of(here, last<cases::Answered>(view))};
  return {Stage::ahead, here.say(key::phase_answered), by_day(here, find_running(view.state, rules::finish_limit))};
}

Step solved_step(const Setting& here, const app::CaseView& view) {
  const auto phase = view.state.phase;
  if (is_solved(view)) return {Stage::done, here.say(key::step_solved), day_of(here, last<cases::Rated>(view))};
  if (phase == Phase::answered) return {Stage::now, here.say(key::step_solved), text(here.say(key::step_solved_open))};
  if (phase == Phase::closed) return {Stage::refused, here.say(key::step_solved), text(here.say(key::step_solved_unsaid))};
  return {Stage::ahead, here.say(key::step_solved), {}};
}

// ---- The story
// -----------------------------------------------------------------------------------------------------------------

// What an event says beyond its name.
struct StoryWords {
  const Setting& here;

  Html operator()(const cases::Submitted&) const { return {}; }
  Html operator()(const cases::Accepted& event) const { return paragraph(here.name_of(event.category)); }
  Html operator()(const cases::NotAccepted& event) const { return event.reason ? said(*event.reason) : Html(); }
  Html operator()(const cases::Assigned& event) const { return paragraph(here.name_of(event.unit)); }
  Html operator()(const cases::Started&) const { return {}; }
  Html operator()(const cases::Noted& event) const { return event.words ? said(*event.words) : Html(); }
  Html operator()(const cases::Answered& event) const { return event.words ? said(*event.words) : Html(); }
  Html operator()(const cases::Rated& event) const {
    Html out;
    if (event.contacted) out += paragraph(here.say(*event.contacted ? key::rated_contacted : key::rated_not_contacted));
    if (event.solved) out += paragraph(here.say(*event.solved ? key::rated_solved : key::rated_not_solved));
    if (event.satisfaction)
      out += paragraph(here.say(key::rated_satisfaction, {{"satisfaction", cases::word_of(*event.satisfaction)}}));
    if (event.words) out += said(*event.words);
    if (out.empty()) out = paragraph("hint", here.say(key::rated_private));
    return out;
  }
  Html operator()(const cases::Returned&) const { return paragraph(here.say(key::returned_words)); }
  Html operator()(const cases::Objected& event) const { return event.reason ? said(*event.reason) : Html(); }
  Html operator()(const cases::Ruled& event) const {
    return paragraph(here.say(event.upheld ? key::ruled_upheld : key::ruled_not_upheld)) +
           (event.reason ? said(*event.reason) : Html());
  }
  Html operator()(const cases::Asked& event) const { return event.words ? said(*event.words) : Html(); }
  Html operator()(const cases::Replied& event) const { return event.words ? said(*event.words) : Html(); }
  Html operator()(const cases::Paused& event) const {
    const auto* reason = here.pack.find_pause(event.reason);
    return (reason == nullptr ? Html() : paragraph(here.say(key::paused_because, {{"reason", here.in(reason->name)}}))) +
           (event.words ? said(*event.words) : Html());
  }
  Html operator()(const cases::Resumed&) const { return {}; }
  Html operator()(const cases::ExtensionAsked& event) const {
    return paragraph(here.say(key::extension_amount, {{"amount", amount_words(here, event.rule, event.amount)}})) +
           (event.reason ? said(*event.reason) : Html());
  }
  Html operator()(const cases::Extended& event) const {
    return paragraph(here.say(key::extension_amount, {{"amount", amount_words(here, event.due.rule, event.amount)}})) +
           (event.reason ? said(*event.reason) : Html());
  }
  Html operator()(const cases::ExtensionRefused& event) const { return event.reason ? said(*event.reason) : Html(); }
  Html operator()(const cases::Withdrawn& event) const { return event.words ? said(*event.words) : Html(); }
  Html operator()(const cases::Reopened& event) const { return event.words ? said(*event.words) : Html(); }
  Html operator()(const cases::Closed& event) const {
    return paragraph(here.say(event.rated ? key::closed_rated : key::closed_unrated));
  }
};

std::string_view look_of(const cases::Event& event) {
  if (std::holds_alternative<cases::Returned>(event)) return "back";
  if (std::holds_alternative<cases::Answered>(event)) return "answer";
  if (std::holds_alternative<cases::Noted>(event)) return "note";
  return "plain";
}

Html clock_bar(const Setting& here, const rules::LegalClock& clock) {
  constexpr std::int64_t width = 200;
  const auto whole = std::max<std::int64_t>(1, (clock.due.at - clock.start).count());
  const auto until = clock.met.value_or(here.now);
  const auto passed = std::clamp<std::int64_t>((until - clock.start).count() * width / whole, 0, width);
  return tag("svg",
             {{"class", "bar"},
              {"viewBox", "0 0 200 6"},
              {"preserveAspectRatio", "none"},
              {"aria-hidden", "true"},
              {"focusable", "false"}},
             {tag("rect", {{"class", "bar-whole"}, {"width", "200"}, {"height", "6"}, {"rx", "3"}}),
              tag("rect", {{"class", "bar-passed"}, {"width", fmt::format("{}", passed)}, {"height", "6"}, {"rx", "3"}})});
}

Html standing_mark(const Setting& here, const rules::LegalClock& clock) {
  const auto standing = rules::standing_of(clock, here.now);
  if (standing == rules::Standing::running || standing == rules::Standing::overdue) return due_mark(here, clock.due.at);
  const bool late = standing == rules::Standing::met_late;
  return tag(
      "span", {{"class", late ? "mark-late" : "mark-good"}},
      {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {late ? "▲" : "✓"}), here.say(cases::word_of(standing))});
}

}  // namespace

bool is_solved(const app::CaseView& view) {
  if (view.state.phase == Phase::rated) return true;
  const auto* closed = last<cases::Closed>(view);
  return closed != nullptr && std::get<cases::Closed>(closed->event).rated;
}

bool came_back(const app::CaseView& view) {
  const auto* returned = last<cases::Returned>(view);
  const auto* answered = last<cases::Answered>(view);
  return returned != nullptr && (answered == nullptr || answered->number < returned->number);
}

Html phase_mark(const Setting& here, Phase phase, bool returned) {
  const bool back = returned && phase == Phase::in_work;
  const bool ended = cases::is_over(phase);
  const std::string_view shape = back ? "↩" : phase == Phase::received ? "●" : phase == Phase::answered ? "◐" : ended ? "■" : "○";
  const std::string look = back ? "mark-late" : ended ? "mark-ended" : phase == Phase::received ? "mark-new" : "mark-plain";
  const auto word = phase == Phase::rated ? key::phase_rated_solved : cases::word_of(phase);
  return tag("span", {{"class", look}},
             {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {shape}), here.say(back ? key::phase_back : word)});
}

Html way_line(const Setting& here, const app::CaseView& view) {
  std::vector<Step> steps;
  steps.push_back({Stage::done, here.say(key::phase_received), day_of(here, last<cases::Submitted>(view))});
  if (view.state.phase == Phase::not_accepted) {
    steps.push_back({Stage::refused, here.say(key::phase_not_accepted), day_of(here, last<cases::NotAccepted>(view))});
  } else if (view.state.phase == Phase::withdrawn) {
    steps.push_back({Stage::refused, here.say(key::phase_withdrawn), day_of(here, last<cases::Withdrawn>(view))});
  } else {
    for (const auto step : {accept_step, work_step, answer_step, solved_step}) steps.push_back(step(here, view));
  }
  Html list;
  for (const auto& step : steps) list += step_html(here, step);
  return tag("ol", {{"class", "way"}, {"aria-label", here.say(key::way_label)}}, {std::move(list)});
}

Html why_this_day(const Setting& here, const rules::LegalClock& clock) {
  const auto* limit = here.pack.find_limit(clock.due.rule);
  if (limit == nullptr) return {};
  return tag("details", {{"class", "why"}},
             {tag("summary", {}, {here.say(key::why_this_day)}),
              tag("p", {}, {say(rules::explain(clock, here.zone), here.pack, here.zone, here.language)}),
              tag("p", {{"class", "source"}}, {here.in(limit->source)})});
}

Html clock_list(const Setting& here, const cases::State& state) {
  // Of a case that ended without it, a limit runs no more.
  const bool over = cases::is_over(state.phase);
  const auto ended = tag("span", {{"class", "hint"}}, {here.say(key::clock_ended)});
  Html list;
  for (const auto& clock : state.clocks) {
    const auto* limit = here.pack.find_limit(clock.due.rule);
    const auto name = limit == nullptr ? clock.due.rule.text : here.in(limit->name);
    list += tag("li", {},
                {tag("div", {{"class", "clock-head"}},
                     {tag("strong", {}, {name}), over && !clock.met ? ended : standing_mark(here, clock)}),
                 clock_bar(here, clock),
                 tag("p", {{"class", "clock-days"}}, {here.say(key::clock_until), " ", day_html(here, clock.due.at)}),
                 why_this_day(here, clock)});
  }
  return tag("ul", {{"class", "clocks"}}, {std::move(list)});
}

Html story_list(const Setting& here, const app::CaseView& view) {
  Html list;
  for (auto event = view.story.rbegin(); event != view.story.rend(); ++event) {
    auto head = tag("span", {{"class", "story-what"}}, {here.say(cases::word_of_event(name_of_alternative(event->event)))});
    auto who = event->actor_name.empty() ? Html() : tag("span", {{"class", "story-who"}, {"dir", "auto"}}, {event->actor_name});
    list += tag("li", {{"class", look_of(event->event)}},
                {tag("div", {{"class", "story-head"}}, {std::move(head), time_html(here, event->at), std::move(who)}),
                 std::visit(StoryWords{here}, event->event)});
  }
  return tag("ol", {{"class", "story"}, {"reversed", true}}, {std::move(list)});
}

std::string amount_words(const Setting& here, const RuleCode& rule, int amount) {
  const auto* limit = here.pack.find_limit(rule);
  return say(rules::amount_of(limit == nullptr ? rules::Count::calendar_days : limit->terms.count, amount), here.language);
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

Html words_of_case(const Setting& here, const app::CaseView& view) {
  const auto& submitted = view.submitted;
  Html out;
  if (submitted.body) out += said(*submitted.body);
  Html facts;
  const auto fact = [&](Key name, Content value) {
    facts += tag("dt", {}, {here.say(name)}) + tag("dd", {{"dir", "auto"}}, {std::move(value)});
  };
  if (submitted.place && (*submitted.place).address) fact(key::case_place, *(*submitted.place).address);
  if (view.state.category) fact(key::case_category, here.name_of(*view.state.category));
  fact(key::case_channel, here.say(cases::word_of(submitted.channel)));
  if (!view.story.empty()) fact(key::phase_received, time_html(here, view.story.front().at));
  return out + tag("dl", {{"class", "facts"}}, {std::move(facts)});
}

std::string title_of_case(const Setting& here, const app::CaseView& view) {
  if (view.submitted.subject) return *view.submitted.subject;
  if (!view.submitted.body) return here.say(key::case_without_words);
  const auto& body = *view.submitted.body;
  std::string title(first_characters(body.substr(0, body.find('\n')), cases::title_characters_max));
  if (title.size() < body.size()) title += "…";
  return title;
}

}  // namespace huiyin::pages
