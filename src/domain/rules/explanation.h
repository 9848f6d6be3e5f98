// Explanation: why a date is what it is. Made from the clock as its events fixed it, never from the pack in force now, so that it
// cannot contradict the due instant; the pack only gives names, and the article while the limit is still as it was.
// Every day after the start up to the last one is counted, skipped or paused: the three add up. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/catalogue.h"
#include "domain/rules/legal_clock.h"

namespace huiyin::rules {

// A stretch in which the limit stood still, as far as it lies within the limit.
struct PausedTime {
  PauseCode reason;
  Instant from;
  Instant to;
  Day first;  // of a limit in days: the days not counted
  Day last;  // included
  int days = 0;  // 0: of a limit in hours
};

struct Explanation {
  RuleCode rule;
  std::optional<RuleCode> own_limit{};  // as in Due
  Began began = Began::as_said;
  Terms terms;
  int extended = 0;
  Instant start;
  Instant due;  // while it stands still: what it was before
  Day first_day;  // the first that could be counted
  Day last_day;
  int counted = 0;  // days, or hours
  std::vector<SkippedDays> skipped;  // nobody works then
  std::vector<PausedTime> paused;  // over already
  std::vector<PauseCode> ran_on;  // the pauses that do not stop this limit
  std::optional<Pause> stopped{};  // it stands still now
  std::optional<Day> provisional_from{};
};

Explanation explain(const LegalClock& clock, const Zone& zone);

// "30 calendar days".
Message amount_of(Count count, int amount);

int days_in(const std::vector<SkippedDays>& skipped);

// One sentence. A rule that the pack no longer knows as the clock does is not quoted: the sentence says that it has changed.
std::string say(const Explanation& explanation, const Pack& pack, const Zone& zone, Language language);
// "National Day", "Saturday".
std::string say(const DayOff& off, Language language);

}  // namespace huiyin::rules
