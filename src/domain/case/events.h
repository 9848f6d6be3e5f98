// The events of a case: what happened, for ever. Each field is `fine` (a salted digest in the log), `kept` (here only, never in
// the log), or private by class.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/catalogue.h"
#include "base/id.h"
#include "domain/case/side_events.h"
#include "domain/case/terms.h"
#include "domain/private.h"
#include "domain/rules/legal_clock.h"

namespace huiyin::cases {

struct Submitted {
  static constexpr std::string_view name = "submitted";
  std::string reference, secret_hash;
  Channel channel{};
  Language language{};
  std::optional<CategoryCode> category;
  bool sealed = false;  // by the category, for the whole life of the case
  rules::Due due;  // to be accepted or not by then
  std::optional<rules::Due> urgent;  // its words tell of danger to life: somebody acts by then
  std::optional<UnitCode> about;     // the unit it complains of
  std::optional<int> people;         // who write together
  std::optional<bool> for_other;  // true: filed for somebody else; what was stored before there was this has none
  std::optional<std::string> split_from, secret_of;
  std::optional<std::vector<UserId>> recused;  // who keeps out of it because they kept out of the letter
  std::optional<TookPart> took_part{};  // in an answer to the letter
  std::optional<rules::CountedFrom> due_from{};  // where the letter's limit to be accepted had begun anew
  std::vector<ContactWay> reachable;
  Private<std::string> subject, body;
  Private<Place> place;
  Private<Contact> contact;
  Private<std::vector<Contact>> representatives;
  Private<OnBehalf> on_behalf;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("channel", self.channel);
    fields.fine("category", self.category);
    fields.fine("due", self.due);
    fields.fine("urgent", self.urgent);
    fields.kept("about", self.about);  // the log is open to whom it complains of
    fields.kept("people", self.people);
    fields.kept("for_other", self.for_other);
    fields.kept("split_from", self.split_from);
    fields.kept("secret_of", self.secret_of);
    fields.kept("recused", self.recused);
    fields.kept("took_part", self.took_part);
    fields.kept("due_from", self.due_from);
    fields.kept("reference", self.reference);
    fields.kept("sealed", self.sealed);
    fields.kept("secret_hash", self.secret_hash);
    fields.kept("language", self.language);
    fields.kept("reachable", self.reachable);
    fields.words("subject", self.subject);
    fields.words("body", self.body);
    fields.words("place", self.place);
    fields.identity("contact", self.contact);
    fields.identity("representatives", self.representatives);
    fields.identity("on_behalf", self.on_behalf);
  }
};
struct Accepted {
  static constexpr std::string_view name = "accepted";
  CategoryCode category;
  rules::Due due;  // to be answered by then
  bool on_time = false;
  // Of a part of a letter, whose limit runs on as it was: by what it had been extended, and its pauses.
  std::optional<int> extended;
  std::optional<std::vector<rules::Pause>> pauses;
  std::optional<rules::CountedFrom> due_from{};  // the limit counts from the receipt; or, of a part, as the letter's does
  std::optional<rules::Due> correction{};  // a correction may be asked for until then
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("category", self.category);
    fields.fine("due", self.due);
    fields.fine("on_time", self.on_time);
    fields.fine("extended", self.extended);
    fields.fine("pauses", self.pauses);
    fields.fine("due_from", self.due_from);
    fields.fine("correction", self.correction);
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
  std::optional<rules::Due> objection;  // the unit may say until then that it is not its own
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("unit", self.unit);
    fields.fine("objection", self.objection);
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
  std::optional<Outcome> outcome;
  std::optional<rules::Due> review;  // the requester may ask for a review until then
  std::optional<UnitCode> taken_from;  // of the case this one was merged into: the unit that answered
  std::optional<UserId> by, signed_by;
  std::optional<TookPart> took_part{};  // in the other case
  Private<std::string> words;
  Private<std::vector<PartText>> parts;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("on_time", self.on_time);
    fields.fine("outcome", self.outcome);
    fields.fine("review", self.review);
    fields.fine("taken_from", self.taken_from);
    fields.kept("by", self.by);
    fields.kept("signed_by", self.signed_by);
    fields.kept("took_part", self.took_part);
    fields.staff_words("words", self.words);
    fields.staff_words("parts", self.parts);
  }
};
struct Objected {
  static constexpr std::string_view name = "objected";
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.staff_words("reason", self.reason);
  }
};
struct Ruled {
  static constexpr std::string_view name = "ruled";
  bool upheld = false;
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("upheld", self.upheld);
    fields.staff_words("reason", self.reason);
  }
};
struct Asked {
  static constexpr std::string_view name = "asked";
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.staff_words("words", self.words);
  }
};
struct Replied {
  static constexpr std::string_view name = "replied";
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.words("words", self.words);
  }
};
// Work rests meanwhile: the event is a pause too.
struct CorrectionAsked {
  static constexpr std::string_view name = "correction_asked";
  rules::Due due;  // the requester puts it right by then
  std::vector<RuleCode> stopped;  // the limits that stand still meanwhile
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("due", self.due);
    fields.fine("stopped", self.stopped);
    fields.staff_words("words", self.words);
  }
};
struct Corrected {
  static constexpr std::string_view name = "corrected";
  rules::Due due;  // to be answered by then, counted anew
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("due", self.due);
    fields.words("words", self.words);
  }
};
struct Lapsed {
  static constexpr std::string_view name = "lapsed";
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.staff_words("reason", self.reason);
  }
};
struct Withdrawn {
  static constexpr std::string_view name = "withdrawn";
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.words("words", self.words);
  }
};
struct Reopened {
  static constexpr std::string_view name = "reopened";
  rules::Due due;  // to be answered anew by then, or where it was never accepted, to be accepted
  Private<std::string> words;   // by its requester
  Private<std::string> reason;  // by staff
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("due", self.due);
    fields.words("words", self.words);
    fields.staff_words("reason", self.reason);
  }
};
struct Paused {
  static constexpr std::string_view name = "paused";
  PauseCode reason;
  std::vector<RuleCode> stopped;  // the limits that stand still meanwhile
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("reason", self.reason);
    fields.fine("stopped", self.stopped);
    fields.staff_words("words", self.words);
  }
};
struct Resumed {
  static constexpr std::string_view name = "resumed";
  std::vector<rules::Due> dues;  // of the limits that stood still
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("dues", self.dues);
  }
};
struct Extended {
  static constexpr std::string_view name = "extended";
  rules::Due due;
  int amount = 0;
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("due", self.due);
    fields.fine("amount", self.amount);
    fields.staff_words("reason", self.reason);
  }
};
struct Rated {  // "not solved" shows by the Returned that follows it; the rest is the requester's own
  static constexpr std::string_view name = "rated";
  bool shared = false;
  Private<bool> contacted, solved;
  Private<Satisfaction> satisfaction;
  Private<std::string> words;
  std::optional<bool> unsolved{};  // true: not solved, and it rests nevertheless, having been re-reviewed
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("shared", self.shared);
    fields.kept("unsolved", self.unsolved);
    fields.words("contacted", self.contacted);
    fields.words("solved", self.solved);
    fields.words("satisfaction", self.satisfaction);
    fields.words("words", self.words);
  }
};
struct Returned {  // by itself, at once, when the requester says "not solved"
  static constexpr std::string_view name = "returned";
  std::optional<rules::Due> due{};  // after a review, whose decision was the answer: to be answered anew by then
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("due", self.due);
  }
};
struct Closed {
  static constexpr std::string_view name = "closed";
  bool rated = false;  // false: the time to rate passed in silence, which never counts as satisfied
  std::optional<rules::Due> reopening;  // the requester may reopen it until then
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("rated", self.rated);
    fields.fine("reopening", self.reopening);
  }
};
using Event =
    std::variant<Submitted, Accepted, NotAccepted, Assigned, Started, Noted, Answered, Rated, Returned, Closed, Objected, Ruled,
                 Asked, Replied, Withdrawn, Reopened, Paused, Resumed, Extended, Proposed, ProposalRefused, ProposalTakenBack,
                 Supported, SupportReleased, Contributed, Promised, Fulfilled, ReviewAsked, ReviewAssigned, ReviewDecided, Merged,
                 SplitBackFrom, SplitUp, HandOverBegun, HandOverProved, Revealed, AboutSet, Recused, HandlerChanged, UrgencySet,
                 Reminded, WentOverdue, Recounted, CorrectionAsked, Corrected, Lapsed>;

// What stays in the house: the requester does not find it in the story. The one who complains reads what is done, not what is
// weighed.
bool is_internal(const Event& event);

}  // namespace huiyin::cases
