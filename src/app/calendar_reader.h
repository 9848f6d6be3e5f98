// Reads the holidays and make-up workdays of an iCalendar file (RFC 5545), the form in which governments publish them.
// docs/formats/pack-calendar.md says what a file may hold. A pure function.
//
// Lines and nesting are read here, since a fault has to name its line, which libical does not say; the property of a line (its
// parameters, its value with its escapes) is libical's to read. Only properties that mean something here reach it.
#pragma once

#include <string>
#include <vector>

#include "app/pack_reader.h"
#include "domain/rules/calendar.h"

namespace huiyin::app {

inline constexpr std::size_t calendar_line_bytes_max = 4'096;  // unfolded
inline constexpr std::size_t calendar_depth_max = 4;           // a component in a component: VALARM in VEVENT in VCALENDAR

// One event of the file, with the lines its parts stand in.
struct CalendarEntry {
  rules::SpecialDays days;
  int line = 0;  // BEGIN:VEVENT
  int first_line = 0, last_line = 0, name_line = 0, kind_line = 0;
};

// The events in the file's order; what is wrong with it goes to `faults`, and events with a fault are left out.
std::vector<CalendarEntry> read_calendar(const std::string& file, const std::string& text, std::vector<PackFault>& faults);

}  // namespace huiyin::app
