// Absences: who can stand in for whom, with which roles, on which days; and what standing in never gives.
#include "domain/absence.h"

#include <gmock/gmock.h>

#include "domain/case_life.h"
#include "domain/fixtures.h"

namespace huiyin {
namespace {

using fixtures::day;
using fixtures::roads;
using fixtures::water;
using testing::ElementsAre;
using testing::IsEmpty;

Member member(std::int64_t id, std::vector<Role> roles, std::optional<UnitCode> unit = {}) {
  return {{id}, "m" + std::to_string(id), "M" + std::to_string(id), std::move(roles), std::move(unit)};
}

const Member officer = member(1, {Role::officer}, roads), leader = member(2, {Role::leader}, roads);
const Member plumber = member(3, {Role::officer}, water), clerk = member(4, {Role::dispatcher});
const Member steward = member(5, {Role::steward}), both = member(6, {Role::dispatcher, Role::officer}, roads);
const Member gone = [] {
  auto one = member(7, {Role::officer}, roads);
  one.disabled = true;
  return one;
}();

TEST(Deputy, IsOfTheSameUnitOrWithoutAUnitOfARoleInCommon) {
  struct Row {
    const Member& deputy;
    const Member& absent;
    bool can;
  };
  for (const auto& [deputy, absent, can] : std::vector<Row>{
           {officer, leader, true},
           {leader, officer, true},
           {plumber, officer, false},
           {clerk, officer, false},  // without a unit for one of a unit
           {steward, clerk, false},  // both without, and no role in common
           {both, clerk, true},      // dispatchers both
           {officer, clerk, false},
           {officer, officer, false},
           {gone, officer, false},
           {officer, gone, false},
       })
    EXPECT_EQ(can_stand_in(deputy, absent), can) << deputy.login << " for " << absent.login;
}

std::string faults(const AbsenceAsked& asked, std::string_view today = "2026-03-01") {
  std::string out;
  for (const auto& fault : faults_of(asked, day(today))) {
    out += (out.empty() ? "" : ", ") + fault.field + " " + std::string(fault.expected.key.name);
    for (const auto& argument : fault.expected.arguments) out += " " + argument.value;
  }
  return out;
}

TEST(AbsenceAsked, NamesTheDeputyWhoCannotStandIn) {
  const Day first = day("2026-03-02"), last = day("2026-03-06");
  EXPECT_EQ(faults({officer, leader, first, last, officer.id}), "");
  EXPECT_EQ(faults({officer, officer, first, last, officer.id}), "deputy expected_deputy_other");
  EXPECT_EQ(faults({officer, plumber, first, last, officer.id}), "deputy expected_deputy_colleague");
  EXPECT_EQ(faults({officer, gone, first, last, officer.id}), "deputy expected_deputy_colleague");
  EXPECT_EQ(faults({officer, both, first, last, leader.id}), "");
  EXPECT_EQ(faults({officer, leader, first, last, leader.id}), "deputy expected_deputy_not_setter");
}

TEST(AbsenceAsked, NamesTheDaysOnWhichTheDeputyIsAwayToo) {
  const auto with = [](const char* first, const char* last) {
    const Absence away{leader.id, officer.id, day("2026-03-04"), day("2026-03-05"), leader.id, {}};
    return faults({officer, leader, day(first), day(last), officer.id, away});
  };
  const std::string refusal = "deputy expected_deputy_present M2 2026-03-04 2026-03-05";
  EXPECT_EQ(with("2026-03-01", "2026-03-03"), "");
  EXPECT_EQ(with("2026-03-01", "2026-03-04"), refusal);
  EXPECT_EQ(with("2026-03-05", "2026-03-09"), refusal);
  EXPECT_EQ(with("2026-03-06", "2026-03-09"), "");
}

TEST(AbsenceAsked, IsOfAtMost366DaysInOrderAndNotOver) {
  struct Row {
    const char *first, *last;
    std::string fault;
  };
  for (const auto& [first, last, fault] : std::vector<Row>{
           {"2026-03-01", "2026-03-01", ""},
           {"2026-02-20", "2026-03-01", ""},  // it has begun already
           {"2026-02-20", "2026-02-28", "last_day expected_day_from 2026-03-01"},
           {"2026-03-05", "2026-03-04", "last_day expected_day_from 2026-03-05"},
           {"2026-03-01", "2027-03-01", ""},  // 366 days: 365 of a year, and the first of March once more
           {"2026-03-01", "2027-03-02", "last_day expected_day_until 2027-03-01 366"},
       })
    EXPECT_EQ(faults({officer, leader, day(first), day(last), officer.id}), fault) << first << " to " << last;
  EXPECT_EQ(faults({officer, plumber, day("2026-03-05"), day("2026-03-04"), officer.id}),
            "deputy expected_deputy_colleague, last_day expected_day_from 2026-03-05");
}

TEST(ActorOfADeputy, HasTheRolesOfAllBesideTheOwnEachOnce) {
  const auto alone = actor_of(officer, {});
  EXPECT_THAT(alone.roles, ElementsAre(Role::officer));
  EXPECT_THAT(alone.deputises, IsEmpty());
  const auto actor = actor_of(officer, std::vector{leader, both});
  EXPECT_THAT(actor.roles, ElementsAre(Role::officer, Role::leader, Role::dispatcher));
  EXPECT_THAT(actor.deputises, ElementsAre(leader.id, both.id));
  EXPECT_EQ(actor.user, officer.id);
  EXPECT_EQ(actor.unit, roads);
}

TEST(ActorOfADeputy, NeverGetsTheRightOfASteward) {
  const auto head = member(8, {Role::leader, Role::steward}, roads);
  EXPECT_THAT(actor_of(officer, std::vector{head}).roles, ElementsAre(Role::officer, Role::leader));
  EXPECT_THAT(actor_of(clerk, std::vector{steward}).roles, ElementsAre(Role::dispatcher));
}

// Somebody moved to another unit, or left, after the absence was set.
TEST(ActorOfADeputy, GetsNothingFromWhomTheyCannotStandInForAnyMore) {
  for (const auto& absent : {plumber, gone, clerk}) {
    const auto actor = actor_of(officer, std::vector{absent});
    EXPECT_THAT(actor.roles, ElementsAre(Role::officer));
    EXPECT_THAT(actor.deputises, IsEmpty());
  }
}

TEST(AbsenceRights, AreTheOwnPersonsTheirLeadersAndTheStewards) {
  struct Row {
    Role role;
    Bond bond;
    std::string outcome;
  };
  const Bond none{}, unit{.in_unit = true}, own{.is_own = true};
  for (const auto& [role, bond, outcome] : std::vector<Row>{
           {Role::officer, own, "ok"},
           {Role::officer, unit, "may_not_other_person"},
           {Role::dispatcher, own, "ok"},
           {Role::dispatcher, none, "may_not_other_person"},
           {Role::leader, unit, "ok"},
           {Role::leader, own, "ok"},
           {Role::leader, none, "may_not_other_person"},
           {Role::steward, none, "ok"},
           {Role::requester, own, "may_not_role"},
       }) {
    const auto result = may(Actor{{role}, UserId{1}}, "set_absence", bond, absence_rights());
    EXPECT_EQ(result.ok() ? "ok" : result.error().message.key.name, outcome) << name_of(role);
  }
}

// ---- Two persons are two, whoever acts for whom
// ------------------------------------------------------------------------------------------------------------------

TEST(ADeputyOfTheLeader, CannotRuleOnTheExtensionTheyAskedForThemselves) {
  auto life = cases::Life::up_to(cases::Phase::in_work);
  life.actor = actor_of(officer, std::vector{leader});
  life.take(cases::AskExtension{30, std::string("The road must be closed first")}, "2026-03-10T09:00:00+08:00");
  constexpr std::string_view later = "2026-03-11T09:00:00+08:00";
  EXPECT_EQ(life.says(cases::approved, later), "forbidden may_not_own_request");
  life.actor = actor_of(both, std::vector{leader});
  EXPECT_EQ(life.says(cases::approved, later), "extended") << "a deputy who did not ask may";
}

}  // namespace
}  // namespace huiyin
