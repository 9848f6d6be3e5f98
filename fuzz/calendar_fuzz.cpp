// Calendars come from people and other programs: any text is refused or read, and the days that are read can be counted with.
#include <cstddef>
#include <cstdint>
#include <string>

#include "app/calendar_reader.h"
#include "base/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<app::PackFault> faults;
  for (const auto& entry : app::read_calendar("fuzz.ics", text, faults)) {
    HUIYIN_ASSERT(entry.days.first <= entry.days.last);
    HUIYIN_ASSERT(entry.days.last - entry.days.first < app::calendar_span_days_max);
    HUIYIN_ASSERT(entry.line > 0 && entry.first_line > entry.line);
    HUIYIN_ASSERT(!entry.days.name.zh.empty() && !entry.days.name.en.empty());
  }
  for (const auto& fault : faults) (void)app::say(fault, Language::en);
  return 0;
}
