#include "app/pack_check.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "app/answer_check.h"
#include "app/calendar_check.h"
#include "app/danger_check.h"
#include "app/limit_check.h"
#include "app/office_check.h"
#include "app/pack_fields.h"
#include "app/zone.h"
#include "base/json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using namespace pack_fields;
using rules::Publication;

// Every parent is there, nothing is above itself, and no branch is deeper than people can follow.
template <class Row>
void check_tree(const std::vector<Row>& rows, const Places& places, const std::vector<FieldReader*>& readers) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].parent) continue;
    if (!places.contains(rows[i].parent->text)) {
      readers[i]->refuse("parent", rows[i].parent->text, {key::pack_parent});
      continue;
    }
    std::size_t depth = 1;
    bool circle = false;
    const Row* row = &rows[i];
    while (row->parent && depth <= rows.size()) {
      const auto above = places.find(row->parent->text);
      if (above == places.end()) break;  // named where it stands
      row = &rows[above->second];
      ++depth;
      circle = row == &rows[i];
      if (circle) break;
    }
    if (circle) {
      readers[i]->refuse("parent", rows[i].parent->text, {key::pack_circle});
    } else if (depth > pack_tree_depth_max && depth <= rows.size()) {  // longer: it leads into a circle, named there
      readers[i]->refuse("parent", rows[i].parent->text,
                         {key::pack_tree_depth, {{"max", fmt::format("{}", pack_tree_depth_max)}}});
    }
  }
}

Places read_units(FieldReader& reader, rules::Pack& pack) {
  const auto readers = reader.objects("units", {1, pack_units_max});
  for (auto* row : readers) {
    rules::Unit unit;
    unit.code.text = code(*row, "code");
    unit.parent = optional_code<UnitCode>(*row, "parent");
    unit.name = local_text(*row, "name", name_limits, true);
    pack.units.push_back(std::move(unit));
  }
  auto places = places_of("units", pack.units, readers);
  check_tree(pack.units, places, readers);
  return places;
}

void read_categories(FieldReader& reader, const Places& units, rules::Pack& pack) {
  const auto readers = reader.objects("categories", {1, pack_categories_max});
  for (auto* row : readers) {
    rules::Category category;
    category.code.text = code(*row, "code");
    category.parent = optional_code<CategoryCode>(*row, "parent");
    category.name = local_text(*row, "name", name_limits, true);
    category.help = local_text(*row, "help", help_limits, false);
    category.unit = optional_code<UnitCode>(*row, "unit");
    if (category.unit && !units.contains(category.unit->text)) row->refuse("unit", category.unit->text, {key::pack_unit});
    category.answer = optional_code<AnswerCode>(*row, "answer");
    if (category.answer && pack.find_answer(*category.answer) == nullptr)
      row->refuse("answer", category.answer->text, {key::pack_answer});
    category.publication = choice<Publication>(*row, "publication").value_or(Publication::facts);
    pack.categories.push_back(std::move(category));
  }
  check_tree(pack.categories, places_of("categories", pack.categories, readers), readers);
}

void read_roads(FieldReader& reader, rules::Pack& pack) {
  const auto readers = reader.objects("roads", {0, pack_roads_max});
  for (auto* row : readers) {
    rules::Road road;
    road.code.text = code(*row, "code");
    road.name = local_text(*row, "name", name_limits, true);
    road.help = local_text(*row, "help", help_limits, true);
    road.source = local_text(*row, "source", source_limits, true);
    pack.roads.push_back(std::move(road));
  }
  places_of("roads", pack.roads, readers);
}

void read_zone(FieldReader& reader, rules::Pack& pack) {
  pack.zone = reader.required_text("zone", {1, 64});
  if (pack.zone.empty()) return;
  const auto zone = TzZone::open_zone(pack.zone);
  if (zone) return;
  reader.refuse("zone", shortened(pack.zone),
                zone.error().code == Code::invalid ? Message{key::pack_zone} : zone.error().message);
}

template <class Row>
json::object json_of_row(const Row& row) {
  json::object object{{"code", row.code.text}, {"name", json_of(row.name)}};
  if constexpr (requires { row.parent; }) {
    if (row.parent) object["parent"] = row.parent->text;
  }
  if constexpr (requires { row.unit; }) {
    if (row.unit) object["unit"] = row.unit->text;
  }
  if constexpr (requires { row.answer; }) {
    if (row.answer) object["answer"] = row.answer->text;
  }
  if constexpr (requires { row.help; }) {
    if (!row.help.zh.empty()) object["help"] = json_of(row.help);
  }
  if constexpr (requires { row.source; }) object["source"] = json_of(row.source);
  if constexpr (requires { row.publication; }) object["publication"] = name_of(row.publication);
  return object;
}

template <class Row>
json::array json_of_rows(const std::vector<Row>& rows) {
  json::array array;
  for (const auto& row : rows) array.push_back(json_of_row(row));
  return array;
}

}  // namespace

std::vector<FieldError> check_pack(const json::value& value, PackContent& content) {
  FieldReader reader(value);
  if (!value.is_object()) return reader.done();
  auto& pack = content.pack;
  pack.name = code(reader, "name");
  pack.title = local_text(reader, "title", name_limits, true);
  read_zone(reader, pack);
  pack.rating_days = static_cast<int>(reader.required_integer("rating_days", 1, pack_days_max));
  pack.k = static_cast<int>(reader.integer("k", pack_cell_min, pack_cell_max).value_or(rules::cell_records_usual));
  content.rating_source = local_text(reader, "rating_source", source_limits, true);
  pack.representatives_max = static_cast<int>(reader.required_integer("representatives_max", 1, pack_representatives_max));
  content.representatives_source = local_text(reader, "representatives_source", source_limits, true);
  check_danger(reader, pack.danger);
  check_answers(reader, pack);
  const auto units = read_units(reader, pack);
  read_categories(reader, units, pack);
  check_limits(reader, pack);
  check_calendar(reader, pack.calendar);
  read_roads(reader, pack);
  check_offices(reader, pack);
  return reader.done();
}

rules::Pack outline_of(const json::value& value) {
  FieldReader reader(value);  // its faults are nobody's to mend any more
  rules::Pack pack;
  pack.zone = reader.text("zone", {1, 64}).value_or("");
  for (auto* row : reader.objects("units", {0, pack_units_max}))
    pack.units.push_back({{code(*row, "code")}, optional_code<UnitCode>(*row, "parent"), {}});
  for (auto* row : reader.objects("categories", {0, pack_categories_max})) {
    rules::Category category;
    category.code.text = code(*row, "code");
    category.parent = optional_code<CategoryCode>(*row, "parent");
    pack.categories.push_back(std::move(category));
  }
  return pack;
}

json::value pack_to_json(const PackContent& content) {
  const auto& pack = content.pack;
  json::object object{{"name", pack.name},
                      {"title", json_of(pack.title)},
                      {"zone", pack.zone},
                      {"rating_days", pack.rating_days},
                      {"rating_source", json_of(content.rating_source)},
                      {"representatives_max", pack.representatives_max},
                      {"representatives_source", json_of(content.representatives_source)},
                      {"units", json_of_rows(pack.units)},
                      {"categories", json_of_rows(pack.categories)},
                      {"limits", limits_json(pack.limits)},
                      {"pauses", pauses_json(pack.pauses)},
                      {"calendar", calendar_json(pack.calendar)},
                      {"roads", json_of_rows(pack.roads)},
                      {"answers", answers_json(pack.answers)}};
  if (pack.k != rules::cell_records_usual) object["k"] = pack.k;
  if (!pack.offices.empty()) object["offices"] = offices_json(pack.offices);
  if (!pack.danger.words.empty() || !pack.danger.numbers.empty()) object["danger"] = danger_json(pack.danger);
  return object;
}

}  // namespace huiyin::app
