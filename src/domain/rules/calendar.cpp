#include "domain/rules/calendar.h"

#include <algorithm>

namespace huiyin::rules {

Weekday weekday_of(Day day) {
  constexpr int days_in_week = 7;
  constexpr int epoch = static_cast<int>(Weekday::thursday);  // 1970-01-01
  return static_cast<Weekday>(((day.number + epoch) % days_in_week + days_in_week) % days_in_week);
}

const SpecialDays* Calendar::find_special(Day day) const {
  const auto after = std::ranges::upper_bound(special, day, {}, &SpecialDays::first);
  if (after == special.begin()) return nullptr;
  const auto& before = *std::prev(after);
  return day <= before.last ? &before : nullptr;
}

std::optional<DayOff> Calendar::why_off(Day day) const {
  const auto weekday = weekday_of(day);
  if (const auto* found = find_special(day)) {
    if (found->works) return std::nullopt;
    return DayOff{weekday, found->name};
  }
  if (std::ranges::find(weekend, weekday) == weekend.end()) return std::nullopt;
  return DayOff{weekday, std::nullopt};
}

bool Calendar::knows(Day day) const { return known_from && known_until && *known_from <= day && day <= *known_until; }

}  // namespace huiyin::rules
