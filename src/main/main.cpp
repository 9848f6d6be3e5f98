// huiyin: builds everything and hands it in. The only place that names the system's clock, its randomness and its streams.
#include <sys/stat.h>
#include <unistd.h>

#include <iostream>

#include "base/crypto.h"
#include "channels/http_log.h"
#include "main/machine.h"
#include "main/move.h"
#include "main/serve.h"
#include "main/site.h"
#include "main/witness.h"
#include "storage/audit_folder.h"

int main(int count, char** words) {
  using namespace huiyin;
  umask(077);  // what it makes is for its owner alone
  // Before any thread is made; other subcommands end at once when they are told to.
  const std::string_view verb = count > 1 ? words[1] : "";
  if (verb == "serve" || verb == "witness" || verb == "import") hold_back_signals();
  crypto::start();
  const SystemClock clock;
  SystemRandom random;
  const auto log_fault = [](std::string_view fault) { std::cerr << "huiyin: " << fault << '\n'; };
  cli::Host host{
      .clock = clock,
      .in = std::cin,
      .out = std::cout,
      .err = std::cerr,
      .out_is_terminal = isatty(STDOUT_FILENO) == 1,
      .stop_asked = signal_arrived,
      .version = HUIYIN_VERSION,
      .init = [&](const cli::InitOptions& options) { return init(options, clock, random, std::cout); },
      .serve = [&](const cli::ServeOptions& options) { return serve(options, clock, random, std::cout, std::cerr); },
      .witness = [&](const cli::WitnessOptions& options) { return witness(options, clock, random, std::cout, std::cerr); },
      .with_site =
          [&](const cli::Place& place, const std::function<int(cli::Site&)>& use) {
            OpenSite site(DataFiles(place), clock, random, log_fault);
            return use(site.site());
          },
      .with_site_under_any_pack =
          [&](const cli::Place& place, const std::function<int(cli::Site&)>& use) {
            OpenSite site(DataFiles(place), clock, random, log_fault, OldPacks::outlined);
            return use(site.site());
          },
      .with_store =
          [&](const cli::Place& place, const std::function<int(const cli::OpenLog&)>& use) {
            const DataFiles files(place);
            OpenStore open(files, clock, random);
            storage::PublishedFiles published(files.keys());
            int code = cli::done;
            for (const auto& jurisdiction : open.jurisdictions)
              code = std::max(code, use({open.store, open.keys, published, *jurisdiction}));
            return code;
          },
      .log_at = [&](const std::string& url) { return channels::http_log(url, clock); },
      .audit_state = [](const std::filesystem::path& folder) { return storage::audit_folder(folder); },
      .move = [&](const cli::MoveOptions& options) { return move(options, host, random); },
      .migrate = [&](const cli::MigrateOptions& options) { return migrate(options, host); },
  };
  return cli::run(count, words, host);
}
