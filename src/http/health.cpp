#include "http/health.h"

#include "http/peers.h"
#include "http/problem.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

Response plain(std::string body) { return {200, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)}; }

// A proxy on this machine that nobody named would make the whole world look like loopback.
bool came_directly(const Request& request) {
  return is_loopback(request.client) && request.header("x-forwarded-for").empty() && request.header("forwarded").empty();
}

}  // namespace

void add_health_routes(Router& router, std::function<Result<void>()> ready, Metrics& metrics) {
  router.add({"GET", "/healthz", "healthz", [](const Request&, const Reply& reply) { reply(plain("ok\n")); }});
  router.add({"GET", "/readyz", "readyz", [ready = std::move(ready)](const Request& request, const Reply& reply) {
                const auto state = ready();
                reply(state ? plain("ready\n") : problem(state.error(), 503, language_of(request), request.id));
              }});
  router.add({"GET", "/metrics", "metrics", [&metrics](const Request& request, const Reply& reply) {
                if (!came_directly(request)) {
                  const Error error{Code::forbidden, {key::http_metrics_local_only}};
                  reply(problem(error, language_of(request), request.id));
                  return;
                }
                reply({200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, metrics.text()});
              }});
}

}  // namespace huiyin::http
