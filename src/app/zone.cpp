#include "app/zone.h"

// As Debian builds the library: another value changes its classes and breaks in silence.
#define USE_OS_TZDB 1
#include <date/tz.h>

#include <chrono>
#include <stdexcept>

#include "texts/keys.h"

namespace huiyin::app {
namespace {

using std::chrono::seconds;

// One offset from UTC and the stretch of time it holds for.
struct Stretch {
  const date::time_zone* zone = nullptr;
  date::sys_seconds begin;
  date::sys_seconds end;
  seconds offset{};
};

// Most events fall into the same half-year as the one before.
const Stretch& stretch_at(const date::time_zone* zone, date::sys_seconds at) {
  thread_local Stretch last;
  if (last.zone != zone || at < last.begin || at >= last.end) {
    const auto info = zone->get_info(at);
    last = {zone, info.begin, info.end, info.offset};
  }
  return last;
}

Instant instant_of_second(date::sys_seconds at) { return {std::chrono::milliseconds(at.time_since_epoch()).count()}; }

}  // namespace

Result<std::unique_ptr<TzZone>> TzZone::open_zone(const std::string& iana_name) {
  try {
    (void)date::get_tzdb();
    try {
      return std::unique_ptr<TzZone>(new TzZone(date::locate_zone(iana_name)));
    } catch (const std::runtime_error& error) {
      return Error{Code::invalid, {key::zone_unknown, {{"name", iana_name}}}, {}, error.what()};
    }
  } catch (const std::exception& error) {
    return Error{Code::unavailable, {key::zone_table_missing}, {}, error.what()};
  }
}

Day TzZone::day_of(Instant at) const {
  const auto second = date::sys_seconds(std::chrono::floor<seconds>(std::chrono::milliseconds(at.ms)));
  const auto local = second + stretch_at(zone_, second).offset;
  return {static_cast<std::int32_t>(date::floor<date::days>(local).time_since_epoch().count())};
}

std::chrono::milliseconds TzZone::time_of_day(Instant at) const {
  const auto second = date::sys_seconds(std::chrono::floor<seconds>(std::chrono::milliseconds(at.ms)));
  const auto local = std::chrono::milliseconds(at.ms) + stretch_at(zone_, second).offset;
  return local - std::chrono::floor<date::days>(local);
}

Instant TzZone::start_of(Day day) const {
  const seconds midnight = date::days(day.number);
  // No clock is a day away from UTC: with no change that near, there is one midnight, and it is where it seems.
  constexpr seconds near = std::chrono::hours(24);
  const date::sys_seconds as_if_utc(midnight);
  const auto& stretch = stretch_at(zone_, as_if_utc);
  if (as_if_utc - near >= stretch.begin && as_if_utc + near < stretch.end) return instant_of_second(as_if_utc - stretch.offset);
  const auto info = zone_->get_info(date::local_seconds(midnight));
  if (info.result == date::local_info::nonexistent) return instant_of_second(info.first.end);
  return instant_of_second(as_if_utc - info.first.offset);
}

Instant TzZone::instant_of(Day day, std::chrono::milliseconds of_day) const {
  const auto second = std::chrono::floor<seconds>(of_day);
  const seconds written = date::days(day.number) + second;
  constexpr seconds near = std::chrono::hours(24);
  const date::sys_seconds as_if_utc(written);
  const auto& stretch = stretch_at(zone_, as_if_utc);
  const auto exact = [&](seconds offset) { return instant_of_second(as_if_utc - offset) + (of_day - second); };
  if (as_if_utc - near >= stretch.begin && as_if_utc + near < stretch.end) return exact(stretch.offset);
  const auto info = zone_->get_info(date::local_seconds(written));
  if (info.result == date::local_info::nonexistent) return instant_of_second(info.first.end);
  return exact(info.first.offset);
}

}  // namespace huiyin::app
