#include "domain/rules/legal_clock.h"

#include <algorithm>

#include "base/assert.h"

namespace huiyin::rules {
namespace {

// A stretch of days or of instants, both ends included.
template <class Point>
struct Stretch {
  Point from;
  Point to;
};

// The pauses that stop a limit, in the order they began.
std::vector<Stretch<Instant>> stops_of(std::span<const Pause> pauses) {
  std::vector<Stretch<Instant>> stops;
  for (const auto& pause : pauses) {
    if (!pause.stops) continue;
    HUIYIN_ASSERT(pause.to && pause.from <= *pause.to);
    stops.push_back({pause.from, *pause.to});
  }
  std::ranges::sort(stops, {}, &Stretch<Instant>::from);
  return stops;
}

// Counts the days of one limit, one after the other, and remembers what it skipped and what it could not know.
class DayCount {
 public:
  DayCount(Due& due, std::span<const Stretch<Instant>> stops, const Calendar& calendar, const Zone& zone)
      : due_(due), calendar_(calendar) {
    for (const auto& stop : stops) paused_.push_back({zone.day_of(stop.from), zone.day_of(stop.to)});
  }

  // The day on which the last of `amount` days is counted, `start` itself not counted.
  Day last_day(Day start, int amount) {
    Day day = start;
    for (int left = amount; left > 0;) {
      day = day + 1;
      if (is_paused(day)) continue;
      const bool asks = due_.terms.count == Count::working_days || (due_.terms.ends_on_workday && left == 1);
      if (asks && is_skipped(day)) continue;
      --left;
    }
    return day;
  }

 private:
  [[nodiscard]] bool is_paused(Day day) const {
    return std::ranges::any_of(paused_, [day](const auto& stop) { return stop.from <= day && day <= stop.to; });
  }

  bool is_skipped(Day day) {
    if (!calendar_.knows(day) && !due_.provisional_from) due_.provisional_from = day;
    const auto off = calendar_.why_off(day);
    if (!off) return false;
    const bool goes_on = !due_.skipped.empty() && due_.skipped.back().last + 1 == day && due_.skipped.back().name == off->name;
    if (goes_on) due_.skipped.back().last = day;
    else due_.skipped.push_back({day, day, off->name});
    return true;
  }

  Due& due_;
  const Calendar& calendar_;
  std::vector<Stretch<Day>> paused_;
};

Instant end_of_hours(Instant start, int amount, std::span<const Stretch<Instant>> stops) {
  Instant end = start + std::chrono::hours(amount);
  Instant done = start;  // two pauses at once stop it once
  for (const auto& stop : stops) {
    if (stop.from > end) break;
    const auto from = std::max(stop.from, done);
    if (stop.to <= from) continue;
    end = end + (stop.to - from);
    done = stop.to;
  }
  return end;
}

}  // namespace

Due due_of(const RuleCode& rule, const Terms& terms, Instant start, int extended, std::span<const Pause> pauses,
           const Calendar& calendar, const Zone& zone) {
  constexpr std::size_t week = 7;
  HUIYIN_ASSERT(calendar.weekend.size() < week);  // app/pack_check.cpp refuses it: no working day would ever come
  Due due{rule, start, terms};
  const auto stops = stops_of(pauses);
  if (terms.count == Count::hours) {
    due.at = end_of_hours(start, terms.amount + extended, stops);
    return due;
  }
  const auto last = DayCount(due, stops, calendar, zone).last_day(zone.day_of(start), terms.amount + extended);
  due.at = zone.start_of(last + 1) - std::chrono::milliseconds(1);
  return due;
}

Due due_of(const Limit& limit, Instant start, const Calendar& calendar, const Zone& zone) {
  auto due = due_of(limit.rule, limit.terms, start, 0, {}, calendar, zone);
  if (limit.remind_before > 0) due.remind_before = limit.remind_before;
  if (limit.code != limit.rule) due.own_limit = limit.code;
  return due;
}

const Limit* limit_of(const Pack& pack, const Due& due) { return pack.find_limit(due.own_limit.value_or(due.rule)); }

Due due_again(const LegalClock& clock, const Calendar& calendar, const Zone& zone) {
  auto due = due_of(clock.due.rule, clock.due.terms, clock.start, clock.extended, clock.pauses, calendar, zone);
  due.remind_before = clock.due.remind_before;
  due.own_limit = clock.due.own_limit;
  return due;
}

Due earliest_due(const LegalClock& clock, Instant now, const Calendar& calendar, const Zone& zone) {
  LegalClock resumed = clock;
  for (auto& pause : resumed.pauses) {
    if (!pause.to) pause.to = std::max(pause.from, now);
  }
  return due_again(resumed, calendar, zone);
}

std::optional<Instant> remind_at(const LegalClock& clock) {
  if (!clock.due.remind_before) return std::nullopt;
  constexpr int day = 24;
  const auto before = std::chrono::hours(*clock.due.remind_before * (clock.due.terms.count == Count::hours ? 1 : day));
  const auto at = clock.due.at - before;
  return at > clock.start ? std::optional(at) : std::nullopt;
}

const Pause* find_stop(const LegalClock& clock) {
  const auto found = std::ranges::find_if(
      clock.pauses, [&](const auto& pause) { return pause.stops && !pause.to && pause.from <= clock.due.at; });
  return found == clock.pauses.end() ? nullptr : &*found;
}

bool is_held(const LegalClock& clock) {
  return std::ranges::any_of(clock.pauses, [](const auto& pause) { return pause.stops && !pause.to; });
}

Standing standing_of(const LegalClock& clock, Instant now) {
  const bool stands = find_stop(clock) != nullptr;
  if (clock.met) return *clock.met <= clock.due.at || stands ? Standing::met : Standing::met_late;
  if (stands) return Standing::paused;
  return now <= clock.due.at ? Standing::running : Standing::overdue;
}

int extension_left(const Limit& limit, const LegalClock& clock) {
  if (!limit.extension || limit.terms.count != clock.due.terms.count) return 0;
  return std::max(0, limit.extension->amount_max - clock.extended);
}

int extension_left(const Pack& pack, const LegalClock& clock) {
  const auto* limit = limit_of(pack, clock.due);
  return limit == nullptr ? 0 : extension_left(*limit, clock);
}

bool is_stopped_by(const Limit& limit, const PauseCode& reason) {
  return std::ranges::find(limit.stopped_by, reason) != limit.stopped_by.end();
}

}  // namespace huiyin::rules
