#include "app/answer_check.h"

#include "app/pack_fields.h"

namespace huiyin::app {
namespace {

namespace json = boost::json;
using namespace pack_fields;

std::vector<rules::AnswerPart> read_parts(FieldReader& row) {
  std::vector<rules::AnswerPart> parts;
  const auto readers = row.objects("parts", {0, pack_parts_max});
  for (auto* inner : readers) {
    rules::AnswerPart part;
    part.code.text = code(*inner, "code");
    part.name = local_text(*inner, "name", name_limits, true);
    part.help = local_text(*inner, "help", help_limits, false);
    parts.push_back(std::move(part));
  }
  places_of("parts", parts, readers);
  return parts;
}

json::array parts_json(const std::vector<rules::AnswerPart>& parts) {
  json::array array;
  for (const auto& part : parts) {
    json::object object{{"code", part.code.text}, {"name", json_of(part.name)}};
    if (!part.help.zh.empty()) object["help"] = json_of(part.help);
    array.push_back(std::move(object));
  }
  return array;
}

}  // namespace

void check_answers(FieldReader& reader, rules::Pack& pack) {
  const auto readers = reader.objects("answers", {1, pack_answers_max});
  for (auto* row : readers) {
    rules::AnswerKind kind;
    kind.code.text = code(*row, "code");
    kind.name = local_text(*row, "name", name_limits, true);
    kind.parts = read_parts(*row);
    kind.states_outcome = row->required_boolean("states_outcome");
    kind.signed_off = row->required_boolean("signed_off");
    kind.reviewable = row->required_boolean("reviewable");
    kind.source = local_text(*row, "source", source_limits, true);
    pack.answers.push_back(std::move(kind));
  }
  places_of("answers", pack.answers, readers);
}

json::array answers_json(const std::vector<rules::AnswerKind>& answers) {
  json::array array;
  for (const auto& kind : answers) {
    json::object object{{"code", kind.code.text},        {"name", json_of(kind.name)},    {"states_outcome", kind.states_outcome},
                        {"signed_off", kind.signed_off}, {"reviewable", kind.reviewable}, {"source", json_of(kind.source)}};
    if (!kind.parts.empty()) object["parts"] = parts_json(kind.parts);
    array.push_back(std::move(object));
  }
  return array;
}

}  // namespace huiyin::app
