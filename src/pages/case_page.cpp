#include "pages/case_page.h"

#include <fmt/format.h>

#include "domain/case/words.h"
#include "pages/case_parts.h"
#include "pages/layout.h"
#include "pages/time_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

using cases::Phase;

constexpr int rating_rows = 4;
constexpr int reply_rows = 6;

// One sentence that says where it stands; "answered" is never "solved".
Key standing_of(const app::CaseView& view) {
  if (view.state.question_open) return key::stands_asked;
  if (view.state.reopenings > 0 && !cases::is_over(view.state.phase) && !view.state.answered) return key::stands_reopened;
  if (came_back(view)) return key::stands_back;
  switch (view.state.phase) {
    case Phase::none:
    case Phase::received: return key::stands_received;
    case Phase::not_accepted: return key::stands_not_accepted;
    case Phase::accepted: return key::stands_accepted;
    case Phase::assigned: return key::stands_assigned;
    case Phase::in_work: return key::stands_in_work;
    case Phase::answered: return key::stands_answered;
    case Phase::rated: return key::stands_solved;
    case Phase::withdrawn: return key::stands_withdrawn;
    case Phase::closed: return is_solved(view) ? key::stands_closed_solved : key::stands_closed_unsaid;
  }
  return key::stands_received;
}

Html answers(const Setting& here, const app::CaseView& view) {
  Html out;
  for (auto event = view.story.rbegin(); event != view.story.rend(); ++event) {
    if (const auto* answer = std::get_if<cases::Answered>(&event->event); answer != nullptr && answer->words) {
      const auto heading = out.empty() ? key::answer_newest : key::answer_earlier;
      out += tag("section", {{"class", out.empty() ? "card answer" : "card answer earlier"}},
                 {tag("h2", {}, {here.say(heading)}), tag("p", {{"class", "hint"}}, {time_html(here, event->at)}),
                  said(*answer->words)});
    }
    if (const auto* refusal = std::get_if<cases::NotAccepted>(&event->event)) {
      const auto* road = here.pack.find_road(refusal->road);
      out += tag("section", {{"class", "card answer"}},
                 {tag("h2", {}, {here.say(key::not_accepted_head)}), refusal->reason ? said(*refusal->reason) : Html(),
                  road == nullptr ? Html()
                                  : tag("h3", {}, {here.say(key::not_accepted_road, {{"road", here.in(road->name)}})}) +
                                        paragraph(here.in(road->help)) + paragraph("source", here.in(road->source))});
    }
  }
  return out;
}

Html rating_form(const Setting& here, const CasePage& page) {
  Form form(here, "rate", page.tried == cases::Rate::name ? page.typed : Typed{});
  const Option yes{"true", here.say(key::yes)};
  const Option no{"false", here.say(key::no)};
  std::vector<Option> levels;
  for (const auto level :
       {cases::Satisfaction::satisfied, cases::Satisfaction::basically_satisfied, cases::Satisfaction::not_satisfied}) {
    levels.push_back({std::string(name_of(level)), here.say(cases::word_of(level))});
  }
  const auto fields = form.choices("solved", here.say(key::rate_solved), here.say(key::rate_solved_hint), {yes, no}) +
                      form.choices("contacted", here.say(key::rate_contacted), "", {yes, no}) +
                      form.choices("satisfaction", here.say(key::rate_satisfaction), "", levels) +
                      form.field("words", here.say(key::rate_words), {.rows = rating_rows, .optional = true}) +
                      form.check("shared", here.say(key::rate_shared), here.say(key::rate_shared_hint));
  const auto action = here.path("/case/" + page.view.state.reference + "/rate");
  return tag(
      "section", {{"class", "card rate"}, {"id", "rate"}, {"aria-labelledby", "rate-head"}},
      {tag("h2", {{"id", "rate-head"}}, {here.say(key::rate_head)}), form.summary(),
       page.tried == cases::Rate::name && page.seen ? changes_since(here, page.view, *page.seen) : Html(),
       paragraph(here.say(key::rate_lead)),
       tag("form", {{"method", "post"}, {"action", action}, {"novalidate", true}},
           {hidden_input("version", fmt::format("{}", page.view.version)), fields, button(here.say(key::rate_act), "primary")})});
}

bool offers(const app::CaseView& view, std::string_view act) {
  return std::ranges::find(view.offered, act) != view.offered.end();
}

struct OwnAct {
  std::string_view name;
  Key head, lead, words;
  bool optional;  // the words
  bool open;      // shown at once, not behind its head
};
constexpr std::array<OwnAct, 3> own_acts{{
    {cases::Reply::name, key::reply_head, key::reply_lead, key::reply_words, false, true},
    {cases::Reopen::name, key::reopen_head, key::reopen_lead, key::reopen_words, false, false},
    {cases::Withdraw::name, key::withdraw_head, key::withdraw_lead, key::withdraw_words, true, false},
}};

// The question that waits for a reply.
Html open_question(const Setting& here, const app::CaseView& view) {
  for (auto event = view.story.rbegin(); event != view.story.rend(); ++event) {
    const auto* asked = std::get_if<cases::Asked>(&event->event);
    if (asked != nullptr && asked->words)
      return tag("p", {{"class", "hint"}}, {time_html(here, event->at)}) + said(*asked->words);
  }
  return {};
}

Html own_act_form(const Setting& here, const CasePage& page, const OwnAct& act) {
  const bool tried = page.tried == act.name;
  const bool primary = act.open && !offers(page.view, cases::Rate::name);
  Form form(here, std::string(act.name), tried ? page.typed : Typed{});
  const auto field = form.field("words", here.say(act.words), {.rows = reply_rows, .optional = act.optional});
  const auto action = here.path(fmt::format("/case/{}/{}", page.view.state.reference, act.name));
  auto inside = form.summary() + (tried && page.seen ? changes_since(here, page.view, *page.seen) : Html()) +
                (act.name == cases::Reply::name ? open_question(here, page.view) : Html()) + paragraph(here.say(act.lead)) +
                tag("form", {{"method", "post"}, {"action", action}, {"novalidate", true}},
                    {hidden_input("version", fmt::format("{}", page.view.version)), field,
                     button(here.say(cases::word_of_act(act.name)), primary ? "primary" : "second")});
  if (act.open)
    return tag("section", {{"class", "card answer"}, {"id", act.name}}, {tag("h2", {}, {here.say(act.head)}), std::move(inside)});
  return tag("details", {{"class", "card act-other"}, {"id", act.name}, {"open", tried}},
             {tag("summary", {}, {here.say(act.head)}), std::move(inside)});
}

Html own_words(const Setting& here, const app::CaseView& view) {
  Html contact;
  if (view.submitted.contact) {
    const auto& left = *view.submitted.contact;
    Html lines;
    for (const auto& [name, value] :
         {std::pair{key::report_name, left.name}, {key::report_phone, left.phone}, {key::report_email, left.email}}) {
      if (value) lines += tag("dt", {}, {here.say(name)}) + tag("dd", {{"dir", "auto"}}, {*value});
    }
    contact = tag("h3", {}, {here.say(key::case_contact)}) + tag("dl", {{"class", "facts"}}, {std::move(lines)}) +
              paragraph("hint", here.say(key::case_contact_hint));
  } else {
    contact = paragraph("hint", here.say(key::case_anonymous));
  }
  return tag("section", {}, {tag("h2", {}, {here.say(key::case_words)}), words_of_case(here, view), std::move(contact)});
}

}  // namespace

std::string case_page(const Setting& here, const CasePage& page) {
  const auto& view = page.view;
  const auto at = here.path("/case/" + view.state.reference);
  const bool rate = offers(view, cases::Rate::name);
  Html first, later;
  for (const auto& act : own_acts) {
    if (offers(view, act.name)) (act.open ? first : later) += own_act_form(here, page, act);
  }
  // Somebody was faster and nothing can be rated any more: what they typed would be lost without a word.
  Html too_late;
  if (!page.tried.empty() && !offers(view, page.tried)) {
    too_late = Form(here, page.tried, page.typed).summary() + (page.seen ? changes_since(here, view, *page.seen) : Html());
    if (const auto words = page.typed.value("words"); !words.empty()) too_late += tag("div", {{"class", "card"}}, {said(words)});
  }
  auto main = tag("p", {{"class", "over"}}, {here.say(key::case_over, {{"reference", view.state.reference}})}) +
              tag("h1", {{"dir", "auto"}}, {title_of_case(here, view)}) + too_late +
              tag("p", {{"class", came_back(view) ? "stands back" : "stands"}}, {here.say(standing_of(view))}) +
              way_line(here, view) + std::move(first) + answers(here, view) + (rate ? rating_form(here, page) : Html()) +
              std::move(later) + tag("section", {}, {tag("h2", {}, {here.say(key::case_clocks)}), clock_list(here, view.state)}) +
              own_words(here, view) + tag("section", {}, {tag("h2", {}, {here.say(key::case_story)}), story_list(here, view)}) +
              tag("section", {{"class", "screen leave"}},
                  {tag("p", {},
                       {tag("a", {{"href", at + "/receipt"}, {"download", view.state.reference + ".huiyin-receipt"}},
                            {here.say(key::receipt_file)})}),
                   tag("form", {{"method", "post"}, {"action", at + "/leave"}}, {button(here.say(key::case_leave), "second")}),
                   paragraph("hint", here.say(key::case_leave_hint))});
  return document(here, {here.say(key::case_title, {{"reference", view.state.reference}})}, main);
}

}  // namespace huiyin::pages
