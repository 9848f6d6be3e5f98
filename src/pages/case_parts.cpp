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
  const auto day = here.say(key::by_day, {{"day", due_words(here, clock->due)}});
  return tag("a", {{"href", std::string("#") + limits_place}}, {day}) + tag("br") + due_mark(here, clock->due.at);
}

Html day_of(const Setting& here, const app::StoryEvent* event) { return event == nullptr ? Html() : day_html(here, event->at); }

std::string road_name(const Setting& here, const std::optional<RoadCode>& code) {
  const auto* road = code ? here.pack.find_road(*code) : nullptr;
  return road == nullptr ? std::string() : here.in(road->name);
}

bool is_answered(Phase phase) {
  return phase == Phase::answered || phase == Phase::rated || phase == Phase::closed || phase == Phase::in_review;
}

Step accept_step(const Setting& here, const app::CaseView& view) {
  if (view.state.phase == Phase::received) {
    return {Stage::now, here.say(key::step_to_be_accepted), by_day(here, find_running(view.state, rules::accept_limit))};
  }
  return {Stage::done, here.say(key::phase_accepted), day_of(here, last_event<cases::Accepted>(view))};
}

Step work_step(const Setting& here, const app::CaseView& view) {
  const auto phase = view.state.phase;
  Step step{Stage::done, here.say(key::phase_in_work)};
  if (phase == Phase::received) step.stage = Stage::ahead;
  if (phase == Phase::accepted || cases::in_hands(phase)) step.stage = Stage::now;
  if (view.state.unit) step.below += text(here.name_of(*view.state.unit));
  if (step.stage == Stage::now && came_back(view)) {
    step.below +=
        tag("br") + tag("span", {{"class", "mark-late"}},
                        {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"↩"}), here.say(key::step_came_back)});
  }
  return step;
}

// Its answer comes with that of another case.
Step merged_step(const Setting& here, const app::CaseView& view) {
  return {Stage::now, here.say(key::step_merged), day_of(here, last_event<cases::Merged>(view))};
}

Step answer_step(const Setting& here, const app::CaseView& view) {
  if (is_answered(view.state.phase))
    return {Stage::done, here.say(key::phase_answered), day_of(here, last_event<cases::Answered>(view))};
  return {Stage::ahead, here.say(key::phase_answered), by_day(here, find_running(view.state, rules::finish_limit))};
}

Step review_step(const Setting& here, const app::CaseView& view) {
  const auto& review = view.state.review;
  const auto level = review ? review->level : cases::ReviewLevel::review;
  const auto& limit = level == cases::ReviewLevel::review ? rules::review_limit : rules::rereview_limit;
  Step step{Stage::now, here.say(cases::word_of(level))};
  if (review && review->unit) step.below += text(here.name_of(*review->unit)) + tag("br");
  step.below += by_day(here, find_running(view.state, limit));
  return step;
}

Step solved_step(const Setting& here, const app::CaseView& view) {
  const auto phase = view.state.phase;
  if (is_solved(view)) return {Stage::done, here.say(key::step_solved), day_of(here, last_event<cases::Rated>(view))};
  if (view.state.solved)
    return {Stage::refused, here.say(key::step_solved),
            text(here.say(key::step_solved_not)) + tag("br") + day_of(here, last_event<cases::Rated>(view))};
  if (phase == Phase::answered) return {Stage::now, here.say(key::step_solved), text(here.say(key::step_solved_open))};
  if (phase == Phase::closed) return {Stage::refused, here.say(key::step_solved), text(here.say(key::step_solved_unsaid))};
  return {Stage::ahead, here.say(key::step_solved), {}};
}

// An end off the main road.
Step end_step(const Setting& here, const app::CaseView& view, const app::StoryEvent* event) {
  return {Stage::refused, here.say(cases::word_of(view.state.phase)), day_of(here, event)};
}

std::vector<Step> steps_of(const Setting& here, const app::CaseView& view) {
  const Step received{Stage::done, here.say(key::phase_received), day_of(here, last_event<cases::Submitted>(view))};
  const auto road = road_name(here, view.state.road);
  switch (view.state.phase) {
    case Phase::not_accepted: return {received, end_step(here, view, last_event<cases::NotAccepted>(view))};
    case Phase::withdrawn: return {received, end_step(here, view, last_event<cases::Withdrawn>(view))};
    case Phase::split: return {received, end_step(here, view, last_event<cases::SplitUp>(view))};
    case Phase::lapsed: return {received, accept_step(here, view), end_step(here, view, last_event<cases::Lapsed>(view))};
    case Phase::handing_over:
      return {received,
              {Stage::now, here.say(key::phase_handing_over), text(road)},
              {Stage::ahead, here.say(key::step_taken_over), by_day(here, cases::next_clock(view.state))}};
    case Phase::handed_over: {
      auto end = end_step(here, view, last_event<cases::HandOverProved>(view));
      if (!road.empty()) end.below = text(road) + tag("br") + end.below;
      return {received, std::move(end)};
    }
    case Phase::merged:
      return {received, accept_step(here, view), merged_step(here, view), answer_step(here, view), solved_step(here, view)};
    case Phase::in_review:
      return {received,
              accept_step(here, view),
              work_step(here, view),
              answer_step(here, view),
              review_step(here, view),
              solved_step(here, view)};
    case Phase::none:
    case Phase::received:
    case Phase::accepted:
    case Phase::assigned:
    case Phase::in_work:
    case Phase::answered:
    case Phase::rated:
    case Phase::closed: break;
  }
  return {received, accept_step(here, view), work_step(here, view), answer_step(here, view), solved_step(here, view)};
}

// ---- The clocks
// -----------------------------------------------------------------------------------------------------------------

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
  if (standing == rules::Standing::paused) {
    return tag("span", {{"class", "mark-plain"}},
               {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"‖"}), here.say(cases::word_of(standing))});
  }
  const bool late = standing == rules::Standing::met_late;
  return tag(
      "span", {{"class", late ? "mark-late" : "mark-good"}},
      {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {late ? "▲" : "✓"}), here.say(cases::word_of(standing))});
}

Html clock_row(const Setting& here, std::string_view name, const Html& mark, const Html& bar, const rules::LegalClock& clock) {
  return tag(
      "li", {},
      {tag("div", {{"class", "clock-head"}}, {tag("strong", {}, {name}), mark}), bar,
       tag("p", {{"class", "clock-days"}},
           {here.say(key::clock_until), " ", due_html(here, clock.due),
            clock.due.provisional() ? tag("span", {{"class", "hint"}}, {" · ", here.say(key::clock_is_provisional)}) : Html()}),
       why_this_day(here, clock)});
}

// Within which somebody may do something: it closes, and nobody is late.
Html window_row(const Setting& here, const rules::LegalClock& window) {
  const bool closed = here.now > window.due.at;
  const auto mark = tag("span", {{"class", closed ? "mark-ended" : "mark-plain"}},
                        {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {closed ? "■" : "○"}),
                         here.say(closed ? key::window_closed : key::window_open)});
  return clock_row(here, clock_name(here, window.due), mark, Html(), window);
}

}  // namespace

bool is_solved(const app::CaseView& view) { return view.state.solved.value_or(false); }

bool came_back(const app::CaseView& view) {
  const auto* returned = last_event<cases::Returned>(view);
  const auto* answered = last_event<cases::Answered>(view);
  return returned != nullptr && (answered == nullptr || answered->number < returned->number);
}

Html phase_mark(const Setting& here, Phase phase, bool returned) {
  const bool back = returned && phase == Phase::in_work;
  const bool ended = cases::is_over(phase);
  const std::string_view shape = back ? "↩" : phase == Phase::received ? "●" : phase == Phase::answered ? "◐" : ended ? "■" : "○";
  const std::string look = back ? "mark-late" : ended ? "mark-ended" : phase == Phase::received ? "mark-new" : "mark-plain";
  return tag("span", {{"class", look}},
             {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {shape}),
              here.say(back ? key::phase_back : cases::word_of(phase))});
}

Html way_line(const Setting& here, const app::CaseView& view) {
  Html list;
  for (const auto& step : steps_of(here, view)) list += step_html(here, step);
  return tag("ol", {{"class", "way"}, {"aria-label", here.say(key::way_label)}}, {std::move(list)});
}

Html why_this_day(const Setting& here, const rules::LegalClock& clock) {
  const auto* limit = rules::limit_of(here.pack, clock.due);
  const bool quoted = limit != nullptr && limit->terms == clock.due.terms && !here.in(limit->source).empty();
  return tag("details", {{"class", "why"}},
             {tag("summary", {}, {here.say(key::why_this_day)}),
              tag("p", {}, {say(rules::explain(clock, here.zone), here.pack, here.zone, here.language)}),
              quoted ? tag("p", {{"class", "source"}}, {here.in(limit->source)}) : Html()});
}

Html limits_section(const Setting& here, const cases::State& state, Reader reader) {
  // Of a case that ended without it, a limit runs no more.
  const bool over = cases::is_over(state.phase);
  const auto ended = tag("span", {{"class", "hint"}}, {here.say(key::clock_ended)});
  Html list;
  for (const auto& clock : state.clocks) {
    list += clock_row(here, clock_name(here, clock.due), over && !clock.met ? ended : standing_mark(here, clock),
                      clock_bar(here, clock), clock);
  }
  const auto add_window = [&](const std::optional<rules::LegalClock>& window) {
    if (window) list += window_row(here, *window);
  };
  if (reader == Reader::staff && cases::in_hands(state.phase)) {
    add_window(state.objection_until);
    if (!state.correction_until) add_window(state.ask_correction_until);
  }
  if (state.correction_open) add_window(state.correction_until);
  if (!state.final) add_window(state.review_until);
  if (state.phase == Phase::closed) add_window(state.reopening_until);
  return tag("section",
             {{"class", reader == Reader::staff ? std::optional<std::string>("card") : std::nullopt}, {"id", limits_place}},
             {tag("h2", {}, {here.say(key::case_clocks)}), tag("ul", {{"class", "clocks"}}, {std::move(list)})});
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
  if (submitted.people) fact(key::case_people, fmt::format("{}", *submitted.people));
  if (view.state.about_unit) fact(key::case_about, here.name_of(*view.state.about_unit));
  if (!view.story.empty()) fact(key::phase_received, time_html(here, view.story.front().at));
  return out + tag("dl", {{"class", "facts"}}, {std::move(facts)});
}

Html identity_html(const Setting& here, const cases::Submitted& submitted) {
  const auto lines_of = [&](const cases::Contact& contact) {
    Html lines;
    for (const auto& [name, value] :
         {std::pair{key::report_name, contact.name}, {key::report_phone, contact.phone}, {key::report_email, contact.email}}) {
      if (value) lines += tag("dt", {}, {here.say(name)}) + tag("dd", {{"dir", "auto"}}, {*value});
    }
    return tag("dl", {{"class", "facts"}}, {std::move(lines)});
  };
  Html out;
  if (submitted.contact) out += lines_of(*submitted.contact);
  if (submitted.on_behalf) {
    const auto& other = *submitted.on_behalf;
    out += tag("h3", {}, {here.say(key::case_on_behalf)}) +
           tag("p", {{"dir", "auto"}}, {other.name, other.relation ? " · " + *other.relation : std::string()});
  }
  if (submitted.representatives) {
    out += tag("h3", {}, {here.say(key::case_representatives)});
    for (const auto& one : *submitted.representatives) out += lines_of(one);
  }
  return out;
}

Html danger_html(const Setting& here, Key heading, Key call) {
  Html numbers;
  for (const auto& one : here.pack.danger.numbers) {
    numbers += tag("li", {}, {tag("a", {{"href", "tel:" + one.number}}, {one.number}), " ", here.in(one.name)});
  }
  if (numbers.empty()) return {};
  return tag("div", {{"class", "danger"}},
             {tag("p", {},
                  {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"◆"}), tag("strong", {}, {here.say(heading)}), " ",
                   here.say(call)}),
              tag("ul", {}, {std::move(numbers)})});
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
