#include "pages/report_page.h"

#include <fmt/format.h>

#include "pages/case_parts.h"
#include "pages/layout.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

constexpr int body_rows = 8;

Html part(std::string_view heading, std::string_view hint, const Html& fields) {
  return tag("fieldset", {{"class", "part"}},
             {tag("legend", {}, {heading}), hint.empty() ? Html() : paragraph("hint", hint), fields});
}

// Folded away, and open when something in it was typed or is wrong.
Html folded(std::string_view heading, bool open, const Html& inside) {
  return tag("details", {{"class", "more"}, {"open", open}}, {tag("summary", {}, {heading}), inside});
}

Html about_part(const Setting& here, Form& form) {
  return folded(here.say(key::report_about_head), form.touched("about"),
                form.select("about", here.say(key::report_about), here.say(key::report_about_hint),
                            unit_options(here, form.value("about"), here.say(key::report_about_nobody))));
}

Html joint_part(const Setting& here, Form& form) {
  auto inside =
      paragraph("hint", here.say(key::report_joint_hint, {{"count", fmt::format("{}", here.pack.representatives_max)}})) +
      form.field("people", here.say(key::report_people), {.inputmode = "numeric", .optional = true});
  for (int i = 0; i + 1 < here.pack.representatives_max; ++i) {
    const auto name = [&](std::string_view field) { return fmt::format("representatives.{}.{}", i, field); };
    const auto label = [&](Key words) {
      return here.say(key::report_other_field, {{"number", fmt::format("{}", i + 2)}, {"field", here.say(words)}});
    };
    inside += tag("fieldset", {{"class", "other"}},
                  {tag("legend", {}, {here.say(key::report_other, {{"number", fmt::format("{}", i + 2)}})}),
                   form.field(name("name"), label(key::report_name), {.optional = true}),
                   form.field(name("phone"), label(key::report_phone), {.type = "tel", .optional = true}),
                   form.field(name("email"), label(key::report_email), {.type = "email", .optional = true})});
  }
  return folded(here.say(key::report_joint), form.touched("people") || form.touched("representatives"), inside);
}

Html behalf_part(const Setting& here, Form& form) {
  return folded(here.say(key::report_behalf), form.touched("on_behalf"),
                paragraph("hint", here.say(key::report_behalf_hint)) +
                    form.field("on_behalf.name", here.say(key::report_behalf_name), {.optional = true}) +
                    form.field("on_behalf.relation", here.say(key::report_behalf_relation),
                               {.hint = here.say(key::report_behalf_relation_hint), .optional = true}));
}

}  // namespace

std::string report_page(const Setting& here, const Typed& typed, std::string_view once) {
  Form form(here, "", typed);
  const auto what = part(
      here.say(key::report_what), "",
      form.field("body", here.say(key::report_body), {.hint = here.say(key::report_body_hint), .rows = body_rows}) +
          paragraph("hint", here.say(key::report_apart)) +
          form.field("subject", here.say(key::report_subject), {.hint = here.say(key::report_subject_hint), .optional = true}));
  const auto where = part(
      here.say(key::report_where), "",
      form.field("place.address", here.say(key::report_address), {.hint = here.say(key::report_address_hint), .optional = true}) +
          form.select("category", here.say(key::report_category), here.say(key::report_category_hint),
                      category_options(here, form.value("category"), here.say(key::report_category_unsure))));
  const auto who = part(
      here.say(key::report_contact), here.say(key::report_contact_hint),
      form.field("contact.name", here.say(key::report_name), {.autocomplete = "name", .optional = true}) +
          form.field("contact.phone", here.say(key::report_phone), {.type = "tel", .autocomplete = "tel", .optional = true}) +
          form.field("contact.email", here.say(key::report_email), {.type = "email", .autocomplete = "email", .optional = true}));
  const auto more = about_part(here, form) + joint_part(here, form) + behalf_part(here, form);
  auto main = tag("h1", {}, {here.say(key::report_head)}) + form.summary() + danger_html(here, key::danger, key::danger_call) +
              paragraph("lead", here.say(key::report_lead)) +
              tag("form", {{"method", "post"}, {"action", here.path("/report")}, {"novalidate", true}},
                  {hidden_input("once", once), what, where, who, more,
                   tag("p", {{"class", "act"}}, {button(here.say(key::report_act), "primary")}),
                   paragraph("hint", here.say(key::report_act_hint))});
  const auto title =
      form.failed() ? here.say(key::title_with_fault, {{"title", here.say(key::report_head)}}) : here.say(key::report_head);
  return document(here, {title}, main);
}

}  // namespace huiyin::pages
