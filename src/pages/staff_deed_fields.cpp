// What nobody does alone, and who has to do with a case.
#include "domain/case/words.h"
#include "pages/case_parts.h"
#include "pages/layout.h"
#include "pages/staff_act_fields.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

Html road_field(const Setting& here, Form& form, Key hint) {
  return form.select("road", here.say(key::act_road), here.say(hint),
                     road_options(here, form.value("road"), here.say(key::choose)));
}

Html unit_field(const Setting& here, Form& form, Key label, Key hint, Key none) {
  return form.select("unit", here.say(label), here.say(hint), unit_options(here, form.value("unit"), here.say(none)));
}

}  // namespace

// Who asks for what, in full, and the ruling.
Html rule_proposal_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  Html proposal;
  if (const auto& proposed = page.view.proposed) {
    const auto* asker = app::find_colleague(page.view, proposed->by);
    auto who = asker == nullptr ? Html() : tag("p", {{"dir", "auto"}}, {here.say(key::proposal_by, {{"name", asker->name}})});
    proposal = tag("div", {{"class", "proposal"}}, {std::move(who), proposal_html(here, page.view.state, *proposed)});
  }
  return proposal +
         form.choices("approved", here.say(key::act_approved_head), "", either(here, key::act_approved, key::act_not_approved)) +
         form.field("reason", here.say(key::act_reason),
                    {.hint = here.say(key::act_ruling_reason_hint), .rows = note_rows, .optional = true});
}

Html not_accept_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return road_field(here, form, key::act_road_hint) + reason_field(here, form, key::act_reason_hint);
}

Html ask_extension_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  const auto* clock = cases::find_clock(page.view.state, rules::finish_limit);
  HUIYIN_ASSERT(clock != nullptr);  // who may ask has taken the case up
  const int left = rules::extension_left(here.pack, *clock);
  const auto most = here.say(key::act_extension_amount_hint, {{"most", amount_words(here, clock->due.terms.count, left)}});
  return form.field("amount", here.say(key::act_extension_amount), {.hint = most}) +
         reason_field(here, form, key::act_requester_reads);
}

Html hand_over_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return road_field(here, form, key::act_hand_over_hint) + reason_field(here, form, key::act_reason_hint);
}

Html prove_hand_over_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.choices("taken", here.say(key::act_taken_head), "", either(here, key::act_taken, key::act_not_taken)) +
         form.field("words", here.say(key::act_proof_words), {.hint = here.say(key::act_proof_hint), .rows = note_rows});
}

Html merge_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return form.field("into", here.say(key::act_merge_into), {.hint = here.say(key::act_merge_hint), .code = true}) +
         reason_field(here, form, key::act_requester_reads);
}

Html split_back_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return reason_field(here, form, key::act_requester_reads);
}

Html reopen_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return reason_field(here, form, key::act_requester_reads);
}

Html reveal_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return reason_field(here, form, key::act_reveal_hint);
}

Html lapse_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return reason_field(here, form, key::act_requester_reads);
}

Html support_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return unit_field(here, form, key::act_support_unit, key::act_support_hint, key::choose);
}

Html release_support_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  auto options = option("", here.say(key::choose), form.value("unit").empty());
  for (const auto& one : page.view.state.supports) {
    options += option(one.unit.text, here.name_of(one.unit), form.value("unit") == one.unit.text);
  }
  return form.select("unit", here.say(key::act_support_unit), "", options) + reason_field(here, form, key::act_requester_reads);
}

Html colleague_field(const Setting& here, const StaffCasePage& page, Form& form) {
  if (page.colleagues.empty()) {
    return form.field("login", here.say(key::act_login), {.hint = here.say(key::act_handler_hint)});
  }
  auto options = option("", here.say(key::choose), form.value("login").empty());
  for (const auto& one : page.colleagues) options += option(one.value, one.words, form.value("login") == one.value);
  return form.select("login", here.say(key::act_handler), here.say(key::act_handler_hint), options);
}

Html change_handler_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  return colleague_field(here, page, form);
}

Html set_about_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  const auto& about = page.view.state.about_unit;
  const auto selected = chosen(form, "unit", about ? about->text : "");
  const auto* person = app::find_colleague(page.view, page.view.state.about_user);
  if (person != nullptr && !form.has("login")) form.fill("login", person->login);
  return form.select("unit", here.say(key::act_about_unit), "", unit_options(here, selected, here.say(key::act_about_no_unit))) +
         form.field("login", here.say(key::act_about_login), {.hint = here.say(key::act_about_login_hint), .optional = true}) +
         form.field("reason", here.say(key::act_reason),
                    {.hint = here.say(key::act_about_reason_hint), .rows = reason_rows, .optional = true});
}

Html recuse_fields(const Setting& here, const StaffCasePage&, Form& form) {
  return reason_field(here, form, key::act_recuse_hint);
}

Html set_urgent_fields(const Setting& here, const StaffCasePage& page, Form& form) {
  return hidden_input("urgent", page.view.state.urgent ? "false" : "true") + reason_field(here, form, key::act_requester_reads);
}

}  // namespace huiyin::pages
