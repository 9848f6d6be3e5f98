// The events of a case beside the main road (events.h): proposals, supporting units, promises, reviews, mergers, hand-overs, who
// has to do with it, and what the watcher notes.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"
#include "domain/case/terms.h"
#include "domain/private.h"
#include "domain/rules/legal_clock.h"

namespace huiyin::cases {

// What nobody does alone, asked for by one. What it needs stands here until another has ruled on it.
struct Proposed {
  static constexpr std::string_view name = "proposed";
  Deed deed{};
  std::optional<RoadCode> road;     // not_accept, hand_over
  std::optional<int> amount;        // extension, in what the limit counts
  std::optional<Outcome> outcome;   // answer
  std::optional<std::string> into;  // merge: a reference
  std::optional<UserId> by;
  Private<std::string> words;  // answer
  Private<std::vector<PartText>> parts;
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("deed", self.deed);
    fields.fine("road", self.road);
    fields.fine("amount", self.amount);
    fields.kept("outcome", self.outcome);
    fields.kept("into", self.into);
    fields.kept("by", self.by);
    fields.staff_words("words", self.words);
    fields.staff_words("parts", self.parts);
    fields.staff_words("reason", self.reason);
  }
};
struct ProposalRefused {
  static constexpr std::string_view name = "proposal_refused";
  Deed deed{};
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("deed", self.deed);
    fields.staff_words("reason", self.reason);
  }
};
struct ProposalTakenBack {
  static constexpr std::string_view name = "proposal_taken_back";
  Deed deed{};
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("deed", self.deed);
  }
};
struct Supported {
  static constexpr std::string_view name = "supported";
  UnitCode unit;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("unit", self.unit);
  }
};
struct SupportReleased {
  static constexpr std::string_view name = "support_released";
  UnitCode unit;
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("unit", self.unit);
    fields.staff_words("reason", self.reason);
  }
};
struct Contributed {
  static constexpr std::string_view name = "contributed";
  UnitCode unit;
  std::optional<UserId> by;
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("unit", self.unit);
    fields.kept("by", self.by);
    fields.staff_words("words", self.words);
  }
};
struct Promised {
  static constexpr std::string_view name = "promised";
  rules::Due due;
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("due", self.due);
    fields.staff_words("words", self.words);
  }
};
struct Fulfilled {
  static constexpr std::string_view name = "fulfilled";
  int promise = 0;  // the first is 1
  bool on_time = false;
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("promise", self.promise);
    fields.fine("on_time", self.on_time);
    fields.staff_words("words", self.words);
  }
};
struct ReviewAsked {
  static constexpr std::string_view name = "review_asked";
  ReviewLevel level{};
  rules::Due due;  // to be decided by then
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("level", self.level);
    fields.fine("due", self.due);
    fields.words("words", self.words);
  }
};
struct ReviewAssigned {
  static constexpr std::string_view name = "review_assigned";
  UnitCode unit;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("unit", self.unit);
  }
};
struct ReviewDecided {
  static constexpr std::string_view name = "review_decided";
  ReviewLevel level{};
  ReviewOutcome outcome{};
  bool on_time = false;
  bool final = false;               // the same facts are not taken again (art. 36)
  std::optional<rules::Due> finish;  // set aside: to be answered anew by then
  std::optional<rules::Due> next;    // the next level may be asked for until then
  std::optional<UserId> by;
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("level", self.level);
    fields.fine("outcome", self.outcome);
    fields.fine("on_time", self.on_time);
    fields.fine("final", self.final);
    fields.fine("finish", self.finish);
    fields.fine("next", self.next);
    fields.kept("by", self.by);
    fields.staff_words("words", self.words);
  }
};
struct Merged {
  static constexpr std::string_view name = "merged";
  RecordId record;
  std::string into;  // its reference
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("record", self.record);
    fields.kept("into", self.into);
    fields.staff_words("reason", self.reason);
  }
};
struct SplitBackFrom {
  static constexpr std::string_view name = "split_back";
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.staff_words("reason", self.reason);
  }
};
struct SplitUp {
  static constexpr std::string_view name = "split";
  std::vector<std::string> into;  // references
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("into", self.into);
  }
};
struct HandOverBegun {
  static constexpr std::string_view name = "hand_over_begun";
  RoadCode road;
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("road", self.road);
    fields.staff_words("reason", self.reason);
  }
};
struct HandOverProved {
  static constexpr std::string_view name = "hand_over_proved";
  bool taken = false;
  bool on_time = false;
  Private<std::string> words;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("taken", self.taken);
    fields.fine("on_time", self.on_time);
    fields.staff_words("words", self.words);
  }
};
struct Revealed {
  static constexpr std::string_view name = "revealed";
  std::optional<UserId> to;
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("to", self.to);
    fields.staff_words("reason", self.reason);
  }
};
struct AboutSet {
  static constexpr std::string_view name = "about_set";
  static constexpr std::string_view told_as = "noted";  // in the log: whom it complains of reads it too
  std::optional<UnitCode> unit;
  std::optional<UserId> user;
  std::vector<UnitCode> left;  // of the units on the case: those that have nothing to do with it from now on
  Private<std::string> reason{};
  std::optional<bool> lets_in{};  // true: somebody who was kept out no longer is; the requester reads why
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("unit", self.unit);
    fields.kept("user", self.user);
    fields.kept("left", self.left);
    fields.kept("lets_in", self.lets_in);
    fields.staff_words("reason", self.reason);
  }
};
struct Recused {
  static constexpr std::string_view name = "recused";
  std::optional<UserId> user;
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("user", self.user);
    fields.staff_words("reason", self.reason);
  }
};
struct HandlerChanged {
  static constexpr std::string_view name = "handler_changed";
  std::optional<UserId> handler;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("handler", self.handler);
  }
};
struct UrgencySet {
  static constexpr std::string_view name = "urgency_set";
  std::optional<rules::Due> due;  // nothing: not urgent after all
  Private<std::string> reason;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("due", self.due);
    fields.staff_words("reason", self.reason);
  }
};
struct Reminded {
  static constexpr std::string_view name = "reminded";
  int clock = 0;  // the first that ran is 0
  RuleCode rule;
  Instant due;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("clock", self.clock);
    fields.fine("rule", self.rule);
    fields.fine("due", self.due);
  }
};
struct WentOverdue {
  static constexpr std::string_view name = "overdue";
  int clock = 0;
  RuleCode rule;
  Instant due;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.kept("clock", self.clock);
    fields.fine("rule", self.rule);
    fields.fine("due", self.due);
  }
};
struct Recounted {
  static constexpr std::string_view name = "recounted";
  std::vector<rules::Due> dues;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("dues", self.dues);
  }
};
}  // namespace huiyin::cases
