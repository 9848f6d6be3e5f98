// The acts of staff on a case: which there are, in which order a page offers them, and the form of each. Pure functions.
#pragma once

#include <string_view>

#include "pages/html.h"
#include "pages/staff_case_page.h"

namespace huiyin::pages {

// A form for each act that is offered now: the one that the case waits for, the others by what they are about, and those that
// need a second person by themselves.
Html act_forms(const Setting& here, const StaffCasePage& page);
// That it was done; empty for an unknown act.
std::string done_words(const Setting& here, const StaffCasePage& page);
std::string done_words(const Setting& here, std::string_view act);

}  // namespace huiyin::pages
