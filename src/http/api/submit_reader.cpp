#include "http/api/submit_reader.h"

#include <boost/json.hpp>
#include <cmath>

#include "base/text.h"
#include "http/api/case_fields.h"

namespace huiyin::http {
namespace {

// More than any pack lets write together: decide() knows the real number.
constexpr std::size_t representatives_read_max = 20;

std::optional<std::int32_t> microdegrees(FieldReader& reader, std::string_view name, double limit) {
  const auto degrees = reader.number(name, -limit, limit);
  if (!degrees) return std::nullopt;
  return static_cast<std::int32_t>(std::lround(*degrees * 1e6));
}

Private<cases::Place> place(FieldReader* reader) {
  if (reader == nullptr) return {};
  cases::Place out;
  out.address = reader->text("address", {0, cases::address_characters_max});
  out.latitude_microdegrees = microdegrees(*reader, "lat", 90);
  out.longitude_microdegrees = microdegrees(*reader, "long", 180);
  if (out.latitude_microdegrees.has_value() != out.longitude_microdegrees.has_value()) {
    reader->refuse(out.latitude_microdegrees ? "long" : "lat", "", {key::expected_lat_and_long});
  }
  if (out == cases::Place{}) return {};
  return out;
}

bool looks_like_phone(std::string_view text) {
  constexpr std::size_t digits_min = 3, digits_max = 20;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') ++digits;
    else if (std::string_view("+-() ./").find(c) == std::string_view::npos) return false;
  }
  return digits >= digits_min && digits <= digits_max;
}

std::optional<cases::Contact> contact(FieldReader* reader) {
  if (reader == nullptr) return std::nullopt;
  cases::Contact out;
  const TextLimits limits{0, cases::contact_characters_max};
  out.name = reader->text("name", limits);
  out.phone = reader->text("phone", limits);
  out.email = reader->text("email", limits);
  if (out.phone && !looks_like_phone(*out.phone)) reader->refuse("phone", shortened(*out.phone), {key::expected_phone});
  if (out.email && !looks_like_email(*out.email)) reader->refuse("email", shortened(*out.email), {key::expected_email});
  if (out == cases::Contact{}) return std::nullopt;
  return out;
}

Private<std::vector<cases::Contact>> representatives(FieldReader& reader) {
  std::vector<cases::Contact> out;
  for (auto* one : reader.objects("representatives", {0, representatives_read_max})) {
    if (auto read = contact(one)) out.push_back(*std::move(read));
  }
  if (out.empty()) return {};
  return out;
}

Private<cases::OnBehalf> on_behalf(FieldReader* reader) {
  if (reader == nullptr) return {};
  cases::OnBehalf out;
  out.name = reader->required_text("name", {1, cases::contact_characters_max});
  out.relation = reader->text("relation", {0, cases::contact_characters_max});
  return out;
}

}  // namespace

Result<cases::Submit> read_submit(const boost::json::value& fields, cases::Channel channel, Language language) {
  FieldReader reader(fields);
  cases::Submit submit;
  submit.channel = channel;
  submit.language = choice<Language>(reader, "language").value_or(language);
  submit.subject = reader.text("subject", {0, cases::subject_characters_max});
  submit.body = reader.text("body", {0, cases::body_characters_max});
  submit.category = code<CategoryCode>(reader, "category", key::expected_category);
  submit.about = code<UnitCode>(reader, "about", key::expected_unit);
  if (const auto people = reader.integer("people", 1, cases::people_max)) submit.people = static_cast<int>(*people);
  submit.place = place(reader.object("place"));
  submit.contact = contact(reader.object("contact"));
  submit.representatives = representatives(reader);
  submit.on_behalf = on_behalf(reader.object("on_behalf"));
  if (auto wrong = reader.done(); !wrong.empty()) return invalid_fields(std::move(wrong));
  return submit;
}

}  // namespace huiyin::http
