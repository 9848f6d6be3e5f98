// What changes from one pack to another, for the operator who is about to put it in force: a sentence for each thing that is new,
// gone or changed, and what that means for cases under way. Pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "base/id.h"
#include "domain/rules/local_text.h"

namespace huiyin::app {

struct PackDiff {
  std::vector<rules::LocalText> changes;  // empty when, and only when, the packs have the same hash
  std::vector<rules::LocalText> meaning;  // of them for cases under way
  std::vector<UnitCode> units_gone;
  std::vector<CategoryCode> categories_gone;
};

// Both as app/pack_reader.h gives them: canonical JSON of a pack without a fault. `before` may also be in a form that an older
// program put: then it is only said so, and what disappears.
PackDiff compare_packs(std::string_view before, std::string_view after);

}  // namespace huiyin::app
