// Staff: accounts, sessions and what a wrong login learns.
#include "app/staff_desk.h"

#include <gmock/gmock.h>

#include "app/world.h"

namespace huiyin::app {
namespace {

using testing::ElementsAre;

constexpr std::string_view password = "correct horse battery";

class StaffDeskTest : public testing::Test {
 protected:
  static NewUser officer(std::string login) {
    return {std::move(login), "Wang 王", std::string(password), {Role::officer, Role::dispatcher}, fixtures::roads};
  }
  Result<UserId> add(NewUser user) {
    return await<UserId>([&](auto done) { desk_.add_user(*world_.town, std::move(user), done); });
  }
  Result<NewSession> sign_in(const std::string& login, std::string_view with) {
    return await<NewSession>([&](auto done) { desk_.sign_in(*world_.town, login, std::string(with), done); });
  }
  void sign_out(const std::string& token) {
    EXPECT_TRUE(await<void>([&](auto done) { desk_.sign_out(*world_.town, token, done); }).ok());
  }
  std::optional<SignedIn> who(std::string_view token) { return desk_.who(*world_.town, token); }

  World world_;
  StaffDesk desk_{{*world_.store, world_.keys, *world_.committer, world_.clock, world_.random}};
};

TEST_F(StaffDeskTest, ASessionSaysWhoIsThereAndWithWhichRights) {
  const auto id = add(officer("wang")).value();
  const auto session = sign_in("wang", password).value();
  const auto staff = who(session.token);
  ASSERT_TRUE(staff);
  EXPECT_EQ(staff->user, id);
  EXPECT_EQ(staff->login, "wang");
  EXPECT_EQ(staff->name, "Wang 王");
  EXPECT_EQ(staff->actor.user, id);
  EXPECT_EQ(staff->actor.unit, fixtures::roads);
  EXPECT_EQ(staff->actor.holds, std::nullopt);
  EXPECT_THAT(staff->actor.roles, ElementsAre(Role::officer, Role::dispatcher));
  EXPECT_EQ(staff->expires, world_.clock.now() + session_length);
  EXPECT_EQ(staff->csrf, session.staff.csrf);
  EXPECT_EQ(session.staff.actor.unit, fixtures::roads);
}

TEST_F(StaffDeskTest, EachSessionHasItsOwnTokens) {
  (void)add(officer("wang"));
  const auto one = sign_in("wang", password).value(), two = sign_in("wang", password).value();
  EXPECT_NE(one.token, two.token);
  EXPECT_NE(one.staff.csrf, two.staff.csrf);
  EXPECT_NE(one.staff.csrf, one.token);
  sign_out(one.token);
  EXPECT_FALSE(who(one.token));
  EXPECT_TRUE(who(two.token));
}

TEST_F(StaffDeskTest, ASessionEndsByItself) {
  (void)add(officer("wang"));
  const auto session = sign_in("wang", password).value();
  world_.clock.pass(session_length - std::chrono::milliseconds(1));
  EXPECT_TRUE(who(session.token));
  world_.clock.pass(std::chrono::milliseconds(1));
  EXPECT_FALSE(who(session.token));
}

TEST_F(StaffDeskTest, ASessionIsGoodInItsOwnJurisdictionOnly) {
  (void)add(officer("wang"));
  const auto session = sign_in("wang", password).value();
  EXPECT_FALSE(desk_.who(*world_.village, session.token));
  EXPECT_FALSE(who(""));
  EXPECT_FALSE(who("strange"));
}

TEST_F(StaffDeskTest, AWrongLoginAndAWrongPasswordLearnTheSame) {
  (void)add(officer("wang"));
  {
    const auto view = world_.store->write(world_.town->id);
    view->put_user({{}, "gone", "Gone", view->find_user("wang")->password, "officer", fixtures::roads, true});
    view->commit();
  }
  const std::string refused = "unauthenticated sign_in_failed";
  EXPECT_EQ(told(sign_in("wang", "wrong horse battery")), refused);
  EXPECT_EQ(told(sign_in("wang", "")), refused);
  EXPECT_EQ(told(sign_in("nobody", password)), refused);
  EXPECT_EQ(told(sign_in("Wang", password)), refused);
  EXPECT_EQ(told(sign_in("gone", password)), refused);  // disabled
}

TEST_F(StaffDeskTest, ADisabledAccountLosesTheSessionsItHas) {
  const auto view = world_.store->write(world_.town->id);
  const auto id = view->put_user({{}, "gone", "Gone", "x", "officer", fixtures::roads, true});
  view->put_session({crypto::sha256("token"), id, world_.clock.now(), world_.clock.now() + session_length});
  view->commit();
  EXPECT_FALSE(who("token"));
}

TEST_F(StaffDeskTest, TheDatabaseKeepsNeitherTokenNorPassword) {
  (void)add(officer("wang"));
  const auto session = sign_in("wang", password).value();
  const auto view = world_.store->read(world_.town->id);
  EXPECT_THAT(view->find_user("wang")->password, testing::StartsWith("$argon2id$"));
  EXPECT_TRUE(view->find_session(crypto::sha256(session.token)));
  EXPECT_EQ(view->head().size, 0U);  // accounts and sessions are not in the log
}

struct UserRowOfTest {
  std::string_view what;
  void (*change)(NewUser&);
  std::string expected;
};

TEST_F(StaffDeskTest, AWrongAccountNamesEachFieldThatIsWrong) {
  (void)add(officer("taken"));
  const std::string invalid = "invalid invalid_fields ";
  const std::vector<UserRowOfTest> rows{
      {"a login that is taken", [](NewUser& user) { user.login = "taken"; }, invalid + "login"},
      {"capitals", [](NewUser& user) { user.login = "Wang"; }, invalid + "login"},
      {"no login", [](NewUser& user) { user.login = ""; }, invalid + "login"},
      {"no name", [](NewUser& user) { user.name = ""; }, invalid + "name"},
      {"a short password", [](NewUser& user) { user.password = "123456789"; }, invalid + "password"},
      {"a password of ten characters", [](NewUser& user) { user.password = "一二三四五六七八九十"; }, "ok"},
      {"an endless password", [](NewUser& user) { user.password.assign(201, 'x'); }, invalid + "password"},
      {"no role", [](NewUser& user) { user.roles.clear(); }, invalid + "roles"},
      {"a requester", [](NewUser& user) { user.roles.push_back(Role::requester); }, invalid + "roles"},
      {"the program", [](NewUser& user) { user.roles = {Role::system}; }, invalid + "roles"},
      {"an officer without unit", [](NewUser& user) { user.unit.reset(); }, invalid + "unit"},
      {"a strange unit", [](NewUser& user) { user.unit = UnitCode{"nowhere"}; }, invalid + "unit"},
      {"a steward without unit", [](NewUser& user) { user.login = "st", user.unit.reset(), user.roles = {Role::steward}; }, "ok"},
      {"several things", [](NewUser& user) { user.login = "", user.name = ""; }, invalid + "login name"},
  };
  for (const auto& [what, change, expected] : rows) {
    auto user = officer("wang");
    change(user);
    EXPECT_EQ(told(add(user)), expected) << what;
  }
}

TEST_F(StaffDeskTest, TwoAccountsUnderOneLoginAtOnceAreOne) {
  Gate gate(world_);
  std::vector<std::shared_ptr<std::promise<Result<UserId>>>> answers;
  for (int i = 0; i < 2; ++i) {
    answers.push_back(std::make_shared<std::promise<Result<UserId>>>());
    desk_.add_user(*world_.town, officer("wang"),
                   [answer = answers.back()](Result<UserId> result) { answer->set_value(std::move(result)); });
  }
  gate.open();
  EXPECT_EQ(told(answers[0]->get_future().get()), "ok");
  EXPECT_EQ(told(answers[1]->get_future().get()), "invalid invalid_fields login");
  EXPECT_EQ(world_.store->read(world_.town->id)->list_users().size(), 1U);
}

}  // namespace
}  // namespace huiyin::app
