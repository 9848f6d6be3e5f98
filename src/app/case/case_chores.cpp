#include "app/case/case_chores.h"

#include "app/case/case_look_up.h"

namespace huiyin::app {
namespace {

RecordId record_at(const Watched& place) { return place.id; }
RecordId record_at(RecordId place) { return place; }

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
  return cases::TakeAnswer{*other->state.unit, answer->outcome,   std::move(answer->words),     std::move(answer->parts),
                           answer->by,         answer->signed_by, cases::bars_of(other->state), other->state.took_part};
}

// Goes through the records that `list` names, behind a place, and does to each what `command_for` says. Each jurisdiction has a
// place of its own. It begins anew at the end, so that nothing that cannot be done now keeps what comes behind it waiting; and
// after a restart, which is when a new calendar may have come.
template <class Place, class List, class CommandFor>
Chore chore_over(CaseDesk& desk, std::string_view name, std::chrono::milliseconds every, List list, CommandFor command_for) {
  const auto listed = [list](Ledger& ledger, const Place& after, std::size_t count) {
    return list(ledger.view().rows<CaseRows>(), ledger.now(), after, count);
  };
  const auto run = [&desk, listed, command_for,
                    places = std::map<JurisdictionId, Place>()](Ledger& ledger) mutable -> Result<bool> {
    auto& after = places[ledger.jurisdiction().id];
    const std::vector<Place> found = listed(ledger, after, chore_cases_max);
    bool progress = false;
    for (const auto& place : found) {
      const auto id = record_at(place);
      if (auto command = command_for(ledger, id)) progress = desk.act_now(ledger, id, *std::move(command)).ok() || progress;
    }
    const bool full = found.size() == chore_cases_max;
    after = full ? found.back() : Place{};
    return full && progress;
  };
  return {name, every, run, [listed](Ledger& ledger) { return !listed(ledger, Place{}, 1).empty(); }};
}

}  // namespace

std::vector<Chore> case_chores(CaseDesk& desk, Keys& keys) {
  const auto watched = [](CaseRows& rows, Instant now, const Watched& after, std::size_t count) {
    return rows.list_watched(now, after, count);
  };
  const auto settled = [](CaseRows& rows, Instant, RecordId after, std::size_t count) {
    return rows.list_settled_mergers(after, count);
  };
  const auto provisional = [](CaseRows& rows, Instant, RecordId after, std::size_t count) {
    return rows.list_provisional(after, count);
  };
  const auto watch = [](Ledger&, RecordId) { return std::optional<cases::Command>(cases::Watch{}); };
  const auto pass_answer = [&keys](Ledger& ledger, RecordId id) { return settle(ledger.view(), keys, id); };
  const auto recount = [](Ledger&, RecordId) { return std::optional<cases::Command>(cases::Recount{}); };
  return {chore_over<Watched>(desk, "watch", watch_every, watched, watch),
          chore_over<RecordId>(desk, "mergers", mergers_every, settled, pass_answer),
          chore_over<RecordId>(desk, "recount", recount_every, provisional, recount)};
}

}  // namespace huiyin::app
