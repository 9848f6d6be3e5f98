#include "pages/staff_acts.h"

#include <fmt/format.h>

#include "domain/case/words.h"
#include "pages/case_parts.h"
#include "pages/layout.h"
#include "pages/staff_act_fields.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

using cases::Phase;

enum class Group : std::uint8_t {
  work,    // the matter itself
  people,  // who has to do with it
  paired,  // done only when a second person approves
};

struct Act {
  std::string_view name;
  Group group;
  Key done, hint;  // after it was done; above its form
  ActFields fields;
};
constexpr std::array<Act, 35> acts{{
    {cases::RuleProposal::name, Group::work, key::done_rule_proposal, key::hint_rule_proposal, rule_proposal_fields},
    {cases::Accept::name, Group::work, key::done_accept, key::hint_accept, accept_fields},
    {cases::Assign::name, Group::work, key::done_assign, key::hint_assign, assign_fields},
    {cases::Start::name, Group::work, key::done_start, key::hint_start, no_fields},
    {cases::Contribute::name, Group::work, key::done_contribute, key::hint_contribute, contribute_fields},
    {cases::Answer::name, Group::work, key::done_answer, key::hint_answer, answer_fields},
    {cases::DecideReview::name, Group::work, key::done_decide_review, key::hint_decide_review, decide_review_fields},
    {cases::AssignReview::name, Group::work, key::done_assign_review, key::hint_assign_review, assign_review_fields},
    {cases::ProveHandOver::name, Group::work, key::done_prove_hand_over, key::hint_prove_hand_over, prove_hand_over_fields},
    {cases::Rule::name, Group::work, key::done_rule, key::hint_rule, rule_fields},
    {cases::Resume::name, Group::work, key::done_resume, key::hint_resume, no_fields},
    {cases::Fulfil::name, Group::work, key::done_fulfil, key::hint_fulfil, fulfil_fields},
    {cases::Close::name, Group::work, key::done_close, key::hint_close, no_fields},
    {cases::Note::name, Group::work, key::done_note, key::hint_note, note_fields},
    {cases::Ask::name, Group::work, key::done_ask, key::hint_ask, ask_fields},
    {cases::AskCorrection::name, Group::work, key::done_ask_correction, key::hint_ask_correction, ask_correction_fields},
    {cases::Promise::name, Group::work, key::done_promise, key::hint_promise, promise_fields},
    {cases::Pause::name, Group::work, key::done_pause, key::hint_pause, pause_fields},
    {cases::Object::name, Group::work, key::done_object, key::hint_object, object_fields},
    {cases::SplitBack::name, Group::work, key::done_split_back, key::hint_split_back, split_back_fields},
    {cases::Split::name, Group::work, key::done_split, key::hint_split, split_fields},
    {cases::TakeBack::name, Group::work, key::done_take_back, key::hint_take_back, no_fields},
    {cases::SetUrgent::name, Group::people, key::done_set_urgent, key::hint_set_urgent, set_urgent_fields},
    {cases::Support::name, Group::people, key::done_support, key::hint_support, support_fields},
    {cases::ReleaseSupport::name, Group::people, key::done_release_support, key::hint_release_support, release_support_fields},
    {cases::ChangeHandler::name, Group::people, key::done_change_handler, key::hint_change_handler, change_handler_fields},
    {cases::SetAbout::name, Group::people, key::done_set_about, key::hint_set_about, set_about_fields},
    {cases::Recuse::name, Group::people, key::done_recuse, key::hint_recuse, recuse_fields},
    {cases::NotAccept::name, Group::paired, key::done_proposed, key::hint_not_accept, not_accept_fields},
    {cases::AskExtension::name, Group::paired, key::done_proposed, key::hint_ask_extension, ask_extension_fields},
    {cases::HandOver::name, Group::paired, key::done_proposed, key::hint_hand_over, hand_over_fields},
    {cases::Merge::name, Group::paired, key::done_proposed, key::hint_merge, merge_fields},
    {cases::ReopenByStaff::name, Group::paired, key::done_proposed, key::hint_reopen_by_staff, reopen_fields},
    {cases::Reveal::name, Group::paired, key::done_proposed, key::hint_reveal, reveal_fields},
    {cases::Lapse::name, Group::paired, key::done_proposed, key::hint_lapse, lapse_fields},
}};

const Act* find_act(std::string_view name) {
  const auto found = std::ranges::find(acts, name, &Act::name);
  return found == acts.end() ? nullptr : &*found;
}

// The acts that this case may be waiting for, the most pressing first; of those offered to the reader, the first is it.
std::vector<std::string_view> awaited_acts(const cases::State& state) {
  std::vector<std::string_view> out;
  if (state.proposal) out.push_back(cases::RuleProposal::name);
  if (state.objection_open) out.push_back(cases::Rule::name);
  if (state.pause) out.push_back(cases::Resume::name);
  switch (state.phase) {
    case Phase::received: out.push_back(cases::Accept::name); break;
    case Phase::accepted: out.push_back(cases::Assign::name); break;
    case Phase::assigned: out.insert(out.end(), {cases::Start::name, cases::Contribute::name}); break;
    case Phase::in_work: out.insert(out.end(), {cases::Answer::name, cases::Contribute::name}); break;
    case Phase::answered:
    case Phase::rated: out.insert(out.end(), {cases::Fulfil::name, cases::Close::name}); break;
    case Phase::in_review:
      if (!state.review || !state.review->unit) out.push_back(cases::AssignReview::name);
      out.push_back(cases::DecideReview::name);
      break;
    case Phase::handing_over: out.push_back(cases::ProveHandOver::name); break;
    case Phase::none:
    case Phase::not_accepted:
    case Phase::withdrawn:
    case Phase::closed:
    case Phase::merged:
    case Phase::handed_over:
    case Phase::split:
    case Phase::lapsed: break;
  }
  return out;
}

Html act_form(const Setting& here, const StaffCasePage& page, const Act& act, bool primary) {
  const bool tried = page.tried == act.name;
  const bool more_parts = act.name == cases::Split::name && page.split_blocks > split_blocks_usual;
  Form form(here, std::string(act.name), tried ? page.typed : Typed{});
  const auto fields = act.fields(here, page, form);
  const auto urgency = page.view.state.urgent ? key::act_not_urgent : key::act_urgent;
  const auto words = here.say(act.name == cases::SetUrgent::name ? urgency : cases::word_of_act(act.name));
  const auto action = here.path(fmt::format("/staff/cases/{}/{}", page.view.state.reference, act.name));
  auto inside = form.summary() + paragraph("hint", here.say(act.hint)) +
                tag("form", {{"method", "post"}, {"action", action}, {"novalidate", true}},
                    {hidden_input("csrf", page.staff.csrf), hidden_input("version", fmt::format("{}", page.view.version)), fields,
                     button(words, primary ? "primary" : "second")});
  if (primary) return tag("section", {{"class", "card act-main"}, {"id", act.name}}, {tag("h2", {}, {words}), std::move(inside)});
  return tag("details", {{"class", "card act-other"}, {"id", act.name}, {"open", tried || more_parts}},
             {tag("summary", {}, {words}), std::move(inside)});
}

Html group_html(const Setting& here, Key heading, Key hint, const Html& forms) {
  if (forms.empty()) return {};
  return tag("section", {{"class", "acts"}}, {tag("h2", {}, {here.say(heading)}), paragraph("hint", here.say(hint)), forms});
}

}  // namespace

Html act_forms(const Setting& here, const StaffCasePage& page) {
  const auto awaited = awaited_acts(page.view.state);
  const auto first = std::ranges::find_if(awaited, [&](std::string_view act) { return offers(page.view, act); });
  const auto primary = first == awaited.end() ? std::string_view() : *first;
  Html main, work, people, paired;
  for (const auto& act : acts) {
    if (!offers(page.view, act.name)) continue;
    if (act.name == primary) {
      main = act_form(here, page, act, true);
      continue;
    }
    auto& group = act.group == Group::work ? work : act.group == Group::people ? people : paired;
    group += act_form(here, page, act, false);
  }
  if (main.empty() && work.empty() && people.empty() && paired.empty())
    return paragraph("hint", here.say(key::staff_nothing_to_do));
  if (!work.empty()) work = tag("section", {{"class", "acts"}}, {tag("h2", {}, {here.say(key::acts_work)}), work});
  return main + work + group_html(here, key::acts_people, key::acts_people_hint, people) +
         group_html(here, key::acts_paired, key::acts_paired_hint, paired);
}

std::string done_words(const Setting& here, std::string_view act) {
  const auto* found = find_act(act);
  return found == nullptr ? std::string() : here.say(found->done);
}

std::string done_words(const Setting& here, const StaffCasePage& page) {
  const auto& proposal = page.view.state.proposal;
  const bool to_be_signed = page.done == cases::Answer::name && proposal && proposal->deed == cases::Deed::answer;
  return to_be_signed ? here.say(key::done_answer_to_sign) : done_words(here, page.done);
}

}  // namespace huiyin::pages
