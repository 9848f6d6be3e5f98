#include "main/move.h"

#include <fmt/format.h>

#include <ostream>

#include "base/bytes.h"
#include "main/site.h"
#include "storage/distribute.h"
#include "storage/migrate.h"
#include "storage/move.h"

namespace huiyin {
namespace {

using What = storage::MoveStage::What;

constexpr std::chrono::milliseconds shown_every_terminal{200};
constexpr std::chrono::milliseconds shown_every_file{5000};

std::string seconds_of(std::chrono::milliseconds span) {
  return fmt::format("{:.1f} s", static_cast<double>(span.count()) / 1000);
}

// The way to the target for who watches: a line that is rewritten on a terminal, now and then a new one in a file.
class Progress {
 public:
  Progress(cli::Host& host, std::string target) : host_(host), target_(std::move(target)) {}
  ~Progress() { end_line(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void take(const storage::MoveStage& stage) {
    const auto& slug = stage.jurisdiction.slug;
    switch (stage.what) {
      case What::pauses:
        pause_ = began_ = host_.clock.monotonic();
        return say(fmt::format("{}: writing pauses, reading goes on", slug));
      case What::copies: return show("copied", stage);
      case What::compares: return show("compared", stage);
      case What::goes_on:
        return say(fmt::format("{}: written from now on in {}; writing had paused for {}", slug, target_,
                               seconds_of(host_.clock.monotonic() - pause_)));
      case What::empties:
      case What::proves:
      case What::closes:
      case What::opens: began_ = host_.clock.monotonic(); return;
    }
  }

 private:
  void show(std::string_view verb, const storage::MoveStage& stage) {
    const auto now = host_.clock.monotonic();
    if (std::exchange(what_, stage.what) != stage.what) began_ = shown_ = now;
    if (now - shown_ < (host_.out_is_terminal ? shown_every_terminal : shown_every_file)) return;
    shown_ = now;
    const auto all = std::max(stage.all, stage.done);
    const auto spent = static_cast<double>((now - began_).count()) / 1000;
    const auto left = spent * static_cast<double>(all - stage.done) / static_cast<double>(std::max<std::uint64_t>(stage.done, 1));
    const auto line = fmt::format("{} {} of {} rows ({} %), {:.0f} s left: {}", verb, stage.done, all,
                                  all == 0 ? 100 : stage.done * 100 / all, left, stage.table);
    host_.err << (host_.out_is_terminal ? "\r" : "") << line << (host_.out_is_terminal ? "\x1B[K" : "\n") << std::flush;
    line_open_ = host_.out_is_terminal;
  }
  void say(const std::string& line) {
    end_line();
    host_.err << line << '\n' << std::flush;
  }
  void end_line() {
    if (std::exchange(line_open_, false)) host_.err << '\n';
  }

  cli::Host& host_;
  std::string target_;
  std::chrono::milliseconds pause_{}, began_{}, shown_{};
  What what_ = What::pauses;
  bool line_open_ = false;
};

std::string shown(const DataFiles& files) {
  // The same from wherever it was named: it stands in the marks by which a stopped move is known again.
  return files.embedded() ? std::filesystem::weakly_canonical(files.shown_database()).string() : files.shown_database();
}

int report(const storage::MoveReport& report, const DataFiles& source, const DataFiles& target, cli::Host& host) {
  for (const auto& difference : report.differences.told()) host.out << difference << '\n';
  if (const auto found = report.differences.found(); found > 0) {
    if (found > report.differences.told().size())
      host.out << fmt::format("... and {} more\n", found - report.differences.told().size());
    host.err << fmt::format(
        "huiyin: {} differences: {} was not opened for writing, and nothing was taken away from {}. Look into them, take the "
        "target away, then move again\n",
        found, shown(target), shown(source));
    return cli::failed;
  }
  for (const auto& log : report.logs) {
    host.out << fmt::format("{}: {} rows of {} tables, {} entries, root {}, the same in both; writing paused for {}\n", log.slug,
                            log.rows, log.tables, log.entries, to_hex(log.root), seconds_of(log.pause));
    if (log.signed_entries < log.entries)
      host.out << fmt::format("  its last {} entries were not signed yet: the next start signs them\n",
                              log.entries - log.signed_entries);
  }
  if (report.logs.empty()) host.out << fmt::format("It was moved to {} already: nothing was left to do.\n", shown(target));
  const auto settings = (source.data() / "huiyin.toml").string();
  host.out << (target.embedded()
                   ? fmt::format("Next: take `database = ...` out of {}, and HUIYIN_DATABASE out of the environment.\n", settings)
                   : fmt::format("Next: write `database = \"...\"` into {}, with what you gave to --to (without a password: "
                                 "PGPASSFILE).\n",
                                 settings))
           << fmt::format("Keep {} aside until you are satisfied. It is not written any more.\n", shown(source));
  return cli::done;
}

}  // namespace

int move(const cli::MoveOptions& options, cli::Host& host, Random& random) {
  const DataFiles files(options.place);
  auto place = options.place;
  place.database = options.to == "sqlite" ? "" : options.to;
  const DataFiles target(place);
  if (shown(files) == shown(target)) throw std::runtime_error(fmt::format("it lies in {} already", shown(target)));
  OpenStore open(files, host.clock, random);
  const auto from = files.open_database(false), to = target.open_database(true);
  storage::migrate(*to->open_writer());
  Progress progress(host, shown(target));
  const storage::MoveParts parts{open.store,           {*from, shown(files)},
                                 {*to, shown(target)}, open.keys,
                                 host.clock,           [&](const auto& stage) { progress.take(stage); }};
  std::vector<const app::Jurisdiction*> jurisdictions;
  for (const auto& one : open.jurisdictions) jurisdictions.push_back(one.get());
  return report(storage::move_site(parts, jurisdictions), files, target, host);
}

int migrate(const cli::MigrateOptions& options, cli::Host& host) {
  const DataFiles files(options.place);
  const storage::FolderLock lock(ready(files).data());
  const auto writer = files.open_database(false)->open_writer();
  if (options.distribute) storage::require_citus(*writer);
  storage::migrate(*writer);
  std::int64_t least = 0;
  host.out << fmt::format("{} has these migrations:\n", files.shown_database());
  for (const auto& migration : writer->list_migrations()) {
    least = std::max(least, migration.min_program);
    host.out << "  " << migration.name << '\n';
  }
  host.out << fmt::format("A program of schema {} or later may use it; this one is of schema {}.\n", least,
                          storage::program_schema());
  if (options.distribute) storage::distribute(*writer, [&](std::string_view line) { host.out << line << '\n' << std::flush; });
  return cli::done;
}

}  // namespace huiyin
