// Instant and Day: when something happened, and on which calendar day. The clock is handed in (Clock); only src/main reads
// the system's.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huiyin {

// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct Instant {
  std::int64_t ms = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
  friend Instant operator+(Instant at, std::chrono::milliseconds length) { return {at.ms + length.count()}; }
  friend Instant operator-(Instant at, std::chrono::milliseconds length) { return {at.ms - length.count()}; }
  friend std::chrono::milliseconds operator-(Instant later, Instant earlier) {
    return std::chrono::milliseconds(later.ms - earlier.ms);
  }
};

// A day of the (proleptic Gregorian) calendar in the jurisdiction's own time zone; counted from 1970-01-01.
struct Day {
  std::int32_t number = 0;
  friend auto operator<=>(const Day&, const Day&) = default;
  friend Day operator+(Day day, int days) { return {day.number + days}; }
  friend int operator-(Day later, Day earlier) { return later.number - earlier.number; }
};

// Nothing outside these years is taken from anybody: 1900-01-01T00:00:00Z up to 2200-01-01T00:00:00Z.
inline constexpr Instant earliest_instant{-2208988800000};
inline constexpr Instant latest_instant{7258118400000};

std::string to_rfc3339(Instant at);                               // 2026-03-01T08:30:00.000Z
std::optional<Instant> instant_from_rfc3339(std::string_view text);  // any offset; seconds' fraction to milliseconds
std::string to_iso(Day day);                                      // 2026-03-01
std::optional<Day> day_from_iso(std::string_view text);           // refuses 2026-02-30
Day day_of_civil(int year, unsigned month, unsigned day);
bool is_civil(int year, unsigned month, unsigned day);

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  // Never jumps and never runs backwards within one run; its zero means nothing.
  [[nodiscard]] virtual std::chrono::milliseconds monotonic() const = 0;
};

}  // namespace huiyin
