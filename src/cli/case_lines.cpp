#include "cli/case_lines.h"

#include <limits>

#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

constexpr std::size_t place_characters_max = 500;
constexpr std::size_t time_characters_max = 40;

// RFC 3339; without an offset it is taken as it stands, since only the order and the days between count.
std::optional<Instant> read_time(FieldReader& fields, bool needed) {
  const auto text =
      needed ? fields.required_text("at", {1, time_characters_max}) : fields.text("at", {1, time_characters_max}).value_or("");
  if (text.empty()) return std::nullopt;
  auto at = instant_from_rfc3339(text);
  if (!at) at = instant_from_rfc3339(text + "Z");
  if (!at) fields.refuse("at", shortened(text), {key::topics_expected_time});
  return at;
}

// Nothing, or nothing but white space; what is no text is refused elsewhere.
bool is_blank(const boost::json::value* value) {
  return value == nullptr || (value->is_string() && trimmed(value->get_string()).empty());
}

}  // namespace

std::string id_text(const boost::json::value& id) {
  if (const auto* text = id.if_string()) return std::string(*text);
  return id.is_null() ? std::string() : json_text(id);
}

CaseLine read_case_line(FieldReader& fields, CaseLineNeeds needs) {
  constexpr auto count_max = std::numeric_limits<std::int32_t>::max();
  CaseLine line;
  const auto id = LinesIn::id_of(fields);
  line.id = id_text(id);
  const auto* given = fields.raw("id");
  if (needs.id && (given == nullptr || (!id.is_null() && line.id.empty()))) fields.refuse("id", "", {key::topics_expected_id});
  line.subject = fields.text("subject", {0, case_subject_characters_max}).value_or("");
  line.body = fields.text("body", {0, case_body_characters_max}).value_or("");
  if (is_blank(fields.raw("subject")) && is_blank(fields.raw("body"))) fields.refuse("body", "", {key::topics_expected_words});
  line.place = fields.text("place", {0, place_characters_max}).value_or("");
  line.person = fields.text("user", {0, id_characters_max}).value_or("");
  line.at = read_time(fields, needs.at);
  line.likes = static_cast<std::uint32_t>(fields.integer("likes", 0, count_max).value_or(0));
  line.dislikes = static_cast<std::uint32_t>(fields.integer("dislikes", 0, count_max).value_or(0));
  line.solved = fields.boolean("solved").value_or(false);
  return line;
}

}  // namespace huiyin::cli
