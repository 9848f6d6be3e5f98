// Days and times as people say them, in the jurisdiction's own time zone. Pure functions.
#pragma once

#include <string>

#include "domain/rules/legal_clock.h"
#include "pages/html.h"
#include "pages/setting.h"

namespace huiyin::pages {

std::string day_words(const Setting& here, Day day);     // Monday, 16 March 2026
std::string day_words(const Setting& here, Instant at);  // of the day it fell on
std::string time_words(const Setting& here, Instant at);  // 16 March 2026, 14:05
// The last day of a limit; of one in hours, to the minute.
std::string due_words(const Setting& here, const rules::Due& due);

// <time> with the exact instant for machines.
Html day_html(const Setting& here, Instant at);
Html time_html(const Setting& here, Instant at);
Html due_html(const Setting& here, const rules::Due& due);

// How a limit stands, told by word, shape and colour: "in 3 days", "today", "2 days overdue".
Html due_mark(const Setting& here, Instant due);
int days_left(const Setting& here, Instant due);  // 0: today; negative: overdue

}  // namespace huiyin::pages
