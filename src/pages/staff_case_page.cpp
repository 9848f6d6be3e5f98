#include "pages/staff_case_page.h"

#include <fmt/format.h>

#include "domain/case/words.h"
#include "pages/case_parts.h"
#include "pages/layout.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

using cases::Phase;

constexpr int answer_rows = 10;
constexpr int reason_rows = 6;
constexpr int note_rows = 4;

struct Notice {
  std::string_view act;
  Key words, hint;  // after it was done; above its form
};
constexpr std::array<Notice, 7> acts{{{cases::Accept::name, key::done_accept, key::hint_accept},
                                      {cases::NotAccept::name, key::done_not_accept, key::hint_not_accept},
                                      {cases::Assign::name, key::done_assign, key::hint_assign},
                                      {cases::Start::name, key::done_start, key::hint_start},
                                      {cases::Note::name, key::done_note, key::hint_note},
                                      {cases::Answer::name, key::done_answer, key::hint_answer},
                                      {cases::Close::name, key::done_close, key::hint_close}}};

const Notice* find_notice(std::string_view act) {
  const auto found = std::ranges::find(acts, act, &Notice::act);
  return found == acts.end() ? nullptr : &*found;
}

// The act this phase is waiting for; the others stand behind it.
std::string_view primary_act(Phase phase) {
  switch (phase) {
    case Phase::received: return cases::Accept::name;
    case Phase::accepted: return cases::Assign::name;
    case Phase::assigned: return cases::Start::name;
    case Phase::in_work: return cases::Answer::name;
    case Phase::answered:
    case Phase::rated: return cases::Close::name;
    case Phase::none:
    case Phase::not_accepted:
    case Phase::closed: return {};
  }
  return {};
}

std::string chosen(const Form& form, std::string_view name, std::string otherwise) {
  return form.value(name).empty() ? std::move(otherwise) : std::string(form.value(name));
}

// The fields of one act, with what fits best chosen already.
Html fields_of(const Setting& here, const app::CaseView& view, std::string_view act, Form& form) {
  const auto& category = view.state.category;
  if (act == cases::Accept::name) {
    const auto selected = chosen(form, "category", category ? category->text : "");
    return form.select("category", here.say(key::case_category), "", category_options(here, selected, here.say(key::choose)));
  }
  if (act == cases::NotAccept::name) {
    return form.select("road", here.say(key::act_road), here.say(key::act_road_hint),
                       road_options(here, form.value("road"), here.say(key::choose))) +
           form.field("reason", here.say(key::act_reason), {.hint = here.say(key::act_reason_hint), .rows = reason_rows});
  }
  if (act == cases::Assign::name) {
    const auto usual = category && here.pack.find_category(*category) != nullptr ? here.pack.unit_for(*category) : std::nullopt;
    const auto suggested = !view.state.unit && usual ? usual->text : "";
    const auto hint = suggested.empty() ? "" : here.say(key::act_unit_hint);
    return form.select("unit", here.say(key::case_unit), hint,
                       unit_options(here, chosen(form, "unit", suggested), here.say(key::choose)));
  }
  if (act == cases::Note::name) return form.field("words", here.say(key::act_note_words), {.rows = note_rows});
  if (act == cases::Answer::name) {
    return form.field("words", here.say(key::act_answer_words), {.hint = here.say(key::act_answer_hint), .rows = answer_rows});
  }
  return {};
}

Html act_form(const Setting& here, const StaffCasePage& page, std::string_view act, bool primary) {
  const bool tried = page.tried == act;
  Form form(here, std::string(act), tried ? page.typed : Typed{});
  const auto fields = fields_of(here, page.view, act, form);
  const auto words = here.say(cases::word_of_act(act));
  const auto* notice = find_notice(act);
  const auto action = here.path(fmt::format("/staff/cases/{}/{}", page.view.state.reference, act));
  auto inside = form.summary() + (notice == nullptr ? Html() : paragraph("hint", here.say(notice->hint))) +
                tag("form", {{"method", "post"}, {"action", action}, {"novalidate", true}},
                    {hidden_input("csrf", page.staff.csrf), hidden_input("version", fmt::format("{}", page.view.version)), fields,
                     button(words, primary ? "primary" : "second")});
  if (primary) return tag("section", {{"class", "card act-main"}}, {tag("h2", {}, {words}), std::move(inside)});
  return tag("details", {{"class", "card act-other"}, {"open", tried}}, {tag("summary", {}, {words}), std::move(inside)});
}

Html act_forms(const Setting& here, const StaffCasePage& page) {
  const auto primary = primary_act(page.view.state.phase);
  Html first;
  Html rest;
  for (const auto act : page.view.offered) {
    if (find_notice(act) == nullptr) continue;
    if (act == primary) first = act_form(here, page, act, true);
    else rest += act_form(here, page, act, false);
  }
  if (first.empty() && rest.empty()) return paragraph("hint", here.say(key::staff_nothing_to_do));
  return first + rest;
}

// Tried, but no longer possible: what was typed is shown, so that it is not lost.
Html lost_act(const Setting& here, const StaffCasePage& page) {
  if (page.tried.empty()) return {};
  const bool offered = std::ranges::find(page.view.offered, page.tried) != page.view.offered.end();
  auto changes = page.seen ? changes_since(here, page.view, *page.seen) : Html();
  if (offered) return changes;
  auto out = Form(here, page.tried, page.typed).summary() + changes;
  for (const std::string_view name : {"words", "reason"}) {
    const auto words = page.typed.value(name);
    if (!words.empty()) out += tag("div", {{"class", "card"}}, {paragraph(here.say(key::staff_kept_words)), said(words)});
  }
  return out;
}

Html facts(const Setting& here, const app::CaseView& view) {
  const auto unit = view.state.unit ? here.name_of(*view.state.unit) : here.say(key::list_no_unit);
  const auto* clock = cases::next_clock(view.state);
  return tag(
      "p", {{"class", "meta"}},
      {tag("span", {{"class", "reference"}}, {view.state.reference}), phase_mark(here, view.state.phase, view.state.returns > 0),
       clock == nullptr ? Html() : due_mark(here, clock->due.at), tag("span", {}, {unit})});
}

}  // namespace

std::string staff_case_page(const Setting& here, const StaffCasePage& page) {
  const auto& view = page.view;
  const auto* done = find_notice(page.done);
  auto left = tag("section", {{"class", "card"}}, {tag("h2", {}, {here.say(key::staff_words)}), words_of_case(here, view)}) +
              tag("section", {}, {tag("h2", {}, {here.say(key::case_story)}), story_list(here, view)});
  auto right = act_forms(here, page) +
               tag("section", {{"class", "card"}}, {tag("h2", {}, {here.say(key::case_clocks)}), clock_list(here, view.state)});
  auto main = tag("p", {{"class", "over"}}, {link(here.path("/staff/"), here.say(key::staff_back))}) +
              tag("h1", {{"dir", "auto"}}, {title_of_case(here, view)}) + facts(here, view) +
              (done == nullptr ? Html() : notice(here.say(done->words))) + lost_act(here, page) + way_line(here, view) +
              tag("div", {{"class", "two"}},
                  {tag("div", {{"class", "do"}}, {std::move(right)}), tag("div", {{"class", "read"}}, {std::move(left)})});
  return document(here, {here.say(key::case_title, {{"reference", view.state.reference}}), Look::staff, &page.staff}, main);
}

}  // namespace huiyin::pages
