#include "pages/time_words.h"

#include <fmt/format.h>

#include "base/day_words.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

// A limit this near is shown as due.
constexpr int due_days_near = 3;

Html mark(std::string_view look, std::string_view shape, std::string_view words) {
  return tag("span", {{"class", "mark-" + std::string(look)}},
             {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {shape}), words});
}

}  // namespace

std::string day_words(const Setting& here, Day day) { return long_day(day, here.language); }
std::string day_words(const Setting& here, Instant at) { return day_words(here, here.zone.day_of(at)); }

std::string time_words(const Setting& here, Instant at) {
  return day_and_time(here.zone.day_of(at), here.zone.time_of_day(at), here.language);
}

std::string due_words(const Setting& here, const rules::Due& due) {
  return due.terms.count == rules::Count::hours ? time_words(here, due.at) : day_words(here, due.at);
}

Html day_html(const Setting& here, Instant at) { return tag("time", {{"datetime", to_rfc3339(at)}}, {day_words(here, at)}); }
Html time_html(const Setting& here, Instant at) { return tag("time", {{"datetime", to_rfc3339(at)}}, {time_words(here, at)}); }

Html due_html(const Setting& here, const rules::Due& due) {
  return tag("time", {{"datetime", to_rfc3339(due.at)}}, {due_words(here, due)});
}

int days_left(const Setting& here, Instant due) {
  const int days = here.zone.day_of(due) - here.zone.day_of(here.now);
  return days == 0 && here.now > due ? -1 : days;
}

namespace {

// Of a limit in hours: how many full hours are left, or have gone by since.
Html hours_mark(const Setting& here, Instant due) {
  const auto hours = [](std::chrono::milliseconds time) {
    return fmt::format("{}", std::chrono::duration_cast<std::chrono::hours>(time).count());
  };
  constexpr std::chrono::milliseconds hour = std::chrono::hours(1);
  const auto late = here.now - due;
  if (late >= hour) return mark("late", "▲", here.say(key::due_late_hours, {{"hours", hours(late)}}));
  if (late > std::chrono::milliseconds(0)) return mark("late", "▲", here.say(key::due_late_now));
  if (-late < hour) return mark("near", "◆", here.say(key::due_in_the_hour));
  return mark("near", "◆", here.say(key::due_in_hours, {{"hours", hours(-late)}}));
}

// A limit in days ends with the last millisecond of one; only one in hours ends at another time, and in hours it is told while
// there are few of them.
bool is_told_in_hours(const Setting& here, Instant due) {
  constexpr std::chrono::milliseconds few = std::chrono::hours(48);
  const bool ends_with_a_day = here.zone.day_of(due) != here.zone.day_of(due + std::chrono::milliseconds(1));
  return !ends_with_a_day && due - here.now < few && here.now - due < few;
}

}  // namespace

Html due_mark(const Setting& here, Instant due) {
  if (is_told_in_hours(here, due)) return hours_mark(here, due);
  const int days = days_left(here, due);
  if (days == -1) return mark("late", "▲", here.say(key::due_late_one_day));
  if (days < 0) return mark("late", "▲", here.say(key::due_late_days, {{"days", fmt::format("{}", -days)}}));
  if (days == 0) return mark("near", "◆", here.say(key::due_today));
  if (days == 1) return mark("near", "◆", here.say(key::due_tomorrow));
  const auto words = here.say(key::due_in_days, {{"days", fmt::format("{}", days)}});
  return days <= due_days_near ? mark("near", "◆", words) : mark("far", "○", words);
}

}  // namespace huiyin::pages
