// Who may do what with a case: the table of the code held against the committed docs/rights.md, read here by its words alone.
#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <set>

#include "base/random.h"
#include "domain/case_life.h"
#include "domain/command_samples.h"

namespace huiyin::cases {
namespace {

constexpr RecordId record{5};

std::string told(const Result<Role>& result) {
  if (result.ok()) return {};
  return std::string(huiyin::name_of(result.error().code)) + " " + std::string(result.error().message.key.name);
}

// ---- The document
// ------------------------------------------------------------------------------------------------------------------

using Cells = std::map<std::string, std::string, std::less<>>;  // by role

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  for (std::size_t from = 2; from < line.size();) {
    const auto to = line.find(" |", from);
    if (to == std::string::npos) break;
    cells.push_back(line.substr(from, to - from));
    from = to + 3;
  }
  return cells;
}

// Which act whom, as people read it: the section of cases.
std::map<std::string, Cells, std::less<>> rights_document() {
  std::ifstream in(HUIYIN_SOURCE_DIR "/docs/rights.md");
  std::map<std::string, Cells, std::less<>> acts;
  std::vector<std::string> roles;
  std::string head;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) head = line;
    if (head != "## Cases" || !line.starts_with("| ")) continue;
    const auto cells = cells_of(line);
    if (roles.empty()) {
      roles = cells;
      continue;
    }
    for (std::size_t i = 1; i < cells.size(); ++i) acts[cells[0]][roles[i]] = cells[i];
  }
  return acts;
}

bool says_yes(const std::string& cell, const Bond& bond) {
  const auto has = [&](std::string_view words) {
    return (", " + cell + ",").find(", " + std::string(words) + ",") != std::string::npos;
  };
  if (bond.barred) return false;
  return has("yes") || (has("own case") && bond.holds_secret) || (has("own unit") && bond.in_unit) ||
         (has("supporting unit") && bond.in_support) || (has("reviewing unit") && bond.in_review) ||
         (has("opened identity") && bond.may_know);
}

TEST(CaseRights, OfEveryRoleInEverySituationAreThoseOfTheDocument) {
  const auto acts = rights_document();
  std::set<std::string_view> of_the_table;
  for (const auto& right : Case::rights()) of_the_table.insert(right.act);
  ASSERT_EQ(acts.size(), of_the_table.size());
  constexpr unsigned situations = 1U << 6U;
  for (const auto& [act, cells] : acts) {
    ASSERT_EQ(cells.size(), Names<Role>::values.size());
    for (const auto& [role, cell] : cells) {
      const Actor actor{{*from_name<Role>(role)}, UserId{9}, {}, {}};
      for (unsigned i = 0; i < situations; ++i) {
        const Bond bond{.holds_secret = (i & 1U) != 0,
                        .in_unit = (i & 2U) != 0,
                        .in_support = (i & 4U) != 0,
                        .in_review = (i & 8U) != 0,
                        .may_know = (i & 16U) != 0,
                        .barred = (i & 32U) != 0};
        EXPECT_EQ(may(actor, act, bond, Case::rights()).ok(), says_yes(cell, bond)) << act << " by " << role << ", " << i;
      }
    }
  }
}

TEST(CaseRights, AreAskedForByEveryCommandAndBelongToACommandOrAReading) {
  std::set<std::string_view> asked;
  State state;
  for (const auto phase : {Phase::in_work, Phase::in_review}) {
    state.phase = phase;
    for (const auto& command : one_of_each_command()) {
      for (std::size_t deed = 0; deed < Names<Deed>::values.size(); ++deed) {
        state.proposal = OpenProposal{static_cast<Deed>(deed), 1, UserId{1}};
        asked.insert(act_of(state, command));
      }
    }
  }
  std::set<std::string_view> given;
  for (const auto& right : Case::rights()) {
    if (!right.act.starts_with("read")) given.insert(right.act);
  }
  EXPECT_EQ(asked, given);
}

// ---- What ties people to a case
// ------------------------------------------------------------------------------------------------------------------

struct BondRow {
  std::string_view who;
  Actor actor;
  Bond expected;
};

TEST(CaseBond, SaysWhatAPersonHasToDoWithACase) {
  auto life = Life::up_to(Phase::in_review);
  life.take(people::dispatcher, AssignReview{fixtures::council}, "2026-03-02T09:00:00+08:00");
  auto& state = life.state;
  state.supports = {{fixtures::water, true}};
  state.knowing = {people::officer.user.value(), people::team_officer.user.value(), people::dispatcher.user.value()};
  state.about_user = UserId{66};
  state.recused = {UserId{67}};
  const std::vector<BondRow> rows{
      {"anyone", Actor::anyone(), {}},
      {"holder", Actor::holder_of(record), {.holds_secret = true}},
      {"holder of another", Actor::holder_of({6}), {}},
      {"officer in charge, to whom the identity was opened", people::officer, {.in_unit = true, .may_know = true}},
      {"officer in charge", people::mate, {.in_unit = true}},
      {"supporting", people::water_officer, {.in_support = true}},
      {"reviewing", people::reviewer, {.in_review = true}},
      {"of the unit below, to whom the identity was opened when it was in charge", people::team_officer, {}},
      {"dispatcher, to whom the identity was opened", people::dispatcher, {.may_know = true}},
      {"complained of", {{Role::dispatcher}, UserId{66}, {}, {}}, {.barred = true}},
      {"recused", {{Role::officer}, UserId{67}, fixtures::roads, {}}, {.in_unit = true, .barred = true}},
      {"an officer without unit", {{Role::officer}, UserId{68}, {}, {}}, {}},
      {"program", Actor::program(), {}},
  };
  for (const auto& [who, actor, expected] : rows) {
    const auto tie = bond(state, record, actor, life.pack);
    EXPECT_EQ(tie.holds_secret, expected.holds_secret) << who;
    EXPECT_EQ(tie.in_unit, expected.in_unit) << who;
    EXPECT_EQ(tie.in_support, expected.in_support) << who;
    EXPECT_EQ(tie.in_review, expected.in_review) << who;
    EXPECT_EQ(tie.may_know, expected.may_know) << who;
    EXPECT_EQ(tie.barred, expected.barred) << who;
  }
}

TEST(CaseRights, SayWhyNot) {
  const auto life = Life::up_to(Phase::in_work);
  const auto why = [&](const Actor& actor, std::string_view act) {
    return told(may(actor, act, bond(life.state, record, actor, life.pack), Case::rights()));
  };
  EXPECT_EQ(why(Actor::anyone(), "read"), "unauthenticated may_not_unknown");
  EXPECT_EQ(why(Actor::holder_of({6}), "read"), "forbidden may_not_without_secret");
  EXPECT_EQ(why(people::water_officer, "answer"), "forbidden may_not_with_others");
  EXPECT_EQ(why(people::officer, "read_identity"), "forbidden may_not_unrevealed");
  EXPECT_EQ(why(people::steward, "read"), "forbidden may_not_role");
  EXPECT_EQ(why(people::dispatcher, "anything_else"), "forbidden may_not_role");
}

TEST(CaseRights, TheRoleOfAnActIsTheFirstThatFits) {
  const auto life = Life::up_to(Phase::in_work);
  const Actor both{{Role::officer, Role::dispatcher}, UserId{1}, fixtures::roads, {}};
  auto elsewhere = both;
  elsewhere.unit = fixtures::water;
  const auto here = bond(life.state, record, both, life.pack), there = bond(life.state, record, elsewhere, life.pack);
  EXPECT_EQ(*may(both, "start", here, Case::rights()), Role::officer);
  EXPECT_EQ(*may(both, "accept", here, Case::rights()), Role::dispatcher);
  EXPECT_EQ(*may(elsewhere, "note", there, Case::rights()), Role::dispatcher);
  EXPECT_EQ(told(may(elsewhere, "start", there, Case::rights())), "forbidden may_not_with_others");
}

// For any actor with any roles, in any unit: a list shows exactly the cases that may() lets be read one by one.
TEST(CaseRights, ListsShowExactlyWhatMayBeRead) {
  constexpr std::uint64_t seed = 20260301;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const auto pack = fixtures::town_pack();
  const std::vector<std::optional<UnitCode>> units{std::nullopt, fixtures::roads, fixtures::road_team, fixtures::water};
  const auto unit = [&] { return units[random.below(4)]; };
  for (int round = 0; round < 5000; ++round) {
    Actor actor;
    for (std::uint8_t i = 0; i < Names<Role>::values.size(); ++i) {
      if (random.below(3) == 0) actor.roles.push_back(static_cast<Role>(i));
    }
    actor.unit = unit();
    if (random.below(2) == 0) actor.user = UserId{9};
    State state;
    state.unit = unit();
    if (const auto support = unit(); support) state.supports = {{*support, random.below(2) == 0}};
    if (const auto review = unit(); review) state.review = OpenReview{ReviewLevel::review, review};
    if (random.below(3) == 0) state.about_unit = unit();
    if (random.below(5) == 0) state.about_user = UserId{9};
    if (random.below(5) == 0) state.recused = {UserId{8}, UserId{9}};
    const auto seen = visible(actor, pack, Case::rights());
    EXPECT_EQ(seen.covers(units_of(state), bars_of(state)),
              may(actor, "read", bond(state, record, actor, pack), Case::rights()).ok());
    EXPECT_FALSE(seen.nothing() && seen.covers(units_of(state), bars_of(state)));
  }
}

// ---- What a screen offers
// --------------------------------------------------------------------------------------------------------

struct OfferRow {
  Phase phase;
  Actor person;
  std::vector<std::string_view> expected;
};

TEST(CaseOffers, OnlyWhatThisPersonCanDoNow) {
  using namespace people;
  const auto holder = Actor::holder_of(record);
  const std::vector<OfferRow> offers{
      {Phase::received, Actor::anyone(), {}},
      {Phase::received, holder, {"withdraw"}},
      {Phase::received,
       dispatcher,
       {"accept", "not_accept", "note", "split", "hand_over", "reveal", "set_about", "recuse", "set_urgent"}},
      {Phase::accepted,
       dispatcher,
       {"assign", "note", "support", "merge", "split", "hand_over", "reveal", "set_about", "recuse", "set_urgent"}},
      {Phase::assigned, officer, {"start", "note", "object", "ask", "pause", "ask_extension", "hand_over", "reveal", "recuse"}},
      {Phase::assigned, water_officer, {}},
      {Phase::in_work,
       officer,
       {"note", "answer", "object", "ask", "pause", "ask_extension", "promise", "hand_over", "reveal", "recuse"}},
      {Phase::in_work, leader, {"note", "reveal", "recuse", "change_handler"}},
      {Phase::in_work, supervisor, {"note", "recuse"}},
      {Phase::answered, holder, {"rate", "withdraw"}},
      {Phase::answered, Actor::holder_of({6}), {}},
      {Phase::answered, officer, {"note", "promise", "reveal", "recuse"}},  // the days for a rating are not over
      {Phase::rated, officer, {"note", "close", "promise", "reveal", "recuse"}},
      {Phase::rated, steward, {}},
      {Phase::closed, holder, {"reopen"}},
      {Phase::closed, dispatcher, {"note", "reopen_by_staff", "set_about"}},
      {Phase::in_review, officer, {"note", "reveal", "recuse"}},  // the reviewed do not stop the review
      {Phase::in_review, dispatcher, {"note", "assign_review", "reveal", "set_about", "recuse", "set_urgent"}},
      {Phase::merged, dispatcher, {"note", "split_back", "reveal", "set_about", "recuse"}},
      {Phase::handing_over, officer, {"note", "prove_hand_over", "reveal", "recuse"}},
      {Phase::handed_over, supervisor, {"note", "reopen_by_staff"}},
      {Phase::withdrawn, holder, {}},
  };
  for (const auto& [phase, person, expected] : offers) {
    const auto who = std::string(name_of(person.roles.front()));
    EXPECT_EQ(Life::up_to(phase).offers(person, "2026-03-02T09:00:00+08:00"), expected) << name_of(phase) << ", " << who;
  }
}

TEST(CaseOffers, ClosingWhenTheDaysForARatingAreOver) {
  EXPECT_THAT(Life::up_to(Phase::answered).offers(people::officer, "2026-03-12T00:00:00+08:00"), testing::Contains("close"));
}

}  // namespace
}  // namespace huiyin::cases
