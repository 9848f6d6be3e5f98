// TzZone: a time zone out of the system's tzdata, by Howard Hinnant's date library (Debian's libhowardhinnant-date-dev).
// Thread rule: immutable, shared freely; each thread remembers the stretch of time it last asked for.
// The library knows the changes that are listed in the compiled files, which Debian's tzdata lists up to 2037: a zone with
// summer time counts as staying on its last offset afterwards.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/result.h"
#include "domain/rules/zone.h"

namespace date {
class time_zone;
}

namespace huiyin::app {

class TzZone final : public rules::Zone {
 public:
  // `invalid` when tzdata knows no zone of that name; `unavailable` when the machine has no tzdata.
  static Result<std::unique_ptr<TzZone>> open_zone(const std::string& iana_name);

  [[nodiscard]] Day day_of(Instant at) const override;
  // Where clocks jump over midnight, the moment of the jump; where midnight comes twice, the first one. A day the zone
  // skipped whole (Samoa, 2011-12-30) begins with the day after it.
  [[nodiscard]] Instant start_of(Day day) const override;
  [[nodiscard]] std::chrono::milliseconds time_of_day(Instant at) const override;
  // When the clocks of that day showed this time. One that was jumped over is the moment of the jump; of one that came twice, the
  // first.
  [[nodiscard]] Instant instant_of(Day day, std::chrono::milliseconds of_day) const;

 private:
  explicit TzZone(const date::time_zone* zone) : zone_(zone) {}

  const date::time_zone* zone_;  // one of the library's table, which lives as long as the process
};

}  // namespace huiyin::app
