#include "pages/track_page.h"

#include "pages/layout.h"
#include "texts/keys.h"

namespace huiyin::pages {

Html track_form(const Setting& here, const Typed& typed, bool primary) {
  Form form(here, "track", typed);
  const auto reference =
      form.field("reference", here.say(key::track_reference), {.hint = here.say(key::track_reference_hint), .code = true});
  const auto secret = form.field("secret", here.say(key::track_secret), {.hint = here.say(key::track_secret_hint), .code = true});
  return form.summary() + tag("form", {{"method", "post"}, {"action", here.path("/track")}, {"novalidate", true}},
                              {reference, secret, button(here.say(key::track_act), primary ? "primary" : "second")});
}

std::string track_page(const Setting& here, const Typed& typed) {
  auto main = tag("h1", {}, {here.say(key::track_head)}) + paragraph("lead", here.say(key::track_lead)) +
              track_form(here, typed, true) +
              tag("details", {{"class", "why"}},
                  {tag("summary", {}, {here.say(key::track_lost)}), paragraph(here.say(key::track_lost_words))});
  return document(here, {here.say(key::track_head)}, main);
}

}  // namespace huiyin::pages
