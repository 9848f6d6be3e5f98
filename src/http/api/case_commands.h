// The fields of a case's commands as they come from outside, from JSON and, by the same names, from forms.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "domain/case/case.h"

namespace huiyin::http {

// {subject?, body?, category?, place?{address?, lat?, long?}, contact?{name?, phone?, email?}, language?}; the API's POST /cases.
Result<cases::Submit> read_submit(const boost::json::value& fields, cases::Channel channel, Language language);

struct VersionedCommand {
  std::uint64_t version = 0;  // what was seen
  cases::Command command;
};
// accept {category?}, not_accept {road, reason}, assign {unit}, start {}, note {words}, answer {words},
// rate {contacted, solved, satisfaction, words?, shared?}, close {}, object {reason}, rule {upheld, unit?, reason}, ask {words},
// reply {words}, withdraw {words?}, reopen {words}, pause {reason, words}, resume {}, ask_extension {amount, reason},
// rule_extension {approved, reason}; each with `version`. `not_found` for another act.
Result<VersionedCommand> read_command(std::string_view act, const boost::json::value& fields);

}  // namespace huiyin::http
