// Dates of real situations, each counted by hand in the comment beside it. The limits are those of fixtures::town_limits.
#include "domain/rules/legal_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/changing_zone.h"
#include "domain/fixtures.h"

namespace huiyin::rules {
namespace {

using fixtures::at;
using fixtures::hearing;
using fixtures::mediation;
using std::chrono::hours;
using std::chrono::milliseconds;

const fixtures::FixedZone beijing{};
const Pack& town() {
  static const Pack pack = fixtures::town_pack();
  return pack;
}

// A clock of the town that begins at this local time.
LegalClock started(const RuleCode& rule, std::string_view local) {
  const auto start = at(std::string(local) + "+08:00");
  return {due_of(*town().find_limit(rule), start, town().calendar, beijing), start};
}

// The local day with whose last moment it ends.
std::string last_day(const Due& due) {
  EXPECT_EQ(beijing.day_of(due.at + milliseconds(1)), beijing.day_of(due.at) + 1) << to_rfc3339(due.at);
  return to_iso(beijing.day_of(due.at));
}
std::string last_day(const RuleCode& rule, std::string_view local) { return last_day(started(rule, local).due); }

LegalClock paused(LegalClock clock, const PauseCode& reason, std::string_view from, std::string_view to) {
  clock.pauses.push_back({reason, at(std::string(from) + "+08:00"), at(std::string(to) + "+08:00")});
  clock.due = due_again(clock, town().calendar, beijing);
  return clock;
}

// ---- Article by article of 信访工作条例
// ---------------------------------------------------------------------------------------

TEST(Article22, GivesFifteenCalendarDaysFromReceipt) {
  // March 2 is day 1, March 16 is day 15.
  EXPECT_EQ(last_day(accept_limit, "2026-03-01T09:00:00"), "2026-03-16");
}

TEST(Article22, DoesNotMoveTheOfficesLastDayOutOfAHoliday) {
  // September 21 is day 1, September 30 day 10, October 5 day 15: National Day (1 to 7 October) makes no difference.
  EXPECT_EQ(last_day(accept_limit, "2026-09-20T10:00:00"), "2026-10-05");
}

TEST(Article23, GivesFiveWorkingDaysToObjectAndLeavesTheWeekendOut) {
  // Monday 2 is the start. Tuesday 3 to Friday 6 are 1 to 4, the weekend is off, Monday 9 is 5.
  EXPECT_EQ(last_day(object_limit, "2026-03-02T16:00:00"), "2026-03-09");
}

TEST(Article23, CountsFromTheNextMondayWhenAMatterComesOnASaturday) {
  // Saturday 7 is the start, Sunday 8 is off, Monday 9 to Friday 13 are 1 to 5.
  EXPECT_EQ(last_day(object_limit, "2026-03-07T10:00:00"), "2026-03-13");
}

TEST(Article23, CountsAMakeUpWorkdayBeforeAHoliday) {
  // Thursday 25 = 1, Friday 26 = 2, Saturday 27 off, Sunday 28 works = 3, Monday 29 = 4, Tuesday 30 = 5.
  EXPECT_EQ(last_day(object_limit, "2025-09-24T10:00:00"), "2025-09-30");
}

TEST(Article23, LeavesNationalDayOutAndCountsTheMakeUpSaturdayAfterIt) {
  // 1 to 8 October off, Thursday 9 = 1, Friday 10 = 2, Saturday 11 works = 3, Sunday 12 off, Monday 13 = 4, Tuesday 14 = 5.
  EXPECT_EQ(last_day(object_limit, "2025-09-30T17:00:00"), "2025-10-14");
}

TEST(Article23, LeavesTheNineDaysOfSpringFestivalOut) {
  // Saturday 14 works = 1, 15 to 23 off, Tuesday 24 = 2, 25 = 3, 26 = 4, Friday 27 = 5.
  const auto due = started(object_limit, "2026-02-13T10:00:00").due;
  EXPECT_EQ(last_day(due), "2026-02-27");
  ASSERT_EQ(due.skipped.size(), 1U);
  EXPECT_EQ(to_iso(due.skipped[0].first) + " " + to_iso(due.skipped[0].last), "2026-02-15 2026-02-23");
  EXPECT_EQ(due.skipped[0].name->en, "Spring Festival");
}

TEST(Article23, CountsTheMakeUpSaturdayAfterSpringFestival) {
  // Thursday 26 = 1, Friday 27 = 2, Saturday 28 works = 3, Sunday 1 off, Monday 2 = 4, Tuesday 3 = 5.
  EXPECT_EQ(last_day(object_limit, "2026-02-25T10:00:00"), "2026-03-03");
}

TEST(Article23, CountsTheSundayThatMakesUpForNewYear) {
  // 1 to 3 January off, Sunday 4 works = 1, Monday 5 = 2, 6 = 3, 7 = 4, Thursday 8 = 5.
  EXPECT_EQ(last_day(object_limit, "2025-12-31T10:00:00"), "2026-01-08");
}

TEST(Article34, GivesSixtyCalendarDaysFromAcceptance) {
  // March 31 is day 30, April 30 day 60.
  EXPECT_EQ(last_day(finish_limit, "2026-03-01T09:00:00"), "2026-04-30");
}

TEST(Article34, CountsTheDaysOfSpringFestivalLikeAnyOther) {
  // 31 January is day 16, 28 February day 44, 16 March day 60.
  EXPECT_EQ(last_day(finish_limit, "2026-01-15T09:00:00"), "2026-03-16");
}

TEST(Article34, LetsThirtyDaysBeAddedOnTheLastDayAndNoMore) {
  auto clock = started(finish_limit, "2026-03-01T09:00:00");
  EXPECT_EQ(extension_left(*town().find_limit(finish_limit), clock), 30);
  clock.extended = 30;
  // Still counted from March 1: April 30 is day 60, May 30 day 90.
  EXPECT_EQ(last_day(due_again(clock, town().calendar, beijing)), "2026-05-30");
  EXPECT_EQ(extension_left(*town().find_limit(finish_limit), clock), 0);
}

TEST(Article34, IsNotStoppedByAHearingSinceOnlyArticle36SaysSo) {
  EXPECT_FALSE(is_stopped_by(*town().find_limit(finish_limit), hearing));
  auto clock = started(finish_limit, "2026-03-01T09:00:00");
  clock.pauses.push_back({hearing, at("2026-03-05T09:00:00+08:00"), at("2026-03-06T09:00:00+08:00"), false});
  EXPECT_EQ(last_day(due_again(clock, town().calendar, beijing)), "2026-04-30");
}

TEST(Article35, LetsThePersonAskUntilTheWorkdayAfterAHoliday) {
  // October 1 is day 30 and a holiday; 1 to 7 October off; Thursday 8 is the next workday.
  EXPECT_EQ(last_day(ask_review_limit, "2026-09-01T09:00:00"), "2026-10-08");
}

TEST(Article35, LetsThePersonAskUntilMondayWhenTheLastDayIsASunday) {
  // March 31 is day 18, April 12 day 30, a Sunday.
  EXPECT_EQ(last_day(ask_review_limit, "2026-03-13T09:00:00"), "2026-04-13");
}

TEST(Article35, LetsThePersonAskUntilTheDayAfterSpringFestival) {
  // 31 January is day 13, 17 February day 30, within the holidays of 15 to 23 February: Tuesday 24.
  EXPECT_EQ(last_day(ask_review_limit, "2026-01-18T09:00:00"), "2026-02-24");
}

TEST(Article35, EndsOnAMakeUpSaturday) {
  // April 30 is day 21, May 9 day 30: a Saturday on which people work.
  EXPECT_EQ(last_day(ask_review_limit, "2026-04-09T09:00:00"), "2026-05-09");
}

TEST(Article35, GivesTheReviewThirtyDaysWhateverTheLastDayIs) {
  // March 31 is day 18, April 12 day 30, a Sunday.
  EXPECT_EQ(last_day(review_limit, "2026-03-13T09:00:00"), "2026-04-12");
}

TEST(Article36, GivesThirtyDaysToAskAndThirtyToDecide) {
  // March 31 is day 29, April 1 day 30, a Wednesday.
  EXPECT_EQ(last_day(ask_rereview_limit, "2026-03-02T09:00:00"), "2026-04-01");
  EXPECT_EQ(last_day(rereview_limit, "2026-03-02T09:00:00"), "2026-04-01");
}

TEST(Article36, DoesNotCountTheDaysOfAHearing) {
  EXPECT_TRUE(is_stopped_by(*town().find_limit(rereview_limit), hearing));
  EXPECT_FALSE(is_stopped_by(*town().find_limit(rereview_limit), mediation));
  // April 1 would be day 30; March 10, 11 and 12 are left out.
  const auto clock = started(rereview_limit, "2026-03-02T09:00:00");
  EXPECT_EQ(last_day(paused(clock, hearing, "2026-03-10T14:00:00", "2026-03-12T10:00:00").due), "2026-04-04");
}

TEST(Article36, TakesOneDayOutForAHearingOfOneAfternoon) {
  const auto clock = started(rereview_limit, "2026-03-02T09:00:00");
  EXPECT_EQ(last_day(paused(clock, hearing, "2026-03-10T14:00:00", "2026-03-10T16:30:00").due), "2026-04-02");
}

TEST(Article36, GoesOnAfterAHearingThatBeginsOnTheLastDay) {
  // March 31 is day 29; April 1, 2 and 3 are left out; April 4 is day 30.
  const auto clock = started(rereview_limit, "2026-03-02T09:00:00");
  EXPECT_EQ(last_day(paused(clock, hearing, "2026-04-01T09:00:00", "2026-04-03T17:00:00").due), "2026-04-04");
}

TEST(Article36, LeavesADayOutOnceOfTwoHearingsThatShareIt) {
  // March 10, 11, 12: three days.
  auto clock = paused(started(rereview_limit, "2026-03-02T09:00:00"), hearing, "2026-03-10T09:00:00", "2026-03-11T10:00:00");
  clock = paused(std::move(clock), hearing, "2026-03-11T14:00:00", "2026-03-12T10:00:00");
  EXPECT_EQ(last_day(clock.due), "2026-04-04");
}

// ---- Pauses
// ------------------------------------------------------------------------------------------------------------------

TEST(PausedClock, OverNewYearLeavesHolidaysOutOnlyOnce) {
  // Tuesday 30 December = 1; 31 December to 5 January paused; Tuesday 6 = 2, 7 = 3, 8 = 4, Friday 9 = 5.
  const auto clock = paused(started(object_limit, "2025-12-29T10:00:00"), hearing, "2025-12-31T09:00:00", "2026-01-05T18:00:00");
  EXPECT_EQ(last_day(clock.due), "2026-01-09");
  EXPECT_TRUE(clock.due.skipped.empty());
}

TEST(PausedClock, OverNewYearTakesEveryDayOfAHearingOutOfAReReview) {
  // Asked on 15 December: 31 December would be day 16. 30 December to 4 January, six days, are left out: 29 December is day 14,
  // 5 January day 15, 20 January day 30.
  const auto clock =
      paused(started(rereview_limit, "2025-12-15T10:00:00"), hearing, "2025-12-30T14:00:00", "2026-01-04T10:00:00");
  EXPECT_EQ(last_day(clock.due), "2026-01-20");
}

TEST(PausedClock, IsExtendedByDaysThatFollowThePause) {
  // March 10, 11 and 12 are left out: without more, April 1 + 3 = April 4; two days more: April 6, a holiday, which moves no
  // office.
  auto clock = started(rereview_limit, "2026-03-02T09:00:00");
  clock.extended = 2;
  EXPECT_EQ(last_day(paused(clock, hearing, "2026-03-10T14:00:00", "2026-03-12T10:00:00").due), "2026-04-06");
}

TEST(PausedClock, HasNoDueInstantBeforeItIsResumed) {
  auto clock = started(rereview_limit, "2026-03-02T09:00:00");
  clock.pauses.push_back({hearing, at("2026-03-10T14:00:00+08:00"), std::nullopt});
  EXPECT_EQ(standing_of(clock, at("2026-03-11T09:00:00+08:00")), Standing::paused);
  EXPECT_EQ(standing_of(clock, at("2026-05-11T09:00:00+08:00")), Standing::paused);  // long after it would have ended
  EXPECT_EQ(find_stop(clock)->reason, hearing);
  // Resumed on March 12 at the earliest: three days out. Resumed on March 20: eleven.
  EXPECT_EQ(last_day(earliest_due(clock, at("2026-03-12T09:00:00+08:00"), town().calendar, beijing)), "2026-04-04");
  EXPECT_EQ(last_day(earliest_due(clock, at("2026-03-20T09:00:00+08:00"), town().calendar, beijing)), "2026-04-12");
  EXPECT_DEATH((void)due_again(clock, town().calendar, beijing), "");
}

TEST(PausedClock, ThatWasLateAlreadyStaysLate) {
  auto clock = started(rereview_limit, "2026-03-02T09:00:00");
  clock.pauses.push_back({hearing, at("2026-04-02T00:00:00+08:00"), std::nullopt});
  EXPECT_EQ(find_stop(clock), nullptr);
  EXPECT_EQ(standing_of(clock, at("2026-04-03T09:00:00+08:00")), Standing::overdue);
}

TEST(PausedClock, IsMetWhenWhatItAskedForIsDoneMeanwhile) {
  auto clock = started(rereview_limit, "2026-03-02T09:00:00");
  clock.pauses.push_back({hearing, at("2026-03-10T14:00:00+08:00"), std::nullopt});
  clock.met = at("2026-03-11T14:00:00+08:00");
  EXPECT_EQ(standing_of(clock, at("2026-05-11T09:00:00+08:00")), Standing::met);
}

TEST(PausedClock, DoesNotHeedAPauseThatDoesNotStopIt) {
  auto clock = started(rereview_limit, "2026-03-02T09:00:00");
  clock.pauses.push_back({mediation, at("2026-03-10T14:00:00+08:00"), std::nullopt, false});
  EXPECT_EQ(standing_of(clock, at("2026-03-11T09:00:00+08:00")), Standing::running);
  EXPECT_EQ(last_day(due_again(clock, town().calendar, beijing)), "2026-04-01");
}

// ---- Hours
// -------------------------------------------------------------------------------------------------------------------

TEST(Hours, RunOverMidnightAndThroughDaysOff) {
  // Saturday 28 February is a workday, Sunday 1 March is not: two hours are two hours.
  EXPECT_EQ(to_rfc3339(started(urgent_limit, "2026-02-28T23:30:00").due.at), "2026-02-28T17:30:00.000Z");  // Sunday 01:30
}

TEST(Hours, CountFromTheVeryMoment) {
  const auto clock = started(urgent_limit, "2026-03-01T09:00:00.123");
  EXPECT_EQ(standing_of(clock, at("2026-03-01T11:00:00.123+08:00")), Standing::running);
  EXPECT_EQ(standing_of(clock, at("2026-03-01T11:00:00.124+08:00")), Standing::overdue);
}

TEST(Hours, StandStillForTheExactLengthOfAPause) {
  // 09:00 to 09:30 is half an hour, then 25 minutes and 7 ms of pause, then one hour and a half.
  const auto clock =
      paused(started(urgent_limit, "2026-03-01T09:00:00"), hearing, "2026-03-01T09:30:00", "2026-03-01T09:55:00.007");
  EXPECT_EQ(to_rfc3339(clock.due.at), "2026-03-01T03:25:00.007Z");
}

TEST(Hours, StandStillOnceForTwoPausesAtOnceAndNotForOneAfterTheEnd) {
  auto clock = paused(started(urgent_limit, "2026-03-01T09:00:00"), hearing, "2026-03-01T09:30:00", "2026-03-01T10:00:00");
  clock = paused(std::move(clock), mediation, "2026-03-01T09:45:00", "2026-03-01T10:15:00");  // together 45 minutes
  clock = paused(std::move(clock), hearing, "2026-03-01T12:00:00", "2026-03-01T13:00:00");  // it had ended at 11:45
  EXPECT_EQ(to_rfc3339(clock.due.at), "2026-03-01T03:45:00.000Z");
}

TEST(Hours, AreRealHoursWhereTheClocksAreChanged) {
  // London, 29 March 2026: at 01:00 UTC the clocks jump from 01:00 to 02:00. 00:30 and two hours is 03:30 on the wall.
  const fixtures::ChangingZone london(hours(0), at("2026-03-29T01:00:00Z"), hours(1));
  EXPECT_EQ(due_of(*town().find_limit(urgent_limit), at("2026-03-29T00:30:00Z"), {}, london).at, at("2026-03-29T02:30:00Z"));
}

// ---- The calendar's edge, and other places
// -----------------------------------------------------------------------------------

TEST(ProvisionalDue, IsADueInstantThatNeededAnUnknownYear) {
  // Thursday 31 December = 1; Friday 1 January = 2, as far as anybody knows; Monday 4 = 3, 5 = 4, Wednesday 6 = 5.
  const auto due = started(object_limit, "2026-12-30T10:00:00").due;
  EXPECT_EQ(last_day(due), "2027-01-06");
  EXPECT_TRUE(due.provisional());
  EXPECT_EQ(to_iso(*due.provisional_from), "2027-01-01");
}

TEST(ProvisionalDue, BecomesFirmWithTheCalendarOfThatYear) {
  auto clock = started(object_limit, "2026-12-30T10:00:00");
  auto calendar = town().calendar;
  calendar.special.push_back({fixtures::day("2027-01-01"), fixtures::day("2027-01-03"), false, {"元旦", "New Year's Day"}});
  calendar.known_until = fixtures::day("2027-12-31");
  // Thursday 31 December = 1; 1 to 3 January off; Monday 4 = 2, 5 = 3, 6 = 4, Thursday 7 = 5.
  const auto due = due_again(clock, calendar, beijing);
  EXPECT_EQ(last_day(due), "2027-01-07");
  EXPECT_FALSE(due.provisional());
}

TEST(ProvisionalDue, IsNoneWhereNoDayOffMatters) {
  // Calendar days over New Year 2027: 24 December is day 15.
  EXPECT_FALSE(started(accept_limit, "2026-12-20T10:00:00").due.provisional());
  EXPECT_FALSE(started(urgent_limit, "2027-03-01T10:00:00").due.provisional());
  EXPECT_FALSE(started(ask_review_limit, "2026-11-25T10:00:00").due.provisional());  // ends on 25 December
}

TEST(ProvisionalDue, ConcernsTheLastDayAloneWhereOnlyThatMayMove) {
  // December 31 is day 21, January 9 day 30, a Saturday; Monday 11 is the next workday as far as anybody knows.
  const auto due = started(ask_review_limit, "2026-12-10T10:00:00").due;
  EXPECT_EQ(last_day(due), "2027-01-11");
  EXPECT_EQ(to_iso(*due.provisional_from), "2027-01-09");
}

TEST(ProvisionalDue, IsOneBeforeTheFirstKnownYearToo) {
  EXPECT_EQ(to_iso(*started(object_limit, "2024-12-27T10:00:00").due.provisional_from), "2024-12-28");
}

TEST(DueInLondon, EndsAtMidnightOfSummerTimeAfterTwentyWorkingDaysOverEaster) {
  const fixtures::ChangingZone london(hours(0), at("2026-03-29T01:00:00Z"), hours(1));
  Calendar england;
  england.known_from = fixtures::day("2026-01-01");
  england.known_until = fixtures::day("2026-12-31");
  england.special = {{fixtures::day("2026-04-03"), fixtures::day("2026-04-03"), false, {"耶稣受难日", "Good Friday"}},
                     {fixtures::day("2026-04-06"), fixtures::day("2026-04-06"), false, {"复活节星期一", "Easter Monday"}}};
  const Limit foi{{"foi"}, {"foi"}, {}, {}, StartsAt::received, {Count::working_days, 20}, {}, {}};
  // Thursday 19 = 1, 20 = 2; 23 to 27 March = 3 to 7; 30 March to 2 April = 8 to 11; Good Friday and Easter Monday off; 7 to 10
  // April = 12 to 15; 13 to 17 = 16 to 20.
  const auto due = due_of(foi, at("2026-03-18T12:00:00Z"), england, london);
  EXPECT_EQ(to_rfc3339(due.at), "2026-04-17T22:59:59.999Z");
  EXPECT_FALSE(due.provisional());
}

TEST(LegalClock, IsNotMovedByAChangedPackEvenWhenItIsCountedAgain) {
  auto pack = fixtures::town_pack();
  auto clock = started(finish_limit, "2026-03-01T09:00:00");
  for (auto& limit : pack.limits) limit.terms = {Count::hours, 1};
  clock.extended = 30;
  EXPECT_EQ(last_day(due_again(clock, pack.calendar, beijing)), "2026-05-30");
  EXPECT_EQ(extension_left(*pack.find_limit(finish_limit), clock), 0);  // it no longer counts days
}

TEST(LegalClock, IsNeverExtendedWhereNoLawAllowsIt) {
  EXPECT_EQ(extension_left(*town().find_limit(accept_limit), started(accept_limit, "2026-03-01T09:00:00")), 0);
}

}  // namespace
}  // namespace huiyin::rules
