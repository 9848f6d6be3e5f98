// A case (诉求事项): one matter, from the first word to the last.
//
//             accept            assign            start           answer            rate: solved         close
//   received -------> accepted -------> assigned ------> in_work -------> answered -------------> rated ------> closed
//      |                                 | ^  ^           |   ^             |   |                                  ^
//      | not_accept                      | |  |           |   |             |   |                                  |
//      v                                 +-+  +-----------+   +-------------+   +----------------------------------+
//   not_accepted                         assign (another unit)  rate: not solved    close by staff, once rating_days have passed
//
// A note can be added in any phase once the case is received, and changes none. "Not solved" passes through `rated` within one
// command and comes back to `in_work`, with the officer and the limit it had; so a case that rests in `rated` was judged solved.
// Nothing closes by itself. The picture says what fits when (decide); who may is the table in rights.cpp.
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
#include "domain/may.h"
#include "domain/names.h"
#include "domain/private.h"
#include "domain/record.h"
#include "domain/rules/legal_clock.h"
#include "domain/situation.h"

namespace huiyin::cases {

inline constexpr std::size_t subject_characters_max = 100;
inline constexpr std::size_t title_characters_max = 60;  // of the words, shown where no subject was given
inline constexpr std::size_t body_characters_max = 20'000;
inline constexpr std::size_t answer_characters_max = 20'000;
inline constexpr std::size_t note_characters_max = 5'000;
inline constexpr std::size_t rating_characters_max = 2'000;
inline constexpr std::size_t address_characters_max = 300;
inline constexpr std::size_t contact_characters_max = 200;

enum class Phase : std::uint8_t {
  none,          // not filed yet: the state before the first event
  received,      // filed; the limit to accept it runs
  not_accepted,  // an end: the matter is another body's, and the lawful road there is named
  accepted,      // taken on; the limit to finish it runs; no unit yet
  assigned,      // a unit is in charge, no officer of it has taken it up
  in_work,       // an officer has; again after "not solved"
  answered,      // the requester may judge the answer
  rated,         // judged solved, not closed yet
  closed,        // an end: judged solved, or not judged in time
};
enum class Channel : std::uint8_t { web, api, email, phone, letter, visit, field, import };
enum class Satisfaction : std::uint8_t { satisfied, basically_satisfied, not_satisfied };
enum class ContactWay : std::uint8_t { phone, email };

// Where it is. Coordinates are WGS 84.
struct Place {
  std::optional<std::string> address;
  std::optional<std::int32_t> latitude_microdegrees;
  std::optional<std::int32_t> longitude_microdegrees;
  friend bool operator==(const Place&, const Place&) = default;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("address", self.address);
    fields.part("latitude_microdegrees", self.latitude_microdegrees);
    fields.part("longitude_microdegrees", self.longitude_microdegrees);
  }
};

// How to reach the requester, if they want to be reached.
struct Contact {
  std::optional<std::string> name;
  std::optional<std::string> phone;
  std::optional<std::string> email;
  friend bool operator==(const Contact&, const Contact&) = default;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("name", self.name);
    fields.part("phone", self.phone);
    fields.part("email", self.email);
  }
};

// What decisions and read tables need, nothing else.
struct State {
  Phase phase = Phase::none;
  std::string reference, secret_hash;
  std::optional<CategoryCode> category;
  bool sealed = false;                // filed in a category whose cases leave no trace in clear
  std::optional<UnitCode> unit;       // in charge
  std::optional<UserId> handler;      // the officer who took it up
  std::vector<rules::LegalClock> clocks;
  Instant last_at;                    // of the last event
  std::optional<Instant> answered;    // the last answer; a return takes it away
  int answers = 0;
  int returns = 0;
  friend bool operator==(const State&, const State&) = default;
};

// ---- Commands
// ------------------------------------------------------------------------------------------------------------------

struct Submit {
  static constexpr std::string_view name = "submit";
  std::string reference;    // CaseReference, made by the use case
  std::string secret_hash;  // keyed hash of the secret the requester keeps, in hex
  Channel channel{};
  Language language{};
  std::optional<CategoryCode> category;
  Private<std::string> subject, body;
  Private<Place> place;
  Private<Contact> contact;
};
struct Accept {
  static constexpr std::string_view name = "accept";
  std::optional<CategoryCode> category;  // put right, or given where the requester named none
};
struct NotAccept {
  static constexpr std::string_view name = "not_accept";
  RoadCode road;
  Private<std::string> reason;
};
struct Assign {
  static constexpr std::string_view name = "assign";
  UnitCode unit;
};
struct Start {
  static constexpr std::string_view name = "start";
};
struct Note {
  static constexpr std::string_view name = "note";
  Private<std::string> words;  // for colleagues; the requester does not see it
};
struct Answer {
  static constexpr std::string_view name = "answer";
  Private<std::string> words;
};
struct Rate {
  static constexpr std::string_view name = "rate";
  bool contacted = false;
  bool solved = false;
  Satisfaction satisfaction{};
  Private<std::string> words;
  bool shared = false;  // those who may read the case may read the rating too
};
struct Close {
  static constexpr std::string_view name = "close";
};
using Command = std::variant<Submit, Accept, NotAccept, Assign, Start, Note, Answer, Rate, Close>;

// ---- Events: each field is `fine` (a salted digest in the log), `kept` (here only, never in the log), or private by class
// ------------

struct Submitted {
  static constexpr std::string_view name = "submitted";
  std::string reference, secret_hash;
  Channel channel{};
  Language language{};
  std::optional<CategoryCode> category;
  bool sealed = false;  // by the category, for the whole life of the case
  rules::Due due;  // to be accepted or not by then
  std::vector<ContactWay> reachable;
  Private<std::string> subject, body;
  Private<Place> place;
  Private<Contact> contact;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("channel", self.channel);
    fields.fine("category", self.category);
    fields.fine("due", self.due);
    fields.kept("reference", self.reference);
    fields.kept("sealed", self.sealed);
    fields.kept("secret_hash", self.secret_hash);
    fields.kept("language", self.language);
    fields.kept("reachable", self.reachable);
    fields.words("subject", self.subject);
    fields.words("body", self.body);
    fields.words("place", self.place);
    fields.identity("contact", self.contact);
  }
};
struct Accepted {
  static constexpr std::string_view name = "accepted";
  CategoryCode category;
  rules::Due due;  // to be answered by then
  bool on_time = false;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("category", self.category);
    fields.fine("due", self.due);
    fields.fine("on_time", self.on_time);
  }
};
struct NotAccepted {
  static constexpr std::string_view name = "not_accepted";
  RoadCode road;
  bool on_time = false;
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("road", self.road);
    fields.fine("on_time", self.on_time);
    fields.staff_words("reason", self.reason);
  }
};
struct Assigned {
  static constexpr std::string_view name = "assigned";
  UnitCode unit;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("unit", self.unit);
  }
};
struct Started {
  static constexpr std::string_view name = "started";
  std::optional<UserId> handler;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("handler", self.handler);
  }
};
struct Noted {
  static constexpr std::string_view name = "noted";
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.staff_words("words", self.words);
  }
};
struct Answered {
  static constexpr std::string_view name = "answered";
  bool on_time = false;
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("on_time", self.on_time);
    fields.staff_words("words", self.words);
  }
};
struct Rated {  // "not solved" shows by the Returned that follows it; the rest is the requester's own
  static constexpr std::string_view name = "rated";
  bool shared = false;
  Private<bool> contacted, solved;
  Private<Satisfaction> satisfaction;
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("shared", self.shared);
    fields.words("contacted", self.contacted);
    fields.words("solved", self.solved);
    fields.words("satisfaction", self.satisfaction);
    fields.words("words", self.words);
  }
};
struct Returned {  // by itself, at once, when the requester says "not solved"
  static constexpr std::string_view name = "returned";
  template <class Self, class Fields>
  static void describe(Self&, Fields&) {}
};
struct Closed {
  static constexpr std::string_view name = "closed";
  bool rated = false;  // false: the time to rate passed in silence, which never counts as satisfied
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("rated", self.rated);
  }
};
using Event = std::variant<Submitted, Accepted, NotAccepted, Assigned, Started, Noted, Answered, Rated, Returned, Closed>;

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

struct Case {
  using State = cases::State;
  using Command = cases::Command;
  using Event = cases::Event;
  static constexpr std::string_view name = "case";
  static std::span<const Right> rights();
};

}  // namespace huiyin::cases

namespace huiyin {
template <>
struct Names<cases::Phase> {
  static constexpr std::array<std::string_view, 9> values{"none",    "received", "not_accepted", "accepted", "assigned",
                                                          "in_work", "answered", "rated",        "closed"};
};
template <>
struct Names<cases::Channel> {
  static constexpr std::array<std::string_view, 8> values{"web", "api", "email", "phone", "letter", "visit", "field", "import"};
};
template <>
struct Names<cases::Satisfaction> {
  static constexpr std::array<std::string_view, 3> values{"satisfied", "basically_satisfied", "not_satisfied"};
};
template <>
struct Names<cases::ContactWay> {
  static constexpr std::array<std::string_view, 2> values{"phone", "email"};
};
}  // namespace huiyin
