// A case (诉求事项): one matter, from the first word to the last.
//
//             accept            assign            start           answer            rate: solved         close
//   received -------> accepted -------> assigned ------> in_work -------> answered -------------> rated ------> closed
//      |                 ^              | ^  ^  ^         |   ^             |   |                                ^ |
//      | not_accept      +---- rule ----+ |  |  |         |   |             |   |                                | | reopen
//      v                  upheld          +--+  +---------+   +-------------+   +--------------------------------+ v
//   not_accepted                         assign (another unit)  rate: not solved    close by staff,           assigned
//                                                                                   once rating_days have passed
//
// Side ways that leave the phase as it is: a note, at any time; a question to the requester and the reply, one at a time; the
// unit's objection, within its limit, which the dispatcher rules on before anything else is done; a pause, for a reason of the
// pack, which must end before the answer; more time, asked by one and ruled on by another. The requester may withdraw until
// the case ends, and reopen a closed one within the pack's limit: it goes back to the unit it had.
//
// "Not solved" passes through `rated` within one command and comes back to `in_work`, with the officer and the limit it had; so a
// case that rests in `rated` was judged solved. Nothing closes by itself. The picture says what fits when (decide); who may is
// the table in rights.cpp.
//
// Commands are what someone wants; events are what happened, for ever. decide() turns the one into the other or says why not;
// evolve() is the only way a state comes about. Both are pure: time, rules and the actor come in through Situation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "domain/case/commands.h"
#include "domain/case/events.h"
#include "domain/may.h"
#include "domain/record.h"
#include "domain/rules/legal_clock.h"
#include "domain/situation.h"

namespace huiyin::cases {

// More time that was asked for and not ruled on yet.
struct AskedExtension {
  RuleCode rule;
  int amount = 0;
  std::optional<UserId> by;
  friend bool operator==(const AskedExtension&, const AskedExtension&) = default;
};

// What decisions and read tables need, nothing else.
struct State {
  Phase phase = Phase::none;
  std::string reference, secret_hash;
  std::optional<CategoryCode> category;
  bool sealed = false;  // filed in a category whose cases leave no trace in clear
  std::optional<UnitCode> unit;  // in charge
  std::optional<UserId> handler;  // the officer who took it up
  std::vector<rules::LegalClock> clocks;
  Instant last_at;  // of the last event
  std::optional<Instant> answered;  // the last answer; a return takes it away
  std::optional<rules::Due> objection_until, reopening_until;
  bool objection_open = false;  // the unit says it is not its own; the dispatcher has not ruled
  bool question_open = false;  // the requester was asked and has not replied
  std::optional<PauseCode> pause;  // the reason for which work rests
  std::optional<AskedExtension> extension_asked;
  int answers = 0;
  int returns = 0;
  int reopenings = 0;
  friend bool operator==(const State&, const State&) = default;
};

// ---- The life
// ------------------------------------------------------------------------------------------------------------------

// Why not: `invalid` names the field (a category, unit or road that the pack does not know; a missing text), `conflict` the
// phase, never `forbidden`: may() has answered that before.
Result<std::vector<Event>> decide(const State& state, const Command& command, const Situation& situation);
State evolve(State state, const Event& event, Instant at);

Bond bond(const State& state, RecordId id, const Actor& actor);
Standpoint standpoint(const State& state);

// The commands this actor may give in this phase: what a screen offers.
std::vector<std::string_view> offered(const State& state, RecordId id, const Actor& actor, const Situation& situation);
// The clock that matters now: the one still running that ends first.
const rules::LegalClock* next_clock(const State& state);
// The newest clock of that rule: a limit may run more than once in a life.
const rules::LegalClock* find_clock(const State& state, const RuleCode& rule);
// Nothing more is to be done.
bool is_over(Phase phase);

struct Case {
  using State = cases::State;
  using Command = cases::Command;
  using Event = cases::Event;
  static constexpr std::string_view name = "case";
  static std::span<const Right> rights();
};

}  // namespace huiyin::cases
