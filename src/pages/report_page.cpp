#include "pages/report_page.h"

#include "pages/layout.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

constexpr int body_rows = 8;

Html danger(const Setting& here) {
  Html numbers;
  struct Line {
    Key number, who;
  };
  for (const auto& [number, who] : {Line{key::danger_number_1, key::danger_who_1}, Line{key::danger_number_2, key::danger_who_2},
                                    Line{key::danger_number_3, key::danger_who_3}}) {
    numbers += tag("li", {}, {tag("a", {{"href", "tel:" + here.say(number)}}, {here.say(number)}), " ", here.say(who)});
  }
  return tag("div", {{"class", "danger"}},
             {tag("p", {},
                  {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"◆"}), tag("strong", {}, {here.say(key::danger)}),
                   " ", here.say(key::danger_call)}),
              tag("ul", {}, {std::move(numbers)})});
}

Html part(std::string_view heading, std::string_view hint, const Html& fields) {
  return tag("fieldset", {{"class", "part"}},
             {tag("legend", {}, {heading}), hint.empty() ? Html() : paragraph("hint", hint), fields});
}

}  // namespace

std::string report_page(const Setting& here, const Typed& typed, std::string_view once) {
  Form form(here, "", typed);
  const auto what = part(
      here.say(key::report_what), "",
      form.field("body", here.say(key::report_body), {.hint = here.say(key::report_body_hint), .rows = body_rows}) +
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
  auto main = tag("h1", {}, {here.say(key::report_head)}) + form.summary() + paragraph("lead", here.say(key::report_lead)) +
              danger(here) +
              tag("form", {{"method", "post"}, {"action", here.path("/report")}, {"novalidate", true}},
                  {hidden_input("once", once), what, where, who,
                   tag("p", {{"class", "act"}}, {button(here.say(key::report_act), "primary")}),
                   paragraph("hint", here.say(key::report_act_hint))});
  const auto title =
      form.failed() ? here.say(key::title_with_fault, {{"title", here.say(key::report_head)}}) : here.say(key::report_head);
  return document(here, {title}, main);
}

}  // namespace huiyin::pages
