// A case on which everything has happened, every word of it hostile: what a page makes of it must still be words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/case/case_desk.h"
#include "domain/fixtures.h"
#include "pages/setting.h"

namespace huiyin::pages {

using cases::Phase;
using fixtures::at;

inline const std::string hostile = R"("'><script>alert(1)</script><img src=x onerror=alert(2)>)";
inline constexpr std::string_view noon = "2026-03-01T04:00:00Z";

template <Named Enum>
std::vector<Enum> all_of() {
  std::vector<Enum> out;
  for (const auto name : Names<Enum>::values) out.push_back(*from_name<Enum>(name));
  return out;
}

struct Town {
  rules::Pack pack = fixtures::town_pack();
  fixtures::FixedZone zone{};
  Setting setting(Language language, std::string_view now = noon) const {
    return {pack, zone, language, at(now), "/page?q=" + std::string("%22")};
  }
};

inline rules::LegalClock clock_of(const Town& town, std::string_view rule, std::string_view start) {
  return {rules::due_of(*town.pack.find_limit({std::string(rule)}), at(start), town.pack.calendar, town.zone), at(start)};
}

inline const std::vector<cases::PartText> hostile_parts{{fixtures::claim, hostile}, {PartCode{hostile}, hostile}};
inline const rules::Due due{.rule = rules::finish_limit, .at = at(noon), .terms = {}};

inline cases::Submitted hostile_filing(const std::string& reference) {
  cases::Submitted out{};
  out.reference = reference;
  out.channel = cases::Channel::web;
  out.language = Language::zh;
  out.category = fixtures::land;
  out.urgent = due;
  out.about = UnitCode{hostile};
  out.people = 12;
  out.for_other = true;
  out.split_from = hostile;
  out.subject = hostile;
  out.body = hostile;
  out.place = cases::Place{hostile, {}, {}};
  out.contact = cases::Contact{hostile, hostile, hostile};
  out.representatives = std::vector<cases::Contact>{{hostile, hostile, hostile}};
  out.on_behalf = cases::OnBehalf{hostile, hostile};
  return out;
}

inline cases::Proposed hostile_proposal(cases::Deed deed) {
  return {deed, RoadCode{hostile}, 5, cases::Outcome::explained, hostile, UserId{2}, hostile, hostile_parts, hostile};
}

// Everything that can happen, its words all hostile.
inline std::vector<cases::Event> all_events(const cases::Submitted& submitted) {
  const UnitCode unit{hostile};
  std::vector<cases::Event> events{
      submitted,
      cases::Accepted{CategoryCode{hostile}, {}, true, {}, {}},
      cases::NotAccepted{fixtures::court, true, hostile},
      cases::Assigned{fixtures::road_team, due},
      cases::Started{},
      cases::Noted{hostile},
      cases::Answered{true, cases::Outcome::supported, due, unit, UserId{1}, UserId{2}, {}, hostile, hostile_parts},
      cases::Rated{true, true, false, cases::Satisfaction::not_satisfied, hostile},
      cases::Returned{},
      cases::Answered{true, {}, {}, {}, {}, {}, {}, hostile, {}},
      cases::Rated{},
      cases::Closed{true, due},
      cases::Objected{hostile},
      cases::Ruled{true, hostile},
      cases::Asked{hostile},
      cases::Replied{hostile},
      cases::Paused{fixtures::hearing, {}, hostile},
      cases::Resumed{{due}},
      cases::Extended{due, 5, hostile},
      cases::Withdrawn{hostile},
      cases::Reopened{due, hostile, hostile},
      cases::ProposalRefused{cases::Deed::reveal, hostile},
      cases::ProposalTakenBack{cases::Deed::merge},
      cases::Supported{unit},
      cases::SupportReleased{unit, hostile},
      cases::Contributed{unit, UserId{1}, hostile},
      cases::Promised{due, hostile},
      cases::Fulfilled{1, false, hostile},
      cases::ReviewAsked{cases::ReviewLevel::review, due, hostile},
      cases::ReviewAssigned{unit},
      cases::ReviewDecided{cases::ReviewLevel::rereview, cases::ReviewOutcome::set_aside, true, true, due, due, {}, hostile},
      cases::Merged{{9}, hostile, hostile},
      cases::SplitBackFrom{hostile},
      cases::SplitUp{{hostile, hostile}},
      cases::HandOverBegun{RoadCode{hostile}, hostile},
      cases::HandOverProved{true, true, hostile},
      cases::Revealed{UserId{1}, hostile},
      cases::AboutSet{unit, UserId{1}, {unit}},
      cases::Recused{UserId{1}, hostile},
      cases::HandlerChanged{UserId{1}},
      cases::UrgencySet{due, hostile},
      cases::UrgencySet{{}, hostile},
      cases::Reminded{0, RuleCode{hostile}, at(noon)},
      cases::WentOverdue{0, rules::accept_limit, at(noon)},
      cases::Recounted{{due}},
      cases::CorrectionAsked{due, {}, hostile},
      cases::Corrected{due, hostile},
      cases::Lapsed{hostile}};
  for (const auto deed : all_of<cases::Deed>()) events.emplace_back(hostile_proposal(deed));
  return events;
}

// A case on which everything has happened, and that has everything open.
inline app::CaseView hostile_view(const Town& town, Phase phase) {
  app::CaseView view;
  view.id = {1};
  auto& state = view.state;
  state.phase = phase;
  state.reference = "F7K-3M2-Q9X";
  state.category = fixtures::land;
  state.unit = fixtures::road_team;
  state.handler = UserId{1};
  state.supports = {{UnitCode{hostile}, false}, {fixtures::water, true}};
  state.urgent = true;
  state.road = fixtures::court;
  state.about_unit = UnitCode{hostile};
  state.recused = {UserId{5}};
  state.pause = fixtures::hearing;
  state.clocks = {clock_of(town, "accept", noon),
                  clock_of(town, "finish", noon),
                  clock_of(town, "urgent", noon),
                  {{.rule = rules::promise_limit, .at = at(noon), .terms = {}}, at(noon)}};
  state.objection_until = clock_of(town, "object", noon);
  state.review_until = clock_of(town, "ask_review", noon);
  state.reopening_until = clock_of(town, "reopen", noon);
  state.ask_correction_until = clock_of(town, "object", noon);
  state.correction_until = clock_of(town, "object", noon);
  state.correction_open = cases::in_hands(phase);
  if (phase == Phase::in_review) state.review = {cases::ReviewLevel::review, UnitCode{hostile}};
  view.submitted = hostile_filing(state.reference);
  for (auto& event : all_events(view.submitted)) {
    ++view.version;
    view.story.push_back({view.version, at(noon), at(noon), "officer", hostile, std::move(event), {}});
    view.story.back().named = app::NamedStaff{"officer", UnitCode{hostile}, hostile};
  }
  state.proposal = {cases::Deed::merge, view.version, UserId{2}};
  view.offered = {"accept",        "not_accept",      "assign",          "start",      "note",          "answer",
                  "rate",          "close",           "object",          "rule",       "ask",           "ask_correction",
                  "lapse",         "reply",           "withdraw",        "reopen",     "pause",         "resume",
                  "ask_extension", "support",         "release_support", "contribute", "promise",       "fulfil",
                  "ask_review",    "assign_review",   "decide_review",   "merge",      "split_back",    "split",
                  "hand_over",     "prove_hand_over", "reopen_by_staff", "reveal",     "rule_proposal", "take_back",
                  "set_about",     "recuse",          "change_handler",  "set_urgent"};
  return view;
}

}  // namespace huiyin::pages
