// A refusal as a page: what happened, what to do now.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "pages/setting.h"

namespace huiyin::pages {

// `request_id` is shown where the fault is ours, to be quoted. `kept` is what somebody had written for what was refused, so that
// it is not lost.
std::string error_page(const Setting& here, const Error& error, unsigned status, std::string_view request_id,
                       const std::vector<std::string>& kept = {});

}  // namespace huiyin::pages
