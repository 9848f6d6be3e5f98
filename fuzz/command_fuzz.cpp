// Bodies of the programming interface and forms of the pages on their way to a command: never crashes; what is refused names
// its fields, and what is taken keeps to the lengths.
#include <boost/json.hpp>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/json.h"
#include "base/text.h"
#include "http/api/case_commands.h"
#include "http/api/submit_reader.h"
#include "http/pages/visit.h"

namespace {

using namespace huiyin;

// What is taken keeps to the lengths, whatever the act is.
struct Lengths {
  static bool fits(const Private<std::string>& words) { return !words || is_text(*words); }
  static bool fits_staff(const Private<std::string>& words, std::size_t characters_max) {
    return !words || count_characters(*words) <= characters_max;
  }
  bool operator()(const cases::Answer& answer) const {
    if (answer.parts) {
      for (const auto& part : *answer.parts) {
        if (!is_code(part.code.text) || !is_text(part.words) || count_characters(part.words) > cases::answer_part_characters_max)
          return false;
      }
    }
    return fits_staff(answer.words, cases::answer_characters_max);
  }
  bool operator()(const cases::Split& split) const {
    if (split.parts.size() < cases::split_cases_min || split.parts.size() > cases::split_cases_max) return false;
    return std::ranges::all_of(split.parts, [](const auto& part) {
      return fits_staff(part.subject, cases::subject_characters_max) && fits_staff(part.body, cases::body_characters_max);
    });
  }
  bool operator()(const cases::Promise& promise) const { return promise.until && fits(promise.words); }
  bool operator()(const cases::Fulfil& fulfil) const {
    return fulfil.promise >= 1 && static_cast<std::size_t>(fulfil.promise) <= cases::promises_max;
  }
  bool operator()(const cases::SetAbout& about) const { return about.login.size() <= 4 * code_length_max && !about.found; }
  bool operator()(const cases::RuleProposal& ruling) const { return fits(ruling.reason) && !ruling.proposed && !ruling.found; }
  bool operator()(const cases::Merge& merge) const { return is_text(merge.into) && !merge.found; }
  template <class Other>
  bool operator()(const Other&) const {
    return true;
  }
};

bool fits(const Private<std::string>& words, std::size_t characters_max) {
  return !words || (is_text(*words) && count_characters(*words) <= characters_max);
}

void check(const boost::json::value& fields) {
  const auto submit = http::read_submit(fields, cases::Channel::api, Language::zh);
  if (submit.ok()) {
    HUIYIN_ASSERT(fits(submit->subject, cases::subject_characters_max) && fits(submit->body, cases::body_characters_max));
  } else {
    HUIYIN_ASSERT(!submit.error().fields.empty());
  }
  static const auto acts = http::acts_known();
  for (const auto act : acts) {
    const auto command = http::read_command(act, fields);
    HUIYIN_ASSERT(!command.ok() || (command->version > 0 && name_of_alternative(command->command) == act));
    HUIYIN_ASSERT(!command.ok() || std::visit(Lengths{}, command->command));
    HUIYIN_ASSERT(command.ok() || !command.error().fields.empty());
  }
  HUIYIN_ASSERT(!http::read_command("destroy", fields).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto json = parse_json(text); json.ok()) check(*json);
  if (const auto form = http::parse_form(text); form.ok()) check(http::fields_of(*form));
  return 0;
}
