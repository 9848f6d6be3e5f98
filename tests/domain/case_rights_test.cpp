// Who may do what with a case: every act by every kind of person, written out; and the same table held against itself.
#include <gmock/gmock.h>

#include <set>

#include "base/random.h"
#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

constexpr RecordId record{5};

// The kinds of people, in the order of the columns below.
const std::vector<std::pair<std::string_view, Actor>> people{
    {"anyone", Actor::anyone()},
    {"holder", Actor::holder_of(record)},
    {"holder of another", Actor::holder_of({6})},
    {"dispatcher", {{Role::dispatcher}, UserId{1}, {}, {}}},
    {"officer in charge", {{Role::officer}, UserId{2}, fixtures::roads, {}}},
    {"officer elsewhere", {{Role::officer}, UserId{3}, fixtures::water, {}}},
    {"leader in charge", {{Role::leader}, UserId{7}, fixtures::roads, {}}},
    {"leader elsewhere", {{Role::leader}, UserId{8}, fixtures::water, {}}},
    {"steward", {{Role::steward}, UserId{4}, {}, {}}},
    {"program", Actor::program()},
};

// "" allowed; else the reason.
constexpr std::string_view yes{}, who = "unauthenticated may_not_unknown", role = "forbidden may_not_role",
                                  code = "forbidden may_not_without_secret", unit = "forbidden may_not_other_unit";

struct RightRow {
  std::string_view act;
  std::array<std::string_view, 10> expected;
};

const std::vector<RightRow> rows{
    // anyone, holder, holder of another, dispatcher, officer in charge and elsewhere, leader in charge and elsewhere, steward,
    // program
    {"submit", {yes, yes, yes, role, role, role, role, role, role, yes}},
    {"read", {who, yes, code, yes, yes, unit, yes, unit, role, yes}},
    {"read_identity", {who, yes, code, role, role, role, role, role, role, role}},
    {"read_notes", {who, role, role, yes, yes, unit, yes, unit, role, role}},
    {"read_rating", {who, yes, code, role, role, role, role, role, role, role}},
    {"accept", {who, role, role, yes, role, role, role, role, role, yes}},
    {"not_accept", {who, role, role, yes, role, role, role, role, role, role}},
    {"assign", {who, role, role, yes, role, role, role, role, role, yes}},
    {"start", {who, role, role, role, yes, unit, role, role, role, yes}},
    {"note", {who, role, role, yes, yes, unit, yes, unit, role, role}},
    {"answer", {who, role, role, role, yes, unit, role, role, role, yes}},
    {"rate", {who, yes, code, role, role, role, role, role, role, role}},
    {"close", {who, role, role, yes, yes, unit, role, role, role, yes}},
    {"object", {who, role, role, role, yes, unit, role, role, role, role}},
    {"rule", {who, role, role, yes, role, role, role, role, role, role}},
    {"ask", {who, role, role, role, yes, unit, role, role, role, role}},
    {"reply", {who, yes, code, role, role, role, role, role, role, role}},
    {"withdraw", {who, yes, code, role, role, role, role, role, role, role}},
    {"reopen", {who, yes, code, role, role, role, role, role, role, role}},
    {"pause", {who, role, role, role, yes, unit, role, role, role, role}},
    {"resume", {who, role, role, role, yes, unit, yes, unit, role, role}},
    {"ask_extension", {who, role, role, role, yes, unit, role, role, role, role}},
    {"rule_extension", {who, role, role, role, role, role, yes, unit, role, role}},
    {"anything_else", {who, role, role, role, role, role, role, role, role, role}},
};

std::string told(const Result<Role>& result) {
  if (result.ok()) return {};
  return std::string(huiyin::name_of(result.error().code)) + " " + std::string(result.error().message.key.name);
}

State in_charge_of(const UnitCode& unit_in_charge) {
  State state;
  state.unit = unit_in_charge;
  return state;
}

TEST(CaseRights, AreTheseAndNoOthers) {
  const auto state = in_charge_of(fixtures::roads);
  std::set<std::string_view> acts;
  for (const auto& [act, expected] : rows) {
    acts.insert(act);
    for (std::size_t i = 0; i < people.size(); ++i) {
      const auto& [name, actor] = people[i];
      EXPECT_EQ(told(may(actor, act, bond(state, record, actor), Case::rights())), expected[i]) << act << " by " << name;
    }
  }
  for (const auto& right : Case::rights()) EXPECT_TRUE(acts.contains(right.act)) << right.act << " is in no row of this test";
}

TEST(CaseRights, EveryCommandHasARow) {
  [&]<class... Each>(std::type_identity<std::variant<Each...>>) {
    for (const auto name : {Each::name...}) {
      EXPECT_TRUE(std::ranges::any_of(Case::rights(), [&](const Right& right) { return right.act == name; })) << name;
    }
  }(std::type_identity<Command>{});
}

TEST(CaseRights, TheRoleOfAnActIsTheFirstThatFits) {
  const Actor both{{Role::officer, Role::dispatcher}, UserId{1}, fixtures::roads, {}};
  const auto here = bond(in_charge_of(fixtures::roads), record, both), there = bond(in_charge_of(fixtures::water), record, both);
  EXPECT_EQ(*may(both, "start", here, Case::rights()), Role::officer);
  EXPECT_EQ(*may(both, "accept", here, Case::rights()), Role::dispatcher);
  EXPECT_EQ(*may(both, "note", there, Case::rights()), Role::dispatcher);
  EXPECT_EQ(told(may(both, "start", there, Case::rights())), unit);
}

TEST(CaseRights, NobodyIsInChargeOfACaseWithoutUnit) {
  const Actor lost{{Role::officer}, UserId{1}, {}, {}};  // an officer without unit is refused elsewhere; here he sees nothing
  EXPECT_FALSE(bond(State{}, record, lost).in_unit);
  EXPECT_FALSE(bond(State{}, record, Actor::anyone()).holds_secret);
}

// For any actor with any roles, in any unit: a list shows exactly the cases that may() lets be read one by one.
TEST(CaseRights, ListsShowExactlyWhatMayBeRead) {
  constexpr std::uint64_t seed = 20260301;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const std::vector<std::optional<UnitCode>> units{std::nullopt, fixtures::roads, fixtures::road_team, fixtures::water};
  for (int round = 0; round < 2000; ++round) {
    Actor actor;
    for (std::uint8_t i = 0; i < Names<Role>::values.size(); ++i) {
      if (random.below(3) == 0) actor.roles.push_back(static_cast<Role>(i));
    }
    actor.unit = units[random.below(4)];
    if (random.below(2) == 0) actor.user = UserId{9};
    State state;
    state.unit = units[random.below(4)];
    const auto seen = visible(actor, Case::rights());
    EXPECT_EQ(seen.covers(state.unit), may(actor, "read", bond(state, record, actor), Case::rights()).ok());
    EXPECT_FALSE(seen.nothing() && seen.covers(state.unit));
  }
}

// ---- What a screen offers
// --------------------------------------------------------------------------------------------------------

struct OfferRow {
  Phase phase;
  std::size_t person;  // in `people`
  std::vector<std::string_view> expected;
};

TEST(CaseOffers, OnlyWhatThisPersonCanDoNow) {
  const auto later = fixtures::at("2026-03-02T09:00:00+08:00");
  const std::vector<OfferRow> offers{
      {Phase::received, 0, {}},
      {Phase::received, 1, {"withdraw"}},
      {Phase::received, 3, {"accept", "not_accept", "note"}},
      {Phase::accepted, 3, {"assign", "note"}},
      {Phase::assigned, 4, {"start", "note", "object", "ask", "pause", "ask_extension"}},
      {Phase::assigned, 5, {}},
      {Phase::in_work, 4, {"note", "answer", "object", "ask", "pause", "ask_extension"}},
      {Phase::in_work, 3, {"assign", "note"}},
      {Phase::in_work, 6, {"note"}},
      {Phase::answered, 1, {"rate", "withdraw"}},
      {Phase::answered, 2, {}},
      {Phase::answered, 4, {"note"}},  // the days for a rating are not over
      {Phase::rated, 4, {"note", "close"}},
      {Phase::rated, 8, {}},
      {Phase::closed, 1, {"reopen"}},
      {Phase::closed, 3, {"note"}},
      {Phase::withdrawn, 1, {}},
  };
  for (const auto& [phase, person, expected] : offers) {
    const auto life = Life::up_to(phase);
    const auto& [name, actor] = people[person];
    EXPECT_EQ(offered(life.state, record, actor, {actor, life.pack, life.zone, later, later}), expected)
        << name_of(phase) << ", " << name;
  }
}

TEST(CaseOffers, ClosingWhenTheDaysForARatingAreOver) {
  const auto life = Life::up_to(Phase::answered);
  const auto& actor = people[4].second;
  const auto later = fixtures::at("2026-03-12T00:00:00+08:00");
  EXPECT_THAT(offered(life.state, record, actor, {actor, life.pack, life.zone, later, later}),
              testing::ElementsAre("note", "close"));
}

}  // namespace
}  // namespace huiyin::cases
