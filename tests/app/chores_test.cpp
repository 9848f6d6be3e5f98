// Chores: done when they are due, by one node at a time, and never by a clock in doubt.
#include "app/chores.h"

#include <gmock/gmock.h>

#include "app/world.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

using std::chrono::minutes;

class ChoresTest : public testing::Test {
 protected:
  // A chore that counts who did it.
  Chores node(const std::string& name) {
    return {*world_.committer, world_.clock, name, {world_.town.get()}, {{"count", minutes(1), [this, name](Ledger&) {
                                                                            done_.push_back(name);
                                                                            return Result(more_);
                                                                          }}}};
  }
  // A round, and what it handed on is done.
  void round(Chores& chores) {
    chores.round();
    submit(world_, [](Ledger&) { return Result<void>(); }).get();
  }

  World world_;
  std::vector<std::string> done_;
  bool more_ = false;
};

TEST_F(ChoresTest, AreDoneWhenTheyAreDueAndNotBefore) {
  auto one = node("one");
  round(one);
  EXPECT_TRUE(done_.empty());
  world_.clock.pass(minutes(1) - std::chrono::milliseconds(1));
  round(one);
  EXPECT_TRUE(done_.empty());
  world_.clock.pass(std::chrono::milliseconds(1));
  round(one);
  round(one);
  EXPECT_EQ(done_.size(), 1U);
}

TEST_F(ChoresTest, AreDoneAgainAtOnceWhileThereIsMore) {
  auto one = node("one");
  more_ = true;
  world_.clock.pass(minutes(1));
  round(one);
  round(one);
  EXPECT_EQ(done_.size(), 2U);
}

TEST_F(ChoresTest, AreDoneByTheNodeThatHasTheLeaseAndByAnotherWhenThatIsGone) {
  auto one = node("one");
  {
    auto two = node("two");
    world_.clock.pass(minutes(1));
    round(two);
    round(one);
    EXPECT_THAT(done_, testing::ElementsAre("two"));
  }
  world_.clock.pass(minutes(1));  // the lease has run out by then
  round(one);
  EXPECT_THAT(done_, testing::ElementsAre("two", "one"));
}

TEST_F(ChoresTest, ThatFailAreTriedAgainWhenTheyAreDueNext) {
  bool fails = true;
  Chores chores(*world_.committer, world_.clock, "one", {world_.town.get()},
                {{"fail", minutes(1), [&](Ledger&) {
                    if (std::exchange(fails, false)) return Result<bool>(Error{Code::internal, {key::committer_failed}});
                    done_.emplace_back("one");
                    return Result(false);
                  }}});
  world_.clock.pass(minutes(1));
  round(chores);
  EXPECT_TRUE(done_.empty());
  world_.clock.pass(minutes(1));
  round(chores);
  EXPECT_EQ(done_.size(), 1U);
}

TEST_F(ChoresTest, ThatHaveNothingToDoWriteNothingAndTakeNoLease) {
  bool wanted = false;
  Chores chores(*world_.committer, world_.clock, "one", {world_.town.get()},
                {{"count", minutes(1),
                  [&](Ledger&) {
                    done_.emplace_back("one");
                    return Result(false);
                  },
                  [&](Ledger&) { return wanted; }}});
  world_.clock.pass(minutes(1));
  round(chores);
  EXPECT_TRUE(done_.empty());
  submit(world_, [&](Ledger& ledger) {
    EXPECT_TRUE(ledger.view().take_lease("count", "another", ledger.now(), ledger.now()));
    return Result<void>();
  }).get();
  wanted = true;
  world_.clock.pass(minutes(1));
  round(chores);
  EXPECT_EQ(done_.size(), 1U);
}

TEST_F(ChoresTest, HousekeepingEndsWhatIsOverButNeverByAClockInDoubt) {
  submit(world_, [&](Ledger& ledger) {
    const auto user = ledger.view().put_user({{}, "wang", "Wang", "x", "officer", {}, false});
    ledger.view().put_session({{1}, user, ledger.now(), ledger.now() + minutes(3)});
    return Result<void>();
  }).get();
  const auto is_there = [&] { return world_.store->read(world_.town->id)->find_session({1}).has_value(); };
  Chores chores(*world_.committer, world_.clock, "one", {world_.town.get()}, {housekeeping()});
  world_.clock.pass(housekeeping_every);
  round(chores);
  EXPECT_TRUE(is_there());
  world_.clock.jump(std::chrono::hours(2));
  world_.clock.pass(housekeeping_every);
  round(chores);
  EXPECT_TRUE(is_there());
  world_.clock.jump(-std::chrono::hours(2));
  world_.clock.pass(housekeeping_every);
  round(chores);
  EXPECT_FALSE(is_there());
}

}  // namespace
}  // namespace huiyin::app
