// What the program notes of the clocks: reminders, what went overdue, and days counted again when the holidays are known.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;
using fixtures::at;
using std::chrono::milliseconds;

// A town that reminds three days before the answer is due, and one hour before somebody must have acted.
Life watched(Phase phase) {
  Life life;
  life.pack = fixtures::town_pack();
  for (auto& limit : life.pack.limits) {
    if (limit.code == rules::finish_limit) limit.remind_before = 3;
    if (limit.code == rules::urgent_limit) limit.remind_before = 1;
  }
  life.take(filing(), "2026-03-01T09:00:00+08:00");
  if (phase == Phase::received) return life;
  life.take(dispatcher, Accept{}, "2026-03-01T09:10:00+08:00");
  life.take(dispatcher, Assign{fixtures::roads}, "2026-03-01T09:20:00+08:00");
  life.take(officer, Start{}, "2026-03-01T09:30:00+08:00");
  return life;
}
std::string seen(const Life& life, Instant now) { return life.says(Actor::program(), Watch{}, to_rfc3339(now)); }

// 信访工作条例 art. 38: supervision finds what was not dealt with in time.
TEST(Article38, WhoSupervisesReadsEveryCaseAndWhatWentOverdueInItButNotTheNames) {
  auto life = watched(Phase::in_work);
  const auto late = life.clock(rules::finish_limit).due.at + milliseconds(1);
  life.take(Actor::program(), Watch{}, late);
  EXPECT_TRUE(life.clock(rules::finish_limit).overdue_noted);
  const auto is_allowed = [&](std::string_view act) {
    return may(supervisor, act, bond(life.state, RecordId{5}, supervisor, life.pack), Case::rights()).ok();
  };
  EXPECT_TRUE(is_allowed("read"));
  EXPECT_TRUE(is_allowed("read_notes"));
  EXPECT_FALSE(is_allowed("read_identity"));
  EXPECT_EQ(life.says(supervisor, Note{std::string("Why is this late?")}, to_rfc3339(late)), "noted");
}

// Art. 40: what supervision has put right is done anew by a day, and told in writing. (Talks, notices and lists of units are
// about no single case.)
TEST(Article40, WhatASupervisorHasOpenedAgainIsDoneWithinALimitOfItsOwnAndEndsWithAWrittenAnswer) {
  auto life = Life::up_to(Phase::closed);
  life.take(supervisor, ReopenByStaff{std::string("Nobody went there")}, "2026-04-10T09:00:00+08:00");
  life.take(dispatcher, approved, "2026-04-10T10:00:00+08:00");
  const auto& clock = life.clock(rules::finish_limit);
  EXPECT_EQ(clock.start, at("2026-04-10T10:00:00+08:00"));
  EXPECT_EQ(clock.began, rules::Began::reopened);
  EXPECT_EQ(life.says(officer, Close{}, "2026-04-11T09:00:00+08:00"), "conflict case_wrong_phase");
  life.take(officer, Start{}, "2026-04-11T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, Answer{}, "2026-04-12T09:00:00+08:00"), "invalid invalid_fields words") << "in writing";
}

TEST(CaseWatch, RemindsOnceAndNotesOnceWhatIsLate) {
  auto life = watched(Phase::in_work);
  const auto due = life.clock(rules::finish_limit).due.at;
  const auto remind = due - std::chrono::hours(72);
  EXPECT_EQ(next_watch(life.state), remind);
  EXPECT_EQ(seen(life, remind - milliseconds(1)), "");
  life.take(Actor::program(), Watch{}, remind);
  EXPECT_TRUE(life.clock(rules::finish_limit).reminded);
  EXPECT_EQ(next_watch(life.state), due + milliseconds(1));
  EXPECT_EQ(seen(life, due), "");
  const auto late = std::get<WentOverdue>(life.take(Actor::program(), Watch{}, due + milliseconds(1)).front());
  EXPECT_EQ(late.rule, rules::finish_limit);
  EXPECT_EQ(late.due, due);
  EXPECT_EQ(life.state.clocks[static_cast<std::size_t>(late.clock)].due.rule, rules::finish_limit);
  EXPECT_EQ(next_watch(life.state), std::nullopt);
  EXPECT_EQ(seen(life, due + std::chrono::hours(1000)), "");
}

TEST(CaseWatch, DoesNotRemindOfWhatIsLateAlready) {
  const auto life = watched(Phase::in_work);
  EXPECT_EQ(seen(life, life.clock(rules::finish_limit).due.at + milliseconds(1)), "overdue");
}

TEST(CaseWatch, NotesEachLimitByItself) {
  auto life = watched(Phase::received);
  life.take(dispatcher, SetUrgent{true, std::string("Danger")}, "2026-03-01T10:00:00+08:00");
  EXPECT_EQ(next_watch(life.state), at("2026-03-01T11:00:00+08:00"));
  EXPECT_EQ(seen(life, at("2026-03-20T09:00:00+08:00")), "overdue,overdue");
}

TEST(CaseWatch, WatchesAnewWhatWasExtendedOrStoodStill) {
  auto life = watched(Phase::in_work);
  life.take(officer, AskExtension{10, std::string("x")}, "2026-04-20T09:00:00+08:00");
  const auto remind = *next_watch(life.state);
  life.take(Actor::program(), Watch{}, remind);
  life.take(leader, approved, remind + milliseconds(5));
  EXPECT_EQ(next_watch(life.state), remind + std::chrono::hours(240));
}

TEST(CaseWatch, IsSilentWhileALimitStandsStill) {
  auto life = watched(Phase::in_work);
  for (auto& limit : life.pack.limits) {
    if (limit.code == rules::finish_limit) limit.stopped_by = {fixtures::hearing};
  }
  life.take(officer, Pause{fixtures::hearing, std::string("A hearing")}, "2026-03-10T09:00:00+08:00");
  EXPECT_EQ(next_watch(life.state), std::nullopt);
  EXPECT_EQ(seen(life, at("2026-12-10T09:00:00+08:00")), "");
}

TEST(CaseWatch, IsOverWithTheCase) {
  for (const auto phase : {Phase::closed, Phase::withdrawn, Phase::not_accepted, Phase::handed_over, Phase::split}) {
    const auto life = Life::up_to(phase);
    EXPECT_EQ(next_watch(life.state), std::nullopt);
    EXPECT_EQ(seen(life, at("2028-03-10T09:00:00+08:00")), "") << name_of(phase);
  }
}

TEST(CaseWatch, GoesOnWhileACaseIsMergedHandedOverOrReviewed) {
  for (const auto phase : {Phase::merged, Phase::handing_over, Phase::in_review})
    EXPECT_EQ(seen(Life::up_to(phase), at("2026-08-10T09:00:00+08:00")), "overdue") << name_of(phase);
}

TEST(CaseWatch, AReminderStaysInTheHouseAndWhatIsLateDoesNot) {
  EXPECT_TRUE(is_internal(Reminded{}));
  EXPECT_FALSE(is_internal(WentOverdue{}));
}

// ---- Counted again
// ------------------------------------------------------------------------------------------------------------------

// In work since 10 December 2026, under a rule of 15 working days that a hearing stops.
Life provisional() {
  Life life;
  for (auto& limit : life.pack.limits) {
    if (limit.code != rules::finish_limit) continue;
    limit.terms = {rules::Count::working_days, 15};
    limit.stopped_by = {fixtures::hearing};
  }
  life.take(filing(), "2026-12-10T09:00:00+08:00");
  life.take(dispatcher, Accept{}, "2026-12-10T09:00:00+08:00");
  life.take(dispatcher, Assign{fixtures::roads}, "2026-12-10T09:00:00+08:00");
  life.take(officer, Start{}, "2026-12-10T09:00:00+08:00");
  return life;
}
void announce_2027(Life& life) {
  life.pack.calendar.special.push_back({fixtures::day("2027-01-01"), fixtures::day("2027-01-03"), false, {"元旦", "New Year"}});
  life.pack.calendar.known_until = fixtures::day("2027-12-31");
}
std::string last_day(const Life& life) { return to_iso(life.zone.day_of(life.clock(rules::finish_limit).due.at)); }

TEST(CaseRecount, HasNothingToDoWhereNoUnknownDayWasNeeded) {
  // Friday 11 December = 1; 14 to 18 = 2 to 6; 21 to 25 = 7 to 11; Monday 28 to Thursday 31 = 12 to 15.
  auto life = provisional();
  EXPECT_EQ(last_day(life), "2026-12-31");
  announce_2027(life);
  EXPECT_EQ(life.says(Actor::program(), Recount{}, "2026-12-15T09:00:00+08:00"), "");
}

Life provisional_by_extension() {
  auto life = provisional();
  life.take(officer, AskExtension{2, std::string("x")}, "2026-12-14T09:00:00+08:00");
  life.take(leader, approved, "2026-12-14T10:00:00+08:00");
  return life;
}

TEST(CaseRecount, CountsAnExtensionWithTheNewCalendar) {
  // Friday 1 January = 16 and Monday 4 = 17 as far as anybody knows; with 1 to 3 January off: Monday 4 = 16, Tuesday 5 = 17.
  auto life = provisional_by_extension();
  EXPECT_EQ(last_day(life), "2027-01-04");
  EXPECT_TRUE(life.clock(rules::finish_limit).due.provisional());
  EXPECT_EQ(life.says(Actor::program(), Recount{}, "2026-12-15T09:00:00+08:00"), "") << "the calendar says the same";
  announce_2027(life);
  life.take(Actor::program(), Recount{}, "2026-12-15T09:00:00+08:00");
  EXPECT_EQ(last_day(life), "2027-01-05");
  EXPECT_FALSE(life.clock(rules::finish_limit).due.provisional());
  EXPECT_EQ(life.says(Actor::program(), Recount{}, "2026-12-16T09:00:00+08:00"), "");
}

TEST(CaseRecount, WatchesAnewWhatWasThoughtLate) {
  auto life = provisional_by_extension();
  life.take(Actor::program(), Watch{}, "2027-01-05T00:00:00+08:00");
  EXPECT_TRUE(life.clock(rules::finish_limit).overdue_noted);
  announce_2027(life);
  life.take(Actor::program(), Recount{}, "2027-01-05T08:00:00+08:00");
  EXPECT_FALSE(life.clock(rules::finish_limit).overdue_noted);
  EXPECT_EQ(next_watch(life.state), at("2027-01-06T00:00:00+08:00"));
}

// What stands still is counted when work goes on, with the calendar of that day; also where it was late before it rested, which
// once stopped the server.
TEST(CaseRecount, LeavesWhatStandsStillToTheResumption) {
  for (const auto when : {"2026-12-20T09:00:00+08:00", "2027-01-05T09:00:00+08:00"}) {
    auto life = provisional_by_extension();
    life.take(officer, Pause{fixtures::hearing, std::string("A hearing")}, when);
    announce_2027(life);
    EXPECT_EQ(life.says(Actor::program(), Recount{}, when), "") << when;
    life.take(leader, Resume{}, when);
    EXPECT_FALSE(life.clock(rules::finish_limit).due.provisional()) << when;
  }
}

// What people may do by then is theirs to the day that the holidays make of it.
TEST(CaseRecount, MovesTheLastDayToObjectToReopenAndToAskForAReview) {
  auto life = Life::up_to(Phase::accepted);
  life.take(dispatcher, Assign{fixtures::roads}, "2026-12-28T09:00:00+08:00");
  // Tuesday 29 to Thursday 31 = 1 to 3; Friday 1 January = 4, Monday 4 = 5, as far as anybody knows.
  EXPECT_EQ(to_iso(life.zone.day_of(life.state.objection_until->due.at)), "2027-01-04");
  auto closed = Life::with_opinion();
  closed.state.answered = at("2026-12-03T09:00:00+08:00");  // 2 January is day 30, a Saturday: Monday 4, as far as anybody knows
  closed.state.review_until->start = *closed.state.answered;
  closed.state.review_until->due =
      rules::due_of(*closed.pack.find_limit(rules::ask_review_limit), *closed.state.answered, closed.pack.calendar, closed.zone);
  closed.take(officer, Close{}, "2026-12-20T09:00:00+08:00");  // 19 January is day 30, a Tuesday
  for (auto* one : {&life, &closed}) {
    announce_2027(*one);
    one->pack.calendar.special.back().last = fixtures::day("2027-01-04");
    one->take(Actor::program(), Recount{}, "2026-12-29T09:00:00+08:00");
    EXPECT_EQ(one->says(Actor::program(), Recount{}, "2026-12-29T10:00:00+08:00"), "");
  }
  EXPECT_EQ(to_iso(life.zone.day_of(life.state.objection_until->due.at)), "2027-01-06") << "1 to 4 January off: 5 = 4, 6 = 5";
  EXPECT_EQ(to_iso(closed.zone.day_of(closed.state.review_until->due.at)), "2027-01-05");
  EXPECT_EQ(to_iso(closed.zone.day_of(closed.state.reopening_until->due.at)), "2027-01-19");
  EXPECT_FALSE(closed.state.reopening_until->due.provisional());
}

TEST(CaseRecount, LeavesWhatIsMetOrOver) {
  auto life = provisional_by_extension();
  life.take(officer, Answer{std::string("Done")}, "2026-12-15T09:00:00+08:00");
  announce_2027(life);
  EXPECT_EQ(life.says(Actor::program(), Recount{}, "2026-12-16T09:00:00+08:00"), "");
}

}  // namespace
}  // namespace huiyin::cases
