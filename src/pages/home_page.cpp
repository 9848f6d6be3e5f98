#include "pages/home_page.h"

#include "pages/form.h"
#include "pages/layout.h"
#include "pages/track_page.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

Html then_steps(const Setting& here) {
  Html list;
  struct Step {
    Key name, words;
  };
  for (const auto& [name, words] :
       {Step{key::then_receipt, key::then_receipt_words}, Step{key::then_accept, key::then_accept_words},
        Step{key::then_answer, key::then_answer_words}, Step{key::then_judge, key::then_judge_words}}) {
    list += tag("li", {}, {tag("strong", {}, {here.say(name)}), tag("span", {}, {here.say(words)})});
  }
  return tag("section", {{"class", "then"}, {"aria-labelledby", "then"}},
             {tag("h2", {{"id", "then"}}, {here.say(key::then_head)}), tag("ol", {}, {std::move(list)})});
}

// For those who would rather come, call or write.
Html offices(const Setting& here) {
  if (here.pack.offices.empty()) return {};
  Html list;
  for (const auto& office : here.pack.offices) {
    Html ways;
    const auto add = [&](Key name, Html value) { ways += tag("dt", {}, {here.say(name)}) + tag("dd", {}, {std::move(value)}); };
    if (!office.phone.empty()) add(key::office_phone, tag("a", {{"href", "tel:" + office.phone}}, {office.phone}));
    if (!office.address.en.empty()) add(key::office_address, text(here.in(office.address)));
    if (!office.email.empty()) add(key::office_email, tag("a", {{"href", "mailto:" + office.email}}, {office.email}));
    if (!office.hours.en.empty()) add(key::office_hours, text(here.in(office.hours)));
    list += tag("li", {}, {tag("h3", {}, {here.in(office.name)}), tag("dl", {{"class", "facts"}}, {std::move(ways)})});
  }
  return tag("section", {{"class", "offices"}, {"aria-labelledby", "offices"}},
             {tag("h2", {{"id", "offices"}}, {here.say(key::offices_head)}), tag("ul", {}, {std::move(list)})});
}

}  // namespace

std::string home_page(const Setting& here) {
  auto hero = tag("section", {{"class", "hero"}},
                  {mark_svg("hero-mark"), tag("h1", {}, {here.say(key::home_head)}), paragraph("lead", here.say(key::home_lead)),
                   tag("p", {{"class", "act"}}, {primary_link(here.path("/report"), here.say(key::home_act))}),
                   paragraph("hint", here.say(key::home_act_hint))});
  auto track = tag("section", {{"class", "card"}, {"aria-labelledby", "track"}},
                   {tag("h2", {{"id", "track"}}, {here.say(key::track_head)}), paragraph(here.say(key::track_lead)),
                    track_form(here, {}, false)});
  return document(here, {here.say(key::home_title)}, hero + then_steps(here) + track + offices(here));
}

}  // namespace huiyin::pages
