// LegalClock (时限): a statutory limit running on a record. Its due instant is fixed when it starts and stands in the event, so
// that a changed pack never moves it in silence.
#pragma once

#include <optional>
#include <vector>

#include "domain/names.h"
#include "domain/rules/pack.h"
#include "domain/rules/zone.h"

namespace huiyin::rules {

// The due instant with the rule it came from, as an event records it.
struct Due {
  RuleCode rule;
  Instant at;  // the last millisecond that is still in time
  friend bool operator==(const Due&, const Due&) = default;

  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("rule", self.rule);
    fields.part("at", self.at);
  }
};

enum class Standing : std::uint8_t { running, met, met_late, overdue };

struct LegalClock {
  Due due;
  Instant start;
  std::optional<Instant> met;  // when what it asked for was done
  friend bool operator==(const LegalClock&, const LegalClock&) = default;
};

// When the limit ends for a start at `start`: with the last moment of the calendar_days-th day after the day of the start.
// 信访工作条例 counts in calendar days unless it says working days; the day of the start is not counted (民法典 art. 201).
Due due_of(const Limit& limit, Instant start, const Zone& zone);

Standing standing_of(const LegalClock& clock, Instant now);

}  // namespace huiyin::rules

namespace huiyin {
template <>
struct Names<rules::Standing> {
  static constexpr std::array<std::string_view, 4> values{"running", "met", "met_late", "overdue"};
};
}  // namespace huiyin
