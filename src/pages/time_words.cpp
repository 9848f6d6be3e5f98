#include "pages/time_words.h"

#include <fmt/format.h>

#include <chrono>

#include "texts/keys.h"

namespace huiyin::pages {
namespace {

// A limit this near is shown as due.
constexpr int due_days_near = 3;

constexpr std::array<Key, 12> months{key::month_1, key::month_2, key::month_3, key::month_4,  key::month_5,  key::month_6,
                                     key::month_7, key::month_8, key::month_9, key::month_10, key::month_11, key::month_12};
constexpr std::array<Key, 7> weekdays{key::weekday_0, key::weekday_1, key::weekday_2, key::weekday_3,
                                      key::weekday_4, key::weekday_5, key::weekday_6};

std::chrono::sys_days civil(Day day) { return std::chrono::sys_days(std::chrono::days(day.number)); }

std::vector<Argument> parts_of(Day day) {
  const std::chrono::year_month_day date{civil(day)};
  const std::chrono::weekday weekday{civil(day)};
  return {{"year", fmt::format("{}", static_cast<int>(date.year()))},
          {"month", months.at(static_cast<unsigned>(date.month()) - 1)},
          {"day", fmt::format("{}", static_cast<unsigned>(date.day()))},
          {"weekday", weekdays.at(weekday.c_encoding())}};
}

Html mark(std::string_view look, std::string_view shape, std::string_view words) {
  return tag("span", {{"class", "mark-" + std::string(look)}},
             {tag("span", {{"class", "shape"}, {"aria-hidden", "true"}}, {shape}), words});
}

}  // namespace

std::string day_words(const Setting& here, Day day) { return here.say(key::date_long, parts_of(day)); }
std::string day_words(const Setting& here, Instant at) { return day_words(here, here.zone.day_of(at)); }

std::string time_words(const Setting& here, Instant at) {
  const auto day = here.zone.day_of(at);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at - here.zone.start_of(day)).count();
  auto parts = parts_of(day);
  parts.emplace_back("time", fmt::format("{:02}:{:02}", minutes / 60, minutes % 60));
  return here.say(key::date_time, std::move(parts));
}

Html day_html(const Setting& here, Instant at) { return tag("time", {{"datetime", to_rfc3339(at)}}, {day_words(here, at)}); }
Html time_html(const Setting& here, Instant at) { return tag("time", {{"datetime", to_rfc3339(at)}}, {time_words(here, at)}); }

int days_left(const Setting& here, Instant due) {
  const int days = here.zone.day_of(due) - here.zone.day_of(here.now);
  return days == 0 && here.now > due ? -1 : days;
}

Html due_mark(const Setting& here, Instant due) {
  const int days = days_left(here, due);
  if (days == -1) return mark("late", "▲", here.say(key::due_late_one_day));
  if (days < 0) return mark("late", "▲", here.say(key::due_late_days, {{"days", fmt::format("{}", -days)}}));
  if (days == 0) return mark("near", "◆", here.say(key::due_today));
  if (days == 1) return mark("near", "◆", here.say(key::due_tomorrow));
  const auto words = here.say(key::due_in_days, {{"days", fmt::format("{}", days)}});
  return days <= due_days_near ? mark("near", "◆", words) : mark("far", "○", words);
}

}  // namespace huiyin::pages
