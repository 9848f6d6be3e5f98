#include "domain/rules/calendar.h"

#include <gtest/gtest.h>

#include "domain/fixtures.h"
#include "domain/rules/explanation.h"

namespace huiyin::rules {
namespace {

using fixtures::day;

struct DayRow {
  std::string day;
  bool knows;
  std::string why_off;  // empty: a workday
};

TEST(Calendar, SaysWhyADayIsOff) {
  const auto calendar = fixtures::town_calendar();
  for (const auto& [iso, knows, why] : std::vector<DayRow>{{"2026-09-30", true, ""},
                                                           {"2026-10-01", true, "National Day"},
                                                           {"2026-10-04", true, "National Day"},  // a Sunday of it
                                                           {"2026-10-07", true, "National Day"},
                                                           {"2026-10-08", true, ""},
                                                           {"2026-10-10", true, ""},  // a Saturday that makes up
                                                           {"2026-10-11", true, "Sunday"},
                                                           {"2026-10-17", true, "Saturday"},
                                                           {"2025-01-01", true, "New Year's Day"},
                                                           {"2024-12-31", false, ""},
                                                           {"2026-12-31", true, ""},
                                                           {"2027-01-01", false, ""},
                                                           {"2027-01-02", false, "Saturday"}}) {
    const auto off = calendar.why_off(day(iso));
    EXPECT_EQ(off ? say(*off, Language::en) : "", why) << iso;
    EXPECT_EQ(calendar.is_workday(day(iso)), why.empty()) << iso;
    EXPECT_EQ(calendar.knows(day(iso)), knows) << iso;
  }
  EXPECT_EQ(say(*calendar.why_off(day("2026-10-01")), Language::zh), "国庆节");
  EXPECT_EQ(say(*calendar.why_off(day("2026-10-17")), Language::zh), "星期六");
}

TEST(Calendar, KnowsNothingButTheWeekendWhenItIsEmpty) {
  const Calendar calendar;
  EXPECT_FALSE(calendar.knows(day("2026-10-01")));
  EXPECT_TRUE(calendar.is_workday(day("2026-10-01")));
  EXPECT_FALSE(calendar.is_workday(day("2026-10-03")));
}

TEST(Calendar, HasTheWeekendOfItsPlace) {
  Calendar calendar;
  calendar.weekend = {Weekday::thursday, Weekday::friday};
  EXPECT_TRUE(calendar.is_workday(day("2026-10-03")));   // Saturday
  EXPECT_FALSE(calendar.is_workday(day("2026-10-02")));  // Friday
}

TEST(Weekday, ComesOutRightOnBothSidesOf1970) {
  EXPECT_EQ(weekday_of(day("1970-01-01")), Weekday::thursday);
  EXPECT_EQ(weekday_of(day("1969-12-31")), Weekday::wednesday);
  EXPECT_EQ(weekday_of(day("1900-01-01")), Weekday::monday);
  EXPECT_EQ(weekday_of(day("2026-03-01")), Weekday::sunday);
}

}  // namespace
}  // namespace huiyin::rules
