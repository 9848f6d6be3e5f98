#include "base/time.h"

#include <fmt/format.h>

namespace huiyin {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::int64_t ms_per_day = 86'400'000;

// Reads exactly `digits` digits from the front of `text`, or nothing.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char letter) {
  if (text.empty() || text.front() != letter) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Day> take_day(std::string_view& text) {
  const auto years = take_number(text, 4);
  if (!years || !take(text, '-')) return std::nullopt;
  const auto months = take_number(text, 2);
  if (!months || !take(text, '-')) return std::nullopt;
  const auto days = take_number(text, 2);
  if (!days || !is_civil(*years, static_cast<unsigned>(*months), static_cast<unsigned>(*days))) return std::nullopt;
  return day_of_civil(*years, static_cast<unsigned>(*months), static_cast<unsigned>(*days));
}

// The fraction of a second, cut to milliseconds; 0 when there is none.
std::optional<int> take_fraction_ms(std::string_view& text) {
  if (!take(text, '.')) return 0;
  int ms = 0;
  std::size_t digits = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    if (digits < 3) ms = ms * 10 + (text.front() - '0');
    ++digits;
    text.remove_prefix(1);
  }
  if (digits == 0 || digits > 9) return std::nullopt;
  for (; digits < 3; ++digits) ms *= 10;
  return ms;
}

std::optional<int> take_offset_minutes(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const int sign = !text.empty() && text.front() == '-' ? -1 : 1;
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const auto hours = take_number(text, 2);
  if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
  const auto minutes = take_number(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

bool is_civil(int years, unsigned months, unsigned days) {
  return years >= 1900 && years < 2200 && year_month_day(year(years), month(months), day(days)).ok();
}

Day day_of_civil(int years, unsigned months, unsigned days) {
  return {static_cast<std::int32_t>(sys_days(year_month_day(year(years), month(months), day(days))).time_since_epoch().count())};
}

std::string to_iso(Day day) {
  const year_month_day civil{sys_days(std::chrono::days(day.number))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()),
                     static_cast<unsigned>(civil.day()));
}

std::string to_rfc3339(Instant at) {
  std::int64_t days = at.ms / ms_per_day;
  if (at.ms % ms_per_day < 0) --days;
  const auto rest = at.ms - days * ms_per_day;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_iso(Day{static_cast<std::int32_t>(days)}), rest / 3'600'000,
                     rest / 60'000 % 60, rest / 1000 % 60, rest % 1000);
}

std::optional<Day> day_from_iso(std::string_view text) {
  const auto day = take_day(text);
  return text.empty() ? day : std::nullopt;
}

std::optional<Instant> instant_from_rfc3339(std::string_view text) {
  const auto day = take_day(text);
  if (!day || (!take(text, 'T') && !take(text, 't') && !take(text, ' '))) return std::nullopt;
  const auto hours = take_number(text, 2);
  if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
  const auto minutes = take_number(text, 2);
  if (!minutes || *minutes > 59 || !take(text, ':')) return std::nullopt;
  const auto seconds = take_number(text, 2);
  if (!seconds || *seconds > 60) return std::nullopt;
  const auto ms = take_fraction_ms(text);
  const auto offset = ms ? take_offset_minutes(text) : std::nullopt;
  if (!offset || !text.empty()) return std::nullopt;
  const Instant at{day->number * ms_per_day + (*hours * 60 + *minutes - *offset) * std::int64_t{60'000} +
                   *seconds * std::int64_t{1000} + *ms};
  return at >= earliest_instant && at < latest_instant ? std::optional(at) : std::nullopt;  // an offset may lead out of the years
}

}  // namespace huiyin
