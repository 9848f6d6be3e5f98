#include "http/api/case_commands.h"

#include <boost/json.hpp>
#include <limits>

#include "http/api/case_fields.h"

namespace huiyin::http {
namespace {

Private<std::string> reason(FieldReader& reader) { return words(reader, "reason", cases::note_characters_max); }

// {claim: "...", basis: "..."}: by the codes of the parts that the kind of answer has.
Private<std::vector<cases::PartText>> answer_parts(FieldReader& reader) {
  const auto* given = reader.raw("parts");
  auto* inner = reader.object("parts");
  if (given == nullptr || !given->is_object() || inner == nullptr) return {};
  std::vector<cases::PartText> parts;
  for (const auto& member : given->get_object()) {
    const std::string name(member.key());
    auto text = inner->text(name, {0, cases::answer_part_characters_max});
    if (!is_code(name)) inner->refuse(shortened(name), "", {key::expected_part});
    else if (text) parts.push_back({{name}, *std::move(text)});
  }
  if (parts.empty()) return {};
  return parts;
}

cases::Command read_answer(FieldReader& reader) {
  cases::Answer answer;
  answer.words = words(reader, "words", cases::answer_characters_max);
  answer.outcome = choice<cases::Outcome>(reader, "outcome");
  answer.parts = answer_parts(reader);
  return answer;
}

cases::Command read_split(FieldReader& reader) {
  cases::Split split;
  for (auto* part : reader.objects("parts", {cases::split_cases_min, cases::split_cases_max})) {
    cases::SplitPart one;
    one.category = code<CategoryCode>(*part, "category", key::expected_category);
    one.subject = part->text("subject", {0, cases::subject_characters_max});
    one.body = words(*part, "body", cases::body_characters_max);
    split.parts.push_back(std::move(one));
  }
  return split;
}

using Reader = cases::Command (*)(FieldReader&);

struct Act {
  std::string_view name;
  Reader read;
};

constexpr std::int64_t extension_max = 1'000;  // whatever the limit counts; decide() knows the real one

constexpr std::array<Act, 40> acts{{
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
    {cases::Answer::name, read_answer},
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
    {cases::AskCorrection::name,
     [](FieldReader& reader) -> cases::Command {
       return cases::AskCorrection{words(reader, "words", cases::note_characters_max)};
     }},
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
    {cases::Reopen::name,
     [](FieldReader& reader) -> cases::Command { return cases::Reopen{words(reader, "words", cases::body_characters_max)}; }},
    {cases::Support::name,
     [](FieldReader& reader) -> cases::Command {
       return cases::Support{required_code<UnitCode>(reader, "unit", key::expected_unit)};
     }},
    {cases::ReleaseSupport::name,
     [](FieldReader& reader) -> cases::Command {
       auto unit = required_code<UnitCode>(reader, "unit", key::expected_supporting_unit);
       return cases::ReleaseSupport{std::move(unit), reason(reader)};
     }},
    {cases::Contribute::name,
     [](FieldReader& reader) -> cases::Command {
       return cases::Contribute{words(reader, "words", cases::answer_characters_max)};
     }},
    {cases::Promise::name,
     [](FieldReader& reader) -> cases::Command {
       const auto until = reader.required_day("until", key::expected_day);
       return cases::Promise{words(reader, "words", cases::note_characters_max), until};
     }},
    {cases::Fulfil::name,
     [](FieldReader& reader) -> cases::Command {
       const auto promise = static_cast<int>(reader.required_integer("promise", 1, cases::promises_max));
       return cases::Fulfil{promise, words(reader, "words", cases::note_characters_max)};
     }},
    {cases::AskReview::name,
     [](FieldReader& reader) -> cases::Command { return cases::AskReview{words(reader, "words", cases::body_characters_max)}; }},
    {cases::AssignReview::name,
     [](FieldReader& reader) -> cases::Command {
       return cases::AssignReview{required_code<UnitCode>(reader, "unit", key::expected_unit)};
     }},
    {cases::DecideReview::name,
     [](FieldReader& reader) -> cases::Command {
       const auto outcome = required_choice<cases::ReviewOutcome>(reader, "outcome");
       return cases::DecideReview{outcome, words(reader, "words", cases::answer_characters_max)};
     }},
    {cases::Merge::name,
     [](FieldReader& reader) -> cases::Command {
       auto into = reader.required_text("into", {1, code_length_max});
       return cases::Merge{std::move(into), reason(reader)};
     }},
    {cases::SplitBack::name, [](FieldReader& reader) -> cases::Command { return cases::SplitBack{reason(reader)}; }},
    {cases::Split::name, read_split},
    {cases::HandOver::name,
     [](FieldReader& reader) -> cases::Command {
       auto road = required_code<RoadCode>(reader, "road", key::expected_road);
       return cases::HandOver{std::move(road), words(reader, "reason", cases::answer_characters_max)};
     }},
    {cases::ProveHandOver::name,
     [](FieldReader& reader) -> cases::Command {
       const bool taken = reader.required_boolean("taken");
       return cases::ProveHandOver{taken, words(reader, "words", cases::note_characters_max)};
     }},
    {cases::ReopenByStaff::name, [](FieldReader& reader) -> cases::Command { return cases::ReopenByStaff{reason(reader)}; }},
    {cases::Reveal::name, [](FieldReader& reader) -> cases::Command { return cases::Reveal{reason(reader)}; }},
    {cases::Lapse::name, [](FieldReader& reader) -> cases::Command { return cases::Lapse{reason(reader)}; }},
    {cases::RuleProposal::name,
     [](FieldReader& reader) -> cases::Command {
       const bool approved = reader.required_boolean("approved");
       return cases::RuleProposal{approved, reader.text("reason", {0, cases::note_characters_max})};
     }},
    {cases::TakeBack::name, [](FieldReader&) -> cases::Command { return cases::TakeBack{}; }},
    {cases::SetAbout::name,
     [](FieldReader& reader) -> cases::Command {
       auto unit = code<UnitCode>(reader, "unit", key::expected_unit);
       auto login = reader.text("login", {0, code_length_max}).value_or("");
       return cases::SetAbout{std::move(unit), std::move(login), {}, reader.text("reason", {0, cases::note_characters_max})};
     }},
    {cases::Recuse::name, [](FieldReader& reader) -> cases::Command { return cases::Recuse{reason(reader)}; }},
    {cases::ChangeHandler::name,
     [](FieldReader& reader) -> cases::Command {
       return cases::ChangeHandler{reader.required_text("login", {1, code_length_max})};
     }},
    {cases::SetUrgent::name,
     [](FieldReader& reader) -> cases::Command {
       const bool urgent = reader.required_boolean("urgent");
       return cases::SetUrgent{urgent, reason(reader)};
     }},
}};

constexpr std::int64_t version_max = std::numeric_limits<std::int32_t>::max();

}  // namespace

std::vector<std::string_view> acts_known() {
  std::vector<std::string_view> names;
  std::ranges::transform(acts, std::back_inserter(names), &Act::name);
  return names;
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
