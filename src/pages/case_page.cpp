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

// The last word is a review that wants the matter dealt with anew.
bool set_aside(const app::CaseView& view) {
  const auto* decided = last_event<cases::ReviewDecided>(view);
  const auto* answered = last_event<cases::Answered>(view);
  return decided != nullptr && std::get<cases::ReviewDecided>(decided->event).finish &&
         (answered == nullptr || answered->number < decided->number);
}

// One sentence that says where it stands; "answered" is never "solved".
Key standing_of(const app::CaseView& view) {
  if (view.state.question_open) return key::stands_asked;
  if (view.state.correction_open) return key::stands_correction;
  switch (view.state.phase) {
    case Phase::in_review: return key::stands_in_review;
    case Phase::merged: return key::stands_merged;
    case Phase::handing_over: return key::stands_handing_over;
    case Phase::handed_over: return key::stands_handed_over;
    case Phase::split: return key::stands_split;
    case Phase::not_accepted: return key::stands_not_accepted;
    case Phase::withdrawn: return key::stands_withdrawn;
    case Phase::lapsed: return key::stands_lapsed;
    case Phase::rated: return is_solved(view) ? key::stands_solved : key::stands_unsolved;
    case Phase::closed:
      if (!view.state.solved) return key::stands_closed_unsaid;
      return is_solved(view) ? key::stands_closed_solved : key::stands_closed_unsolved;
    case Phase::none:
    case Phase::received:
    case Phase::accepted:
    case Phase::assigned:
    case Phase::in_work:
    case Phase::answered: break;
  }
  if (set_aside(view)) return key::stands_set_aside;
  if (came_back(view)) return key::stands_back;
  if (const auto* reopened = last_event<cases::Reopened>(view); reopened != nullptr && !view.state.answered)
    return reopened->role == name_of(Role::requester) ? key::stands_reopened : key::stands_reopened_by_staff;
  if (view.state.phase == Phase::accepted) return key::stands_accepted;
  if (view.state.phase == Phase::assigned) return key::stands_assigned;
  if (view.state.phase == Phase::in_work) return key::stands_in_work;
  if (view.state.phase == Phase::answered) return view.state.final ? key::stands_final : key::stands_answered;
  return key::stands_received;
}

Html card(const Setting& here, Key heading, const Html& inside) {
  return tag("section", {{"class", "card answer"}}, {tag("h2", {}, {here.say(heading)}), inside});
}

// How to go on there, and where that is written.
Html road_html(const Setting& here, const rules::Road& road) {
  const auto help = here.in(road.help), source = here.in(road.source);
  return (help.empty() ? Html() : paragraph(help)) + (source.empty() ? Html() : paragraph("source", source));
}

Html refusal_card(const Setting& here, const cases::NotAccepted& refusal) {
  const auto* road = here.pack.find_road(refusal.road);
  return card(here, key::not_accepted_head,
              (refusal.reason ? said(*refusal.reason) : Html()) +
                  (road == nullptr ? Html()
                                   : tag("h3", {}, {here.say(key::not_accepted_road, {{"road", here.in(road->name)}})}) +
                                         road_html(here, *road)));
}

Html review_card(const Setting& here, const app::StoryEvent& event, const cases::ReviewDecided& decided) {
  const auto head =
      here.say(key::review_head, {{"level", cases::word_of(decided.level)}, {"outcome", cases::word_of(decided.outcome)}});
  return tag("section", {{"class", "card answer"}},
             {tag("h2", {}, {head}), tag("p", {{"class", "hint"}}, {time_html(here, event.at)}),
              decided.words ? said(*decided.words) : Html(), decided.final ? paragraph(here.say(key::story_final)) : Html()});
}

// What was answered and decided, the newest first.
Html answers(const Setting& here, const app::CaseView& view) {
  Html out;
  bool newest = true;
  for (auto event = view.story.rbegin(); event != view.story.rend(); ++event) {
    if (const auto* answer = std::get_if<cases::Answered>(&event->event); answer != nullptr && answer->words) {
      auto taken =
          answer->taken_from ? paragraph(here.say(key::story_taken, {{"unit", here.name_of(*answer->taken_from)}})) : Html();
      out += tag("section", {{"class", newest ? "card answer" : "card answer earlier"}},
                 {tag("h2", {}, {here.say(newest ? key::answer_newest : key::answer_earlier)}),
                  tag("p", {{"class", "hint"}}, {time_html(here, event->at)}), std::move(taken),
                  answer_html(here, view.state.category, {answer->outcome, answer->parts, answer->words})});
      newest = false;
    }
    if (const auto* refusal = std::get_if<cases::NotAccepted>(&event->event)) out += refusal_card(here, *refusal);
    if (const auto* decided = std::get_if<cases::ReviewDecided>(&event->event)) out += review_card(here, *event, *decided);
  }
  return out;
}

// Where the case goes on, when it does not go on here by itself.
Html whereabouts(const Setting& here, const app::CaseView& view) {
  const auto phase = view.state.phase;
  if (phase == Phase::split) {
    return card(here, key::split_head,
                paragraph(here.say(key::split_lead)) + case_links(here, view.split_into, Reader::requester));
  }
  if (phase == Phase::merged) return card(here, key::merged_head, paragraph(here.say(key::merged_lead)));
  if (phase != Phase::handing_over && phase != Phase::handed_over) return {};
  const auto* road = view.state.road ? here.pack.find_road(*view.state.road) : nullptr;
  Html inside;
  if (road != nullptr) inside += tag("p", {}, {tag("strong", {}, {here.in(road->name)})}) + road_html(here, *road);
  inside += paragraph(here.say(phase == Phase::handed_over ? key::handed_over_lead : key::handing_over_lead));
  if (const auto* proof = last_event<cases::HandOverProved>(view); phase == Phase::handed_over && proof != nullptr) {
    const auto& words = std::get<cases::HandOverProved>(proof->event).words;
    inside += tag("h3", {}, {here.say(key::hand_over_proof)}) + tag("p", {{"class", "hint"}}, {time_html(here, proof->at)}) +
              (words ? said(*words) : Html());
  }
  return card(here, key::hand_over_head, inside);
}

// What was announced, and whether it was kept.
Html promises(const Setting& here, const app::CaseView& view) {
  Html list;
  for (const auto& [number, clock, words] : app::promises_of(view)) {
    auto mark = clock->met ? tag("span", {{"class", "mark-good"}},
                                 {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {"✓"}), here.say(key::promise_kept)})
                           : due_mark(here, clock->due.at);
    list += tag("li", {},
                {words ? said(*words) : Html(),
                 tag("p", {{"class", "clock-head"}},
                     {tag("span", {}, {here.say(key::clock_until), " ", day_html(here, clock->due.at)}), std::move(mark)}),
                 why_this_day(here, *clock)});
  }
  if (list.empty()) return {};
  return tag("section", {{"class", "card"}},
             {tag("h2", {}, {here.say(key::promises_head)}), paragraph("hint", here.say(key::promises_hint)),
              tag("ul", {{"class", "clocks"}}, {std::move(list)})});
}

// Who was let see who the requester is, when, and for what reason.
Html revelations(const Setting& here, const app::CaseView& view) {
  Html list;
  for (const auto& event : view.story) {
    const auto* revealed = std::get_if<cases::Revealed>(&event.event);
    if (revealed == nullptr) continue;
    list += tag("li", {}, {tag("p", {{"class", "hint"}}, {time_html(here, event.at)}), revealed_html(here, event, *revealed)});
  }
  if (list.empty()) return {};
  return tag("section", {{"class", "card"}},
             {tag("h2", {}, {here.say(key::revealed_head)}), paragraph("hint", here.say(key::revealed_hint)),
              tag("ul", {{"class", "clocks"}}, {std::move(list)})});
}

Html rating_form(const Setting& here, const CasePage& page) {
  Form form(here, "rate", page.tried == cases::Rate::name ? page.typed : Typed{});
  const auto yes_or_no = either(here, key::yes, key::no);
  std::vector<Option> levels;
  for (const auto level :
       {cases::Satisfaction::satisfied, cases::Satisfaction::basically_satisfied, cases::Satisfaction::not_satisfied}) {
    levels.push_back({std::string(name_of(level)), here.say(cases::word_of(level))});
  }
  const auto fields = form.choices("solved", here.say(key::rate_solved), here.say(key::rate_solved_hint), yes_or_no) +
                      form.choices("contacted", here.say(key::rate_contacted), "", yes_or_no) +
                      form.choices("satisfaction", here.say(key::rate_satisfaction), "", levels) +
                      form.field("words", here.say(key::rate_words), {.rows = rating_rows, .optional = true}) +
                      form.check("shared", here.say(key::rate_shared), here.say(key::rate_shared_hint));
  const auto action = here.path("/case/" + page.view.state.reference + "/rate");
  return tag(
      "section", {{"class", "card rate"}, {"id", "rate"}, {"aria-labelledby", "rate-head"}},
      {tag("h2", {{"id", "rate-head"}}, {here.say(key::rate_head)}), form.summary(),
       page.tried == cases::Rate::name && page.seen ? changes_since(here, page.view, *page.seen) : Html(),
       paragraph(here.say(page.view.state.final ? key::rate_lead_final : key::rate_lead)),
       tag("form", {{"method", "post"}, {"action", action}, {"novalidate", true}},
           {hidden_input("version", fmt::format("{}", page.view.version)), fields, button(here.say(key::rate_act), "primary")})});
}

struct OwnAct {
  std::string_view name;
  Key head, lead, words;
  bool optional;  // the words
  bool open;      // shown at once, not behind its head
};
constexpr std::array<OwnAct, 4> own_acts{{
    {cases::Reply::name, key::reply_head, key::reply_lead, key::reply_words, false, true},
    {cases::AskReview::name, key::ask_review_head, key::ask_review_lead, key::ask_review_words, false, false},
    {cases::Reopen::name, key::reopen_head, key::reopen_lead, key::reopen_words, false, false},
    {cases::Withdraw::name, key::withdraw_head, key::withdraw_lead, key::withdraw_words, true, false},
}};

// What was asked for last, in its words and when.
template <class Asked>
Html last_asked(const Setting& here, const app::CaseView& view) {
  const auto* event = last_event<Asked>(view);
  if (event == nullptr) return {};
  const auto& words = std::get<Asked>(event->event).words;
  return words ? tag("p", {{"class", "hint"}}, {time_html(here, event->at)}) + said(*words) : Html();
}

// The question that waits for a reply, or what has to be put right.
Html open_question(const Setting& here, const app::CaseView& view) {
  if (view.state.correction_open) return last_asked<cases::CorrectionAsked>(here, view);
  return last_asked<cases::Asked>(here, view);
}

// Of what the requester may do, the time in which it may be done; null: as long as the case is open.
const std::optional<rules::LegalClock>* window_of(const cases::State& state, std::string_view act) {
  if (act == cases::AskReview::name) return &state.review_until;
  if (act == cases::Reopen::name) return &state.reopening_until;
  if (act == cases::Reply::name && state.correction_open) return &state.correction_until;
  return nullptr;
}

// Until when it may be done, and why until then.
Html own_window(const Setting& here, const app::CaseView& view, std::string_view act) {
  const auto* window = window_of(view.state, act);
  if (window == nullptr || !*window) return {};
  return tag("p", {}, {here.say(key::own_act_until), " ", due_html(here, (*window)->due)}) + why_this_day(here, **window);
}

Html own_act_form(const Setting& here, const CasePage& page, const OwnAct& act) {
  const bool tried = page.tried == act.name;
  const bool primary = act.open && !offers(page.view, cases::Rate::name);
  Form form(here, std::string(act.name), tried ? page.typed : Typed{});
  const bool again = act.name == cases::AskReview::name && page.view.state.reviewed.has_value();
  const bool corrects = act.name == cases::Reply::name && page.view.state.correction_open;
  const auto head = here.say(again ? key::ask_rereview_head : corrects ? key::correction_head : act.head);
  const auto field =
      form.field("words", here.say(corrects ? key::correction_words : act.words), {.rows = reply_rows, .optional = act.optional});
  const auto action = here.path(fmt::format("/case/{}/{}", page.view.state.reference, act.name));
  auto inside = form.summary() + (tried && page.seen ? changes_since(here, page.view, *page.seen) : Html()) +
                (act.name == cases::Reply::name ? open_question(here, page.view) : Html()) +
                paragraph(here.say(corrects ? key::correction_lead : act.lead)) + own_window(here, page.view, act.name) +
                tag("form", {{"method", "post"}, {"action", action}, {"novalidate", true}},
                    {hidden_input("version", fmt::format("{}", page.view.version)), field,
                     button(here.say(cases::word_of_act(act.name)), primary ? "primary" : "second")});
  if (act.open) return tag("section", {{"class", "card answer"}, {"id", act.name}}, {tag("h2", {}, {head}), std::move(inside)});
  return tag("details", {{"class", "card act-other"}, {"id", act.name}, {"open", tried}},
             {tag("summary", {}, {head}), std::move(inside)});
}

Html own_words(const Setting& here, const app::CaseView& view) {
  auto contact = identity_html(here, view.submitted);
  if (contact.empty()) {
    contact = paragraph("hint", here.say(key::case_anonymous));
  } else {
    const auto heading = view.submitted.contact ? tag("h3", {}, {here.say(key::case_contact)}) : Html();
    contact = heading + contact + paragraph("hint", here.say(key::case_contact_hint));
  }
  if (const auto& whole = view.submitted.split_from)
    contact += tag("p", {}, {here.say(key::story_split_from), " "}) + case_links(here, {*whole}, Reader::requester);
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
              tag("h1", {{"dir", "auto"}}, {title_of_case(here, view)}) +
              (cases::shows_danger(view.state) ? danger_html(here, key::urgent_own, key::danger_call) : Html()) + too_late +
              tag("p", {{"class", came_back(view) ? "stands back" : "stands"}}, {here.say(standing_of(view))}) +
              way_line(here, view) + std::move(first) + whereabouts(here, view) + answers(here, view) + promises(here, view) +
              (rate ? rating_form(here, page) : Html()) + std::move(later) + revelations(here, view) +
              limits_section(here, view.state, Reader::requester) + own_words(here, view) +
              tag("section", {}, {tag("h2", {}, {here.say(key::case_story)}), story_list(here, view, Reader::requester)}) +
              tag("section", {{"class", "screen leave"}},
                  {tag("p", {},
                       {tag("a", {{"href", at + "/receipt"}, {"download", view.state.reference + ".huiyin-receipt"}},
                            {here.say(key::receipt_file)})}),
                   tag("form", {{"method", "post"}, {"action", at + "/leave"}}, {button(here.say(key::case_leave), "second")}),
                   paragraph("hint", here.say(key::case_leave_hint))});
  return document(here, {here.say(key::case_title, {{"reference", view.state.reference}})}, main);
}

}  // namespace huiyin::pages
