#include "app/case/case_chores.h"

#include "app/case/case_look_up.h"

namespace huiyin::app {
namespace {

// True when there may be more to do at once. One that cannot be done now (its key is away) is looked at again next time; the
// others go on.
bool do_all(CaseDesk& desk, Ledger& ledger, const std::vector<RecordId>& records,
            const std::function<std::optional<cases::Command>(RecordId)>& command_for) {
  bool progress = false;
  for (const auto id : records) {
    if (auto command = command_for(id)) progress = desk.act_now(ledger, id, *std::move(command)).ok() || progress;
  }
  return progress && records.size() == chore_cases_max;
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
  const auto watch = [&desk](Ledger& ledger) -> Result<bool> {
    const auto records = ledger.view().rows<CaseRows>().list_watched(ledger.now(), chore_cases_max);
    return do_all(desk, ledger, records, [](RecordId) { return cases::Watch{}; });
  };
  const auto pass_answers = [&desk, &keys](Ledger& ledger) -> Result<bool> {
    const auto records = ledger.view().rows<CaseRows>().list_settled_mergers(chore_cases_max);
    return do_all(desk, ledger, records, [&](RecordId id) { return settle(ledger.view(), keys, id); });
  };
  // Where it has got to is kept here: after a restart it begins anew, which is when a new calendar may have come.
  const auto places = std::make_shared<std::map<JurisdictionId, RecordId>>();
  const auto recount = [&desk, places](Ledger& ledger) -> Result<bool> {
    auto& after = (*places)[ledger.jurisdiction().id];
    const auto records = ledger.view().rows<CaseRows>().list_provisional(after, chore_cases_max);
    const bool more = do_all(desk, ledger, records, [](RecordId) { return cases::Recount{}; });
    after = more ? records.back() : RecordId{};
    return more;
  };
  return {{"watch", watch_every, watch}, {"mergers", mergers_every, pass_answers}, {"recount", recount_every, recount}};
}

}  // namespace huiyin::app
