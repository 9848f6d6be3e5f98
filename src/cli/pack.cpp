// `huiyin pack`: look at a pack, at what changes from one to another, and put another one in force.
#include <future>
#include <iostream>

#include "app/pack_change.h"
#include "app/pack_reader.h"
#include "base/bytes.h"
#include "base/catalogue.h"
#include "base/text.h"
#include "cli/cli.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

// Exit codes of `pack diff`.
constexpr int alike = 0;
constexpr int different = 1;
constexpr int faulty = 2;

// A pack's canonical JSON; each fault is told when there are any.
std::optional<std::string> read_pack(const std::filesystem::path& folder, Language language, Host& host) {
  auto reading = app::read_pack_folder(folder);
  if (reading.faults.empty()) return std::move(reading.json);
  for (const auto& fault : reading.faults) host.out << say(fault, language) << '\n';
  host.err << folder.string() << ": " << reading.faults.size() << (reading.faults.size() == 1 ? " fault\n" : " faults\n");
  return std::nullopt;
}

std::string pack_in_force(app::Store& store, const app::Jurisdiction& jurisdiction) {
  auto json = store.read(jurisdiction.id)->find_pack(jurisdiction.pack.hash);
  if (!json) throw std::runtime_error("the pack of " + jurisdiction.slug + " is missing in the database");
  return *std::move(json);
}

void tell(const app::PackDiff& diff, Language language, Host& host) {
  for (const auto& change : diff.changes) host.out << change.in(language) << '\n';
  if (diff.changes.empty()) host.out << say(key::pack_same, language) << '\n';
  if (!diff.meaning.empty()) host.out << '\n' << say(key::pack_running, language) << '\n';
  for (const auto& sentence : diff.meaning) host.out << "  " << sentence.in(language) << '\n';
}

template <class Code>
void tell(Key key, const std::vector<app::Stranded<Code>>& stranded, Language language, Host& host) {
  for (const auto& [code, cases, first] : stranded) {
    std::string references;
    for (const auto& reference : first)
      references =
          references.empty() ? reference : say({key::pack_list, {{"before", references}, {"next", reference}}}, language);
    if (cases > first.size()) references = say({key::pack_and_more, {{"references", references}}}, language);
    host.out << say({key, {{"count", std::to_string(cases)}, {"code", code.text}, {"references", references}}}, language) << '\n';
  }
}

// Open cases in what disappears; false when there are none.
bool tell_stranded(app::Store& store, const app::Jurisdiction& jurisdiction, const app::PackDiff& diff, Language language,
                   Host& host) {
  const auto stranded = app::find_stranded(*store.read(jurisdiction.id), diff);
  if (stranded.none()) return false;
  host.out << '\n';
  tell(key::pack_open_in_unit, stranded.units, language, host);
  tell(key::pack_open_in_category, stranded.categories, language, host);
  return true;
}

bool confirmed(Language language, Host& host) {
  host.out << '\n' << say(key::pack_confirm, language) << ' ' << std::flush;
  std::string answer;
  std::getline(host.in, answer);
  return trimmed(answer) == "yes";
}

}  // namespace

int check_pack(const PackOptions& options, Host& host) {
  const auto json = read_pack(options.folders.front(), options.language, host);
  if (!json) return failed;
  const auto pack = app::pack_from_json(*json);
  host.out << "good: " << pack->units.size() << " units, " << pack->categories.size() << " categories, " << pack->limits.size()
           << " limits, " << pack->roads.size() << " roads, " << pack->answers.size() << " kinds of answer\n";
  return done;
}

int compare_packs(const PackOptions& options, Host& host) {
  const auto before = read_pack(options.folders.front(), options.language, host);
  const auto after = read_pack(options.folders.back(), options.language, host);
  if (!before || !after) return faulty;
  const auto diff = app::compare_packs(*before, *after);
  tell(diff, options.language, host);
  return diff.changes.empty() ? alike : different;
}

int compare_with_pack_in_force(app::Store& store, const app::Jurisdiction& jurisdiction, const PackOptions& options, Host& host) {
  const auto after = read_pack(options.folders.front(), options.language, host);
  if (!after) return faulty;
  const auto diff = app::compare_packs(pack_in_force(store, jurisdiction), *after);
  tell(diff, options.language, host);
  tell_stranded(store, jurisdiction, diff, options.language, host);
  return diff.changes.empty() ? alike : different;
}

int apply_pack(Site& site, Host& host, const PackOptions& options) {
  const auto language = options.language;
  const auto& jurisdiction = site.jurisdiction;
  auto json = read_pack(options.folders.front(), language, host);
  if (!json) return failed;
  const auto before = jurisdiction.pack.hash, after = crypto::sha256(*json);
  if (before == after) {
    host.out << say({key::pack_in_force_already, {{"hash", to_hex(after)}}}, language) << '\n';
    return done;
  }
  app::PackChange change{before, after, *std::move(json), {}};
  change.diff = app::compare_packs(pack_in_force(site.store, jurisdiction), change.json);
  tell(change.diff, language, host);
  if (tell_stranded(site.store, jurisdiction, change.diff, language, host)) {
    host.err << "huiyin: " << say(key::pack_refused, language) << '\n';
    return failed;
  }
  if (!options.yes && !confirmed(language, host)) {
    host.out << say(key::pack_not_confirmed, language) << '\n';
    return failed;
  }
  std::promise<Result<void>> answer;
  app::put_in_force(site.committer, jurisdiction.id, std::move(change),
                    [&](Result<void> result) { answer.set_value(std::move(result)); });
  if (const auto result = answer.get_future().get(); !result.ok()) {
    host.err << "huiyin: " << say(result.error().message, language) << '\n';
    return failed;
  }
  // Due days that a new calendar settles are counted again by the program that serves (app/case/case_chores.h).
  host.out << say({key::pack_in_force, {{"before", to_hex(before)}, {"after", to_hex(after)}}}, language) << '\n'
           << say(key::pack_restart, language) << '\n';
  return done;
}

}  // namespace huiyin::cli
