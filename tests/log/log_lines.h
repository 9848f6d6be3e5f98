// Clear entries for tests of what is made of a log: only what matters there is given.
#pragma once

#include <string>

#include "log/entry.h"

namespace huiyin::log {

struct Line {
  unsigned record = 0;
  std::string day, kind;
  std::string unit{};  // empty: none yet
};

inline Entry entry_of(const Line& line) {
  Entry entry;
  entry.kind = "case." + line.kind;
  entry.day = line.day;
  if (!line.unit.empty()) entry.unit = line.unit;
  entry.role = "officer";
  entry.rec[0] = static_cast<std::uint8_t>(line.record);
  entry.rec[1] = static_cast<std::uint8_t>(line.record >> 8U);
  return entry;
}

}  // namespace huiyin::log
