#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "domain/changing_zone.h"
#include "domain/fixtures.h"
#include "domain/rules/legal_clock.h"
#include "domain/rules/pack.h"

namespace huiyin::rules {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

using fixtures::at;
using fixtures::ChangingZone;

Limit days(int count) { return {{"accept"}, {"accept"}, {}, {}, StartsAt::received, {Count::calendar_days, count}, {}, {}}; }

struct DueRow {
  std::string start;
  int days;
  std::string due;
};

class DueInShanghai : public testing::TestWithParam<DueRow> {};

TEST_P(DueInShanghai, IsTheLastMomentOfTheLastDayNotCountingTheFirst) {
  const auto& [start, count, due] = GetParam();
  const auto result = due_of(days(count), at(start), {}, ChangingZone(hours(8)));
  EXPECT_EQ(to_rfc3339(result.at), due);
  EXPECT_EQ(result.rule, RuleCode{"accept"});
}

INSTANTIATE_TEST_SUITE_P(Rows, DueInShanghai,
                         testing::Values(DueRow{"2026-03-01T09:00:00+08:00", 15, "2026-03-16T15:59:59.999Z"},
                                         DueRow{"2026-03-01T00:00:00+08:00", 15, "2026-03-16T15:59:59.999Z"},
                                         DueRow{"2026-03-01T23:59:59.999+08:00", 15, "2026-03-16T15:59:59.999Z"},
                                         DueRow{"2026-03-02T00:00:00+08:00", 15, "2026-03-17T15:59:59.999Z"},
                                         DueRow{"2026-01-31T10:00:00+08:00", 1, "2026-02-01T15:59:59.999Z"},
                                         DueRow{"2026-02-20T10:00:00+08:00", 15, "2026-03-07T15:59:59.999Z"},   // 28 days
                                         DueRow{"2028-02-20T10:00:00+08:00", 15, "2028-03-06T15:59:59.999Z"},   // leap year
                                         DueRow{"2100-02-20T10:00:00+08:00", 15, "2100-03-07T15:59:59.999Z"},   // no leap year
                                         DueRow{"2026-11-15T10:00:00+08:00", 60, "2027-01-14T15:59:59.999Z"},  // over New Year
                                         DueRow{"2027-12-31T10:00:00+08:00", 60, "2028-02-29T15:59:59.999Z"},
                                         DueRow{"2026-03-01T09:00:00+08:00", 3660, "2036-03-08T15:59:59.999Z"}));

TEST(DueOf, CountsDaysNotHoursWhereTheClocksChange) {
  // Clocks go from -3 to -2 at local midnight, 2018-11-04 (Brazil): that day has 23 hours and no midnight.
  const ChangingZone spring(hours(-3), at("2018-11-04T03:00:00Z"), hours(-2));
  EXPECT_EQ(to_rfc3339(due_of(days(1), at("2018-11-02T15:00:00Z"), {}, spring).at), "2018-11-04T02:59:59.999Z");
  EXPECT_EQ(to_rfc3339(due_of(days(2), at("2018-11-02T15:00:00Z"), {}, spring).at), "2018-11-05T01:59:59.999Z");
  // Clocks go from +2 back to +1 at 01:00 UTC, 2026-10-25 (Europe): that day has 25 hours.
  const ChangingZone autumn(hours(2), at("2026-10-25T01:00:00Z"), hours(1));
  EXPECT_EQ(to_rfc3339(due_of(days(1), at("2026-10-24T12:00:00Z"), {}, autumn).at), "2026-10-25T22:59:59.999Z");
}

struct StandingRow {
  std::int64_t now;
  std::optional<std::int64_t> met;
  Standing standing;
};

TEST(StandingOf, SaysWhereAClockStands) {
  const Instant due = at("2026-03-16T15:59:59.999Z");
  for (const auto& [now, met, standing] : std::vector<StandingRow>{{-1, {}, Standing::running},
                                                                   {0, {}, Standing::running},
                                                                   {1, {}, Standing::overdue},
                                                                   {-1, -5, Standing::met},
                                                                   {5, -5, Standing::met},
                                                                   {5, 0, Standing::met},
                                                                   {5, 1, Standing::met_late}}) {
    LegalClock clock{{{"accept"}, due, {}}, due - hours(24)};
    if (met) clock.met = due + milliseconds(*met);
    EXPECT_EQ(standing_of(clock, due + milliseconds(now)), standing) << "now " << now << ", met " << met.value_or(-99);
  }
}

Pack small_pack() {
  Pack pack;
  pack.units = {
      {{"team"}, UnitCode{"section"}, {}}, {{"section"}, UnitCode{"bureau"}, {}}, {{"bureau"}, {}, {}}, {{"other"}, {}, {}}};
  pack.categories = {{{"area"}, {}, {}, {}, UnitCode{"bureau"}, Publication::facts},
                     {{"leaf"}, CategoryCode{"area"}, {}, {}, {}, Publication::facts},
                     {{"leaf-with-unit"}, CategoryCode{"area"}, {}, {}, UnitCode{"team"}, Publication::facts},
                     {{"area-without-unit"}, {}, {}, {}, {}, Publication::facts}};
  return pack;
}

TEST(Pack, FindsTheTopOfATree) {
  const auto pack = small_pack();
  EXPECT_EQ(pack.top_of(UnitCode{"team"}), UnitCode{"bureau"});
  EXPECT_EQ(pack.top_of(UnitCode{"bureau"}), UnitCode{"bureau"});
  EXPECT_EQ(pack.top_of(CategoryCode{"leaf"}), CategoryCode{"area"});
  EXPECT_EQ(pack.top_of(UnitCode{"nowhere"}), UnitCode{"nowhere"});
}

TEST(Pack, NamesTheUnitInChargeOrTheNearestAbove) {
  const auto pack = small_pack();
  EXPECT_EQ(pack.unit_for({"leaf"}), UnitCode{"bureau"});
  EXPECT_EQ(pack.unit_for({"leaf-with-unit"}), UnitCode{"team"});
  EXPECT_EQ(pack.unit_for({"area-without-unit"}), std::nullopt);
  EXPECT_EQ(pack.unit_for({"nowhere"}), std::nullopt);
}

TEST(Pack, FindsNothingUnderACodeItLacks) {
  const auto pack = small_pack();
  EXPECT_EQ(pack.find_unit({"nowhere"}), nullptr);
  EXPECT_EQ(pack.find_category({"nowhere"}), nullptr);
  EXPECT_EQ(pack.find_limit({"accept"}), nullptr);
  EXPECT_EQ(pack.find_road({"court"}), nullptr);
}

}  // namespace
}  // namespace huiyin::rules
