// The calendar of a pack, checked over its JSON and written again (app/pack_check.h). Its days usually come from an iCalendar
// file (app/calendar_reader.h); the database keeps them as JSON.
#pragma once

#include <boost/json/fwd.hpp>

#include "base/json.h"
#include "domain/rules/calendar.h"

namespace huiyin::app {

// Reads `calendar`: weekend (monday to sunday; saturday and sunday unless said), known_from, known_until, source, days.
void check_calendar(FieldReader& reader, rules::Calendar& calendar);

boost::json::object calendar_json(const rules::Calendar& calendar);
// As one of `days`: first, last, works, name.
boost::json::object special_days_json(const rules::SpecialDays& days);

}  // namespace huiyin::app
