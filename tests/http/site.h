// All handlers over a town of the test's own, without a socket: a request goes in, its answer comes out.
#pragma once

#include <future>
#include <string>

#include "app/case/case_desk.h"
#include "app/staff_desk.h"
#include "app/world.h"
#include "http/api.h"
#include "http/log/log_routes.h"
#include "http/pages.h"
#include "http/router.h"
#include "http/services.h"
#include "http/worker_pool.h"

namespace huiyin::http::test {

struct Site {
  app::World world;
  app::CaseDesk cases{{*world.store, world.keys, *world.committer, world.clock, world.random}};
  app::StaffDesk staff{{*world.store, world.keys, *world.committer, world.clock, world.random}};
  app::PublishedLog log{{*world.store, world.newest_head(), *world.town}};
  app::PublishedFigures figures{{*world.store, world.newest_head(), *world.town, [](std::string_view) {}}};
  WorkerPool workers{1, 1}, page_workers{1, 1}, log_workers{1, 1};
  Services services{*world.town, cases,       staff,        *world.committer, log,          figures,
                    world.keys,  world.clock, world.random, workers,          page_workers, log_workers};
  Router router;

  Site() {
    router.add(api_routes(services));
    router.add(log_routes(services));
    add_pages(router, services);
  }

  Response ask(std::string_view method, std::string path, Pairs headers = {}, std::string body = {}, Pairs query = {}) {
    auto match = router.match(method, path);
    if (match.outcome != Router::Outcome::found) return {404};
    Request request;
    request.method = method;
    request.path = std::move(path);
    request.headers = std::move(headers);
    request.query = std::move(query);
    request.body = std::move(body);
    request.params = std::move(match.params);
    const auto answer = std::make_shared<std::promise<Response>>();
    auto later = answer->get_future();
    match.route->handler(std::move(request), [answer](Response response) { answer->set_value(std::move(response)); });
    return later.get();
  }
};

inline std::string header_of(const Response& response, std::string_view name) {
  Request bearer;
  bearer.headers = response.headers;
  return std::string(bearer.header(name));
}

inline constexpr std::string_view a_filing = R"({"body":"The lamp in Locust Lane is dark."})";
inline Response file(Site& site, std::string_view key = "a key of my own, long") {
  return site.ask("POST", "/api/v1/cases", {{"Content-Type", "application/json"}, {"Idempotency-Key", std::string(key)}},
                  std::string(a_filing));
}

}  // namespace huiyin::http::test
