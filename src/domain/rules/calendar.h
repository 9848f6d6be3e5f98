// Calendar: which days a body works. The weekend comes back every week; holidays and make-up workdays are announced year by year
// (in China by a notice of the State Council each November), so a calendar also says for which days it knows them.
// Thread rule: a value, immutable once read; all functions are pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "domain/names.h"
#include "domain/rules/local_text.h"

namespace huiyin::rules {

enum class Weekday : std::uint8_t { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

Weekday weekday_of(Day day);

// Days that are not what their weekday says: a holiday, or a make-up workday (调休上班) on a weekend.
struct SpecialDays {
  Day first;
  Day last;            // included
  bool works = false;  // a make-up workday
  LocalText name;
  friend bool operator==(const SpecialDays&, const SpecialDays&) = default;
};

// Why nobody works on a day: a holiday by its name, else a day of the weekend.
struct DayOff {
  Weekday weekday{};
  std::optional<LocalText> name;
  friend bool operator==(const DayOff&, const DayOff&) = default;
};

struct Calendar {
  std::vector<Weekday> weekend{Weekday::saturday, Weekday::sunday};  // at most six of the seven
  std::vector<SpecialDays> special;                                  // by day, none overlaps another
  std::optional<Day> known_from;   // holidays are known from this day
  std::optional<Day> known_until;  // to this one, both included; both or neither
  LocalText source;                // who announced them

  [[nodiscard]] bool is_workday(Day day) const { return !why_off(day); }
  [[nodiscard]] std::optional<DayOff> why_off(Day day) const;  // nothing: a workday
  // False: whether the day is a holiday has not been announced, or was never imported; only its weekday is known.
  [[nodiscard]] bool knows(Day day) const;
  [[nodiscard]] const SpecialDays* find_special(Day day) const;
};

}  // namespace huiyin::rules

namespace huiyin {
template <>
struct Names<rules::Weekday> {
  static constexpr std::array<std::string_view, 7> values{"monday", "tuesday",  "wednesday", "thursday",
                                                          "friday", "saturday", "sunday"};
};
}  // namespace huiyin
