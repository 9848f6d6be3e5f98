// All routes of the programming interface.
#include "http/api.h"

namespace huiyin::http {

std::vector<Route> api_routes(Services& services) {
  std::vector<Route> all;
  for (auto routes : {case_routes(services), session_routes(services), absence_routes(services), pack_routes(services)}) {
    for (auto& route : routes) all.push_back(std::move(route));
  }
  return all;
}

}  // namespace huiyin::http
