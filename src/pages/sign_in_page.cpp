#include "pages/sign_in_page.h"

#include "pages/layout.h"
#include "texts/keys.h"

namespace huiyin::pages {

std::string sign_in_page(const Setting& here, const Typed& typed, std::string_view next) {
  Form form(here, "", typed);
  const auto fields =
      form.field("login", here.say(key::sign_in_login), {.autocomplete = "username"}) +
      form.field("password", here.say(key::sign_in_password), {.type = "password", .autocomplete = "current-password"});
  auto main = tag("div", {{"class", "narrow"}},
                  {tag("h1", {}, {here.say(key::sign_in_head)}), form.summary(), paragraph(here.say(key::sign_in_lead)),
                   tag("form", {{"method", "post"}, {"action", here.path("/staff/sign-in")}, {"novalidate", true}},
                       {hidden_input("next", next), fields, button(here.say(key::sign_in_act), "primary")})});
  return document(here, {here.say(key::sign_in_head), Look::staff}, main);
}

}  // namespace huiyin::pages
