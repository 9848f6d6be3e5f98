// What the program notes by itself: limits that come due or went by, and due days that are counted again.
#include <gmock/gmock.h>

#include "app/life_world.h"

namespace huiyin::app {
namespace {

using std::chrono::hours;
using testing::IsEmpty;

constexpr auto day = hours(24);

class CaseWatch : public LifeWorld {
 protected:
  CaseWatch() {
    for (auto& limit : world_.town->pack.limits) {
      if (limit.code != rules::finish_limit) continue;
      limit.remind_before = 5;
      limit.stopped_by = {fixtures::hearing};
    }
  }
  // Time passes, and the program looks.
  void pass(std::chrono::milliseconds length) {
    world_.clock.pass(length);
    rounds(one_);
  }
  std::size_t reminded() { return count_of("case.reminded"); }
  std::size_t overdue() { return count_of("case.overdue"); }

  Chores one_ = node("one");
};

TEST_F(CaseWatch, RemindsOnceAndNotesOnceThatALimitWentBy) {
  const auto one = in_work("A hole");  // to be answered within 60 days
  pass(54 * day);
  EXPECT_EQ(reminded(), 0U);
  pass(2 * day);
  EXPECT_EQ(reminded(), 1U);
  pass(day);
  EXPECT_EQ(reminded(), 1U);
  EXPECT_EQ(overdue(), 0U);
  pass(5 * day);
  EXPECT_EQ(overdue(), 1U);
  pass(5 * day);
  EXPECT_EQ(reminded() + overdue(), 2U);
  EXPECT_EQ(last<cases::WentOverdue>(one.holder, one.id)->rule, rules::finish_limit);
  EXPECT_FALSE(last<cases::Reminded>(one.holder, one.id)) << "a reminder is for those in charge";
  EXPECT_EQ(last<cases::Reminded>(officer, one.id)->rule, rules::finish_limit);
}

TEST_F(CaseWatch, NotesTheLimitToAcceptAndStopsWhenTheCaseIsOver) {
  const auto one = filed("A hole"), other = filed("Another");
  ASSERT_EQ(does(other.holder, other.id, cases::Withdraw{}), "ok");
  pass(20 * day);
  EXPECT_EQ(overdue(), 1U);
  EXPECT_EQ(last<cases::WentOverdue>(dispatcher, one.id)->rule, rules::accept_limit);
  EXPECT_FALSE(last<cases::WentOverdue>(dispatcher, other.id));
}

TEST_F(CaseWatch, RemindsAnewOfALaterDayAfterAPauseAndMoreTime) {
  const auto one = in_work("A hole");
  pass(10 * day);
  ASSERT_EQ(does(officer, one.id, cases::Pause{fixtures::hearing, std::string("There is a hearing")}), "ok");
  pass(70 * day);
  EXPECT_EQ(reminded() + overdue(), 0U) << "it stands still";
  ASSERT_EQ(does(officer, one.id, cases::Resume{}), "ok");
  pass(day);
  EXPECT_EQ(reminded(), 0U);
  pass(46 * day);
  EXPECT_EQ(reminded(), 1U);
  ASSERT_EQ(does(officer, one.id, cases::AskExtension{30, std::string("The part comes by ship")}), "ok");
  ASSERT_EQ(does(leader, one.id, approved), "ok");
  pass(10 * day);
  EXPECT_EQ(reminded() + overdue(), 1U) << "there is more time";
  const auto due = cases::find_clock(state(one.id), rules::finish_limit)->due.at;
  pass(due - world_.clock.now() - 4 * day);
  EXPECT_EQ(reminded(), 2U);
  pass(5 * day);
  EXPECT_EQ(overdue(), 1U);
}

TEST_F(CaseWatch, IsDoneByOneNodeOfSeveral) {
  (void)in_work("A hole");
  auto two = node("two");
  world_.clock.pass(70 * day);
  {
    Gate gate(world_);
    one_.round();
    two.round();
    gate.open();
  }
  rounds(one_);
  rounds(two);
  EXPECT_EQ(overdue(), 1U);
}

TEST_F(CaseWatch, LooksAtMoreThanOneTransactionHolds) {
  constexpr std::size_t many = chore_cases_max + 5;
  for (std::size_t i = 0; i < many; ++i) (void)filed("Case " + std::to_string(i));
  pass(20 * day);
  EXPECT_EQ(overdue(), many);
}

TEST_F(CaseWatch, GoesOnPastCasesThatCannotBeOpened) {
  for (std::size_t i = 0; i < chore_cases_max + 5; ++i) (void)filed("Case " + std::to_string(i));
  world_.clock.pass(35 * day);
  const auto one = filed("A hole");
  world_.keys.destroy("2026-03");
  pass(20 * day);
  pass(watch_every);
  EXPECT_EQ(overdue(), 1U);
  world_.keys.destroy("");
  pass(day);
  EXPECT_EQ(overdue(), chore_cases_max + 6);
  EXPECT_TRUE(state(one.id).clocks.front().overdue_noted);
}

// ---- Counted again
// -------------------------------------------------------------------------------------------------------------

TEST_F(CaseWatch, CountsProvisionalDaysAgainWhenTheHolidaysAreKnown) {
  world_.clock.pass(fixtures::at("2026-12-29T09:00:00+08:00") - world_.clock.now());
  const auto one = in_work("A hole");
  const auto before = state(one.id).objection_until->due;
  EXPECT_TRUE(before.provisional());
  EXPECT_TRUE(world_.store->read(world_.town->id)->rows<CaseRows>().find(one.id)->provisional);
  pass(hours(1));
  EXPECT_EQ(count_of("case.recounted"), 0U) << "nothing new is known";
  auto& calendar = world_.town->pack.calendar;  // the server starts again with the next year's notice
  calendar.known_until = fixtures::day("2027-12-31");
  calendar.special.push_back({fixtures::day("2027-01-01"), fixtures::day("2027-01-04"), false, {"元旦", "New Year's Day"}});
  pass(hours(1));
  EXPECT_EQ(count_of("case.recounted"), 1U);
  const auto after = state(one.id).objection_until->due;
  EXPECT_FALSE(after.provisional());
  EXPECT_GT(after.at, before.at);
  EXPECT_FALSE(world_.store->read(world_.town->id)->rows<CaseRows>().find(one.id)->provisional);
  pass(hours(1));
  EXPECT_EQ(count_of("case.recounted"), 1U);
}

}  // namespace
}  // namespace huiyin::app
