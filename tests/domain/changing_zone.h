// A time zone for the tests: an offset and at most one change of the clocks.
#pragma once

#include <algorithm>
#include <chrono>

#include "base/time.h"
#include "domain/rules/zone.h"

namespace huiyin::fixtures {

// A zone with at most one change of the clocks.
class ChangingZone final : public rules::Zone {
 public:
  explicit ChangingZone(std::chrono::hours offset) : before_(offset), after_(offset) {}
  ChangingZone(std::chrono::hours before, Instant change, std::chrono::hours after)
      : before_(before), change_(change), after_(after) {}

  [[nodiscard]] Day day_of(Instant at) const override {
    const auto local = at + std::chrono::milliseconds(at < change_ ? before_ : after_);
    return {static_cast<std::int32_t>((local.ms - (local.ms % day_ms + day_ms) % day_ms) / day_ms)};
  }
  [[nodiscard]] Instant start_of(Day day) const override {
    const Instant midnight{day.number * day_ms};
    if (const auto at = midnight - std::chrono::milliseconds(before_); at < change_) return at;
    return std::max(change_, midnight - std::chrono::milliseconds(after_));  // the change itself where midnight does not exist
  }

 private:
  static constexpr std::int64_t day_ms = 86'400'000;
  std::chrono::hours before_;
  Instant change_{};
  std::chrono::hours after_;
};

}  // namespace huiyin::fixtures
