// Absences of staff: who may set them, what a deputy may do while they last, and what is told of them.
#include <gmock/gmock.h>

#include "app/absence_rows.h"
#include "app/case_world.h"
#include "app/staff_desk.h"

namespace huiyin::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view the_password = "correct horse battery";

// A leader, two officers and a gone one of the roads; an officer of the water works; a clerk and a steward without a unit. It is
// the first of March 2026, nine o'clock.
class StaffAbsenceTest : public testing::Test, protected CaseWorld {
 protected:
  StaffAbsenceTest() {
    const auto view = world_.store->write(world_.town->id);
    const auto hash = crypto::password_hash(std::string(the_password));
    const auto put = [&](const char* login, const char* roles, std::optional<UnitCode> unit, bool disabled = false) {
      view->put_user({{}, login, login, hash, roles, std::move(unit), disabled});
    };
    put("li", "leader steward", fixtures::roads);
    put("wang", "officer", fixtures::roads);
    put("zhao", "officer", fixtures::roads);
    put("gone", "officer", fixtures::roads, true);
    put("qian", "officer", fixtures::water);
    put("clerk", "dispatcher", {});
    put("boss", "steward dispatcher", {});
    put("chen", "leader", fixtures::roads);
    view->commit();
  }

  // A session without the work that a password takes.
  std::string token(const std::string& login) {
    const auto token = login + std::to_string(++sessions_);
    const auto now = world_.clock.now();
    const auto view = world_.store->write(world_.town->id);
    view->put_session({crypto::sha256(token), view->find_user(login)->id, now, now + session_length});
    view->commit();
    return token;
  }
  Actor actor(const std::string& login) { return staff_.who(*world_.town, token(login))->actor; }
  std::string set(const std::string& by, const std::string& deputy, const char* first, const char* last,
                  const std::string& login = {}) {
    return told(await<void>([&](auto done) {
      staff_.set_absence(*world_.town, actor(by), {login, deputy, fixtures::day(first), fixtures::day(last)}, done);
    }));
  }
  std::string end(const std::string& by, const std::string& login = {}) {
    return told(await<void>([&](auto done) { staff_.end_absence(*world_.town, actor(by), login, done); }));
  }
  Result<AbsenceList> list(const std::string& by, const std::string& login = {}) {
    return staff_.list_absences(*world_.town, actor(by), login);
  }
  static std::vector<std::string> logins(const std::vector<Candidate>& candidates) {
    std::vector<std::string> out;
    for (const auto& one : candidates) out.push_back(one.member.login);
    return out;
  }
  static std::vector<std::string> logins(const std::vector<AbsenceItem>& items) {
    std::vector<std::string> out;
    for (const auto& one : items) out.push_back(one.staff.login);
    return out;
  }

  StaffDesk staff_{{*world_.store, world_.keys, *world_.committer, world_.clock, world_.random}};
  int sessions_ = 0;
};

TEST_F(StaffAbsenceTest, ADeputyHasTheRolesOfBothFromTheFirstDayToTheLastInTheTownsOwnZone) {
  EXPECT_EQ(set("chen", "wang", "2026-03-02", "2026-03-03"), "ok");
  const auto session = token("wang");
  const auto roles_at = [&](std::string_view when) {
    world_.clock.pass(fixtures::at(when) - world_.clock.now());
    return staff_.who(*world_.town, session)->actor.roles;
  };
  EXPECT_THAT(roles_at("2026-03-01T20:59:59+08:00"), ElementsAre(Role::officer));
  EXPECT_EQ(staff_.who(*world_.town, session)->acts_for.size(), 0U);
  // A session lasts twelve hours: signed in anew, the roles are there from the beginning.
  world_.clock.pass(fixtures::at("2026-03-01T23:59:59+08:00") - world_.clock.now());
  EXPECT_THAT(actor("wang").roles, ElementsAre(Role::officer));
  world_.clock.pass(std::chrono::seconds(1));
  const auto fresh =
      await<NewSession>([&](auto done) { staff_.sign_in(*world_.town, "wang", std::string(the_password), done); }).value();
  EXPECT_THAT(fresh.staff.actor.roles, ElementsAre(Role::officer, Role::leader));
  ASSERT_EQ(fresh.staff.acts_for.size(), 1U);
  EXPECT_EQ(fresh.staff.acts_for[0].absent.login, "chen");
  EXPECT_EQ(fresh.staff.acts_for[0].until, fixtures::day("2026-03-03"));
  const auto chen = staff_.find(*world_.town, "chen").value();
  EXPECT_THAT(actor("wang").deputises, ElementsAre(chen.id));
  world_.clock.pass(fixtures::at("2026-03-03T23:59:59+08:00") - world_.clock.now());
  EXPECT_THAT(actor("wang").roles, ElementsAre(Role::officer, Role::leader));
  world_.clock.pass(std::chrono::seconds(1));
  EXPECT_THAT(actor("wang").roles, ElementsAre(Role::officer));
  EXPECT_THAT(actor("wang").deputises, IsEmpty());
}

TEST_F(StaffAbsenceTest, EndedEarlyItEndsAtOnceAlsoForWhoIsSignedIn) {
  EXPECT_EQ(set("chen", "wang", "2026-03-01", "2026-03-31"), "ok");
  const auto session = token("wang");
  EXPECT_TRUE(staff_.who(*world_.town, session)->actor.is(Role::leader));
  EXPECT_EQ(end("chen"), "ok");
  EXPECT_FALSE(staff_.who(*world_.town, session)->actor.is(Role::leader));
  EXPECT_EQ(end("chen"), "not_found absence_none");
}

TEST_F(StaffAbsenceTest, ThatIsOverCannotBeEndedAndIsNotShown) {
  EXPECT_EQ(set("chen", "wang", "2026-03-01", "2026-03-01"), "ok");
  world_.clock.pass(std::chrono::hours(24));
  EXPECT_EQ(end("chen"), "not_found absence_none");
  EXPECT_FALSE(list("chen")->own);
  EXPECT_EQ(set("chen", "zhao", "2026-03-10", "2026-03-10"), "ok");
  EXPECT_EQ(list("chen")->own->deputy.login, "zhao");
}

TEST_F(StaffAbsenceTest, ANewOneTakesThePlaceOfTheOldOne) {
  EXPECT_EQ(set("chen", "wang", "2026-03-01", "2026-03-05"), "ok");
  EXPECT_EQ(set("chen", "zhao", "2026-03-01", "2026-03-06"), "ok");
  EXPECT_FALSE(actor("wang").is(Role::leader));
  EXPECT_TRUE(actor("zhao").is(Role::leader));
}

TEST_F(StaffAbsenceTest, ADeputyOfADeputyGetsNothingOfTheFirst) {
  EXPECT_EQ(set("chen", "wang", "2026-03-02", "2026-03-02"), "ok");
  EXPECT_EQ(set("wang", "zhao", "2026-03-02", "2026-03-02"), "ok");
  world_.clock.pass(std::chrono::hours(24));
  EXPECT_TRUE(actor("wang").is(Role::leader)) << "who is there acts, also on a day of leave";
  EXPECT_FALSE(actor("zhao").is(Role::leader));
  EXPECT_EQ(list("chen")->own->deputy_away->first, fixtures::day("2026-03-02")) << "and chen is told that the deputy is away too";
}

TEST_F(StaffAbsenceTest, ADeputyNeverSetsUpAccounts) {
  EXPECT_EQ(set("li", "wang", "2026-03-01", "2026-03-05"), "ok");
  EXPECT_THAT(actor("wang").roles, ElementsAre(Role::officer, Role::leader));
}

TEST_F(StaffAbsenceTest, IsSetByThePersonTheLeaderOfTheirUnitOrASteward) {
  struct Row {
    std::string by, login, deputy, expected;
  };
  for (const auto& [by, login, deputy, expected] : std::vector<Row>{
           {"wang", "", "zhao", "ok"},
           {"wang", "wang", "zhao", "ok"},
           {"wang", "zhao", "chen", "forbidden may_not_other_person"},
           {"wang", "nobody", "chen", "forbidden may_not_other_person"},  // who may not learns nothing
           {"wang", "", "nobody", "invalid invalid_fields deputy"},
           {"wang", "", "qian", "invalid invalid_fields deputy"},
           {"wang", "", "gone", "invalid invalid_fields deputy"},
           {"wang", "", "wang", "invalid invalid_fields deputy"},
           {"chen", "wang", "zhao", "ok"},
           {"chen", "nobody", "zhao", "invalid invalid_fields login"},
           {"chen", "gone", "zhao", "invalid invalid_fields login"},
           {"chen", "zhao", "chen", "invalid invalid_fields deputy"},  // nobody makes themselves a deputy
           {"chen", "qian", "wang", "forbidden may_not_other_person"},
           {"clerk", "wang", "zhao", "forbidden may_not_other_person"},
           {"boss", "qian", "wang", "invalid invalid_fields deputy"},
           {"boss", "zhao", "chen", "ok"},
           {"boss", "clerk", "boss", "invalid invalid_fields deputy"},
           {"clerk", "", "boss", "ok"},
       })
    EXPECT_EQ(set(by, deputy, "2026-03-01", "2026-03-02", login), expected) << by << " for " << login << ": " << deputy;
}

// chen lends the leader's right to wang, who may use it, but not to make it last.
TEST_F(StaffAbsenceTest, ADeputyCannotLengthenTheOwnDeputyship) {
  EXPECT_EQ(set("chen", "wang", "2026-03-01", "2026-03-02"), "ok");
  EXPECT_EQ(set("wang", "wang", "2026-03-01", "2027-02-28", "chen"), "invalid invalid_fields deputy");
  EXPECT_EQ(set("wang", "chen", "2026-03-05", "2026-03-06", "zhao"), "ok") << "a leader's acts are the deputy's too";
}

TEST_F(StaffAbsenceTest, ADeputyWhoIsAwayTooIsRefusedWithTheDays) {
  EXPECT_EQ(set("zhao", "chen", "2026-03-04", "2026-03-05"), "ok");
  const auto refused = await<void>([&](auto done) {
    staff_.set_absence(*world_.town, actor("wang"), {"", "zhao", fixtures::day("2026-03-05"), fixtures::day("2026-03-06")}, done);
  });
  ASSERT_EQ(told(refused), "invalid invalid_fields deputy");
  const auto words = say(refused.error().fields.front().expected, Language::en);
  EXPECT_THAT(words, testing::HasSubstr("zhao is away too, from 2026-03-04 to 2026-03-05"));
  EXPECT_EQ(set("wang", "zhao", "2026-03-06", "2026-03-06"), "ok");
}

TEST_F(StaffAbsenceTest, TheListTellsTheOwnOneForWhomOneActsAndWhoCanStandIn) {
  EXPECT_EQ(set("wang", "zhao", "2026-03-01", "2026-03-05"), "ok");
  EXPECT_EQ(set("li", "zhao", "2026-03-09", "2026-03-10"), "ok");
  const auto wang = list("wang").value();
  ASSERT_TRUE(wang.own);
  EXPECT_EQ(wang.own->deputy.login, "zhao");
  EXPECT_EQ(wang.own->set_by, "wang");
  EXPECT_EQ(wang.own->absence.set_at, world_.clock.now());
  EXPECT_FALSE(wang.own->deputy_away);
  EXPECT_THAT(logins(wang.deputies), ElementsAre("chen", "li", "zhao"));
  EXPECT_EQ(wang.deputies[1].away->first, fixtures::day("2026-03-09"));
  EXPECT_THAT(wang.people, IsEmpty()) << "an officer sets it for nobody else";
  EXPECT_THAT(wang.others, IsEmpty());
  EXPECT_THAT(logins(list("zhao")->acts_for), ElementsAre("wang")) << "li's begins later";
  EXPECT_FALSE(list("zhao")->own);
}

TEST_F(StaffAbsenceTest, ALeaderSeesThoseOfTheUnitAndAStewardAll) {
  EXPECT_EQ(set("wang", "zhao", "2026-03-03", "2026-03-05"), "ok");
  EXPECT_EQ(set("li", "zhao", "2026-03-02", "2026-03-10"), "ok");
  EXPECT_EQ(set("clerk", "boss", "2026-03-01", "2026-03-01"), "ok");
  const auto chen = list("chen").value();
  EXPECT_THAT(logins(chen.people), ElementsAre("li", "wang", "zhao"));
  EXPECT_THAT(logins(chen.others), ElementsAre("li", "wang"));
  const auto boss = list("boss").value();
  EXPECT_THAT(logins(boss.others), ElementsAre("clerk", "li", "wang"));
  EXPECT_THAT(logins(boss.acts_for), ElementsAre("clerk"));
  // Of one person: who can stand in, but for the one who asks.
  EXPECT_THAT(logins(list("chen", "wang")->deputies), ElementsAre("li", "zhao"));
  EXPECT_EQ(list("chen", "wang")->own->deputy.login, "zhao");
  EXPECT_EQ(told(list("chen", "qian")), "forbidden may_not_other_person");
  EXPECT_EQ(told(list("wang", "zhao")), "forbidden may_not_other_person");
}

TEST_F(StaffAbsenceTest, LentRolesEndWhereTheDeputyCouldNotBeChosenAnyMore) {
  EXPECT_EQ(set("chen", "wang", "2026-03-01", "2026-03-05"), "ok");
  EXPECT_EQ(told(staff_.list_absences(*world_.town, Actor::anyone())), "unauthenticated may_not_unknown");
  {  // As an operator would, behind the program's back: chen's absence lends to qian of another unit.
    const auto qian = staff_.find(*world_.town, "qian")->id, chen = staff_.find(*world_.town, "chen")->id;
    const auto view = world_.store->write(world_.town->id);
    auto row = view->rows<AbsenceRows>().find(chen).value();
    row.deputy = qian;
    view->rows<AbsenceRows>().put(row);
    view->commit();
  }
  EXPECT_FALSE(actor("qian").is(Role::leader));
  EXPECT_THAT(actor("qian").deputises, IsEmpty());
  EXPECT_THAT(list("qian")->acts_for, IsEmpty());
}

// ---- The directory
// --------------------------------------------------------------------------------------------------------------

TEST_F(StaffAbsenceTest, TheDirectoryHasThoseOfTheOwnUnitWhoAreThere) {
  const auto members = staff_.list_unit(*world_.town, actor("wang"));
  std::vector<std::string> names;
  for (const auto& one : members) names.push_back(one.login);
  EXPECT_THAT(names, ElementsAre("chen", "li", "wang", "zhao"));
  EXPECT_THAT(members[1].roles, ElementsAre(Role::leader, Role::steward));
  EXPECT_THAT(staff_.list_unit(*world_.town, actor("clerk")), IsEmpty());
  EXPECT_EQ(staff_.find(*world_.town, "zhao")->unit, fixtures::roads);
  EXPECT_TRUE(staff_.find(*world_.town, "gone")->disabled);
  EXPECT_FALSE(staff_.find(*world_.town, "nobody"));
}

// ---- Two persons are two
// --------------------------------------------------------------------------------------------------------------

TEST_F(StaffAbsenceTest, WhoAskedForMoreTimeCannotApproveItAsTheLeadersDeputy) {
  const auto id = file(filing("A hole in the road"))->id;
  EXPECT_EQ(act(dispatcher, id, 1, cases::Accept{}), "2");
  EXPECT_EQ(act(dispatcher, id, 2, cases::Assign{fixtures::roads}), "3");
  EXPECT_EQ(act(actor("wang"), id, 3, cases::Start{}), "4");
  EXPECT_EQ(act(actor("wang"), id, 4, cases::AskExtension{10, std::string("The ground is frozen")}), "5");
  const cases::RuleProposal approve{.approved = true, .reason = std::string("So it is")};
  EXPECT_EQ(act(actor("wang"), id, 5, approve), "forbidden may_not_role");
  EXPECT_EQ(set("chen", "wang", "2026-03-01", "2026-03-05"), "ok");
  EXPECT_EQ(act(actor("wang"), id, 5, approve), "forbidden may_not_own_request");
  EXPECT_EQ(set("chen", "zhao", "2026-03-01", "2026-03-05"), "ok");
  EXPECT_EQ(act(actor("zhao"), id, 5, approve), "6") << "another person may, as the leader's deputy";
}

}  // namespace
}  // namespace huiyin::app
