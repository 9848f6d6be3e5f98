// Come back to a case (查询): by its reference and its code.
#pragma once

#include <string>

#include "pages/form.h"
#include "pages/html.h"
#include "pages/setting.h"

namespace huiyin::pages {

// Fields "reference" and "secret". A refusal never says which of the two was wrong.
std::string track_page(const Setting& here, const Typed& typed);
Html track_form(const Setting& here, const Typed& typed, bool primary);

}  // namespace huiyin::pages
