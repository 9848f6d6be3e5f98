#include "app/pack_check.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <unordered_map>

#include "app/pack_reader.h"
#include "app/zone.h"
#include "base/json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using rules::accept_limit;
using rules::finish_limit;
using rules::LocalText;
using rules::Publication;
using rules::StartsAt;

constexpr TextLimits name_limits{1, pack_name_characters_max};
constexpr TextLimits help_limits{1, pack_help_characters_max};
constexpr TextLimits source_limits{1, pack_source_characters_max};
constexpr TextLimits code_limits{1, code_length_max};

template <class Value>
struct Choice {
  std::string_view word;
  Value value;
};
constexpr std::array<Choice<Publication>, 3> publications{
    {{"open", Publication::open}, {"facts", Publication::facts}, {"sealed", Publication::sealed}}};
constexpr std::array<Choice<StartsAt>, 2> starts{{{"received", StartsAt::received}, {"accepted", StartsAt::accepted}}};

template <class Value, std::size_t Size>
std::string_view word_of(const std::array<Choice<Value>, Size>& choices, Value value) {
  return std::ranges::find(choices, value, &Choice<Value>::value)->word;
}

template <class Value, std::size_t Size>
std::optional<Value> choice(FieldReader& reader, std::string_view name, const std::array<Choice<Value>, Size>& choices) {
  const auto text = reader.text(name, code_limits);
  if (!text) return std::nullopt;
  std::string words;
  for (const auto& one : choices) {
    if (one.word == *text) return one.value;
    words += fmt::format("{}{}", words.empty() ? "" : ", ", one.word);
  }
  reader.refuse(name, shortened(*text), {key::pack_choice, {{"choices", words}}});
  return std::nullopt;
}

LocalText local_text(FieldReader& reader, std::string_view name, TextLimits limits, bool required) {
  const auto* found = reader.raw(name);
  if (found == nullptr && !required) return {};
  if (found == nullptr || !found->is_object()) {
    reader.refuse(name, found == nullptr ? "" : shown(*found), {key::pack_both_languages});
    return {};
  }
  auto* inner = reader.object(name);
  LocalText text;
  text.zh = inner->required_text("zh", limits);
  text.en = inner->required_text("en", limits);
  return text;
}

// Empty when it is missing or wrong, which is noted.
std::string code(FieldReader& reader, std::string_view name) {
  auto text = reader.required_text(name, code_limits);
  if (text.empty() || is_code(text)) return text;
  reader.refuse(name, shortened(text), {key::pack_code});
  return {};
}

// Which entry of a list stands under which code. Entries whose code is wrong are left out, so that one fault is named once.
using Places = std::unordered_map<std::string, std::size_t>;

template <class Row>
Places places_of(std::string_view list, const std::vector<Row>& rows, const std::vector<FieldReader*>& readers) {
  Places places;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& text = rows[i].code.text;
    if (text.empty()) continue;
    const auto [first, is_new] = places.emplace(text, i);
    if (!is_new) {
      readers[i]->refuse("code", text, {key::pack_code_once, {{"where", fmt::format("{}[{}]", list, first->second)}}});
    }
  }
  return places;
}

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

template <class Code>
std::optional<Code> optional_code(FieldReader& reader, std::string_view name) {
  if (reader.raw(name) == nullptr) return std::nullopt;
  auto text = code(reader, name);
  if (text.empty()) return std::nullopt;
  return Code{std::move(text)};
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
    category.publication = choice(*row, "publication", publications).value_or(Publication::facts);
    pack.categories.push_back(std::move(category));
  }
  check_tree(pack.categories, places_of("categories", pack.categories, readers), readers);
}

void read_limits(FieldReader& reader, rules::Pack& pack) {
  const std::array known{accept_limit, finish_limit};
  constexpr std::size_t limits_max = 16;  // more than are known, so that each strange one is named
  const auto readers = reader.objects("limits", {0, limits_max});
  for (auto* row : readers) {
    rules::Limit limit;
    limit.code.text = code(*row, "code");
    if (!limit.code.text.empty() && std::ranges::find(known, limit.code) == known.end()) {
      row->refuse("code", limit.code.text,
                  {key::pack_limit_known, {{"codes", fmt::format("{}, {}", accept_limit.text, finish_limit.text)}}});
    }
    limit.name = local_text(*row, "name", name_limits, true);
    const auto start = choice(*row, "starts_at", starts);
    if (row->raw("starts_at") == nullptr) row->refuse("starts_at", "", {key::expected_not_empty});
    // Each begins with one event (domain/case/case.cpp); no other start would be counted from.
    if (start == StartsAt::accepted && limit.code == accept_limit) {
      row->refuse("starts_at", "accepted", {key::pack_accept_starts});
    }
    if (start == StartsAt::received && limit.code == finish_limit) {
      row->refuse("starts_at", "received", {key::pack_finish_starts});
    }
    limit.starts_at = start.value_or(StartsAt::received);
    limit.calendar_days = static_cast<int>(row->required_integer("calendar_days", 1, pack_days_max));
    limit.source = local_text(*row, "source", source_limits, true);
    pack.limits.push_back(std::move(limit));
  }
  const auto places = places_of("limits", pack.limits, readers);
  for (const auto& code : known) {
    if (!places.contains(code.text)) reader.refuse("limits", "", {key::pack_limit_missing, {{"code", code.text}}});
  }
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

json::object json_of(const LocalText& text) { return {{"zh", text.zh}, {"en", text.en}}; }

template <class Row>
json::object json_of_row(const Row& row) {
  json::object object{{"code", row.code.text}, {"name", json_of(row.name)}};
  if constexpr (requires { row.parent; }) {
    if (row.parent) object["parent"] = row.parent->text;
  }
  if constexpr (requires { row.unit; }) {
    if (row.unit) object["unit"] = row.unit->text;
  }
  if constexpr (requires { row.help; }) {
    if (!row.help.zh.empty()) object["help"] = json_of(row.help);
  }
  if constexpr (requires { row.source; }) object["source"] = json_of(row.source);
  if constexpr (requires { row.publication; }) object["publication"] = word_of(publications, row.publication);
  if constexpr (requires { row.starts_at; }) object["starts_at"] = word_of(starts, row.starts_at);
  if constexpr (requires { row.calendar_days; }) object["calendar_days"] = row.calendar_days;
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
  content.rating_source = local_text(reader, "rating_source", source_limits, true);
  const auto units = read_units(reader, pack);
  read_categories(reader, units, pack);
  read_limits(reader, pack);
  read_roads(reader, pack);
  return reader.done();
}

json::value pack_to_json(const PackContent& content) {
  const auto& pack = content.pack;
  return json::object{{"name", pack.name},
                      {"title", json_of(pack.title)},
                      {"zone", pack.zone},
                      {"rating_days", pack.rating_days},
                      {"rating_source", json_of(content.rating_source)},
                      {"units", json_of_rows(pack.units)},
                      {"categories", json_of_rows(pack.categories)},
                      {"limits", json_of_rows(pack.limits)},
                      {"roads", json_of_rows(pack.roads)}};
}

}  // namespace huiyin::app
