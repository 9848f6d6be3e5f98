// A case lived through in a test, command by command, as the Committer would: decide, then evolve. And decisions written as text.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "domain/case/case.h"
#include "domain/fixtures.h"

namespace huiyin::cases {

// "rated,returned", or "invalid invalid_fields category", or "conflict case_wrong_phase".
inline std::string told(const Result<std::vector<Event>>& result) {
  std::string text;
  if (result.ok()) {
    for (const auto& event : *result) text += (text.empty() ? "" : ",") + std::string(name_of_alternative(event));
    return text;
  }
  text = std::string(huiyin::name_of(result.error().code)) + " " + std::string(result.error().message.key.name);
  for (const auto& field : result.error().fields) text += " " + field.field;
  return text;
}

// The people of the town. Roads is the unit in charge unless a test says otherwise.
namespace people {
inline const Actor dispatcher{{Role::dispatcher}, UserId{1}, {}, {}}, other_dispatcher{{Role::dispatcher}, UserId{2}, {}, {}};
inline const Actor officer{{Role::officer}, UserId{11}, fixtures::roads, {}},
    mate{{Role::officer}, UserId{12}, fixtures::roads, {}};
inline const Actor leader{{Role::leader}, UserId{13}, fixtures::roads, {}},
    signer{{Role::signer}, UserId{14}, fixtures::roads, {}};
inline const Actor water_officer{{Role::officer}, UserId{21}, fixtures::water, {}};
inline const Actor water_leader{{Role::leader}, UserId{22}, fixtures::water, {}};
inline const Actor team_officer{{Role::officer}, UserId{31}, fixtures::road_team, {}};
inline const Actor reviewer{{Role::officer}, UserId{41}, fixtures::council, {}};
inline const Actor supervisor{{Role::supervisor}, UserId{51}, {}, {}};
inline const Actor steward{{Role::steward}, UserId{61}, {}, {}};
}  // namespace people

inline Submit filing() {
  Submit submit;
  submit.reference = "ABC-DEF-GHJ";
  submit.secret_hash = "00ff";
  submit.category = fixtures::potholes;
  submit.body = std::string("A hole in the road");
  return submit;
}
// A matter that is answered by a formal opinion, which can be reviewed.
inline Submit filing_about_land() {
  auto submit = filing();
  submit.category = fixtures::land;
  return submit;
}

inline const Rate unsolved{.contacted = true,
                           .solved = false,
                           .satisfaction = Satisfaction::not_satisfied,
                           .words = {},
                           .shared = false};
inline const Rate solved{.contacted = true, .solved = true, .satisfaction = Satisfaction::satisfied, .words = {}, .shared = true};
inline const RuleProposal approved{.approved = true, .reason = {}};
inline const RuleProposal declined{.approved = false, .reason = std::string("It need not be")};
inline const NotAccept not_accepting{fixtures::court, std::string("A matter for a court")};
inline const HandOver giving_away{fixtures::court, std::string("The court has it already")};
inline const ProveHandOver taken{.taken = true, .words = std::string("Registered there as No. 12")};
inline const ProveHandOver not_taken{.taken = false, .words = std::string("They sent it back")};
inline const AskReview asking_review{std::string("The facts are not so")};
inline Merge merging() { return {"XYZ-XYZ-XYZ", std::string("The same hole"), OtherCase{{77}, Phase::in_work, false}}; }
inline Split splitting() {
  return {{{fixtures::potholes, {}, std::string("The hole")}, {fixtures::pipes, {}, std::string("The pipe")}}, {"A", "B"}};
}

struct Life {
  rules::Pack pack = fixtures::town_pack();
  fixtures::FixedZone zone{};
  Actor actor = Actor::program();
  State state{};
  std::optional<Proposed> proposed{};  // the last one, as the use case looks it up
  std::vector<std::pair<Event, Instant>> story{};

  [[nodiscard]] Result<std::vector<Event>> would(Command command, Instant at) const {
    if (auto* ruling = std::get_if<RuleProposal>(&command); ruling != nullptr && state.proposal) {
      if (!ruling->proposed) ruling->proposed = proposed;
      if (!ruling->found && proposed && proposed->deed == Deed::merge) ruling->found = merging().found;
    }
    return decide(state, command, {actor, pack, zone, at, at});
  }
  [[nodiscard]] std::string says(const Command& command, std::string_view when) const {
    return told(would(command, fixtures::at(when)));
  }
  [[nodiscard]] std::string says(const Actor& by, const Command& command, std::string_view when) const {
    auto life = *this;
    life.actor = by;
    return life.says(command, when);
  }
  std::vector<Event> take(const Command& command, std::string_view when) { return take(command, fixtures::at(when)); }
  std::vector<Event> take(const Command& command, Instant at) {
    auto events = would(command, at);
    EXPECT_TRUE(events.ok()) << name_of_alternative(command) << ": " << told(events);
    if (!events.ok()) return {};
    for (const auto& event : *events) {
      if (const auto* one = std::get_if<Proposed>(&event)) proposed = *one;
      state = evolve(std::move(state), event, at);
      story.emplace_back(event, at);
    }
    return *events;
  }
  // By somebody who may.
  std::vector<Event> take(const Actor& by, const Command& command, std::string_view when) {
    return take(by, command, fixtures::at(when));
  }
  std::vector<Event> take(const Actor& by, const Command& command, Instant at) {
    const auto role = may(by, act_of(state, command), bond(state, RecordId{5}, by, pack), Case::rights());
    EXPECT_TRUE(role.ok()) << name_of_alternative(command) << ": " << role.error().message.key.name;
    const auto before = std::exchange(actor, by);
    auto events = take(command, at);
    actor = before;
    return events;
  }
  [[nodiscard]] std::vector<std::string_view> offers(const Actor& to, std::string_view when) const {
    const auto now = fixtures::at(when);
    return offered(state, RecordId{5}, to, {to, pack, zone, now, now});
  }
  [[nodiscard]] bool lets(const Actor& by, std::string_view act) const {
    return may(by, act, bond(state, RecordId{5}, by, pack), Case::rights()).ok();
  }
  [[nodiscard]] const rules::LegalClock& clock(const RuleCode& rule) const { return *find_clock(state, rule); }

  // Lives up to that phase, all within the first hours of 2026-03-01 (local time).
  static Life up_to(Phase phase);
  // Asked for a correction, and given up when none came within the hour that the pack gives.
  static Life lapsed();
  // Answered by an opinion on that day, which is signed.
  static Life with_opinion() { return up_to(Phase::answered, filing_about_land()); }
  static Life up_to(Phase phase, const Submit& submit);
};

inline Life Life::up_to(Phase phase) { return up_to(phase, phase == Phase::in_review ? filing_about_land() : filing()); }

inline Life Life::up_to(Phase phase, const Submit& submit) {
  using namespace people;
  struct Step {
    Actor by;
    Command command;
  };
  const auto program = Actor::program();
  const std::vector<Step> begun{{program, submit}};
  const std::vector<Step> taken_up{
      {program, submit}, {program, Accept{}}, {program, Assign{fixtures::roads}}, {officer, Start{}}};
  const auto then = [](std::vector<Step> way, const std::vector<Step>& more) {
    way.insert(way.end(), more.begin(), more.end());
    return way;
  };
  const std::vector<Step> answered{{program, Answer{std::string("It was filled")}}};
  std::vector<Step> way = then(then(taken_up, answered), {{Actor::holder_of({5}), solved}, {officer, Close{}}});
  if (phase == Phase::not_accepted) way = then(begun, {{dispatcher, not_accepting}, {other_dispatcher, approved}});
  if (phase == Phase::withdrawn) way = then(begun, {{Actor::holder_of({5}), Withdraw{}}});
  if (phase == Phase::lapsed) return lapsed();
  if (phase == Phase::in_review) way = then(then(taken_up, answered), {{Actor::holder_of({5}), asking_review}});
  if (phase == Phase::merged) way = then(taken_up, {{dispatcher, merging()}, {other_dispatcher, approved}});
  if (phase == Phase::split) way = then(begun, {{dispatcher, splitting()}});
  if (phase == Phase::handing_over || phase == Phase::handed_over)
    way = then(taken_up, {{officer, giving_away}, {leader, approved}, {officer, taken}});
  Life life;
  auto at = fixtures::at("2026-03-01T09:00:00+08:00");
  for (const auto& [by, command] : way) {
    if (life.state.phase == phase) break;
    life.take(by, command, at);
    at = at + std::chrono::minutes(10);
  }
  EXPECT_EQ(life.state.phase, phase);
  return life;
}

inline Life Life::lapsed() {
  using namespace people;
  Life life;
  fixtures::let_correct(life.pack, {fixtures::potholes, fixtures::land});
  std::ranges::find(life.pack.limits, rules::correction_limit, &rules::Limit::rule)->terms = {rules::Count::hours, 1};
  life.take(filing(), "2026-03-01T09:00:00+08:00");
  life.take(dispatcher, Accept{fixtures::potholes}, "2026-03-01T09:10:00+08:00");
  life.take(dispatcher, Assign{fixtures::roads}, "2026-03-01T09:20:00+08:00");
  life.take(officer, AskCorrection{std::string("Which papers, of which year?")}, "2026-03-01T09:30:00+08:00");
  life.take(officer, Lapse{std::string("Nothing came")}, "2026-03-01T10:40:00+08:00");
  life.take(leader, approved, "2026-03-01T10:50:00+08:00");
  return life;
}

// For the printing of a failing test.
inline void PrintTo(Phase phase, std::ostream* out) { *out << name_of(phase); }

}  // namespace huiyin::cases
