#include "app/case/case_chores.h"

#include "app/case/case_look_up.h"

namespace huiyin::app {
namespace {

// True when something was done. One that cannot be done now (its key is away, or was destroyed) is left for the next time round.
bool do_all(CaseDesk& desk, Ledger& ledger, const std::vector<RecordId>& records,
            const std::function<std::optional<cases::Command>(RecordId)>& command_for) {
  bool progress = false;
  for (const auto id : records) {
    if (auto command = command_for(id)) progress = desk.act_now(ledger, id, *std::move(command)).ok() || progress;
  }
  return progress;
}

// Where each jurisdiction's chore has got to. It begins anew at the end, so that nothing that cannot be done now keeps what comes
// behind it waiting; and after a restart, which is when a new calendar may have come.
template <class Place>
using Places = std::map<JurisdictionId, Place>;

// Whether to come again at once: when there is more, and it is of use. `last` of a full list.
template <class Place>
bool go_on(Place& place, const std::vector<Place>& list, bool progress) {
  const bool full = list.size() == chore_cases_max;
  place = full ? list.back() : Place{};
  return full && progress;
}

// What a merged case takes over from the one it went into, or that it is on its own again because that one came to another end.
std::optional<cases::Command> settle(ReadView& view, Keys& keys, RecordId id) {
  const auto merged = load<cases::Case>(view, id);
  if (!merged || !merged->state.merged_into) return std::nullopt;
  std::vector<LoadedEvent<cases::Case>> events;
  const auto other = load<cases::Case>(view, *merged->state.merged_into, &events);
  if (!other) return std::nullopt;
  if (!other->state.answered || !other->state.unit) return cases::SplitBack{};
  const auto key = RecordKey::of(keys, other->row);
  if (!key.ok()) return std::nullopt;
  auto answer = find_last<cases::Answered>(events, *key);
  if (!answer || !answer->words) return std::nullopt;
  return cases::TakeAnswer{*other->state.unit, answer->outcome, std::move(answer->words), std::move(answer->parts)};
}

}  // namespace

std::vector<Chore> case_chores(CaseDesk& desk, Keys& keys) {
  const auto watch = [&desk, places = Places<Watched>()](Ledger& ledger) mutable -> Result<bool> {
    auto& after = places[ledger.jurisdiction().id];
    const auto watched = ledger.view().rows<CaseRows>().list_watched(ledger.now(), after, chore_cases_max);
    std::vector<RecordId> records;
    std::ranges::transform(watched, std::back_inserter(records), &Watched::id);
    return go_on(after, watched, do_all(desk, ledger, records, [](RecordId) { return cases::Watch{}; }));
  };
  const auto pass_answers = [&desk, &keys, places = Places<RecordId>()](Ledger& ledger) mutable -> Result<bool> {
    auto& after = places[ledger.jurisdiction().id];
    const auto records = ledger.view().rows<CaseRows>().list_settled_mergers(after, chore_cases_max);
    return go_on(after, records, do_all(desk, ledger, records, [&](RecordId id) { return settle(ledger.view(), keys, id); }));
  };
  const auto recount = [&desk, places = Places<RecordId>()](Ledger& ledger) mutable -> Result<bool> {
    auto& after = places[ledger.jurisdiction().id];
    const auto records = ledger.view().rows<CaseRows>().list_provisional(after, chore_cases_max);
    return go_on(after, records, do_all(desk, ledger, records, [](RecordId) { return cases::Recount{}; }));
  };
  return {{"watch", watch_every, watch}, {"mergers", mergers_every, pass_answers}, {"recount", recount_every, recount}};
}

}  // namespace huiyin::app
