#include "app/zone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "domain/rules/legal_clock.h"

namespace huiyin::app {
namespace {

std::unique_ptr<rules::Zone> zone(const std::string& name) {
  auto opened = TzZone::open_zone(name);
  EXPECT_TRUE(opened.ok()) << name;
  return std::move(opened).value();
}

struct Start {
  std::string zone;
  std::string day;
  std::string first_moment;
};

class StartOfDay : public testing::TestWithParam<Start> {};

TEST_P(StartOfDay, IsTheFirstMomentThatTheClocksShowThatDay) {
  const auto& [name, iso, first_moment] = GetParam();
  const auto opened = zone(name);
  const auto day = *day_from_iso(iso);
  const auto start = opened->start_of(day);
  EXPECT_EQ(to_rfc3339(start), first_moment);
  EXPECT_EQ(to_iso(opened->day_of(start)), iso);
  EXPECT_LT(opened->day_of(start - std::chrono::milliseconds(1)), day);
}

INSTANTIATE_TEST_SUITE_P(
    Days, StartOfDay,
    testing::Values(Start{"Asia/Shanghai", "2026-03-01", "2026-02-28T16:00:00.000Z"},
                    Start{"Asia/Shanghai", "1970-01-01", "1969-12-31T16:00:00.000Z"},
                    Start{"Asia/Shanghai", "2150-06-01", "2150-05-31T16:00:00.000Z"},
                    Start{"Asia/Shanghai", "1988-04-17", "1988-04-16T16:00:00.000Z"},      // summer time began at two
                    Start{"Asia/Shanghai", "1988-04-18", "1988-04-17T15:00:00.000Z"},
                    Start{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z"},  // no midnight: began at one
                    Start{"America/Sao_Paulo", "2018-11-05", "2018-11-05T02:00:00.000Z"},
                    Start{"America/Sao_Paulo", "2019-02-17", "2019-02-17T03:00:00.000Z"},  // 23:00 came twice the day before
                    Start{"Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00.000Z"},        // no midnight
                    Start{"Asia/Beirut", "2022-03-28", "2022-03-27T21:00:00.000Z"},
                    Start{"America/Havana", "2022-11-06", "2022-11-06T04:00:00.000Z"},     // midnight came twice: the first
                    Start{"Africa/Cairo", "2023-04-28", "2023-04-27T22:00:00.000Z"},       // no midnight
                    Start{"America/New_York", "2026-03-08", "2026-03-08T05:00:00.000Z"},
                    Start{"America/New_York", "2026-03-09", "2026-03-09T04:00:00.000Z"},
                    Start{"America/New_York", "2026-11-02", "2026-11-02T05:00:00.000Z"},
                    Start{"Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00.000Z"},
                    Start{"Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00.000Z"},
                    Start{"Australia/Lord_Howe", "2026-04-06", "2026-04-05T13:30:00.000Z"},
                    Start{"UTC", "2026-01-01", "2026-01-01T00:00:00.000Z"}));

TEST(TzZone, BeginsADayThatWasSkippedWholeWithTheDayAfterIt) {
  const auto samoa = zone("Pacific/Apia");
  EXPECT_EQ(samoa->start_of(*day_from_iso("2011-12-30")), samoa->start_of(*day_from_iso("2011-12-31")));
  EXPECT_EQ(to_rfc3339(samoa->start_of(*day_from_iso("2011-12-30"))), "2011-12-30T10:00:00.000Z");
}

TEST(TzZone, KnowsTheDayToTheMillisecond) {
  const auto shanghai = zone("Asia/Shanghai");
  EXPECT_EQ(to_iso(shanghai->day_of(*instant_from_rfc3339("2026-02-28T15:59:59.999Z"))), "2026-02-28");
  EXPECT_EQ(to_iso(shanghai->day_of(*instant_from_rfc3339("2026-02-28T16:00:00.000Z"))), "2026-03-01");
  EXPECT_EQ(to_iso(shanghai->day_of({-1})), "1970-01-01");
  EXPECT_EQ(to_iso(shanghai->day_of(earliest_instant)), "1900-01-01");
  EXPECT_EQ(to_iso(shanghai->day_of(latest_instant)), "2200-01-01");
}

TEST(TzZone, KeepsZonesApartThatAreUsedInTurn) {
  const auto shanghai = zone("Asia/Shanghai");
  const auto york = zone("America/New_York");
  const auto at = *instant_from_rfc3339("2026-07-01T20:00:00Z");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(to_iso(shanghai->day_of(at)), "2026-07-02");
    EXPECT_EQ(to_iso(york->day_of(at)), "2026-07-01");
  }
}

TEST(TzZone, MayBeSharedBetweenThreads) {
  const auto beirut = zone("Asia/Beirut");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (Day day = *day_from_iso("2015-01-01"); day < *day_from_iso("2025-01-01"); day = day + 1) {
        if (beirut->day_of(beirut->start_of(day)) != day) ADD_FAILURE() << to_iso(day);
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST(TzZone, RefusesANameThatTheTableLacks) {
  for (const auto* name : {"", "Asia/Nowhere", "asia/shanghai", "../../etc/passwd", "/etc/localtime"}) {
    const auto opened = TzZone::open_zone(name);
    ASSERT_FALSE(opened.ok()) << name;
    EXPECT_EQ(opened.error().code, Code::invalid) << name;
  }
}

TEST(TzZone, LetsALimitEndWithItsLastLocalDay) {
  const rules::Limit limit{{"accept"}, {"accept"}, {}, {}, rules::StartsAt::received, {rules::Count::calendar_days, 15}, {}, {}};
  const auto due = rules::due_of(limit, *instant_from_rfc3339("2018-10-20T12:00:00Z"), {}, *zone("America/Sao_Paulo"));
  EXPECT_EQ(to_rfc3339(due.at), "2018-11-05T01:59:59.999Z");
}

TEST(TzZone, ShowsTheTimeOnTheWallAlsoOnDaysWhenTheClocksAreChanged) {
  const auto wall = [](const char* name, const char* at) {
    return zone(name)->time_of_day(*instant_from_rfc3339(at)).count() / 60'000;
  };
  EXPECT_EQ(wall("Asia/Shanghai", "2026-03-01T15:59:00Z"), 23 * 60 + 59);
  EXPECT_EQ(wall("Europe/London", "2026-03-29T00:30:00Z"), 30);
  EXPECT_EQ(wall("Europe/London", "2026-03-29T02:30:00Z"), 3 * 60 + 30);   // an hour was jumped over
  EXPECT_EQ(wall("Europe/London", "2026-10-25T02:30:00Z"), 2 * 60 + 30);   // an hour came twice
  EXPECT_EQ(wall("America/New_York", "1969-12-31T23:59:59Z"), 18 * 60 + 59);
}

}  // namespace
}  // namespace huiyin::app
