// From YAML to an ImportMap: every fault named with its line.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <fstream>

#include "app/import_map.h"
#include "app/pack_yaml.h"
#include "base/json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;

constexpr TextLimits import_name_limits{1, import_name_characters_max};

// "{SRType}, {Agency}" in pieces; nothing when a brace stands alone.
std::optional<std::vector<RowText::Line>> parse_template(std::string_view text) {
  std::vector<RowText::Line> lines;
  RowText::Line line;
  std::string literal;
  const auto end_line = [&] {
    if (!literal.empty()) line.push_back({std::exchange(literal, {}), {}});
    if (!line.empty()) lines.push_back(std::exchange(line, {}));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool doubled = i + 1 < text.size() && text[i + 1] == text[i];
    if (text[i] == '\n') {
      end_line();
    } else if ((text[i] == '{' || text[i] == '}') && doubled) {
      literal += text[i++];
    } else if (text[i] == '{') {
      const auto close = text.find('}', i);
      const auto name = trimmed(text.substr(i + 1, close == std::string_view::npos ? 0 : close - i - 1));
      if (name.empty() || name.find_first_of("{\n") != std::string_view::npos) return std::nullopt;
      line.push_back({std::exchange(literal, {}), std::string(name)});
      i = close;
    } else if (text[i] == '}') {
      return std::nullopt;
    } else {
      literal += text[i];
    }
  }
  end_line();
  return lines;
}

class MapReader {
 public:
  MapReader(const rules::Pack& pack, const json::value& root) : pack_(pack), root_(root) {}

  ImportMap read(FieldReader& reader) {
    ImportMap map;
    map.source = reader.required_text("source", {1, code_length_max});
    if (!map.source.empty() && !is_code(map.source)) reader.refuse("source", shortened(map.source), {key::pack_code});
    map.language = language(reader);
    map.zone = zone(reader);
    map.id = reader.required_text("id", import_name_limits);
    if (auto* inner = reader.object("subject")) map.subject = text(*inner);
    if (auto* inner = reader.object("body")) map.body = text(*inner);
    if (auto* inner = required(reader, "at")) map.at = time(*inner, map.zone.get());
    if (auto* inner = reader.object("category")) map.category = category(*inner);
    else map.category.has_otherwise = true;  // none: for the dispatcher to give
    if (auto* inner = reader.object("place")) map.place = place(*inner);
    if (auto* inner = reader.object("answer")) map.answer = answer(*inner, map.zone.get());
    return map;
  }

 private:
  static FieldReader* required(FieldReader& reader, std::string_view name) {
    auto* inner = reader.object(name);
    if (inner == nullptr) reader.refuse(name, "", {key::expected_not_empty});
    return inner;
  }

  static Language language(FieldReader& reader) {
    const auto name = reader.required_text("language", {1, code_length_max});
    const auto known = language_from_slug(name);
    if (!known && !name.empty()) reader.refuse("language", shortened(name), {key::expected_one_of, {{"choices", "zh, en"}}});
    return known.value_or(Language::zh);
  }

  std::shared_ptr<const TzZone> zone(FieldReader& reader) const {
    const auto name = reader.text("zone", import_name_limits).value_or(pack_.zone);
    auto opened = TzZone::open_zone(name);
    if (opened.ok()) return std::shared_ptr<const TzZone>(*std::move(opened));
    reader.refuse("zone", shortened(name), {key::pack_zone});
    return nullptr;
  }

  // The texts of a list; empty when it is not there or wrong.
  static std::vector<std::string> texts(FieldReader& reader, std::string_view name, std::size_t count_max) {
    const auto* found = reader.raw(name);
    if (found == nullptr) return {};
    std::vector<std::string> out;
    const auto* array = found->if_array();
    bool fits = array != nullptr && !array->empty() && array->size() <= count_max;
    for (std::size_t i = 0; fits && i < array->size(); ++i) {
      const auto* one = (*array)[i].if_string();
      fits = one != nullptr && !one->empty() && count_characters(*one) <= import_name_characters_max;
      if (fits) out.emplace_back(*one);
    }
    if (fits) return out;
    reader.refuse(name, shown(*found), {key::import_map_names, {{"max", fmt::format("{}", count_max)}}});
    return {};
  }

  static RowText text(FieldReader& reader) {
    RowText out;
    out.cut = reader.boolean("cut").value_or(false);
    const auto field = reader.text("field", import_name_limits);
    const auto fields = texts(reader, "fields", import_list_max);
    const auto pattern = reader.text("template", {1, import_template_characters_max});
    const int given = int{field.has_value()} + int{reader.raw("fields") != nullptr} + int{pattern.has_value()};
    if (given != 1) reader.refuse("", "", {key::import_map_text});
    if (field) out.lines.push_back({{"", *field}});
    for (const auto& name : fields) out.lines.push_back({{"", name}});
    if (pattern) {
      auto lines = parse_template(*pattern);
      if (!lines) reader.refuse("template", shortened(*pattern), {key::import_map_template, {{"example", "{street}, {town}"}}});
      out.lines = std::move(lines).value_or(out.lines);
    }
    return out;
  }

  static std::optional<Instant> constant_time(FieldReader& reader, const TzZone* zone) {
    const auto text = reader.text("constant", import_name_limits);
    if (!text) return std::nullopt;
    for (const auto* pattern : {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"}) {
      const auto written = TimeFormat::parse(pattern)->read(*text);
      if (written && zone != nullptr) return zone->instant_of(written->day, written->of_day);
    }
    reader.refuse("constant", shortened(*text), {key::import_expected_time, {{"formats", "%Y-%m-%d, %Y-%m-%dT%H:%M:%S"}}});
    return std::nullopt;
  }

  static RowTime time(FieldReader& reader, const TzZone* zone) {
    RowTime out;
    const bool has_constant = reader.raw("constant") != nullptr;
    out.constant = constant_time(reader, zone);
    out.field = reader.text("field", import_name_limits).value_or("");
    const bool has_formats = reader.raw("formats") != nullptr;
    for (const auto& pattern : texts(reader, "formats", import_formats_max)) {
      auto format = TimeFormat::parse(pattern);
      if (!format) reader.refuse("formats", shortened(pattern), {key::import_map_format});
      else out.formats.push_back(*std::move(format));
    }
    if (has_constant ? !out.field.empty() || has_formats : out.field.empty() || !has_formats)
      reader.refuse("", "", {key::import_map_time});
    return out;
  }

  std::optional<CategoryCode> category_code(FieldReader& reader, std::string_view name, const json::value& value) const {
    const auto* text = value.if_string();
    CategoryCode code{text == nullptr ? "" : std::string(*text)};
    if (pack_.find_category(code) != nullptr) return code;
    reader.refuse(name, shown(value), {key::expected_category});
    return std::nullopt;
  }

  std::optional<UnitCode> unit_code(FieldReader& reader, std::string_view name, const json::value& value) const {
    const auto* text = value.if_string();
    UnitCode code{text == nullptr ? "" : std::string(*text)};
    if (pack_.find_unit(code) != nullptr) return code;
    reader.refuse(name, shown(value), {key::expected_unit});
    return std::nullopt;
  }

  // Calls `take(key, value, path)` for each entry of a table.
  template <class Take>
  static void table(FieldReader& reader, std::string_view name, Take take) {
    const auto* found = reader.raw(name);
    if (found == nullptr) return;
    const auto* object = found->if_object();
    if (object == nullptr || object->empty() || object->size() > import_list_max)
      return reader.refuse(name, shown(*found), {key::import_map_table});
    for (const auto& entry : *object)
      take(std::string(entry.key()), entry.value(), fmt::format("{}.{}", name, shortened(entry.key())));
  }

  // `otherwise: null` says something: the reader of fields takes it for silence.
  [[nodiscard]] bool says_otherwise() const {
    const auto* category = root_.is_object() ? root_.get_object().if_contains("category") : nullptr;
    return category != nullptr && category->is_object() && category->get_object().contains("otherwise");
  }

  RowCategory category(FieldReader& reader) const {
    RowCategory out;
    const auto* constant = reader.raw("constant");
    if (constant != nullptr) {
      out.has_otherwise = true;
      out.otherwise = category_code(reader, "constant", *constant);
      return out;
    }
    if (const auto field = reader.text("field", import_name_limits)) out.fields.push_back(*field);
    const bool several = reader.raw("fields") != nullptr;
    if (several == !out.fields.empty()) reader.refuse("", "", {key::import_map_category});
    for (auto& field : texts(reader, "fields", import_list_max)) out.fields.push_back(std::move(field));
    table(reader, "values", [&](std::string value, const json::value& code, const std::string& path) {
      if (auto known = category_code(reader, path, code)) out.values.emplace(trimmed(value), *std::move(known));
    });
    for (auto* entry : reader.objects("words", {0, import_list_max})) {
      const auto* code = entry->raw("category");
      auto known = category_code(*entry, "category", code == nullptr ? json::value(nullptr) : *code);
      auto words = texts(*entry, "words", import_list_max);
      if (words.empty()) entry->refuse("words", "", {key::import_map_words});
      if (known) out.words.push_back({*std::move(known), std::move(words)});
    }
    if (reader.raw("values") == nullptr && reader.raw("words") == nullptr) reader.refuse("", "", {key::import_map_category});
    if (several && reader.raw("values") != nullptr) reader.refuse("fields", "", {key::import_map_one_field});
    out.has_otherwise = says_otherwise();
    if (const auto* code = reader.raw("otherwise")) out.otherwise = category_code(reader, "otherwise", *code);
    return out;
  }

  static RowPlace place(FieldReader& reader) {
    RowPlace out;
    if (auto* inner = reader.object("address")) out.address = text(*inner);
    out.latitude = reader.text("latitude", import_name_limits).value_or("");
    out.longitude = reader.text("longitude", import_name_limits).value_or("");
    if (out.latitude.empty() != out.longitude.empty()) reader.refuse("", "", {key::import_map_both});
    const auto* unknown = reader.raw("unknown");
    if (unknown == nullptr) return out;
    const auto* list = unknown->if_array();
    bool fits = list != nullptr && list->size() <= import_list_max;
    for (std::size_t i = 0; fits && i < list->size(); ++i) {
      const auto number = number_of((*list)[i]);
      fits = number.has_value();
      if (number) out.unknown.push_back(*number);
    }
    if (!fits) reader.refuse("unknown", shown(*unknown), {key::import_map_numbers});
    return out;
  }

  // In a map a whole number is one, "38.5" is text.
  static std::optional<double> number_of(const json::value& value) {
    if (value.is_number()) return value.to_number<double>();
    const auto* text = value.if_string();
    if (text == nullptr) return std::nullopt;
    double number = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
    return read.ec == std::errc() && read.ptr == text->data() + text->size() ? std::optional(number) : std::nullopt;
  }

  RowAnswer answer(FieldReader& reader, const TzZone* zone) const {
    RowAnswer out;
    if (auto* inner = required(reader, "words")) out.words = text(*inner);
    if (auto* inner = required(reader, "at")) out.at = time(*inner, zone);
    for (const auto& category : pack_.categories) {
      if (auto unit = pack_.unit_for(category.code)) out.units.emplace(category.code, *std::move(unit));
    }
    if (auto* inner = reader.object("unit")) put_units(*inner, out);
    return out;
  }

  void put_units(FieldReader& reader, RowAnswer& out) const {
    const auto* constant = reader.raw("constant");
    if ((constant != nullptr) == (reader.raw("by_category") != nullptr)) reader.refuse("", "", {key::import_map_unit});
    if (constant != nullptr) {
      const auto unit = unit_code(reader, "constant", *constant);
      for (const auto& category : pack_.categories) {
        if (unit) out.units.insert_or_assign(category.code, *unit);
      }
    }
    table(reader, "by_category", [&](const std::string& name, const json::value& value, const std::string& path) {
      const auto category = category_code(reader, path, json::value(name));
      const auto unit = unit_code(reader, path, value);
      if (category && unit) out.units.insert_or_assign(*category, *unit);
    });
  }

  const rules::Pack& pack_;
  const json::value& root_;
};

// Where a field stands; what is missing is named where it ought to stand.
std::string placed(const std::string& file, const PackPlaces& places, const std::string& field) {
  for (auto path = field;;) {
    if (const auto found = places.find(path); found != places.end())
      return fmt::format("{}:{} {}", file, found->second.line, field);
    const auto cut = path.find_last_of(".[");
    if (cut == std::string::npos) break;
    path.resize(cut);
  }
  return fmt::format("{}:1 {}", file, field);
}

}  // namespace

Result<ImportMap> read_import_map(const std::string& file, const std::string& text, const rules::Pack& pack) {
  PackPlaces places;
  std::vector<PackFault> faults;
  const auto value = yaml_to_json(file, text, {}, places, faults);
  std::vector<FieldError> errors;
  for (auto& fault : faults)
    errors.push_back(
        {fmt::format("{}:{} {}", fault.file, fault.line, fault.where), std::move(fault.got), std::move(fault.expected)});
  if (!errors.empty()) return invalid_fields(std::move(errors));
  FieldReader reader(value);
  auto map = MapReader(pack, value).read(reader);
  for (auto& error : reader.done()) {
    const auto field = error.field.ends_with('.') ? error.field.substr(0, error.field.size() - 1) : error.field;
    errors.push_back({placed(file, places, field), std::move(error.got), std::move(error.expected)});
  }
  if (!errors.empty()) return invalid_fields(std::move(errors));
  return map;
}

Result<ImportMap> read_import_map_file(const std::filesystem::path& file, const rules::Pack& pack) {
  std::ifstream in(file, std::ios::binary);
  std::string text(pack_file_bytes_max + 1, '\0');  // one more than may be, so that too long a file shows
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.empty() || text.size() > pack_file_bytes_max) {
    return invalid_fields({{file.string(), "", {key::import_map_readable, {{"max", fmt::format("{}", pack_file_bytes_max)}}}}});
  }
  return read_import_map(file.string(), text, pack);
}

}  // namespace huiyin::app
