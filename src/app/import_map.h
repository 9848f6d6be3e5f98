// ImportMap: how a row of another system's file becomes a case. It is data, a YAML file that names fields of the row;
// docs/guides/import.md shows how to write one, maps/ has some. Immutable once read, any thread.
//
//   source, id         the pair by which a row that comes again is known
//   language, zone     of the rows; the zone is the pack's unless said
//   subject, body, at, category, place, answer     each made from the fields it names
#pragma once

#include <boost/json/fwd.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/case/case_desk.h"
#include "app/row_time.h"
#include "app/zone.h"
#include "base/result.h"
#include "domain/rules/pack.h"

namespace huiyin::app {

inline constexpr std::size_t import_id_characters_max = 200;
inline constexpr std::size_t import_name_characters_max = 200;      // of a field
inline constexpr std::size_t import_template_characters_max = 5'000;
inline constexpr std::size_t import_list_max = 2'000;               // entries of a list or table
inline constexpr std::size_t import_formats_max = 20;

// Words made of a row's fields, line by line. A line all of whose fields are empty is left out.
struct RowText {
  struct Piece {
    std::string literal;  // stands before the field's value
    std::string field;    // may be empty: the literal alone
  };
  using Line = std::vector<Piece>;
  std::vector<Line> lines;
  bool cut = false;  // shorten what is too long; otherwise the row is refused
};

// The first format that fits is taken.
struct RowTime {
  std::string field;
  std::vector<TimeFormat> formats;
  std::optional<Instant> constant;
};

// The value in the table, else the first entry one of whose words stands in the fields, else `otherwise`, else the row is
// refused.
struct RowCategory {
  struct Words {
    CategoryCode category;
    std::vector<std::string> words;
  };
  std::vector<std::string> fields;
  std::map<std::string, CategoryCode, std::less<>> values;
  std::vector<Words> words;
  bool has_otherwise = false;
  std::optional<CategoryCode> otherwise;  // nothing: a case without a category, for the dispatcher to give one
};

struct RowPlace {
  RowText address;
  std::string latitude, longitude;
  std::vector<double> unknown;  // a latitude or longitude of this value says that nobody knew
};

struct RowAnswer {
  RowText words;  // empty: not answered
  RowTime at;
  std::map<CategoryCode, UnitCode> units;  // who answered, by category; made from the map and the pack
};

struct ImportMap {
  std::string source;
  Language language{};
  std::shared_ptr<const TzZone> zone;
  std::string id;  // a field
  RowText subject, body;
  RowTime at;
  RowCategory category;
  std::optional<RowPlace> place;
  std::optional<RowAnswer> answer;
};

// `invalid` names every fault: the field as "file:line path", what stood there, what was expected. `file` is the name to show.
Result<ImportMap> read_import_map(const std::string& file, const std::string& text, const rules::Pack& pack);
Result<ImportMap> read_import_map_file(const std::filesystem::path& file, const rules::Pack& pack);

// `invalid` names every field of the row that is wrong. What people wrote (subject, body, answer, address) is never shown in an
// error, only how long it is.
Result<Imported> to_case(const ImportMap& map, const boost::json::object& row, Instant now);

// The row's id, if it has one.
std::optional<std::string> find_row_id(const ImportMap& map, const boost::json::object& row);

}  // namespace huiyin::app
