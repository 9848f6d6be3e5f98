// Where people can come, call or write: a pack's offices, checked over its JSON and written again (app/pack_check.h).
#pragma once

#include <boost/json/fwd.hpp>
#include <vector>

#include "base/json.h"
#include "domain/rules/pack.h"

namespace huiyin::app {

// Reads `offices`, if they are there. One that names no address, phone or email would send people nowhere.
void check_offices(FieldReader& reader, rules::Pack& pack);

boost::json::array offices_json(const std::vector<rules::Office>& offices);

}  // namespace huiyin::app
