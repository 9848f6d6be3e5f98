// The programming interface: /api/v1/. Its description is docs/openapi.yaml; a test holds the two against each other.
#pragma once

#include <vector>

#include "http/exchange.h"
#include "http/services.h"

namespace huiyin::http {

// One list a file of src/http/api.
std::vector<Route> case_routes(Services& services);
std::vector<Route> session_routes(Services& services);
std::vector<Route> absence_routes(Services& services);
std::vector<Route> pack_routes(Services& services);

std::vector<Route> api_routes(Services& services);

}  // namespace huiyin::http
