// LegalClock (时限): a statutory limit running on a record. Its due instant and all that explains it are fixed when it starts and
// stand in the event, so that a changed pack or calendar never moves it in silence: each new due instant is an event's again.
//
// Days (calendar or working): the day of the start does not count (民法典 art. 201); the limit ends with the last moment of its
// last day, local time. Hours: they count from the moment of the start (the same article), real hours, whatever the wall clocks
// do. Pure functions. Thread rule: values.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/names.h"
#include "domain/rules/calendar.h"
#include "domain/rules/pack.h"
#include "domain/rules/zone.h"

namespace huiyin::rules {

// Days within a limit that were not counted, nobody working on them. Without a name they are days of the weekend.
struct SkippedDays {
  Day first;
  Day last;  // included
  std::optional<LocalText> name;
  friend bool operator==(const SkippedDays&, const SkippedDays&) = default;

  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("first", self.first);
    fields.part("last", self.last);
    fields.part("name", self.name);
  }
};

// The due instant with what it came from, as an event records it: with the start, the extensions and the pauses, which are events
// themselves, it explains itself without the pack and the calendar it was made with.
struct Due {
  RuleCode rule;
  Instant at;  // the last millisecond that is still in time
  Terms terms{};
  std::vector<SkippedDays> skipped{};  // in order
  std::optional<Day> provisional_from{};  // the first day that had to be counted or skipped without knowing the holidays
  std::optional<int> remind_before{};  // hours where it counts hours, else calendar days; nothing: nobody is reminded
  std::optional<RuleCode> own_limit{};  // the pack's limit of that rule for this category alone; nothing: the one for all
  [[nodiscard]] bool provisional() const { return provisional_from.has_value(); }
  friend bool operator==(const Due&, const Due&) = default;

  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("rule", self.rule);
    fields.part("at", self.at);
    fields.part("terms", self.terms);
    fields.part("skipped", self.skipped);
    fields.part("provisional_from", self.provisional_from);
    fields.part("remind_before", self.remind_before);
    fields.part("own_limit", self.own_limit);
  }
};

// Work on the record pauses. Where it stops the limit: of a limit in days, no day that the pause touches is counted, from the day
// it begins on to the day it ends on, both included (a hearing of one afternoon takes one day out: 信访工作条例 art. 36 leaves
// out the time that the hearing takes, and a limit in days knows no smaller part); of a limit in hours, its exact length.
struct Pause {
  PauseCode reason;
  Instant from;
  std::optional<Instant> to;  // nothing: it lasts still
  bool stops = true;  // false: the limit runs on meanwhile
  friend bool operator==(const Pause&, const Pause&) = default;

  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("reason", self.reason);
    fields.part("from", self.from);
    fields.part("to", self.to);
    fields.part("stops", self.stops);
  }
};

// With what a clock began: with what its limit counts from, or anew with something else.
enum class Began : std::uint8_t {
  as_said,  // KnownLimit::starts_at
  returned,  // the requester said that it is not solved
  reopened,
  set_aside,  // a review did away with the answer
  alarmed,  // danger to life was seen later
  received,  // the limit of some categories counts from the receipt, though the one for all counts from something later
  corrected,  // the requester put the request right (补正)
};

// What a clock counts from where that is not the moment of the event it began with.
struct CountedFrom {
  Instant at;
  Began began = Began::as_said;
  friend bool operator==(const CountedFrom&, const CountedFrom&) = default;

  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("at", self.at);
    fields.part("began", self.began);
  }
};

struct LegalClock {
  Due due;
  Instant start;
  Began began = Began::as_said;
  std::optional<Instant> met{};  // when what it asked for was done
  int extended = 0;  // by all extensions together, in what the limit counts
  std::vector<Pause> pauses{};  // in the order they began
  bool reminded = false, overdue_noted = false;  // by the watcher; a later due instant takes both away
  friend bool operator==(const LegalClock&, const LegalClock&) = default;
};

// paused: it stands still, so that it has no due instant before it is resumed (earliest_due says what can be said).
enum class Standing : std::uint8_t { running, met, met_late, overdue, paused };

Standing standing_of(const LegalClock& clock, Instant now);

// When those in charge are to be reminded; nothing when they are not, or it would be before the start.
std::optional<Instant> remind_at(const LegalClock& clock);

// The pause that holds it now. One that begins after the due instant stops nothing any more: what is late stays late.
const Pause* find_stop(const LegalClock& clock);

// A pause that would stop it is open, whenever it began: nothing can be counted again before it ends.
bool is_held(const LegalClock& clock);

// When the limit ends for a start at `start`.
Due due_of(const Limit& limit, Instant start, const Calendar& calendar, const Zone& zone);
// The same with what happened since. No pause that stops it may be open.
Due due_of(const RuleCode& rule, const Terms& terms, Instant start, int extended, std::span<const Pause> pauses,
           const Calendar& calendar, const Zone& zone);
// The pack's limit that it was counted by; null when the pack has it no more, or it was never a pack's.
const Limit* limit_of(const Pack& pack, const Due& due);
// Of a clock whose extension, pauses or calendar changed: by the terms it began with. What comes back goes into an event.
Due due_again(const LegalClock& clock, const Calendar& calendar, const Zone& zone);
// Of a clock that stands still: when it would be due if it were resumed now; later is not earlier.
Due earliest_due(const LegalClock& clock, Instant now, const Calendar& calendar, const Zone& zone);

// By how much it may still be extended; 0 where the limit may not be, or no longer counts what the clock counts.
int extension_left(const Limit& limit, const LegalClock& clock);
int extension_left(const Pack& pack, const LegalClock& clock);

// Whether this pause stops the limit.
bool is_stopped_by(const Limit& limit, const PauseCode& reason);

}  // namespace huiyin::rules

namespace huiyin {
template <>
struct Names<rules::Began> {
  static constexpr std::array<std::string_view, 7> values{"as_said", "returned", "reopened", "set_aside",
                                                          "alarmed", "received", "corrected"};
};
template <>
struct Names<rules::Standing> {
  static constexpr std::array<std::string_view, 5> values{"running", "met", "met_late", "overdue", "paused"};
};
}  // namespace huiyin
