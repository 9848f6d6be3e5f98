#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "base/canonical_json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin {

namespace json = boost::json;

namespace {

// How many letters must be changed, left out, put in or swapped with their neighbour to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + other});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

// The known name that a mistyped one probably stands for: at most a third of its letters differ.
std::optional<std::string> nearest(std::string_view name, const std::vector<std::string>& known) {
  constexpr std::size_t name_length_max = 40;  // nobody mistypes a name of ours into a longer one
  if (name.size() > name_length_max) return std::nullopt;
  std::optional<std::string> best;
  std::size_t best_distance = 0;
  for (const auto& candidate : known) {
    const auto away = distance(name, candidate);
    if (away * 3 > std::max<std::size_t>(candidate.size(), 3) || (best && away >= best_distance)) continue;
    best = candidate;
    best_distance = away;
  }
  return best;
}

// A number beyond what a double holds is read as infinite, which no JSON text can say again.
bool is_finite(const json::value& value) {
  if (const auto* number = value.if_double()) return std::isfinite(*number);
  if (const auto* array = value.if_array()) return std::ranges::all_of(*array, is_finite);
  const auto* object = value.if_object();
  return object == nullptr || std::ranges::all_of(*object, [](const auto& member) { return is_finite(member.value()); });
}

void write_text(std::string& out, const json::value& value) {
  if (const auto* array = value.if_array()) {
    out += '[';
    for (const auto& one : *array) {
      if (&one != array->begin()) out += ',';
      write_text(out, one);
    }
    out += ']';
  } else if (const auto* object = value.if_object()) {
    out += '{';
    for (const auto& member : *object) {
      if (&member != object->begin()) out += ',';
      write_canonical_string(out, member.key());
      out += ':';
      write_text(out, member.value());
    }
    out += '}';
  } else if (const auto* text = value.if_string()) {
    write_canonical_string(out, *text);
  } else if (const auto* number = value.if_double()) {
    fmt::format_to(std::back_inserter(out), "{}", *number);
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string json_text(const json::value& value) {
  std::string out;
  write_text(out, value);
  return out;
}

std::string shown(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return "null";
    case json::kind::object: return "an object";
    case json::kind::array: return "an array";
    case json::kind::string: return shortened(std::string_view(value.get_string()));
    default: return json::serialize(value);
  }
}

Result<json::value> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = json_depth_max;
  json::parser parser({}, options);
  json::error_code error;
  const auto read = parser.write_some(text, error);
  if (!error && !trimmed(text.substr(read)).empty()) error = json::error::extra_data;
  if (!error) {
    auto value = parser.release();
    if (is_finite(value)) return value;
    error = json::error::exponent_overflow;
  }
  return Error{Code::invalid, {key::json_malformed, {{"at", fmt::format("{}", read)}, {"reason", error.message()}}}};
}

FieldReader::FieldReader(const json::value& value, std::string path) : value_(&value), path_(std::move(path)) {
  if (!value.is_object()) {
    errors_.push_back({path_.empty() ? "(body)" : path_, shown(value), {key::expected_object}});
  }
}

std::string FieldReader::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

const json::value* FieldReader::find(std::string_view name) {
  asked_.emplace_back(name);
  if (!value_->is_object()) return nullptr;
  const auto* found = value_->get_object().if_contains(name);
  return found == nullptr || found->is_null() ? nullptr : found;
}

const json::value* FieldReader::raw(std::string_view name) { return find(name); }

void FieldReader::refuse(std::string_view name, std::string got, Message expected) {
  errors_.push_back({path_of(name), std::move(got), std::move(expected)});
}

void FieldReader::refuse_type(std::string_view name, const json::value& got, Message expected) {
  refuse(name, shown(got), std::move(expected));
}

std::optional<std::string> FieldReader::text(std::string_view name, TextLimits limits) {
  const auto* found = find(name);
  if (found == nullptr) return std::nullopt;
  if (!found->is_string()) {
    refuse_type(name, *found, {key::expected_text});
    return std::nullopt;
  }
  const std::string_view whole(found->get_string());
  if (!is_text(whole)) {
    refuse(name, shortened(whole), {key::expected_utf8});
    return std::nullopt;
  }
  const auto kept = trimmed(whole);
  const auto length = count_characters(kept);
  if (length < limits.characters_min || length > limits.characters_max) {
    if (kept.empty() && limits.characters_min > 0) {
      refuse(name, fmt::format("{}", length), {key::expected_not_empty});
    } else {
      refuse(name, fmt::format("{}", length),
             {key::expected_length,
              {{"min", fmt::format("{}", limits.characters_min)}, {"max", fmt::format("{}", limits.characters_max)}}});
    }
    return std::nullopt;
  }
  if (kept.empty()) return std::nullopt;
  return std::string(kept);
}

std::string FieldReader::required_text(std::string_view name, TextLimits limits) {
  const auto before = errors_.size();
  auto found = text(name, limits);
  if (!found && errors_.size() == before) refuse(name, "", {key::expected_not_empty});
  return found.value_or("");
}

std::optional<double> FieldReader::number(std::string_view name, double low, double high) {
  const auto* found = find(name);
  if (found == nullptr) return std::nullopt;
  const Message expected{key::expected_number, {{"low", fmt::format("{}", low)}, {"high", fmt::format("{}", high)}}};
  if (!found->is_number()) {
    refuse_type(name, *found, expected);
    return std::nullopt;
  }
  const auto value = found->to_number<double>();
  if (!std::isfinite(value) || value < low || value > high) {
    refuse_type(name, *found, expected);
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> FieldReader::integer(std::string_view name, std::int64_t low, std::int64_t high) {
  const auto* found = find(name);
  if (found == nullptr) return std::nullopt;
  json::error_code error;
  const auto value = found->is_number() ? found->to_number<std::int64_t>(error) : 0;
  if (!found->is_number() || error || value < low || value > high) {
    refuse_type(name, *found, {key::expected_integer, {{"low", fmt::format("{}", low)}, {"high", fmt::format("{}", high)}}});
    return std::nullopt;
  }
  return value;
}

std::int64_t FieldReader::required_integer(std::string_view name, std::int64_t low, std::int64_t high) {
  const auto before = errors_.size();
  const auto found = integer(name, low, high);
  if (!found && errors_.size() == before) refuse(name, "", {key::expected_not_empty});
  return found.value_or(low);
}

std::optional<bool> FieldReader::boolean(std::string_view name) {
  const auto* found = find(name);
  if (found == nullptr) return std::nullopt;
  if (!found->is_bool()) {
    refuse_type(name, *found, {key::expected_boolean});
    return std::nullopt;
  }
  return found->get_bool();
}

bool FieldReader::required_boolean(std::string_view name) {
  const auto before = errors_.size();
  const auto found = boolean(name);
  if (!found && errors_.size() == before) refuse(name, "", {key::expected_boolean});
  return found.value_or(false);
}

FieldReader* FieldReader::object(std::string_view name) {
  const auto* found = find(name);
  if (found == nullptr) return nullptr;
  inner_.push_back(std::make_unique<FieldReader>(*found, path_of(name)));
  return inner_.back().get();
}

std::optional<Day> FieldReader::required_day(std::string_view name, Key expected) {
  constexpr TextLimits limits{1, 64};  // whatever it is meant to be
  const auto text = required_text(name, limits);
  if (text.empty()) return std::nullopt;
  const auto day = day_from_iso(text);
  if (!day) refuse(name, shortened(text), {expected});
  return day;
}

const json::array* FieldReader::array(std::string_view name, CountLimits limits) {
  static const json::array none;
  const auto* found = find(name);
  const auto* array = found == nullptr ? &none : found->if_array();
  if (array != nullptr && array->size() >= limits.count_min && array->size() <= limits.count_max) return array;
  refuse(name,
         found == nullptr   ? ""
         : array == nullptr ? shown(*found)
                            : fmt::format("{}", array->size()),
         {key::expected_list, {{"min", fmt::format("{}", limits.count_min)}, {"max", fmt::format("{}", limits.count_max)}}});
  return nullptr;
}

std::vector<FieldReader*> FieldReader::objects(std::string_view name, CountLimits limits) {
  std::vector<FieldReader*> readers;
  const auto* entries = array(name, limits);
  for (std::size_t i = 0; entries != nullptr && i < entries->size(); ++i) {
    inner_.push_back(std::make_unique<FieldReader>((*entries)[i], fmt::format("{}[{}]", path_of(name), i)));
    if ((*entries)[i].is_object()) readers.push_back(inner_.back().get());
  }
  return readers;
}

std::vector<FieldError> FieldReader::done() {
  if (value_->is_object()) {
    constexpr int suggested_max = 16;  // a stranger may send a million strange names
    int suggested = 0;
    for (const auto& member : value_->get_object()) {
      const std::string_view name(member.key());
      if (std::ranges::find(asked_, name) == asked_.end()) {
        const auto meant = suggested++ < suggested_max ? nearest(name, asked_) : std::nullopt;
        refuse(shortened(name), shown(member.value()),
               meant ? Message{key::expected_field_like, {{"name", *meant}}} : Message{key::expected_no_such_field});
      }
    }
  }
  for (auto& inner : inner_) {
    for (auto& error : inner->done()) errors_.push_back(std::move(error));
  }
  inner_.clear();
  return std::move(errors_);
}

std::vector<FieldError> FieldReader::faults() {
  for (auto& inner : inner_) {
    for (auto& error : inner->faults()) errors_.push_back(std::move(error));
  }
  inner_.clear();
  return std::move(errors_);
}

}  // namespace huiyin
