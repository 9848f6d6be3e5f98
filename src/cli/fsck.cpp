#include <fmt/format.h>

#include <iostream>

#include "app/fsck.h"
#include "cli/cli.h"

namespace huiyin::cli {

int check_store(app::Store& store, app::Keys& keys, const app::Jurisdiction& jurisdiction, Host& host) {
  constexpr std::chrono::milliseconds shown_every(500);
  auto shown = host.clock.monotonic();
  const auto progress = [&](std::uint64_t checked, std::uint64_t all) {
    if (!host.out_is_terminal || all == 0 || host.clock.monotonic() - shown < shown_every) return;
    shown = host.clock.monotonic();
    host.err << fmt::format("\r{} of {} ({} %) ", checked, all, checked * 100 / all) << std::flush;
  };
  const auto report = app::fsck(store, keys, jurisdiction, progress);
  if (host.out_is_terminal) host.err << '\r';
  for (const auto& fault : report.faults) host.out << fault << '\n';
  if (report.faults_found > report.faults.size())
    host.out << "... and " << report.faults_found - report.faults.size() << " more\n";
  host.out << fmt::format("{}: {} entries, {} records, {} faults\n", jurisdiction.slug, report.entries, report.records,
                          report.faults_found);
  return report.faults_found == 0 ? done : failed;
}

}  // namespace huiyin::cli
