// Zone: the jurisdiction's time zone, handed in; the rules know days, never the tables behind them.
#pragma once

#include "base/time.h"

namespace huiyin::rules {

// Thread rule: immutable, shared freely.
class Zone {
 public:
  virtual ~Zone() = default;
  [[nodiscard]] virtual Day day_of(Instant at) const = 0;
  [[nodiscard]] virtual Instant start_of(Day day) const = 0;  // its first moment
  // What the clocks on the wall show. As if they were not changed on that day, unless a zone knows better.
  [[nodiscard]] virtual std::chrono::milliseconds time_of_day(Instant at) const { return at - start_of(day_of(at)); }
};

}  // namespace huiyin::rules
