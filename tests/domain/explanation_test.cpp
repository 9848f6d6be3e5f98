#include "domain/rules/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/changing_zone.h"
#include "domain/fixtures.h"

namespace huiyin::rules {
namespace {

using fixtures::at;
using fixtures::hearing;
using fixtures::mediation;

const fixtures::FixedZone china{};

struct Desk {
  Pack pack = fixtures::town_pack();

  [[nodiscard]] LegalClock started(const RuleCode& rule, std::string_view start) const {
    return {due_of(*pack.find_limit(rule), at(start), pack.calendar, china), at(start)};
  }
  [[nodiscard]] std::string said(const LegalClock& clock, Language language) const {
    return say(explain(clock, china), pack, china, language);
  }
};

TEST(Explanation, OfCalendarDaysSaysWhatIsCountedAndByWhichArticle) {
  const Desk desk;
  const auto clock = desk.started(accept_limit, "2026-03-01T09:00:00+08:00");
  EXPECT_EQ(
      desk.said(clock, Language::en),
      "Acceptance: 15 calendar days, counted from receipt on 1 March 2026, that day left out; it ends with Monday, 16 March "
      "2026, at midnight (Regulations, article 22).");
  EXPECT_EQ(desk.said(clock, Language::zh),
            "受理：自2026年3月1日收到的次日起 15 日；至2026年3月16日（星期一）二十四时止。依据：《信访工作条例》第22条。");
}

TEST(Explanation, OfWorkingDaysSaysWhichWereSkippedAndWhy) {
  const Desk desk;
  const auto clock = desk.started(object_limit, "2026-09-29T09:00:00+08:00");
  EXPECT_EQ(
      desk.said(clock, Language::en),
      "Objection: 5 working days, counted from assignment on 29 September 2026, that day left out; days off are not counted: "
      "1–7 October (National Day), 11 October (Sunday); it ends with Monday, 12 October 2026, at midnight (Regulations, article "
      "23).");
  EXPECT_EQ(desk.said(clock, Language::zh),
            "异议：自2026年9月29日转送、交办的次日起 5 个工作日；休息日不计入：10月1日至7日（国庆节）、10月11日（星期日）；"
            "至2026年10月12日（星期一）二十四时止。依据：《信访工作条例》第23条。");
  EXPECT_THAT(desk.said(desk.started(object_limit, "2025-12-31T09:00:00+08:00"), Language::en),
              testing::HasSubstr("1–3 January 2026 (New Year's Day)"));
}

TEST(Explanation, SaysThatALastDayOffWasPassed) {
  const Desk desk;
  EXPECT_THAT(
      desk.said(desk.started(ask_review_limit, "2026-03-13T09:00:00+08:00"), Language::en),
      testing::HasSubstr("its last day would be a day off, so it moves on past 12 April (Sunday); it ends with Monday, 13 "
                         "April 2026"));
}

TEST(Explanation, SaysPausesAndExtensions) {
  Desk desk;
  auto clock = desk.started(rereview_limit, "2026-03-02T09:00:00+08:00");
  clock.pauses = {{hearing, at("2026-03-30T14:00:00+08:00"), at("2026-04-02T10:00:00+08:00")},
                  {mediation, at("2026-03-05T14:00:00+08:00"), at("2026-03-06T10:00:00+08:00"), false}};
  clock.extended = 1;
  clock.due = due_again(clock, desk.pack.calendar, china);
  EXPECT_EQ(
      desk.said(clock, Language::en),
      "Re-review: 30 calendar days, counted from the request for re-review on 2 March 2026, that day left out; extended by 1 "
      "calendar day; not counted because the work paused: 30 March to 2 April (hearing); it ran on while the work paused for "
      "mediation; it ends with Monday, 6 April 2026, at midnight (Regulations, article 36).");
  EXPECT_THAT(desk.said(clock, Language::zh),
              testing::HasSubstr("；暂停期间不计入：3月30日至4月2日（听证）；调解期间照常计算；"));
}

TEST(Explanation, OfAClockThatStandsStillNamesNoEnd) {
  const Desk desk;
  auto clock = desk.started(rereview_limit, "2026-03-02T09:00:00+08:00");
  clock.pauses = {{hearing, at("2026-03-10T14:00:00+08:00"), std::nullopt}};
  const auto said = desk.said(clock, Language::en);
  EXPECT_THAT(said,
              testing::HasSubstr("it stands still since 10 March 2026 (hearing), and its end is fixed only when it goes on"));
  EXPECT_THAT(said, testing::Not(testing::HasSubstr("it ends")));
}

TEST(Explanation, SaysWhatIsProvisional) {
  const Desk desk;
  const auto clock = desk.started(object_limit, "2026-12-30T09:00:00+08:00");
  EXPECT_THAT(desk.said(clock, Language::en),
              testing::HasSubstr("this is provisional, because the holidays from 1 January 2027 on are not known yet"));
  EXPECT_THAT(desk.said(clock, Language::zh), testing::HasSubstr("暂定日期：2027年1月1日起的放假安排尚未公布"));
}

TEST(Explanation, OfHoursSaysTheTimes) {
  const Desk desk;
  auto clock = desk.started(urgent_limit, "2026-03-01T23:30:00+08:00");
  clock.pauses = {{hearing, at("2026-03-01T23:40:00+08:00"), at("2026-03-02T00:10:00+08:00")}};
  clock.due = due_again(clock, desk.pack.calendar, china);
  EXPECT_EQ(
      desk.said(clock, Language::en),
      "Danger to life: 2 hours, counted from receipt on 1 March 2026, 23:30; not counted because the work paused: 1 March 2026, "
      "23:40 to 2 March 2026, 00:10 (hearing); it ends on 2 March 2026, 02:00 (Regulations, article 0).");
}

// The clock began under other rules than those in force: what it says must agree with its own date.
TEST(Explanation, KeepsToTheClockWhenThePackHasChanged) {
  Desk desk;
  const auto clock = desk.started(object_limit, "2026-09-29T09:00:00+08:00");
  for (auto& limit : desk.pack.limits) limit.terms.amount = 99;
  desk.pack.calendar = {};
  EXPECT_EQ(
      desk.said(clock, Language::en),
      "Objection: 5 working days, counted from assignment on 29 September 2026, that day left out; days off are not counted: "
      "1–7 October (National Day), 11 October (Sunday); it ends with Monday, 12 October 2026, at midnight (by the rules in force "
      "on 29 September 2026; they have changed since).");
  desk.pack.limits.clear();
  EXPECT_THAT(desk.said(clock, Language::zh), testing::StartsWith("object：自2026年9月29日转送、交办的次日起 5 个工作日"));
}

TEST(Explanation, DoesNotSayEveryWeekendOfAYear) {
  Desk desk;
  desk.pack.limits[1].terms.amount = 200;
  const auto said = desk.said(desk.started(object_limit, "2026-01-05T09:00:00+08:00"), Language::en);
  EXPECT_THAT(said, testing::HasSubstr(" more days; it ends with"));
  EXPECT_LT(said.size(), 600U);
}

TEST(Explanation, AddsUpToTheSpan) {
  const Desk desk;
  auto clock = desk.started(object_limit, "2026-09-24T09:00:00+08:00");
  clock.pauses = {{hearing, at("2026-09-26T14:00:00+08:00"), at("2026-09-28T10:00:00+08:00")}};
  clock.due = due_again(clock, desk.pack.calendar, china);
  const auto why = explain(clock, china);
  // Friday 25 September off (Mid-Autumn), 26 to 28 paused, 29 = 1, 30 = 2, 1 to 7 October off, 8 = 3, 9 = 4, Saturday 10 works
  // = 5.
  EXPECT_EQ(to_iso(why.last_day), "2026-10-10");
  EXPECT_EQ(why.counted, 5);
  EXPECT_EQ(days_in(why.skipped), 8);
  ASSERT_EQ(why.paused.size(), 1U);
  EXPECT_EQ(why.paused[0].days, 3);
  EXPECT_EQ(why.last_day - why.first_day + 1, 5 + 8 + 3);
}

}  // namespace
}  // namespace huiyin::rules
