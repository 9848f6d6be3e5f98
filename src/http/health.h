// /healthz (the process answers), /readyz (it can serve) and /metrics (figures, for the machine itself only).
#pragma once

#include <functional>

#include "base/result.h"
#include "http/metrics.h"
#include "http/router.h"

namespace huiyin::http {

// `ready` runs on an I/O thread and must be quick. `metrics` must outlive the server. /metrics answers clients on loopback that
// came directly; one that came through a proxy gets 403, named or not.
void add_health_routes(Router& router, std::function<Result<void>()> ready, Metrics& metrics);

}  // namespace huiyin::http
