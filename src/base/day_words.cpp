#include "base/day_words.h"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "texts/keys.h"

namespace huiyin {
namespace {

constexpr std::array<Key, 12> months{key::month_1, key::month_2, key::month_3, key::month_4,  key::month_5,  key::month_6,
                                     key::month_7, key::month_8, key::month_9, key::month_10, key::month_11, key::month_12};
constexpr std::array<Key, 7> weekdays{key::weekday_0, key::weekday_1, key::weekday_2, key::weekday_3,
                                      key::weekday_4, key::weekday_5, key::weekday_6};

std::chrono::sys_days civil(Day day) { return std::chrono::sys_days(std::chrono::days(day.number)); }
std::chrono::year_month_day date_of(Day day) { return civil(day); }
Key weekday_of(Day day) { return weekdays.at(std::chrono::weekday(civil(day)).c_encoding()); }

std::vector<Argument> parts_of(Day day) {
  const auto date = date_of(day);
  return {{"year", fmt::format("{}", static_cast<int>(date.year()))},
          {"month", months.at(static_cast<unsigned>(date.month()) - 1)},
          {"day", fmt::format("{}", static_cast<unsigned>(date.day()))}};
}

std::string short_day(Day day, Day year_said, Language language) {
  if (date_of(day).year() != date_of(year_said).year()) return plain_day(day, language);
  auto parts = parts_of(day);
  parts.erase(parts.begin());
  return say(Message{key::day_of_month, std::move(parts)}, language);
}

}  // namespace

std::string long_day(Day day, Language language) {
  auto parts = parts_of(day);
  parts.emplace_back("weekday", weekday_of(day));
  return say(Message{key::date_long, std::move(parts)}, language);
}

std::string plain_day(Day day, Language language) { return say(Message{key::date_plain, parts_of(day)}, language); }

std::string day_and_time(Day day, std::chrono::milliseconds time_of_day, Language language) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time_of_day).count();
  auto parts = parts_of(day);
  parts.emplace_back("time", fmt::format("{:02}:{:02}", minutes / 60, minutes % 60));
  return say(Message{key::date_time, std::move(parts)}, language);
}

std::string weekday_name(Day day, Language language) { return say(weekday_of(day), language); }

std::string span_of_days(Day first, Day last, Day year_said, Language language) {
  const auto end = short_day(last, year_said, language);
  if (first == last) return end;
  const auto from = date_of(first);
  const auto to = date_of(last);
  if (from.year() != to.year() || from.month() != to.month()) {
    return say(Message{key::days_between, {{"first", short_day(first, year_said, language)}, {"last", end}}}, language);
  }
  auto parts = parts_of(last);
  parts.emplace_back("first", fmt::format("{}", static_cast<unsigned>(from.day())));
  if (to.year() != date_of(year_said).year()) return say(Message{key::days_of_month_and_year, std::move(parts)}, language);
  parts.erase(parts.begin());
  return say(Message{key::days_of_month, std::move(parts)}, language);
}

}  // namespace huiyin
