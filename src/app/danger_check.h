// What a pack says of danger to life, checked over its JSON and written again (app/pack_check.h).
#pragma once

#include <boost/json/fwd.hpp>

#include "base/json.h"
#include "domain/rules/pack.h"

namespace huiyin::app {

// Reads `danger`, if it is there: words, and the numbers to call. Words without a number would warn people and leave them alone.
void check_danger(FieldReader& reader, rules::Danger& danger);

boost::json::object danger_json(const rules::Danger& danger);

}  // namespace huiyin::app
