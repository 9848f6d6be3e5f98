// The public log: /log/<jurisdiction>/..., for anybody and any program (c2sp.org/tlog-tiles). What it consists of:
// docs/formats/log.md.
#pragma once

#include <vector>

#include "http/exchange.h"
#include "http/services.h"

namespace huiyin::http {

// `services` must outlive the routes.
std::vector<Route> log_routes(Services& services);

}  // namespace huiyin::http
