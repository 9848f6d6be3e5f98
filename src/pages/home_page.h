// Home (首页): what this is, and the one thing to do: say what happened.
#pragma once

#include <string>

#include "pages/setting.h"

namespace huiyin::pages {

std::string home_page(const Setting& here);

}  // namespace huiyin::pages
