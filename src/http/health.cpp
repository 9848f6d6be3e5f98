#include "http/health.h"

#include "http/peers.h"
#include "http/problem.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

Response plain(std::string body) { return {200, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(body)}; }

}  // namespace

void add_health_routes(Router& router, std::function<Result<void>()> ready, Metrics& metrics) {
  router.add({"GET", "/healthz", "healthz", [](const Request&, const Reply& reply) { reply(plain("ok\n")); }});
  router.add({"GET", "/readyz", "readyz", [ready = std::move(ready)](const Request& request, const Reply& reply) {
                const auto state = ready();
                reply(state ? plain("ready\n") : problem(state.error(), 503, language_of(request), request.id));
              }});
  router.add({"GET", "/metrics", "metrics", [&metrics](const Request& request, const Reply& reply) {
                if (!is_the_machine_itself(request)) {
                  const Error error{Code::forbidden, {key::http_metrics_local_only}};
                  reply(problem(error, language_of(request), request.id));
                  return;
                }
                reply({200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, metrics.text()});
              }});
}

}  // namespace huiyin::http
