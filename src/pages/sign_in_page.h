// Signing in, for staff.
#pragma once

#include <string>
#include <string_view>

#include "pages/form.h"
#include "pages/setting.h"

namespace huiyin::pages {

// `next`: the page of ours they wanted; may be empty.
std::string sign_in_page(const Setting& here, const Typed& typed, std::string_view next);

}  // namespace huiyin::pages
