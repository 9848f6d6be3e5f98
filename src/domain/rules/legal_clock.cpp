#include "domain/rules/legal_clock.h"

namespace huiyin::rules {

Due due_of(const Limit& limit, Instant start, const Zone& zone) {
  const auto after_last = zone.start_of(zone.day_of(start) + limit.calendar_days + 1);
  return {limit.code, after_last - std::chrono::milliseconds(1)};
}

Standing standing_of(const LegalClock& clock, Instant now) {
  if (clock.met) return *clock.met <= clock.due.at ? Standing::met : Standing::met_late;
  return now <= clock.due.at ? Standing::running : Standing::overdue;
}

}  // namespace huiyin::rules
