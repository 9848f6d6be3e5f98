// The addresses of a witness (c2sp.org/tlog-witness): POST /add-checkpoint and GET /<hex SHA-256 of the origin>/checkpoint.
#pragma once

#include <vector>

#include "app/witness.h"
#include "http/exchange.h"

namespace huiyin::http {

class WorkerPool;

// Both outlive the routes. Keeping a head waits for the disk: that is the workers' affair.
std::vector<Route> witness_routes(app::Witness& witness, WorkerPool& workers);

}  // namespace huiyin::http
