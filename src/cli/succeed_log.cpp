// `huiyin succeed-log`: says what the end of a log would mean, asks, and begins the one that goes on from it.
#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "app/succession.h"
#include "base/text.h"
#include "cli/cli.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

std::string read_checkpoint(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(log::note_bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.empty() || text.size() > log::note_bytes_max)
    throw std::runtime_error(fmt::format("--checkpoint: {} cannot be read, or is no signed checkpoint", file.string()));
  return text;
}

bool is_confirmed(Language language, Host& host) {
  host.out << '\n' << say(key::succession_confirm, language) << ' ' << std::flush;
  std::string answer;
  std::getline(host.in, answer);
  return trimmed(answer) == "yes";
}

void tell_plan(const app::Succession& plan, Language language, Host& host) {
  const auto line = [&](const Message& message) { host.out << say(message, language) << '\n'; };
  const auto lost = plan.before.size - plan.kept;
  line({key::succession_of, {{"before", plan.before.origin}, {"after", plan.origin}}});
  line({key::succession_names, {{"size", std::to_string(plan.before.size)}, {"root", to_base64(plan.before.root)}}});
  line({key::succession_keeps, {{"kept", std::to_string(plan.kept)}}});
  if (lost > 0) line({key::succession_loses, {{"lost", std::to_string(lost)}}});
  else line({key::succession_loses_nothing});
  line({key::succession_key});
}

}  // namespace

int succeed_log(const OpenLog& log, Host& host, const SucceedOptions& options) {
  constexpr std::chrono::milliseconds shown_every(500);
  auto shown = host.clock.monotonic();
  const std::function<void(std::uint64_t, std::uint64_t)> progress = [&](std::uint64_t done_so_far, std::uint64_t all) {
    if (!host.out_is_terminal || all == 0 || host.clock.monotonic() - shown < shown_every) return;
    shown = host.clock.monotonic();
    host.err << fmt::format("\r{} of {} ({} %) ", done_so_far, all, done_so_far * 100 / all) << std::flush;
  };
  std::vector<std::string> heads;
  for (const auto& file : options.checkpoints) heads.push_back(read_checkpoint(file));
  const app::LogToSucceed parts{log.store, log.keys, log.published, log.jurisdiction, host.clock};
  const auto plan = app::plan_succession(parts, options.reason, heads, progress);
  if (host.out_is_terminal) host.err << '\r';
  tell_plan(plan, options.language, host);
  if (options.dry_run) {
    host.out << say(key::succession_dry_run, options.language) << '\n';
    return done;
  }
  if (!options.yes && !is_confirmed(options.language, host)) {
    host.out << say(key::succession_not_confirmed, options.language) << '\n';
    return failed;
  }
  const auto vkey = app::succeed_log(parts, plan, progress);
  if (host.out_is_terminal) host.err << '\r';
  const Message done_message{key::succession_done,
                             {{"after", plan.origin}, {"size", std::to_string(plan.first_entries.size() + plan.held)}}};
  host.out << '\n' << say(done_message, options.language) << '\n' << vkey << '\n';
  host.out << say(key::succession_next, options.language) << '\n' << plan.origin << ' ' << vkey << '\n';
  return done;
}

}  // namespace huiyin::cli
