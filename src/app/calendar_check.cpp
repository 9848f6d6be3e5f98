#include "app/calendar_check.h"

#include "app/pack_fields.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using namespace pack_fields;
using rules::SpecialDays;
using rules::Weekday;

constexpr std::size_t weekend_days_max = 6;  // of seven: working days must come

void read_weekend(FieldReader& reader, rules::Calendar& calendar) {
  const auto* found = reader.raw("weekend");
  if (found == nullptr) return;
  calendar.weekend.clear();
  const auto* list = found->if_array();
  const auto refuse = [&](std::string_view name, std::string got) {
    reader.refuse(name, std::move(got),
                  {key::calendar_weekend, {{"days", fmt::format("{}", fmt::join(Names<Weekday>::values, ", "))}}});
  };
  if (list == nullptr || list->size() > weekend_days_max) return refuse("weekend", shown(*found));
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto* text = (*list)[i].if_string();
    const auto weekday = text == nullptr ? std::nullopt : from_name<Weekday>(std::string_view(*text));
    const bool again = weekday && std::ranges::find(calendar.weekend, *weekday) != calendar.weekend.end();
    if (!weekday || again) refuse(fmt::format("weekend[{}]", i), shown((*list)[i]));
    else calendar.weekend.push_back(*weekday);
  }
  std::ranges::sort(calendar.weekend);
}

bool is_weekend(const rules::Calendar& calendar, Day day) {
  return std::ranges::find(calendar.weekend, rules::weekday_of(day)) != calendar.weekend.end();
}

// Nothing when something is wrong with it alone.
std::optional<SpecialDays> read_days(FieldReader& row, const rules::Calendar& calendar) {
  const auto first = row.required_day("first", key::pack_day);
  const auto last = row.required_day("last", key::pack_day);
  SpecialDays days;
  days.works = row.boolean("works").value_or(false);
  days.name = local_text(row, "name", name_limits, true);
  if (!first || !last) return std::nullopt;
  days.first = *first;
  days.last = *last;
  if (days.last < days.first || days.last - days.first >= calendar_span_days_max) {
    row.refuse("last", to_iso(days.last), {key::calendar_span, {{"max", fmt::format("{}", calendar_span_days_max)}}});
    return std::nullopt;
  }
  if (calendar.known_from && calendar.known_until && !(calendar.knows(days.first) && calendar.knows(days.last))) {
    row.refuse("first", to_iso(days.first),
               {key::calendar_known, {{"from", to_iso(*calendar.known_from)}, {"until", to_iso(*calendar.known_until)}}});
  }
  for (Day one = days.first; days.works && one <= days.last; one = one + 1) {
    if (is_weekend(calendar, one)) continue;
    row.refuse("first", to_iso(one), {key::calendar_make_up});
    break;
  }
  return days;
}

// A year of which nothing is known would count as one without holidays.
void check_years(FieldReader& reader, const rules::Calendar& calendar) {
  if (!calendar.known_from || !calendar.known_until) return;
  const auto year_of = [](Day day) { return std::stoi(to_iso(day).substr(0, 4)); };
  for (int year = year_of(*calendar.known_from); year <= year_of(*calendar.known_until); ++year) {
    const auto in_year = [&](const SpecialDays& days) { return year_of(days.first) == year || year_of(days.last) == year; };
    if (std::ranges::any_of(calendar.special, in_year)) continue;
    reader.refuse("known_until", to_iso(*calendar.known_until), {key::calendar_year, {{"year", fmt::format("{}", year)}}});
    return;
  }
}

void read_special(FieldReader& reader, rules::Calendar& calendar) {
  struct Row {
    SpecialDays days;
    std::size_t place = 0;
    FieldReader* reader = nullptr;
  };
  std::vector<Row> rows;
  const auto readers = reader.objects("days", {0, calendar_events_max});
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (auto days = read_days(*readers[i], calendar)) rows.push_back({std::move(*days), i, readers[i]});
  }
  std::ranges::stable_sort(rows, {}, [](const Row& row) { return row.days.first; });
  const Row* before = nullptr;
  for (const auto& row : rows) {
    if (before != nullptr && row.days.first <= before->days.last) {
      row.reader->refuse("first", to_iso(row.days.first),
                         {key::calendar_overlap,
                          {{"where", before->days.name.zh + " " + before->days.name.en},
                           {"first", to_iso(before->days.first)},
                           {"last", to_iso(before->days.last)}}});
      continue;
    }
    before = &row;
    auto& special = calendar.special;
    // One holiday in two entries is the same calendar as in one.
    if (!special.empty() && special.back().last + 1 == row.days.first && special.back().works == row.days.works &&
        special.back().name == row.days.name) {
      special.back().last = row.days.last;
    } else {
      special.push_back(row.days);
    }
  }
}

}  // namespace

void check_calendar(FieldReader& reader, rules::Calendar& calendar) {
  const auto* found = reader.raw("calendar");
  if (found == nullptr) reader.refuse("calendar", "", {key::calendar_missing});
  auto* inner = reader.object("calendar");
  if (inner == nullptr || !found->is_object()) return;
  read_weekend(*inner, calendar);
  calendar.known_from = inner->required_day("known_from", key::pack_day);
  calendar.known_until = inner->required_day("known_until", key::pack_day);
  if (calendar.known_from && calendar.known_until && *calendar.known_until < *calendar.known_from) {
    inner->refuse("known_until", to_iso(*calendar.known_until), {key::calendar_order, {{"from", to_iso(*calendar.known_from)}}});
    calendar.known_until.reset();
  }
  calendar.source = local_text(*inner, "source", source_limits, true);
  read_special(*inner, calendar);
  check_years(*inner, calendar);
}

json::object special_days_json(const SpecialDays& days) {
  json::object object{{"first", to_iso(days.first)}, {"last", to_iso(days.last)}, {"name", json_of(days.name)}};
  if (days.works) object["works"] = true;
  return object;
}

json::object calendar_json(const rules::Calendar& calendar) {
  json::array weekend, days;
  for (const auto weekday : calendar.weekend) weekend.emplace_back(name_of(weekday));
  for (const auto& one : calendar.special) days.push_back(special_days_json(one));
  return {{"weekend", std::move(weekend)},
          {"known_from", to_iso(*calendar.known_from)},
          {"known_until", to_iso(*calendar.known_until)},
          {"source", json_of(calendar.source)},
          {"days", std::move(days)}};
}

}  // namespace huiyin::app
