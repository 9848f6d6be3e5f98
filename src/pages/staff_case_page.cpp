#include "pages/staff_case_page.h"

#include <fmt/format.h>

#include "domain/case/words.h"
#include "pages/case_parts.h"
#include "pages/layout.h"
#include "pages/staff_acts.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

using cases::Phase;

// Tried, but no longer possible: what was typed is shown, so that it is not lost.
Html lost_act(const Setting& here, const StaffCasePage& page) {
  if (page.tried.empty()) return {};
  const bool offered = std::ranges::find(page.view.offered, page.tried) != page.view.offered.end();
  auto changes = page.seen ? changes_since(here, page.view, *page.seen) : Html();
  if (offered) return changes;
  return Form(here, page.tried, page.typed).summary() + changes + kept_words(here, written_in(page.typed));
}

Html state_mark(std::string_view look, std::string_view shape, std::string_view words) {
  return tag("span", {{"class", look}}, {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {shape}), words});
}

Html facts(const Setting& here, const app::CaseView& view) {
  const auto unit = view.state.unit ? here.name_of(*view.state.unit) : here.say(key::list_no_unit);
  const auto* handler = app::find_colleague(view, view.state.handler);
  const auto* clock = cases::next_clock(view.state);
  const bool urgent = cases::shows_danger(view.state);
  return tag(
      "p", {{"class", "meta"}},
      {urgent ? state_mark("mark-late", "▲", here.say(key::list_urgent_mark)) : Html(),
       tag("span", {{"class", "reference"}}, {view.state.reference}), phase_mark(here, view.state.phase, view.state.returns > 0),
       clock == nullptr ? Html() : tag("a", {{"href", std::string("#") + limits_place}}, {due_mark(here, clock->due.at)}),
       tag("span", {}, {unit}), handler == nullptr ? Html() : tag("span", {{"dir", "auto"}}, {handler->name})});
}

// Danger to life, and nobody has acted yet.
Html urgent_banner(const Setting& here, const app::CaseView& view) {
  const auto* clock = cases::find_clock(view.state, rules::urgent_limit);
  if (!cases::shows_danger(view.state)) return {};
  auto out = danger_html(here, key::urgent_case, key::urgent_case_call);
  if (clock != nullptr && !clock->met) {
    out += tag("p", {{"class", "urgent-until"}},
               {here.say(key::urgent_until), " ", due_html(here, clock->due), " ", due_mark(here, clock->due.at)}) +
           why_this_day(here, *clock);
  }
  return tag("section", {{"class", "urgent"}, {"aria-label", here.say(key::list_urgent_mark)}}, {std::move(out)});
}

// The identity, for those it was opened to, and that this is seen.
Html identity_banner(const Setting& here, const StaffCasePage& page) {
  const auto& knowing = page.view.state.knowing;
  if (std::ranges::find(knowing, page.staff.user) == knowing.end()) return {};
  const auto identity = identity_html(here, page.view.submitted);
  return tag("section", {{"class", "card identity"}},
             {tag("h2", {}, {here.say(key::identity_head)}), paragraph("hint", here.say(key::identity_hint)),
              identity.empty() ? paragraph(here.say(key::identity_none)) : identity});
}

// The units and people that have to do with it, and what each still owes.
Html who_html(const Setting& here, const app::CaseView& view) {
  const auto& state = view.state;
  Html facts;
  const auto fact = [&](Key name, Content value) {
    facts += tag("dt", {}, {here.say(name)}) + tag("dd", {{"dir", "auto"}}, {std::move(value)});
  };
  if (state.unit) fact(key::who_lead, here.name_of(*state.unit));
  if (const auto* handler = app::find_colleague(view, state.handler)) fact(key::who_handler, handler->name);
  for (const auto& one : state.supports) {
    const auto part = one.done ? state_mark("mark-good", "✓", here.say(key::who_part_given))
                               : state_mark("mark-near", "◆", here.say(key::who_part_open));
    fact(key::who_support, text(here.name_of(one.unit)) + text(" ") + part);
  }
  if (state.review) {
    fact(key::who_review, state.review->unit ? here.name_of(*state.review->unit) : here.say(key::who_review_nobody));
  }
  if (state.about_unit) fact(key::case_about, here.name_of(*state.about_unit));
  if (const auto* about = app::find_colleague(view, state.about_user)) fact(key::case_about_person, about->name);
  if (!state.recused.empty()) fact(key::who_recused, fmt::format("{}", state.recused.size()));
  if (facts.empty()) return {};
  return tag("section", {{"class", "card"}},
             {tag("h2", {}, {here.say(key::who_head)}), tag("dl", {{"class", "facts"}}, {std::move(facts)})});
}

// Why the answer cannot be given yet; who could, is told.
Html waits_html(const Setting& here, const StaffCasePage& page) {
  const auto& state = page.view.state;
  Html list;
  const auto wait = [&](std::string_view words) { list += tag("li", {}, {words}); };
  const bool rules = std::ranges::find(page.view.offered, cases::RuleProposal::name) != page.view.offered.end();
  if (state.proposal && !rules) wait(here.say(key::waits_proposal, {{"deed", cases::word_of(state.proposal->deed)}}));
  if (state.objection_open) wait(here.say(key::waits_objection));
  if (const auto* pause = state.pause ? here.pack.find_pause(*state.pause) : nullptr)
    wait(here.say(key::waits_pause, {{"reason", here.in(pause->name)}}));
  for (const auto& one : state.supports) {
    if (!one.done && cases::in_hands(state.phase)) wait(here.say(key::waits_part, {{"unit", here.name_of(one.unit)}}));
  }
  if (state.question_open) wait(here.say(key::waits_reply));
  if (state.correction_open) {
    const bool late = here.now > state.correction_until->due.at;
    wait(here.say(late ? key::waits_correction_late : key::waits_correction,
                  {{"day", due_words(here, state.correction_until->due)}}));
  }
  int open = 0;
  for (const auto* promise : cases::promises_of(state)) open += promise->met ? 0 : 1;
  if (open > 0 && !cases::is_over(state.phase)) wait(here.say(key::waits_promise, {{"count", fmt::format("{}", open)}}));
  if (list.empty()) return {};
  return tag("section", {{"class", "card waits"}},
             {tag("h2", {}, {here.say(key::waits_head)}), tag("ul", {}, {std::move(list)})});
}

}  // namespace

std::string staff_case_page(const Setting& here, const StaffCasePage& page) {
  const auto& view = page.view;
  const auto done = done_words(here, page);
  auto left = identity_banner(here, page) +
              tag("section", {{"class", "card"}}, {tag("h2", {}, {here.say(key::staff_words)}), words_of_case(here, view)}) +
              tag("section", {}, {tag("h2", {}, {here.say(key::case_story)}), story_list(here, view, Reader::staff)});
  auto right =
      waits_html(here, page) + act_forms(here, page) + who_html(here, view) + limits_section(here, view.state, Reader::staff);
  auto main = tag("p", {{"class", "over"}}, {link(here.path("/staff/"), here.say(key::staff_back))}) +
              tag("h1", {{"dir", "auto"}}, {title_of_case(here, view)}) + facts(here, view) +
              (done.empty() ? Html() : notice(done)) + urgent_banner(here, view) + lost_act(here, page) + way_line(here, view) +
              tag("div", {{"class", "two"}},
                  {tag("div", {{"class", "do"}}, {std::move(right)}), tag("div", {{"class", "read"}}, {std::move(left)})});
  return document(here, {here.say(key::case_title, {{"reference", view.state.reference}}), Look::staff, &page.staff}, main);
}

}  // namespace huiyin::pages
