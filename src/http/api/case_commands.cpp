#include "http/api/case_commands.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <limits>

#include "base/json.h"
#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

template <class Code>
std::optional<Code> code(FieldReader& reader, std::string_view name, Key expected) {
  auto text = reader.text(name, {1, code_length_max});
  if (!text) return std::nullopt;
  if (is_code(*text)) return Code{*std::move(text)};
  reader.refuse(name, shortened(*text), {expected});
  return std::nullopt;
}

template <class Code>
Code required_code(FieldReader& reader, std::string_view name, Key expected) {
  const auto errors_name = reader.raw(name);
  if (errors_name == nullptr) reader.refuse(name, "", {expected});
  return code<Code>(reader, name, expected).value_or(Code{});
}

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

// An address that mail could reach: one @ with something before it and a dot after (RFC 5321 says far more; a mail to it
// decides).
bool looks_like_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) return false;
  const auto dot = text.rfind('.');
  return dot != std::string_view::npos && dot > at + 1 && dot + 1 < text.size() &&
         text.find_first_of(" \t\r\n,;<>") == std::string_view::npos;
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

Private<cases::Contact> contact(FieldReader* reader) {
  if (reader == nullptr) return {};
  cases::Contact out;
  const TextLimits limits{0, cases::contact_characters_max};
  out.name = reader->text("name", limits);
  out.phone = reader->text("phone", limits);
  out.email = reader->text("email", limits);
  if (out.phone && !looks_like_phone(*out.phone)) reader->refuse("phone", shortened(*out.phone), {key::expected_phone});
  if (out.email && !looks_like_email(*out.email)) reader->refuse("email", shortened(*out.email), {key::expected_email});
  if (out == cases::Contact{}) return {};
  return out;
}

template <Named Enum>
std::optional<Enum> choice(FieldReader& reader, std::string_view name) {
  const auto text = reader.text(name, {1, code_length_max});
  if (!text) return std::nullopt;
  if (const auto value = from_name<Enum>(*text)) return value;
  reader.refuse(name, shortened(*text),
                {key::expected_one_of, {{"choices", fmt::format("{}", fmt::join(Names<Enum>::values, ", "))}}});
  return std::nullopt;
}

template <Named Enum>
Enum required_choice(FieldReader& reader, std::string_view name) {
  const bool absent = reader.raw(name) == nullptr;
  const auto value = choice<Enum>(reader, name);
  if (absent)
    reader.refuse(name, "", {key::expected_one_of, {{"choices", fmt::format("{}", fmt::join(Names<Enum>::values, ", "))}}});
  return value.value_or(Enum{});
}

Private<std::string> words(FieldReader& reader, std::string_view name, std::size_t characters_max) {
  return reader.required_text(name, {1, characters_max});
}

using Reader = cases::Command (*)(FieldReader&);

struct Act {
  std::string_view name;
  Reader read;
};

constexpr std::int64_t extension_max = 1'000;  // whatever the limit counts; decide() knows the real one

constexpr std::array<Act, 18> acts{{
    {cases::Accept::name,
     [](FieldReader& reader) -> cases::Command {
       return cases::Accept{code<CategoryCode>(reader, "category", key::expected_category)};
     }},
    {cases::NotAccept::name,
     [](FieldReader& reader) -> cases::Command {
       auto road = required_code<RoadCode>(reader, "road", key::expected_road);
       return cases::NotAccept{std::move(road), words(reader, "reason", cases::answer_characters_max)};
     }},
    {cases::Assign::name,
     [](FieldReader& reader) -> cases::Command {
       return cases::Assign{required_code<UnitCode>(reader, "unit", key::expected_unit)};
     }},
    {cases::Start::name, [](FieldReader&) -> cases::Command { return cases::Start{}; }},
    {cases::Note::name,
     [](FieldReader& reader) -> cases::Command { return cases::Note{words(reader, "words", cases::note_characters_max)}; }},
    {cases::Answer::name,
     [](FieldReader& reader) -> cases::Command { return cases::Answer{words(reader, "words", cases::answer_characters_max)}; }},
    {cases::Rate::name,
     [](FieldReader& reader) -> cases::Command {
       cases::Rate rate;
       rate.contacted = reader.required_boolean("contacted");
       rate.solved = reader.required_boolean("solved");
       rate.satisfaction = required_choice<cases::Satisfaction>(reader, "satisfaction");
       rate.words = reader.text("words", {0, cases::rating_characters_max});
       rate.shared = reader.boolean("shared").value_or(false);
       return rate;
     }},
    {cases::Close::name, [](FieldReader&) -> cases::Command { return cases::Close{}; }},
    {cases::Object::name,
     [](FieldReader& reader) -> cases::Command { return cases::Object{words(reader, "reason", cases::note_characters_max)}; }},
    {cases::Rule::name,
     [](FieldReader& reader) -> cases::Command {
       cases::Rule rule;
       rule.upheld = reader.required_boolean("upheld");
       rule.unit = code<UnitCode>(reader, "unit", key::expected_unit);
       rule.reason = words(reader, "reason", cases::note_characters_max);
       return rule;
     }},
    {cases::Ask::name,
     [](FieldReader& reader) -> cases::Command { return cases::Ask{words(reader, "words", cases::note_characters_max)}; }},
    {cases::Reply::name,
     [](FieldReader& reader) -> cases::Command { return cases::Reply{words(reader, "words", cases::body_characters_max)}; }},
    {cases::Withdraw::name,
     [](FieldReader& reader) -> cases::Command {
       return cases::Withdraw{reader.text("words", {0, cases::rating_characters_max})};
     }},
    {cases::Pause::name,
     [](FieldReader& reader) -> cases::Command {
       auto reason = required_code<PauseCode>(reader, "reason", key::expected_pause);
       return cases::Pause{std::move(reason), words(reader, "words", cases::note_characters_max)};
     }},
    {cases::Resume::name, [](FieldReader&) -> cases::Command { return cases::Resume{}; }},
    {cases::AskExtension::name,
     [](FieldReader& reader) -> cases::Command {
       const auto amount = static_cast<int>(reader.required_integer("amount", 1, extension_max));
       return cases::AskExtension{amount, words(reader, "reason", cases::note_characters_max)};
     }},
    {cases::RuleExtension::name,
     [](FieldReader& reader) -> cases::Command {
       const bool approved = reader.required_boolean("approved");
       return cases::RuleExtension{approved, words(reader, "reason", cases::note_characters_max)};
     }},
    {cases::Reopen::name,
     [](FieldReader& reader) -> cases::Command { return cases::Reopen{words(reader, "words", cases::body_characters_max)}; }},
}};

constexpr std::int64_t version_max = std::numeric_limits<std::int32_t>::max();

}  // namespace

Result<cases::Submit> read_submit(const boost::json::value& fields, cases::Channel channel, Language language) {
  FieldReader reader(fields);
  cases::Submit submit;
  submit.channel = channel;
  submit.language = choice<Language>(reader, "language").value_or(language);
  submit.subject = reader.text("subject", {0, cases::subject_characters_max});
  submit.body = reader.text("body", {0, cases::body_characters_max});
  submit.category = code<CategoryCode>(reader, "category", key::expected_category);
  submit.place = place(reader.object("place"));
  submit.contact = contact(reader.object("contact"));
  if (auto wrong = reader.done(); !wrong.empty()) return invalid_fields(std::move(wrong));
  return submit;
}

Result<VersionedCommand> read_command(std::string_view act, const boost::json::value& fields) {
  const auto found = std::ranges::find(acts, act, &Act::name);
  if (found == acts.end()) return Error{Code::not_found, {key::act_unknown, {{"act", shortened(act)}}}};
  FieldReader reader(fields);
  const auto version = static_cast<std::uint64_t>(reader.required_integer("version", 1, version_max));
  VersionedCommand out{version, found->read(reader)};
  if (auto wrong = reader.done(); !wrong.empty()) return invalid_fields(std::move(wrong));
  return out;
}

}  // namespace huiyin::http
