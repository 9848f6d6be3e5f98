// Bodies of the programming interface and forms of the pages on their way to a command: never crashes; what is refused names
// its fields, and what is taken keeps to the lengths.
#include <boost/json.hpp>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "base/json.h"
#include "base/text.h"
#include "http/api/case_commands.h"
#include "http/pages/visit.h"

namespace {

using namespace huiyin;

constexpr std::array<std::string_view, 9> acts{"accept", "not_accept", "assign", "start",  "note",
                                               "answer", "rate",       "close",  "destroy"};

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
  for (const auto act : acts) {
    const auto command = http::read_command(act, fields);
    HUIYIN_ASSERT(act != "destroy" || !command.ok());
    HUIYIN_ASSERT(!command.ok() || command->version > 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto json = parse_json(text); json.ok()) check(*json);
  if (const auto form = http::parse_form(text); form.ok()) check(http::fields_of(*form));
  return 0;
}
