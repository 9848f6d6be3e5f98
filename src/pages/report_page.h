// Say what happened (我要反映): words first; everything else may be left empty.
#pragma once

#include <string>

#include "pages/form.h"
#include "pages/setting.h"

namespace huiyin::pages {

// `once`: the key by which a second sending of the same form gives the first one's receipt.
std::string report_page(const Setting& here, const Typed& typed, std::string_view once);

}  // namespace huiyin::pages
