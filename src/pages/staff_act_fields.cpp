// The main road and the side ways.
#include "pages/staff_act_fields.h"

#include <fmt/format.h>

#include "domain/case/words.h"
#include "pages/case_parts.h"
#include "pages/layout.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

constexpr int part_rows = 5;

template <class Enum, std::size_t Size>
std::vector<Option> options_of(const Setting& here, const std::array<std::string_view, Size>& names) {
  std::vector<Option> options;
  for (const auto name : names) options.push_back({std::string(name), here.say(cases::word_of(*from_name<Enum>(name)))});
  return options;
}

}  // namespace

std::string chosen(const Form& form, std::string_view name, std::string otherwise) {
  return form.has(name) ? std::string(form.value(name)) : std::move(otherwise);
}

Html reason_field(const Setting& here, Form& form, Key hint) {
  return form.field("reason", here.say(key::act_reason), {.hint = here.say(hint), .rows = reason_rows});
}

Html no_fields(const Setting&, const StaffCasePage&, Form&) { return {}; }

Html accept_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  const auto& category = page.view.state.category;
  const auto selected = chosen(form, "category", category ? category->text : "");
  return form.select("category", here.say(key::case_category), "", category_options(here, selected, here.say(key::choose)));
}

Html assign_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  const auto& state = page.view.state;
  const auto usual =
      state.category && here.pack.find_category(*state.category) != nullptr ? here.pack.unit_for(*state.category) : std::nullopt;
  const auto suggested = !state.unit && usual ? usual->text : "";
  const auto hint = suggested.empty() ? std::string() : here.say(key::act_unit_hint);
  return form.select("unit", here.say(key::case_unit), hint,
                     unit_options(here, chosen(form, "unit", suggested), here.say(key::choose)));
}

Html note_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.field("words", here.say(key::act_note_words), {.rows = note_rows});
}

// What the kind of answer has to contain: its parts, what it comes to, the words.
Html answer_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  const auto& kind = here.pack.answer_for(page.view.state.category);
  Html out;
  if (!kind.parts.empty()) {
    out += tag("details", {{"class", "why"}},
               {tag("summary", {}, {here.say(key::act_answer_kind, {{"kind", here.in(kind.name)}})}),
                paragraph("source", here.in(kind.source))});
  }
  for (const auto& part : kind.parts) {
    out += form.field("parts." + part.code.text, here.in(part.name), {.hint = here.in(part.help), .rows = part_rows});
  }
  if (kind.states_outcome) {
    out += form.choices("outcome", here.say(key::answer_outcome), "",
                        options_of<cases::Outcome>(here, Names<cases::Outcome>::values));
  }
  out += form.field("words", here.say(key::act_answer_words), {.hint = here.say(key::act_answer_hint), .rows = answer_rows});
  if (kind.signed_off) out += paragraph("hint", here.say(key::act_answer_signed));
  return out;
}

Html object_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return reason_field(here, form, key::act_object_hint);
}

Html rule_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.choices("upheld", here.say(key::act_upheld_head), "", either(here, key::act_upheld, key::act_not_upheld)) +
         form.select("unit", here.say(key::act_rule_unit), here.say(key::act_rule_unit_hint),
                     unit_options(here, form.value("unit"), here.say(key::act_rule_unit_later))) +
         reason_field(here, form, key::act_rule_reason_hint);
}

Html ask_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.field("words", here.say(key::act_ask_words), {.rows = note_rows});
}

Html ask_correction_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.field("words", here.say(key::act_correction_words),
                    {.hint = here.say(key::act_correction_hint), .rows = reason_rows});
}

Html pause_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.select("reason", here.say(key::act_pause_reason), "",
                     pause_options(here, form.value("reason"), here.say(key::choose))) +
         form.field("words", here.say(key::act_pause_words), {.hint = here.say(key::act_requester_reads), .rows = note_rows});
}

Html promise_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.field("words", here.say(key::act_promise_words), {.hint = here.say(key::act_requester_reads), .rows = note_rows}) +
         form.field("until", here.say(key::act_promise_until), {.hint = here.say(key::act_promise_hint), .type = "date"});
}

Html fulfil_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  std::vector<Option> open;
  for (const auto& [number, clock, words] : app::promises_of(page.view)) {
    if (clock->met) continue;
    const auto choice =
        here.say(key::act_promise_choice, {{"words", words ? *words : std::string()}, {"day", due_words(here, clock->due)}});
    open.push_back({fmt::format("{}", number), choice});
  }
  return form.choices("promise", here.say(key::act_fulfil_which), "", open) +
         form.field("words", here.say(key::act_fulfil_words), {.hint = here.say(key::act_requester_reads), .rows = note_rows});
}

Html contribute_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.field("words", here.say(key::act_contribute_words),
                    {.hint = here.say(key::act_contribute_hint), .rows = answer_rows});
}

Html assign_review_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  const auto& review = page.view.state.review;
  const auto hint = review && review->unit ? here.say(key::act_review_unit_now, {{"unit", here.name_of(*review->unit)}})
                                           : here.say(key::act_review_unit_hint);
  return form.select("unit", here.say(key::act_review_unit), hint, unit_options(here, form.value("unit"), here.say(key::choose)));
}

Html decide_review_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.choices("outcome", here.say(key::act_review_outcome), "",
                      options_of<cases::ReviewOutcome>(here, Names<cases::ReviewOutcome>::values)) +
         form.field("words", here.say(key::act_review_words), {.hint = here.say(key::act_review_hint), .rows = answer_rows});
}

// A block a part; the letter's own words stand in the first.
Html split_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  const auto& submitted = page.view.submitted;
  if (!form.failed()) {
    form.fill("parts.0.subject", submitted.subject ? *submitted.subject : std::string());
    form.fill("parts.0.body", submitted.body ? *submitted.body : std::string());
  }
  Html out;
  for (std::size_t i = 0; i < page.split_blocks; ++i) {
    const auto name = [&](std::string_view field) { return fmt::format("parts.{}.{}", i, field); };
    const auto number = fmt::format("{}", i + 1);
    const auto label = [&](Key words) {
      return here.say(key::act_split_field, {{"number", number}, {"field", here.say(words)}});
    };
    out += tag("fieldset", {{"class", "part"}},
               {tag("legend", {}, {here.say(key::act_split_part, {{"number", number}})}),
                form.field(name("body"), label(key::act_split_body), {.rows = part_rows}),
                form.field(name("subject"), label(key::report_subject), {.optional = true}),
                form.select(name("category"), label(key::case_category), "",
                            category_options(here, form.value(name("category")), here.say(key::act_split_category_same)))});
  }
  if (page.split_blocks < cases::split_cases_max) {
    const auto more = here.path(fmt::format("/staff/cases/{}?parts={}#split", page.view.state.reference, cases::split_cases_max));
    out += tag("p", {}, {link(more, here.say(key::act_split_more)), " ", here.say(key::act_split_more_hint)});
  }
  return out;
}

}  // namespace huiyin::pages
