// A QR code (ISO/IEC 18004) as inline SVG, dark on white in every scheme: cameras and paper want it so. Pure function.
#pragma once

#include <string_view>

#include "pages/html.h"

namespace huiyin::pages {

inline constexpr std::size_t qr_bytes_max = 512;

// The text as bytes, with error correction M (15 % of it may be dirt). `label` says to people what it is. Empty when the text is
// empty or longer than qr_bytes_max.
Html qr_code(std::string_view text, std::string_view label);

}  // namespace huiyin::pages
