#include "main/witness.h"

#include <fmt/format.h>

#include <mutex>
#include <ostream>

#include "base/canonical_json.h"
#include "http/server.h"
#include "http/witness_routes.h"
#include "http/worker_pool.h"
#include "main/listen.h"
#include "main/serve.h"
#include "storage/files.h"
#include "storage/witness_files.h"

namespace huiyin {
namespace {

constexpr std::size_t policy_bytes_max = 1024UL * 1024;
constexpr std::size_t keepers = 1;  // heads are kept one after the other
constexpr std::size_t waiting_max = 256;

std::string_view words_of(log::WitnessPolicy::Fault::What what) {
  switch (what) {
    case log::WitnessPolicy::Fault::What::not_two_words: return "expected '<origin> <verifier key>' with one space between";
    case log::WitnessPolicy::Fault::What::wrong_origin: return "expected an origin without spaces and plus signs first";
    case log::WitnessPolicy::Fault::What::wrong_key:
      return "expected the verifier key of a log second, name+8 hex digits+base64, of type Ed25519";
    case log::WitnessPolicy::Fault::What::twice: return "this key of this log stands on an earlier line already";
  }
  return "";
}

log::WitnessPolicy read_policy(const std::filesystem::path& file) {
  const auto text = storage::read_file(file, policy_bytes_max);
  if (!text) throw std::runtime_error(fmt::format("--policy: {} cannot be read, or is larger than 1 MiB", file.string()));
  auto policy = log::parse_witness_policy(*text);
  std::string faults;
  for (const auto& fault : policy.faults) faults += fmt::format("\n  {}:{}: {}", file.string(), fault.line, words_of(fault.what));
  if (!faults.empty()) throw std::runtime_error("the policy has faults:" + faults);
  if (policy.logs.empty()) throw std::runtime_error(fmt::format("--policy: {} names no log", file.string()));
  return policy;
}

}  // namespace

int witness(const cli::WitnessOptions& options, const Clock& clock, Random& random, std::ostream& out, std::ostream& err) {
  http::ServerSettings settings;
  read_listen(options.listen, settings);
  settings.threads = 1;
  settings.requests_per_minute = options.requests_per_minute;
  std::mutex log_mutex;
  const auto log_line = [&](std::string_view line) {
    const auto whole = std::string(line) + '\n';
    const std::scoped_lock lock(log_mutex);
    err << whole;
  };
  auto policy = read_policy(options.policy);
  storage::WitnessFiles files(options.data);
  const storage::FolderLock only_one(options.data);
  app::Witness witness(std::move(policy), files.cosigner(options.name, random), files, clock);
  http::WorkerPool workers(keepers, waiting_max, [&](std::string_view fault) {
    std::string line = R"({"t":")" + to_rfc3339(clock.now()) + R"(","fault":)";
    write_canonical_string(line, fault);
    log_line(line + "}");
  });
  http::Router router;
  router.add(http::witness_routes(witness, workers));
  http::Server server(settings, std::move(router), clock, random, log_line);
  const auto port = server.start();
  out << fmt::format("This witness cosigns at\n  http://{}:{}/add-checkpoint\nfor\n", shown_address(settings), port);
  for (std::string_view names = witness.log_names(); !names.empty(); names.remove_prefix(names.find('\n') + 1))
    out << "  " << names.substr(0, names.find('\n')) << '\n';
  out << "Its verifier key, for those whom it vouches for:\n  " << witness.vkey() << "\nCtrl-C stops it.\n" << std::flush;
  wait_for_signal();
  out << "Stopping: what runs is finished first.\n" << std::flush;
  server.stop();
  return cli::done;
}

}  // namespace huiyin
