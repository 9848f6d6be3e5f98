#include "main/serve.h"

#include <fmt/format.h>
#include <signal.h>

#include <mutex>
#include <ostream>

#include "base/canonical_json.h"
#include "http/api.h"
#include "http/health.h"
#include "http/log/log_routes.h"
#include "http/pages.h"
#include "http/request_exchange.h"
#include "http/server.h"
#include "http/worker_pool.h"
#include "main/listen.h"
#include "main/site.h"

namespace huiyin {
namespace {

constexpr std::size_t password_workers = 2;
constexpr std::size_t password_queue_max = 64;
constexpr std::size_t page_workers_count = 2;
constexpr std::size_t page_queue_max = 256;
constexpr std::size_t log_workers_count = 2;
constexpr std::size_t log_queue_max = 256;

sigset_t ending_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

void hold_back_signals() {
  const auto set = ending_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

bool signal_arrived() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1;
}

void wait_for_signal() {
  const auto set = ending_signals();
  int signal_number = 0;
  sigwait(&set, &signal_number);
}

int serve(const cli::ServeOptions& options, const Clock& clock, Random& random, std::ostream& out, std::ostream& err) {
  http::ServerSettings settings;
  read_listen(options.listen, settings);
  settings.threads = options.threads;
  settings.proxies = options.proxies;
  settings.requests_per_minute = options.requests_per_minute;

  std::mutex log_mutex;
  const auto log_line = [&](std::string_view line) {
    const auto whole = std::string(line) + '\n';  // in one piece: the terminal's stream writes each at once
    const std::scoped_lock lock(log_mutex);
    err << whole;
  };
  const auto log_fault = [&](std::string_view fault) {
    std::string line = R"({"t":")" + to_rfc3339(clock.now()) + R"(","fault":)";
    write_canonical_string(line, fault);
    log_line(line + "}");
  };
  OpenSite site(DataFiles(options.place), clock, random, log_fault, OldPacks::refused,
                read_witness_peers(options.witnesses, options.witness_quorum));
  http::Metrics metrics;
  auto& [store, keys, committer, cases, staff, jurisdiction] = site.site();
  const auto find_head = [&publisher = site.publisher(), id = jurisdiction.id]() -> std::optional<app::SignedHead> {
    auto published = publisher.published(id);
    return published ? std::optional(std::move(published->head)) : std::nullopt;
  };
  app::PublishedLog log({store, find_head, jurisdiction});
  app::PublishedFigures figures({store, find_head, jurisdiction, log_fault});
  http::WorkerPool workers(password_workers, password_queue_max, log_fault);
  http::WorkerPool page_workers(page_workers_count, page_queue_max, log_fault);
  http::WorkerPool log_workers(log_workers_count, log_queue_max, log_fault);
  http::Services services{jurisdiction, cases,  staff,   committer,    log,         figures,          keys,
                          clock,        random, workers, page_workers, log_workers, &site.publisher()};
  http::Router router;
  router.add(http::api_routes(services));
  router.add(http::log_routes(services));
  http::add_pages(router, services);
  http::add_health_routes(router, [&] { return committer.ready(); }, metrics);
  metrics.gauge("huiyin_commit_queue", "Jobs that wait for the next transaction.",
                [&] { return static_cast<double>(committer.waiting()); });
  metrics.gauge("huiyin_commit_batches", "Transactions since the start.",
                [&] { return static_cast<double>(committer.batches()); });
  metrics.gauge("huiyin_commit_jobs", "Jobs run in them.", [&] { return static_cast<double>(committer.jobs()); });
  http::Server server(settings, std::move(router), clock, random, log_line, metrics);
  http::RequestExchange exchange(store, keys, clock, site.node(), server.rate_limit(), log_fault);
  const auto port = server.start();
  site.start_chores();
  figures.start();
  // One process alone works on an embedded database; there is nobody to tell.
  if (!DataFiles(options.place).embedded() && settings.requests_per_minute > 0) exchange.start();
  const auto address = shown_address(settings);
  out << fmt::format(
             "Huiyin serves {} at\n  http://{}:{}/        for everyone\n  http://{}:{}/zh/staff/   for staff\nCtrl-C stops it.\n",
             jurisdiction.pack.title.zh, address, port, address, port)
      << std::flush;
  wait_for_signal();
  out << "Stopping: what runs is finished first.\n" << std::flush;
  server.stop();
  site.finish();  // its answers may still use the workers
  return cli::done;
}

}  // namespace huiyin
