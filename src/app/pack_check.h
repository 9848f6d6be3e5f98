// What a pack must be, checked over its JSON: the one check behind packs from YAML files and packs from the database.
#pragma once

#include <boost/json/fwd.hpp>
#include <vector>

#include "base/error.h"
#include "domain/rules/pack.h"

namespace huiyin::app {

struct PackContent {
  rules::Pack pack;  // without its hash
  rules::LocalText rating_source, representatives_source;
};

// All that is wrong, or nothing; only then `content` is whole.
std::vector<FieldError> check_pack(const boost::json::value& value, PackContent& content);

// Its time zone and its trees, without a check; empty where something is missing.
rules::Pack outline_of(const boost::json::value& value);

// The same pack gives the same JSON, whatever order, spaces, defaults or nulls it was written with.
boost::json::value pack_to_json(const PackContent& content);

}  // namespace huiyin::app
