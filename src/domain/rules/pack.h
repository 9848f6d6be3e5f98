// Pack: a jurisdiction as data. Categories, units, limits, calendar and lawful roads, read once (app/pack_reader.h), then
// immutable and shared freely between threads. Nothing local is written into code: it stands here, with its source.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "base/id.h"
#include "domain/names.h"
#include "domain/rules/calendar.h"
#include "domain/rules/local_text.h"

namespace huiyin::rules {

// How much of a case of this category the public may read (log.md).
enum class Publication : std::uint8_t { open, facts, sealed };

struct Unit {
  UnitCode code;
  std::optional<UnitCode> parent;
  LocalText name;
};

struct Category {
  CategoryCode code;
  std::optional<CategoryCode> parent;  // null: an area
  LocalText name;
  LocalText help;                // what belongs here, in everyday words; may be empty
  std::optional<UnitCode> unit;  // the unit usually in charge; null: as the parent, or decided by the dispatcher
  Publication publication = Publication::facts;
  std::optional<AnswerCode> answer{};  // how its cases are answered; null: as the parent, at the top as the pack's first kind
};

// One thing that an answer has to say beside its words: the facts found, the legal basis.
struct AnswerPart {
  PartCode code;
  LocalText name;
  LocalText help;  // what belongs here; may be empty
};

// A kind of answer (答复、信访处理意见书): what it has to contain, and what may be asked of it.
struct AnswerKind {
  AnswerCode code;
  LocalText name;
  std::vector<AnswerPart> parts{};  // each must be there; may be none
  bool states_outcome = false;      // supported, explained or not supported (信访工作条例 art. 32)
  bool signed_off = false;          // goes out only when another person, who may, has signed it
  bool reviewable = false;          // the requester may ask for a review of it (art. 35)
  LocalText source;
};

// Danger to life: which words say so, and whom to call at once.
struct EmergencyNumber {
  std::string number;
  LocalText name;
};
struct Danger {
  std::vector<std::string> words{};  // in any language, NFC, as people write them; compared without regard to case
  std::vector<EmergencyNumber> numbers{};  // in the order they are shown
};

// What a limit counts from. Each is one event in the life of a case.
enum class StartsAt : std::uint8_t {
  received,
  accepted,
  assigned,        // given to a unit
  answered,        // the written opinion (处理意见书) was given
  review_asked,    // 请求复查
  reviewed,        // the opinion on the review was given
  rereview_asked,  // 请求复核
  closed,
  correction_asked,  // the requester was told what the request lacks (补正)
};

// What a limit counts.
enum class Count : std::uint8_t {
  calendar_days,  // every day
  working_days,   // days on which the calendar says people work
  hours,          // real hours from the moment of the start, day and night
};

// How long a limit is. A running clock keeps these as they were when it began.
struct Terms {
  Count count{};
  int amount = 0;
  // Calendar days only: when the last day is a day off, the limit ends with the next workday. 民法典 art. 203 says so of the
  // periods of civil law ("民法所称的期间", art. 200). 信访工作条例 does not say so of its own. So it is the pack's to say, limit
  // by limit, and why; petition-zh gives it to people (to ask for a review) and never to offices, whom it would only make later.
  bool ends_on_workday = false;
  friend bool operator==(const Terms&, const Terms&) = default;

  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("count", self.count);
    fields.part("amount", self.amount);
    fields.part("ends_on_workday", self.ends_on_workday);
  }
};

struct Extension {
  int amount_max = 0;  // of all extensions together, in what the limit counts
  LocalText source;
};

// A statutory limit. Of each that the program keeps (known_limits) a pack has one that holds for all, whose code is the rule's
// own, and may have others beside it for some categories, under codes of their own: 24 hours where the heating fails.
struct Limit {
  RuleCode code;
  RuleCode rule;  // which of the known ones it is
  std::vector<CategoryCode> categories{};  // it holds for these and those below; none: for all that have no own
  LocalText name;
  StartsAt starts_at{};
  Terms terms{};
  LocalText article;  // where it stands, in a few words: "信访工作条例, article 34"
  LocalText source;  // and what stands there
  std::optional<Extension> extension{};  // nothing: may not be extended
  std::vector<PauseCode> stopped_by{};  // the pauses during which it does not run; every other one counts
  LocalText workday_source{};  // why it ends on a workday; empty when it need not
  int remind_before = 0;  // so long before it ends those in charge are reminded, in what it counts, but calendar days where it
                          // counts working days; 0: not reminded
};

// A reason for which work on a case may pause. Whether a limit stops meanwhile is said at the limit.
struct PauseReason {
  PauseCode code;
  LocalText name;
  LocalText source;
};

// The limits this program keeps, and the event from which it counts each; a pack has each of these, but for those that are only
// ever for some categories, and no other rule (app/limit_check.cpp). One more limit is one more code and one more row in
// pack.cpp.
inline const RuleCode accept_limit{"accept"};  // to be accepted, or not, by then
inline const RuleCode object_limit{"object"};  // a unit may say by then that the matter is not its own
inline const RuleCode finish_limit{"finish"};  // to be answered by then
inline const RuleCode ask_review_limit{"ask_review"};  // the requester may ask for a review by then
inline const RuleCode review_limit{"review"};  // the review to be decided by then
inline const RuleCode ask_rereview_limit{"ask_rereview"};
inline const RuleCode rereview_limit{"rereview"};
inline const RuleCode reopen_limit{"reopen"};  // the requester may open the closed case again by then
inline const RuleCode urgent_limit{"urgent"};  // danger to life: somebody has to act by then
inline const RuleCode ask_correction_limit{"ask_correction"};  // the unit may ask by then, once, for what the request lacks
inline const RuleCode correction_limit{"correction"};  // the requester puts it right by then
// Not a pack's: what somebody announced in an answer, by the day they named.
inline const RuleCode promise_limit{"promise"};

// While the requester puts the request right, work pauses for this reason; nobody pauses it by hand for it.
inline const PauseCode correction_pause{"correction"};

struct KnownLimit {
  RuleCode code;
  StartsAt starts_at{};
  bool for_some = false;  // only ever for some categories: a pack needs none that holds for all, and may have none at all
};
std::span<const KnownLimit> known_limits();
const KnownLimit* find_known_limit(const RuleCode& code);

// A lawful road for a matter that is not this body's: court, arbitration, another body.
struct Road {
  RoadCode code;
  LocalText name;
  LocalText help;  // how to take it
  LocalText source;
};

// Where and when people can come, call or write instead of filing here. 信访工作条例 art. 18 has them published: addresses,
// hours, numbers. At least one of address, phone and email is there.
struct Office {
  OfficeCode code;
  LocalText name;
  LocalText address{};
  std::string phone{};
  std::string email{};
  LocalText hours{};
};

// How many records a cell of the log holds before its finer facts are published (log/cells.h), unless a pack says another number.
inline constexpr int cell_records_usual = 10;

struct Pack {
  std::string name;
  LocalText title;  // of the body's service
  std::string zone;  // IANA time zone
  crypto::Hash hash{};  // SHA-256 of its canonical JSON; stands in every log entry
  std::vector<Unit> units;
  std::vector<Category> categories;
  std::vector<Limit> limits;
  std::vector<PauseReason> pauses;
  Calendar calendar;
  std::vector<Road> roads;
  std::vector<Office> offices{};  // in the order they are shown
  std::vector<AnswerKind> answers;  // at least one; the first is the usual one
  Danger danger;
  int representatives_max = 0;  // of people who write together (信访工作条例 art. 20)
  int rating_days = 0;  // how long a person has to judge an answer before staff may close without a rating
  int k = cell_records_usual;  // the records of a cell

  [[nodiscard]] const Unit* find_unit(const UnitCode& code) const;
  [[nodiscard]] const Category* find_category(const CategoryCode& code) const;
  [[nodiscard]] const Limit* find_limit(const RuleCode& code) const;
  // The limit of that rule for a category: its own, the nearest above, or the one that holds for all; null where there is none.
  [[nodiscard]] const Limit* find_limit_for(const RuleCode& rule, const std::optional<CategoryCode>& category) const;
  // The same of a known rule that every pack has.
  [[nodiscard]] const Limit& limit_for(const RuleCode& rule, const std::optional<CategoryCode>& category) const;
  [[nodiscard]] const Road* find_road(const RoadCode& code) const;
  [[nodiscard]] const PauseReason* find_pause(const PauseCode& code) const;
  [[nodiscard]] const AnswerKind* find_answer(const AnswerCode& code) const;
  // How cases of a category are answered: its own kind, the nearest above, or the pack's first.
  [[nodiscard]] const AnswerKind& answer_for(const std::optional<CategoryCode>& category) const;
  // The unit and all above it, from the unit upwards; only the code itself when the pack does not know it.
  [[nodiscard]] std::vector<UnitCode> chain_of(const UnitCode& code) const;
  // The top of the tree above it; the code itself when it is at the top, or when the pack does not know it: a case of long ago
  // keeps the place that it had under another pack.
  [[nodiscard]] const UnitCode& top_of(const UnitCode& code) const;
  [[nodiscard]] const CategoryCode& top_of(const CategoryCode& code) const;
  // The unit usually in charge of a category: its own or the nearest above.
  [[nodiscard]] std::optional<UnitCode> unit_for(const CategoryCode& code) const;

 private:
  [[nodiscard]] const Category* find_above(const Category& row) const;
};

}  // namespace huiyin::rules

namespace huiyin {
template <>
struct Names<rules::Publication> {
  static constexpr std::array<std::string_view, 3> values{"open", "facts", "sealed"};
};
template <>
struct Names<rules::StartsAt> {
  static constexpr std::array<std::string_view, 9> values{
      "received", "accepted", "assigned", "answered", "review_asked", "reviewed", "rereview_asked", "closed", "correction_asked"};
};
template <>
struct Names<rules::Count> {
  static constexpr std::array<std::string_view, 3> values{"calendar_days", "working_days", "hours"};
};
}  // namespace huiyin
