// While the wall clock is in doubt nothing goes into the log, but a steward can sign in to confirm it.
#include <gmock/gmock.h>

#include "app/case_world.h"
#include "app/staff_desk.h"

namespace huiyin::app {
namespace {

class ClockInDoubt : public CaseWorld, public testing::Test {
 protected:
  Result<NewSession> sign_in() {
    return await<NewSession>([&](auto done) { staff_.sign_in(*world_.town, "li", "correct horse battery", done); });
  }
  void add_steward() {
    (void)await<UserId>([&](auto done) {
      staff_.add_user(*world_.town, {"li", "Li", "correct horse battery", {Role::steward}, {}}, done);
    }).value();
  }
  StaffDesk staff_{{*world_.store, world_.keys, *world_.committer, world_.clock, world_.random}};
};

TEST_F(ClockInDoubt, LetsAStewardSignInAndSaySo) {
  add_steward();
  ASSERT_TRUE(file(filing("before")).ok());
  world_.clock.jump(std::chrono::hours(30));
  EXPECT_EQ(told(file(filing("refused"))), "unavailable committer_clock_jumped");
  const auto session = sign_in();
  ASSERT_TRUE(session.ok()) << told(session);
  EXPECT_TRUE(staff_.who(*world_.town, session->token));
  EXPECT_FALSE(world_.committer->ready().ok()) << "signing in does not end the doubt";
  world_.committer->confirm_time();
  EXPECT_TRUE(file(filing("after")).ok());
}

TEST_F(ClockInDoubt, AWordGivenBeforeTheJumpDoesNotCoverIt) {
  world_.committer->confirm_time();
  ASSERT_TRUE(file(filing("before")).ok());
  world_.clock.jump(std::chrono::hours(30));
  EXPECT_EQ(told(file(filing("refused"))), "unavailable committer_clock_jumped");
}

TEST_F(ClockInDoubt, ALogAheadOfTheClockEndsNoSession) {
  add_steward();
  world_.clock.jump(std::chrono::hours(30));
  EXPECT_FALSE(file(filing("refused")).ok());
  world_.committer->confirm_time();
  ASSERT_TRUE(file(filing("in the wrong time")).ok());
  world_.clock.jump(-std::chrono::hours(30));
  EXPECT_FALSE(file(filing("refused")).ok());
  world_.committer->confirm_time();
  const auto session = sign_in().value();
  world_.clock.pass(std::chrono::minutes(5));  // time to tidy up
  ASSERT_TRUE(file(filing("one")).ok());
  world_.clock.pass(std::chrono::minutes(5));
  ASSERT_TRUE(file(filing("two")).ok());
  EXPECT_TRUE(staff_.who(*world_.town, session.token));
}

}  // namespace
}  // namespace huiyin::app
