// Days as people write them, in words of the catalogues. Pure functions.
#pragma once

#include <chrono>
#include <string>

#include "base/catalogue.h"
#include "base/time.h"

namespace huiyin {

std::string long_day(Day day, Language language);   // Monday, 16 March 2026
std::string plain_day(Day day, Language language);  // 16 March 2026
std::string day_and_time(Day day, std::chrono::milliseconds time_of_day, Language language);  // 16 March 2026, 14:05
std::string weekday_name(Day day, Language language);                                         // Monday
// 16 March; 16–18 March; 30 March – 2 April. The year stands there only where it is not `year_said`'s.
std::string span_of_days(Day first, Day last, Day year_said, Language language);

}  // namespace huiyin
