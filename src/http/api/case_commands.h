// The fields of a case's commands as they come from outside, from JSON and, by the same names, from forms.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/case/case.h"

namespace huiyin::http {

struct VersionedCommand {
  std::uint64_t version = 0;  // what was seen
  cases::Command command;
};
// The acts that read_command() knows.
std::vector<std::string_view> acts_known();
// accept {category?}, not_accept {road, reason}, assign {unit}, start {}, note {words},
// answer {words, outcome?, parts?{code: words}}, rate {contacted, solved, satisfaction, words?, shared?}, close {},
// object {reason}, rule {upheld, unit?, reason}, ask {words}, reply {words}, withdraw {words?}, reopen {words},
// pause {reason, words}, resume {}, ask_extension {amount, reason}, support {unit}, release_support {unit, reason},
// contribute {words}, promise {words, until}, fulfil {promise, words}, ask_review {words}, assign_review {unit},
// decide_review {outcome, words}, merge {into, reason}, split_back {reason}, split {parts[{category?, subject?, body}]},
// hand_over {road, reason}, prove_hand_over {taken, words}, reopen_by_staff {reason}, reveal {reason},
// rule_proposal {approved, reason?}, take_back {}, set_about {unit?, login?, reason?}, recuse {reason}, change_handler {login},
// set_urgent {urgent, reason}; each with `version`. `not_found` for another act.
Result<VersionedCommand> read_command(std::string_view act, const boost::json::value& fields);

}  // namespace huiyin::http
