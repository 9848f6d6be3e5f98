// An audit of a store as a stranger with all the keys would make it: everything that stands in the log is derived again from the
// events, and everything in the read tables from the log's own order. Cases only, until there is another record type.
#pragma once

#include <string>
#include <vector>

#include "app/jurisdiction.h"
#include "app/keys.h"
#include "app/store.h"

namespace huiyin::app {

// What is wrong, a line each; empty when all is well.
std::vector<std::string> audit(Store& store, Keys& keys, const Jurisdiction& jurisdiction);

}  // namespace huiyin::app
