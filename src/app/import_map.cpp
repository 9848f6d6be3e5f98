#include "app/import_map.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;

constexpr std::string_view ellipsis = "…";

// The value as text; nothing when it is a list, an object, or bytes that are no text.
std::optional<std::string> plain(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return std::string();
    case json::kind::string: {
      const std::string_view text(value.get_string());
      return is_text(text) ? std::optional(std::string(trimmed(text))) : std::nullopt;
    }
    case json::kind::int64: return fmt::format("{}", value.get_int64());
    case json::kind::uint64: return fmt::format("{}", value.get_uint64());
    case json::kind::double_: return fmt::format("{}", value.get_double());
    case json::kind::bool_: return value.get_bool() ? "true" : "false";
    case json::kind::object:
    case json::kind::array: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<double> to_number(std::string_view text) {
  double number = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::string shortened_to(std::string_view text, std::size_t characters_max) {
  return std::string(first_characters(text, characters_max - 1)).append(ellipsis);
}

// The field an error should name: the one a text is made of, or the part of the map when it is made of several.
std::string_view name_of(const RowText& text, std::string_view part) {
  const bool one = text.lines.size() == 1 && text.lines.front().size() == 1 && !text.lines.front().front().field.empty();
  return one ? std::string_view(text.lines.front().front().field) : part;
}

class RowReader {
 public:
  RowReader(const ImportMap& map, const json::object& row, Instant now) : map_(map), row_(row), now_(now) {}

  Result<Imported> read() {
    Imported out;
    out.source = map_.source;
    out.external_id = value(map_.id);
    if (out.external_id.empty() || count_characters(out.external_id) > import_id_characters_max) {
      refuse(map_.id, shortened(out.external_id),
             Message{key::expected_length, {{"min", "1"}, {"max", fmt::format("{}", import_id_characters_max)}}});
    }
    out.at = time(map_.at).value_or(Instant{});
    out.submit.channel = cases::Channel::import;
    out.submit.language = map_.language;
    out.submit.category = category();
    if (map_.place) out.submit.place = place(*map_.place);
    put_words(out.submit);
    if (map_.answer) out.answered = answer(*map_.answer, out);
    if (!errors_.empty()) return invalid_fields(std::move(errors_));
    return out;
  }

 private:
  // One error a field is enough; the first says most.
  void refuse(std::string_view field, std::string got, Message expected) {
    const auto same = [&](const FieldError& error) { return error.field == field; };
    if (std::ranges::none_of(errors_, same)) errors_.push_back({std::string(field), std::move(got), std::move(expected)});
  }

  std::string value(std::string_view field) {
    const auto* found = row_.if_contains(field);
    if (found == nullptr) return {};
    auto text = plain(*found);
    if (!text) refuse(field, shown(*found), {key::import_expected_plain});
    return std::move(text).value_or("");
  }

  std::string words(const RowText& text) {
    std::string out;
    for (const auto& line : text.lines) {
      std::string made;
      bool any = std::ranges::all_of(line, [](const auto& piece) { return piece.field.empty(); });
      for (const auto& piece : line) {
        made += piece.literal;
        if (piece.field.empty()) continue;
        const auto part = value(piece.field);
        any = any || !part.empty();
        made += part;
      }
      if (!any) continue;
      if (!out.empty()) out += '\n';
      out += made;
    }
    return std::string(trimmed(out));
  }

  // Nothing when it is empty. Too long: cut or refused.
  std::optional<std::string> bounded(std::string whole, const RowText& text, std::string_view part, std::size_t characters_max) {
    if (whole.empty()) return std::nullopt;
    const auto length = count_characters(whole);
    if (length <= characters_max) return whole;
    if (text.cut) return shortened_to(whole, characters_max);
    refuse(name_of(text, part), fmt::format("{}", length),
           {key::import_expected_characters, {{"max", fmt::format("{}", characters_max)}}});
    return std::nullopt;
  }

  void put_words(cases::Submit& submit) {
    auto subject = words(map_.subject);
    std::ranges::replace_if(subject, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    auto body = words(map_.body);
    // No word is lost: a subject that must be cut stands whole above the body.
    const bool too_long = count_characters(subject) > cases::subject_characters_max;
    if (too_long && map_.subject.cut) body = body.empty() ? subject : subject + '\n' + body;
    submit.subject = bounded(std::move(subject), map_.subject, "subject", cases::subject_characters_max);
    const bool had_body = !body.empty();
    submit.body = bounded(std::move(body), map_.body, "body", cases::body_characters_max);
    if (!had_body && !(submit.category && submit.place)) refuse(name_of(map_.body, "body"), "", {key::import_expected_body});
  }

  std::optional<Instant> time(const RowTime& time) {
    if (time.constant) return time.constant;
    const auto text = value(time.field);
    for (const auto& format : time.formats) {
      const auto written = format.read(text);
      if (!written) continue;
      const auto at = written->offset
                          ? Instant{std::int64_t{86'400'000} * written->day.number} + written->of_day + -*written->offset
                          : map_.zone->instant_of(written->day, written->of_day);
      if (at <= now_) return at;
      refuse(time.field, shortened(text), {key::import_expected_past});
      return std::nullopt;
    }
    std::string patterns;
    for (const auto& format : time.formats) patterns += (patterns.empty() ? "" : ", ") + format.pattern();
    refuse(time.field, shortened(text), {key::import_expected_time, {{"formats", patterns}}});
    return std::nullopt;
  }

  std::optional<CategoryCode> category() {
    const auto& table = map_.category;
    std::string text;
    for (const auto& field : table.fields) text += (text.empty() ? "" : "\n") + value(field);
    if (const auto found = table.values.find(text); found != table.values.end()) return found->second;
    for (const auto& [code, marks] : table.words) {
      if (std::ranges::any_of(marks, [&](const auto& mark) { return text.find(mark) != std::string::npos; })) return code;
    }
    if (table.has_otherwise) return table.otherwise;
    const bool one = table.fields.size() == 1;
    refuse(one ? table.fields.front() : "category", one ? shortened(text) : "", {key::import_expected_value});
    return std::nullopt;
  }

  std::optional<std::int32_t> coordinate(const std::string& field, std::string_view text, double limit) {
    constexpr double micro = 1'000'000;
    const auto number = to_number(text);
    if (number && std::abs(*number) <= limit) return static_cast<std::int32_t>(std::lround(*number * micro));
    refuse(field, shortened(text),
           {key::expected_number, {{"low", fmt::format("{}", -limit)}, {"high", fmt::format("{}", limit)}}});
    return std::nullopt;
  }

  std::optional<cases::Place> place(const RowPlace& from) {
    cases::Place out;
    out.address = bounded(words(from.address), from.address, "place.address", cases::address_characters_max);
    const auto latitude = from.latitude.empty() ? "" : value(from.latitude);
    const auto longitude = from.longitude.empty() ? "" : value(from.longitude);
    const auto is_unknown = [&](const std::string& text) {
      const auto number = to_number(text);
      return number && std::ranges::find(from.unknown, *number) != from.unknown.end();
    };
    if (latitude.empty() != longitude.empty()) {
      refuse(latitude.empty() ? from.latitude : from.longitude, "", {key::expected_lat_and_long});
    } else if (!latitude.empty() && !is_unknown(latitude) && !is_unknown(longitude)) {
      out.latitude_microdegrees = coordinate(from.latitude, latitude, 90);
      out.longitude_microdegrees = coordinate(from.longitude, longitude, 180);
    }
    return out == cases::Place{} ? std::nullopt : std::optional(out);
  }

  std::optional<Imported::Answered> answer(const RowAnswer& from, const Imported& imported) {
    auto text = bounded(words(from.words), from.words, "answer.words", cases::answer_characters_max);
    if (!text) return std::nullopt;
    const auto at = time(from.at);
    if (at && *at < imported.at) refuse(from.at.field, shortened(value(from.at.field)), {key::import_expected_after});
    const auto& category = imported.submit.category;
    const auto unit = category ? from.units.find(*category) : from.units.end();
    if (!category) {
      refuse("category", "", {key::import_expected_category});
    } else if (unit == from.units.end()) {
      refuse("answer.unit", category->text, {key::import_expected_unit});
    }
    if (!errors_.empty()) return std::nullopt;
    return Imported::Answered{{}, {unit->second}, {*std::move(text)}, *at};
  }

  const ImportMap& map_;
  const json::object& row_;
  Instant now_;
  std::vector<FieldError> errors_;
};

}  // namespace

Result<Imported> to_case(const ImportMap& map, const json::object& row, Instant now) { return RowReader(map, row, now).read(); }

std::optional<std::string> find_row_id(const ImportMap& map, const json::object& row) {
  const auto* found = row.if_contains(map.id);
  auto text = found == nullptr ? std::nullopt : plain(*found);
  return text && !text->empty() ? std::move(text) : std::nullopt;
}

}  // namespace huiyin::app
