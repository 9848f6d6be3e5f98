// What holds of any limit, start, calendar and pauses, tried at random. A failure prints the seed of its round.
#include <gtest/gtest.h>

#include "base/random.h"
#include "domain/changing_zone.h"
#include "domain/fixtures.h"
#include "domain/rules/explanation.h"

namespace huiyin::rules {
namespace {

constexpr int rounds = 2'000;
constexpr std::int64_t day_ms = 86'400'000;

struct Try {
  SeededRandom random;
  Terms terms;
  Instant start;
  int extended = 0;
  std::vector<Pause> pauses;
  Calendar calendar;
  fixtures::ChangingZone zone;

  explicit Try(std::uint64_t seed)
      : random(seed), zone(std::chrono::hours(1), fixtures::at("2026-03-29T01:00:00Z"), std::chrono::hours(2)) {
    terms.count = static_cast<Count>(random.below(3));
    terms.amount = 1 + static_cast<int>(random.below(40));
    terms.ends_on_workday = terms.count == Count::calendar_days && random.below(2) == 0;
    start = some_instant();
    extended = random.below(2) == 0 ? 0 : static_cast<int>(random.below(20));
    for (auto left = random.below(4); left > 0; --left) {
      const auto from = some_instant();
      pauses.push_back({fixtures::hearing, from, from + some_length(6 * day_ms), random.below(4) != 0});
    }
    fill_calendar();
  }

  std::chrono::milliseconds some_length(std::int64_t most) {
    return std::chrono::milliseconds(random.below(static_cast<std::uint32_t>(most)));
  }
  // In the weeks around the change of the clocks.
  Instant some_instant() { return fixtures::at("2026-03-10T00:00:00Z") + some_length(40 * day_ms); }

  void fill_calendar() {
    calendar.weekend.clear();
    for (int i = 0; i < 7 && calendar.weekend.size() < 4; ++i) {
      if (random.below(3) == 0) calendar.weekend.push_back(static_cast<Weekday>(i));
    }
    Day day = fixtures::day("2026-03-01");
    for (auto left = random.below(8); left > 0; --left) {
      day = day + 1 + static_cast<int>(random.below(12));
      const Day last = day + static_cast<int>(random.below(9));
      calendar.special.push_back({day, last, random.below(3) == 0, {"节", "Feast"}});
      day = last;
    }
    calendar.known_from = fixtures::day("2026-03-15");
    calendar.known_until = fixtures::day("2026-05-01");
  }

  [[nodiscard]] Due due() const { return due_of({"rule"}, terms, start, extended, pauses, calendar, zone); }
};

class AnyClock : public testing::Test {
 protected:
  template <class Check>
  void each(Check check) {
    for (std::uint64_t seed = 1; seed <= rounds && !HasFailure(); ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      Try one(seed);
      check(one);
    }
  }
};

TEST_F(AnyClock, IsNotDueEarlierForALaterStart) {
  each([](Try& one) {
    const auto before = one.due();
    one.start = one.start + one.some_length(3 * day_ms);
    EXPECT_LE(before.at, one.due().at);
  });
}

TEST_F(AnyClock, IsDueLaterForAGreaterAmount) {
  each([](Try& one) {
    const auto before = one.due();
    if (one.random.below(2) == 0) ++one.terms.amount;
    else ++one.extended;
    if (one.terms.ends_on_workday) EXPECT_LE(before.at, one.due().at);
    else EXPECT_LT(before.at, one.due().at);
  });
}

TEST_F(AnyClock, IsNotDueEarlierForOneMoreDayOff) {
  each([](Try& one) {
    const auto before = one.due();
    const Day day = one.zone.day_of(one.some_instant());
    if (one.calendar.find_special(day) != nullptr) return;
    const auto at = std::ranges::upper_bound(one.calendar.special, day, {}, &SpecialDays::first);
    one.calendar.special.insert(at, {day, day, false, {"新节", "New feast"}});
    EXPECT_LE(before.at, one.due().at);
  });
}

TEST_F(AnyClock, IsNotDueEarlierForOneMorePause) {
  each([](Try& one) {
    const auto before = one.due();
    const auto from = one.some_instant();
    one.pauses.push_back({fixtures::hearing, from, from + one.some_length(5 * day_ms)});
    EXPECT_LE(before.at, one.due().at);
  });
}

TEST_F(AnyClock, HasAnExplanationThatAddsUpToTheSpan) {
  each([](Try& one) {
    LegalClock clock{one.due(), one.start, Began::as_said, std::nullopt, one.extended, one.pauses};
    const auto why = explain(clock, one.zone);
    EXPECT_EQ(why.counted, one.terms.amount + one.extended);
    if (one.terms.count == Count::hours) {
      auto length = clock.due.at - one.start;
      for (const auto& pause : why.paused) length -= pause.to - pause.from;
      EXPECT_EQ(length, std::chrono::hours(one.terms.amount + one.extended));
      return;
    }
    EXPECT_EQ(one.zone.start_of(why.last_day + 1), clock.due.at + std::chrono::milliseconds(1));
    Day after = why.first_day;
    for (const auto& span : why.skipped) {
      EXPECT_LE(after, span.first);
      after = span.last + 1;
      for (Day day = span.first; day <= span.last; day = day + 1) EXPECT_FALSE(one.calendar.is_workday(day)) << to_iso(day);
    }
    EXPECT_LE(after, why.last_day + 1);
  });
}

TEST_F(AnyClock, IsProvisionalOnlyWhereACalendarThatKnowsMoreCouldChangeIt) {
  each([](Try& one) {
    const auto due = one.due();
    if (due.provisional()) return;
    const Day unknown = *one.calendar.known_until + 1;  // a long holiday that nobody knew of
    auto& special = one.calendar.special;
    std::erase_if(special, [&](const SpecialDays& days) { return days.first >= unknown; });
    for (auto& days : special) days.last = std::min(days.last, unknown + -1);
    special.push_back({unknown, unknown + 200, false, {"长假", "Long holiday"}});
    EXPECT_EQ(one.due(), due);
  });
}

}  // namespace
}  // namespace huiyin::rules
