// Reading JSON that strangers send: limits first, then field by field, every fault named at once (field, what came, what was
// expected).
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"

namespace huiyin {

inline constexpr std::size_t json_depth_max = 16;

// One JSON text (RFC 8259), UTF-8, at most 16 deep. `invalid` otherwise; the message says what and where (byte).
Result<boost::json::value> parse_json(std::string_view text);

// The text of a value, for people and programs to read: as RFC 8259 allows, numbers in their shortest usual form ("39.3").
std::string json_text(const boost::json::value& value);

struct TextLimits {
  std::size_t characters_min = 0;
  std::size_t characters_max = 0;
};

struct CountLimits {
  std::size_t count_min = 0;
  std::size_t count_max = 0;
};

// A value as an error may show it: what it is, or its shortened text.
std::string shown(const boost::json::value& value);

// Reads the fields of one object and gathers what is wrong with them. A field nobody asked for is wrong too: a typing error in
// a name must not lose what somebody meant to say. Call done() last.
class FieldReader {
 public:
  explicit FieldReader(const boost::json::value& value, std::string path = {});
  FieldReader(const FieldReader&) = delete;
  FieldReader& operator=(const FieldReader&) = delete;

  // Absent and null are alike. Wrong types, lengths or letters are noted and come back empty.
  std::optional<std::string> text(std::string_view name, TextLimits limits);
  std::string required_text(std::string_view name, TextLimits limits);
  std::optional<double> number(std::string_view name, double low, double high);
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t low, std::int64_t high);
  std::optional<bool> boolean(std::string_view name);
  bool required_boolean(std::string_view name);
  std::int64_t required_integer(std::string_view name, std::int64_t low, std::int64_t high);
  // A reader for an inner object ("place" -> "place.lat"); its faults are gathered here. Null when absent.
  FieldReader* object(std::string_view name);
  // A reader for each object of an array ("units" -> "units[3].code"); their faults are gathered here. Entries that are no
  // objects are refused and left out. Absent counts as empty.
  std::vector<FieldReader*> objects(std::string_view name, CountLimits limits);
  // A day as ISO 8601 writes it, "2026-03-01"; `expected` says so where something else stands.
  std::optional<Day> required_day(std::string_view name, Key expected);
  // The entries of an array as they are. Absent counts as empty; null when it is none, or has too many or too few.
  const boost::json::array* array(std::string_view name, CountLimits limits);
  // The raw value, marked as asked for; null when absent.
  const boost::json::value* raw(std::string_view name);

  void refuse(std::string_view name, std::string got, Message expected);
  // All that is wrong, or nothing. Notes fields that nobody asked for, with the name that was probably meant.
  std::vector<FieldError> done();
  // The same where more fields may stand than anybody asks for.
  std::vector<FieldError> faults();

 private:
  const boost::json::value* find(std::string_view name);
  std::string path_of(std::string_view name) const;
  void refuse_type(std::string_view name, const boost::json::value& got, Message expected);

  const boost::json::value* value_;
  std::string path_;
  std::vector<std::string> asked_;
  std::vector<FieldError> errors_;
  std::vector<std::unique_ptr<FieldReader>> inner_;
};

}  // namespace huiyin
