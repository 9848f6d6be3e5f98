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

std::string chosen(const Form& form, std::string_view name, std::string otherwise) {
  return form.value(name).empty() ? std::move(otherwise) : std::string(form.value(name));
}

// ---- The fields of each act, with what fits best chosen already
// ------------------------------------------------------------------------------------------------------------------

using Fields = Html (*)(const Setting&, const app::CaseView&, Form&);

Html no_fields(const Setting&, const app::CaseView&, Form&) { return {}; }

Html accept_fields(const Setting& here, const app::CaseView& view, Form& form) {
  const auto& category = view.state.category;
  const auto selected = chosen(form, "category", category ? category->text : "");
  return form.select("category", here.say(key::case_category), "", category_options(here, selected, here.say(key::choose)));
}

Html reason_field(const Setting& here, Form& form, Key hint) {
  return form.field("reason", here.say(key::act_reason), {.hint = here.say(hint), .rows = reason_rows});
}

Html not_accept_fields(const Setting& here, const app::CaseView&, Form& form) {
  return form.select("road", here.say(key::act_road), here.say(key::act_road_hint),
                     road_options(here, form.value("road"), here.say(key::choose))) +
         reason_field(here, form, key::act_reason_hint);
}

Html assign_fields(const Setting& here, const app::CaseView& view, Form& form) {
  const auto& category = view.state.category;
  const auto usual = category && here.pack.find_category(*category) != nullptr ? here.pack.unit_for(*category) : std::nullopt;
  const auto suggested = !view.state.unit && usual ? usual->text : "";
  const auto hint = suggested.empty() ? "" : here.say(key::act_unit_hint);
  return form.select("unit", here.say(key::case_unit), hint,
                     unit_options(here, chosen(form, "unit", suggested), here.say(key::choose)));
}

Html note_fields(const Setting& here, const app::CaseView&, Form& form) {
  return form.field("words", here.say(key::act_note_words), {.rows = note_rows});
}

Html answer_fields(const Setting& here, const app::CaseView&, Form& form) {
  return form.field("words", here.say(key::act_answer_words), {.hint = here.say(key::act_answer_hint), .rows = answer_rows});
}

Html object_fields(const Setting& here, const app::CaseView&, Form& form) {
  return reason_field(here, form, key::act_object_hint);
}

Html rule_fields(const Setting& here, const app::CaseView&, Form& form) {
  const Option yes{"true", here.say(key::act_upheld)};
  const Option no{"false", here.say(key::act_not_upheld)};
  return form.choices("upheld", here.say(key::act_upheld_head), "", {yes, no}) +
         form.select("unit", here.say(key::act_rule_unit), here.say(key::act_rule_unit_hint),
                     unit_options(here, form.value("unit"), here.say(key::act_rule_unit_later))) +
         reason_field(here, form, key::act_rule_reason_hint);
}

Html ask_fields(const Setting& here, const app::CaseView&, Form& form) {
  return form.field("words", here.say(key::act_ask_words), {.rows = note_rows});
}

Html pause_fields(const Setting& here, const app::CaseView&, Form& form) {
  return form.select("reason", here.say(key::act_pause_reason), "",
                     pause_options(here, form.value("reason"), here.say(key::choose))) +
         form.field("words", here.say(key::act_pause_words), {.hint = here.say(key::act_pause_hint), .rows = note_rows});
}

Html ask_extension_fields(const Setting& here, const app::CaseView& view, Form& form) {
  const auto* clock = cases::find_clock(view.state, rules::finish_limit);
  const auto* limit = here.pack.find_limit(rules::finish_limit);
  const int left = clock == nullptr || limit == nullptr ? 0 : rules::extension_left(*limit, *clock);
  const auto most = here.say(key::act_extension_amount_hint, {{"most", amount_words(here, rules::finish_limit, left)}});
  return form.field("amount", here.say(key::act_extension_amount), {.hint = most}) +
         reason_field(here, form, key::act_pause_hint);
}

Html rule_extension_fields(const Setting& here, const app::CaseView&, Form& form) {
  const Option yes{"true", here.say(key::act_approved)};
  const Option no{"false", here.say(key::act_not_approved)};
  return form.choices("approved", here.say(key::act_approved_head), "", {yes, no}) +
         reason_field(here, form, key::act_pause_hint);
}

struct Act {
  std::string_view name;
  Key done, hint;  // after it was done; above its form
  Fields fields;
};
constexpr std::array<Act, 14> acts{{
    {cases::Accept::name, key::done_accept, key::hint_accept, accept_fields},
    {cases::NotAccept::name, key::done_not_accept, key::hint_not_accept, not_accept_fields},
    {cases::Assign::name, key::done_assign, key::hint_assign, assign_fields},
    {cases::Start::name, key::done_start, key::hint_start, no_fields},
    {cases::Note::name, key::done_note, key::hint_note, note_fields},
    {cases::Answer::name, key::done_answer, key::hint_answer, answer_fields},
    {cases::Close::name, key::done_close, key::hint_close, no_fields},
    {cases::Object::name, key::done_object, key::hint_object, object_fields},
    {cases::Rule::name, key::done_rule, key::hint_rule, rule_fields},
    {cases::Ask::name, key::done_ask, key::hint_ask, ask_fields},
    {cases::Pause::name, key::done_pause, key::hint_pause, pause_fields},
    {cases::Resume::name, key::done_resume, key::hint_resume, no_fields},
    {cases::AskExtension::name, key::done_ask_extension, key::hint_ask_extension, ask_extension_fields},
    {cases::RuleExtension::name, key::done_rule_extension, key::hint_rule_extension, rule_extension_fields},
}};

const Act* find_act(std::string_view name) {
  const auto found = std::ranges::find(acts, name, &Act::name);
  return found == acts.end() ? nullptr : &*found;
}

// The act this case is waiting for; the others stand behind it.
std::string_view primary_act(const cases::State& state) {
  if (state.objection_open) return cases::Rule::name;
  if (state.pause) return cases::Resume::name;
  switch (state.phase) {
    case Phase::received: return cases::Accept::name;
    case Phase::accepted: return cases::Assign::name;
    case Phase::assigned: return cases::Start::name;
    case Phase::in_work: return cases::Answer::name;
    case Phase::answered:
    case Phase::rated: return cases::Close::name;
    case Phase::none:
    case Phase::not_accepted:
    case Phase::withdrawn:
    case Phase::closed: return {};
  }
  return {};
}

Html act_form(const Setting& here, const StaffCasePage& page, const Act& act, bool primary) {
  const bool tried = page.tried == act.name;
  Form form(here, std::string(act.name), tried ? page.typed : Typed{});
  const auto fields = act.fields(here, page.view, form);
  const auto words = here.say(cases::word_of_act(act.name));
  const auto action = here.path(fmt::format("/staff/cases/{}/{}", page.view.state.reference, act.name));
  auto inside = form.summary() + paragraph("hint", here.say(act.hint)) +
                tag("form", {{"method", "post"}, {"action", action}, {"novalidate", true}},
                    {hidden_input("csrf", page.staff.csrf), hidden_input("version", fmt::format("{}", page.view.version)), fields,
                     button(words, primary ? "primary" : "second")});
  if (primary) return tag("section", {{"class", "card act-main"}}, {tag("h2", {}, {words}), std::move(inside)});
  return tag("details", {{"class", "card act-other"}, {"open", tried}}, {tag("summary", {}, {words}), std::move(inside)});
}

Html act_forms(const Setting& here, const StaffCasePage& page) {
  const auto primary = primary_act(page.view.state);
  Html first;
  Html rest;
  for (const auto name : page.view.offered) {
    const auto* act = find_act(name);
    if (act == nullptr) continue;
    if (name == primary) first = act_form(here, page, *act, true);
    else rest += act_form(here, page, *act, false);
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
  const auto* done = find_act(page.done);
  auto left = tag("section", {{"class", "card"}}, {tag("h2", {}, {here.say(key::staff_words)}), words_of_case(here, view)}) +
              tag("section", {}, {tag("h2", {}, {here.say(key::case_story)}), story_list(here, view)});
  auto right = act_forms(here, page) +
               tag("section", {{"class", "card"}}, {tag("h2", {}, {here.say(key::case_clocks)}), clock_list(here, view.state)});
  auto main = tag("p", {{"class", "over"}}, {link(here.path("/staff/"), here.say(key::staff_back))}) +
              tag("h1", {{"dir", "auto"}}, {title_of_case(here, view)}) + facts(here, view) +
              (done == nullptr ? Html() : notice(here.say(done->done))) + lost_act(here, page) + way_line(here, view) +
              tag("div", {{"class", "two"}},
                  {tag("div", {{"class", "do"}}, {std::move(right)}), tag("div", {{"class", "read"}}, {std::move(left)})});
  return document(here, {here.say(key::case_title, {{"reference", view.state.reference}}), Look::staff, &page.staff}, main);
}

}  // namespace huiyin::pages
