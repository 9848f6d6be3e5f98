// The limits of a pack and the reasons for which work may pause, checked over their JSON and written again (app/pack_check.h).
#pragma once

#include <boost/json/fwd.hpp>

#include "base/json.h"
#include "domain/rules/pack.h"

namespace huiyin::app {

// Reads `pauses` and `limits`: each limit that the program keeps, and no other.
void check_limits(FieldReader& reader, rules::Pack& pack);

boost::json::array limits_json(const std::vector<rules::Limit>& limits);
boost::json::array pauses_json(const std::vector<rules::PauseReason>& pauses);

}  // namespace huiyin::app
