#include <fmt/format.h>

#include <iostream>

#include "app/log_export.h"
#include "app/published_notes.h"
#include "cli/cli.h"

namespace huiyin::cli {

int export_log(const OpenLog& log, Host& host, const std::filesystem::path& folder) {
  constexpr std::chrono::milliseconds shown_every(500);
  auto shown = host.clock.monotonic();
  const auto progress = [&](std::uint64_t done_so_far, std::uint64_t all) {
    if (!host.out_is_terminal || host.clock.monotonic() - shown < shown_every) return;
    shown = host.clock.monotonic();
    host.err << fmt::format("\r{} of {} ({} %) ", done_so_far, all, done_so_far * 100 / all) << std::flush;
  };
  const auto report = app::export_log({log.store, log.keys, log.published, log.jurisdiction}, folder, progress);
  if (host.out_is_terminal) host.err << '\r';
  host.out << fmt::format("{}: {} entries in {} ({} files written, {} were there)\n", log.jurisdiction.origin, report.entries,
                          folder.string(), report.files_written, report.files_kept);
  return done;
}

}  // namespace huiyin::cli
