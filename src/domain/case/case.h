// A case (诉求事项): one matter, from the first word to the last.
//
//             accept            assign            start           answer            rate: solved         close
//   received -------> accepted -------> assigned ------> in_work -------> answered -------------> rated ------> closed
//                        ^              | ^  ^  ^         |   ^             |   |                                ^ |
//                        +---- rule ----+ |  |  |         |   |             |   |                                | | reopen
//                         upheld          +--+  +---------+   +-------------+   +--------------------------------+ v
//                                         assign (another unit)  rate: not solved    close by staff,           assigned
//                                                                                    once rating_days have passed
//
// Everything that leads from one phase to another stands in docs/case-life.md, drawn from the code by a test. Side ways that
// leave the phase as it is: a note, at any time; supporting units, whose parts the answer waits for; a question to the requester
// and the reply, one at a time; the unit's objection, within its limit, which the dispatcher rules on before anything else is
// done; a pause, for a reason of the pack, which must end before the answer; work promised for later, which the closing waits
// for.
//
// What nobody does alone (Deed) is proposed by one, and done when another has approved it; one proposal at a time. What becomes
// impossible meanwhile is dropped.
//
// "Not solved" passes through `rated` within one command and comes back to `in_work`, with the officer and the limit it had (to
// `assigned` where no officer has it any more; with a fresh limit where it ran out or a review came between); so a case that
// rests in `rated` was judged solved, or was re-reviewed before and comes back to nobody. A case that was ended before anybody
// accepted it is opened again as `received`. Where a category has a limit for it, a unit may ask once for a correction of what
// the request lacks; work rests, the limit to answer begins anew with what comes, and without it the case may lapse. Nothing
// closes by itself. A case that complains of a unit or of somebody, or in which somebody has an interest, is closed to them
// (Bond::barred).
//
// Commands are what someone wants; events are what happened, for ever. decide() turns the one into the other or says why not;
// evolve() is the only way a state comes about. Both are pure: time, rules and the actor come in through Situation.
#pragma once

#include <array>
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

// What is asked for and not ruled on yet; the rest stands in the event.
struct OpenProposal {
  Deed deed{};
  std::uint64_t number = 0;  // of its event
  std::optional<UserId> by;
  friend bool operator==(const OpenProposal&, const OpenProposal&) = default;
};
struct SupportingUnit {
  UnitCode unit;
  bool done = false;  // its part is there
  friend bool operator==(const SupportingUnit&, const SupportingUnit&) = default;
};
struct OpenReview {
  ReviewLevel level{};
  std::optional<UnitCode> unit;  // that decides
  friend bool operator==(const OpenReview&, const OpenReview&) = default;
};

// What decisions and read tables need, nothing else.
struct State {
  Phase phase = Phase::none;
  std::string reference, secret_hash;
  Instant received;
  std::optional<std::string> secret_of;  // the reference under which the secret was hashed, where it is another one
  std::uint64_t events = 0;
  std::optional<CategoryCode> category;
  bool sealed = false;  // filed in a category whose cases leave no trace in clear
  bool urgent = false;  // danger to life
  std::optional<UnitCode> unit;  // in charge
  std::optional<UnitCode> shown_unit;  // in charge now or last, as the log shows it: that a unit lost the case tells why
  std::optional<UserId> handler;  // the officer who took it up
  std::vector<SupportingUnit> supports;
  std::vector<rules::LegalClock> clocks;
  Instant last_at;  // of the last event
  std::optional<Instant> answered;  // the last answer; a return takes it away
  std::optional<bool> solved;  // the requester's word on it, once given
  // Within which somebody may object, reopen, ask for the next review, ask for a correction, send it; they close and are not met.
  // A correction is asked for once: then the last one is there.
  std::optional<rules::LegalClock> objection_until, reopening_until, review_until, ask_correction_until, correction_until;
  bool objection_open = false;  // the unit says it is not its own; the dispatcher has not ruled
  bool question_open = false;  // the requester was asked and has not replied
  bool correction_open = false;  // nor sent what a correction was asked for
  std::optional<PauseCode> pause;  // the reason for which work rests
  std::optional<OpenProposal> proposal;
  std::optional<OpenReview> review;  // while in_review
  std::optional<ReviewLevel> reviewed;  // the last level that was decided
  bool final = false;  // re-reviewed: the same facts are not taken again
  std::optional<Phase> before;  // merged, handing_over: where it came from
  std::optional<RecordId> merged_into;
  std::optional<RoadCode> road;  // not accepted, handed over: the body it is for
  std::optional<UnitCode> about_unit;  // complained of
  std::optional<UserId> about_user;
  std::vector<UserId> recused;
  TookPart took_part;  // in the answer, so not in its review
  std::vector<UserId> knowing;  // to whom the identity was opened
  int answers = 0;
  int returns = 0;
  int reopenings = 0;
  friend bool operator==(const State&, const State&) = default;
};

// ---- The life
// ------------------------------------------------------------------------------------------------------------------

// Why not: `invalid` names the field (a category, unit or road that the pack does not know; a missing text), `conflict` the
// phase. may() has answered `forbidden` before, but for what hangs on who did what so far: a proposal of one's own or of somebody
// else's, a review by one who took part.
Result<std::vector<Event>> decide(const State& state, const Command& command, const Situation& situation);
State evolve(State state, const Event& event, Instant at);

Bond bond(const State& state, RecordId id, const Actor& actor, const rules::Pack& pack);
// The command's name; of a ruling, what is ruled on ("approve_merge").
std::string_view act_of(const State& state, const Command& command);
Standpoint standpoint(const State& state);

// The commands this actor may give in this phase: what a screen offers.
std::vector<std::string_view> offered(const State& state, RecordId id, const Actor& actor, const Situation& situation);
// The clock that matters now: the one still running that ends first.
const rules::LegalClock* next_clock(const State& state);
// The newest clock of that rule: a limit may run more than once in a life.
const rules::LegalClock* find_clock(const State& state, const RuleCode& rule);
rules::LegalClock* find_clock(State& state, const RuleCode& rule);
// The windows of a case, as members, so that whoever goes through them forgets none.
inline constexpr std::array windows{&State::objection_until, &State::reopening_until, &State::review_until,
                                    &State::ask_correction_until, &State::correction_until};
// Whether somebody may still act within it: of a case that is over, reopen it or ask for a review.
bool is_of_use(const State& state, std::optional<rules::LegalClock> State::* window);
// The clocks and windows that became different between two states: begun, moved, met, noted; as they are in the later one.
std::vector<rules::LegalClock> clocks_touched(const State& before, const State& after);
// Nothing more is to be done about the matter.
bool is_over(Phase phase);
// Danger to life was told of, and nobody has acted on it yet: in whatever phase, until somebody does or lifts it.
bool is_alarm_open(const State& state);
// Everybody who reads the case is told of the danger: while it goes on, and after that as long as the alarm is open.
bool shows_danger(const State& state);
// Not met, and it still matters: of a case that is over only an alarm does.
bool still_runs(const State& state, const rules::LegalClock& clock);
// A unit has it in its hands: assigned, in work.
bool in_hands(Phase phase);
// Parts that a supporting unit still owes.
bool has_open_part(const State& state);
// Whether the deed may still be done in this phase.
bool fits(Deed deed, Phase phase);
UnitsOf units_of(const State& state);
// Whom it is closed to, as bar_of writes it.
std::vector<std::string> bars_of(const State& state);
// Closed to the same: what is said of somebody in one reaches nobody through the other whom it must not reach.
bool same_bars(std::vector<std::string> one, std::vector<std::string> other);
// When the watcher has something to note: the next reminder, or the first moment that is too late.
std::optional<Instant> next_watch(const State& state);
// Some due day that still matters was counted without knowing the holidays.
bool is_provisional(const State& state);
// The promises, in the order they were given; met when fulfilled.
std::vector<const rules::LegalClock*> promises_of(const State& state);
bool has_open_promise(const State& state);

struct Case {
  using State = cases::State;
  using Command = cases::Command;
  using Event = cases::Event;
  static constexpr std::string_view name = "case";
  static std::span<const Right> rights();
};

}  // namespace huiyin::cases
