// The commands of a case: what someone wants. decide() (case.h) turns each into events, or says why not.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/catalogue.h"
#include "base/id.h"
#include "base/time.h"
#include "domain/case/events.h"
#include "domain/case/terms.h"
#include "domain/private.h"

namespace huiyin::cases {

// What a command names elsewhere is looked up inside the transaction, before decide() sees it (app/case/case_look_up.h); empty
// when there is no such thing.

// A member of staff.
struct Colleague {
  UserId user;
  std::optional<UnitCode> unit;
  bool is_officer = false;  // and the account is not disabled
};
// The other case of a merger.
struct OtherCase {
  RecordId id;
  Phase phase{};
  bool sealed = false;
  std::optional<CategoryCode> category{};
  std::vector<std::string> bars{};  // whom it is closed to
};

struct Submit {
  static constexpr std::string_view name = "submit";
  std::string reference;    // CaseReference, made by the use case
  std::string secret_hash;  // keyed hash of the secret the requester keeps, in hex
  Channel channel{};
  Language language{};
  std::optional<CategoryCode> category;
  std::optional<UnitCode> about;  // the unit it complains of, which will not see it
  std::optional<int> people{};      // how many write together; nothing: one
  Private<std::string> subject, body;
  Private<Place> place;
  Private<Contact> contact;
  Private<std::vector<Contact>> representatives{};  // of those who write together, besides the one who files
  Private<OnBehalf> on_behalf{};
  // Of a letter that was split: the case it was a part of, under which reference the secret was hashed, by when the letter had to
  // be accepted, who keeps out of it, who took part in an answer to it.
  std::optional<std::string> split_from{}, secret_of{};
  std::optional<rules::LegalClock> accept_by{};
  std::vector<UserId> recused{};
  TookPart took_part{};
};
struct Accept {
  static constexpr std::string_view name = "accept";
  std::optional<CategoryCode> category;  // put right, or given where the requester named none
  std::optional<rules::LegalClock> limit{};  // of a part of a letter: how the letter's own stands
};
// Proposed by one and ruled on by another: so are AskExtension, HandOver, Merge, ReopenByStaff, Reveal, Lapse, and Answer where
// its kind has to be signed.
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
  std::optional<Outcome> outcome{};  // where its kind states one
  Private<std::vector<PartText>> parts{};  // exactly those that its kind has
};
// The unit says that the matter is not its own, within the limit.
struct Object {
  static constexpr std::string_view name = "object";
  Private<std::string> reason;
};
// The dispatcher rules on it: upheld, the case is to be assigned anew, at once to `unit` if one is named; else it stays.
struct Rule {
  static constexpr std::string_view name = "rule";
  bool upheld = false;
  std::optional<UnitCode> unit;
  Private<std::string> reason;
};
// A question to the requester, one at a time.
struct Ask {
  static constexpr std::string_view name = "ask";
  Private<std::string> words;
};
// The request cannot be dealt with as it is: what it lacks, once, within the pack's limit, where its category has one. Work rests
// meanwhile, and the limit to answer begins anew with what the requester sends (政府信息公开条例 art. 30).
struct AskCorrection {
  static constexpr std::string_view name = "ask_correction";
  Private<std::string> words;
};
// To a question, or what a correction was asked for.
struct Reply {
  static constexpr std::string_view name = "reply";
  Private<std::string> words;
};
struct Withdraw {
  static constexpr std::string_view name = "withdraw";
  Private<std::string> words;  // why, if they want to say
};
// Not content after all: by the requester, within the limit.
struct Reopen {
  static constexpr std::string_view name = "reopen";
  Private<std::string> words;
};
// Work rests, for a reason that the pack lists; which limits it stops stands there too.
struct Pause {
  static constexpr std::string_view name = "pause";
  PauseCode reason;
  Private<std::string> words;  // the requester reads why
};
struct Resume {
  static constexpr std::string_view name = "resume";
};
// More time for the answer.
struct AskExtension {
  static constexpr std::string_view name = "ask_extension";
  int amount = 0;  // in what the limit counts
  Private<std::string> reason;
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
// Another unit helps; the lead's answer waits for its part.
struct Support {
  static constexpr std::string_view name = "support";
  UnitCode unit;
};
struct ReleaseSupport {
  static constexpr std::string_view name = "release_support";
  UnitCode unit;
  Private<std::string> reason;
};
// The part of a supporting unit, for the unit in charge.
struct Contribute {
  static constexpr std::string_view name = "contribute";
  Private<std::string> words;
};
// Work announced for later.
struct Promise {
  static constexpr std::string_view name = "promise";
  Private<std::string> words;
  std::optional<Day> until;
};
struct Fulfil {
  static constexpr std::string_view name = "fulfil";
  int promise = 0;  // the first is 1
  Private<std::string> words;  // what was done
};
// The requester does not agree with the answer: the next level that there is.
struct AskReview {
  static constexpr std::string_view name = "ask_review";
  Private<std::string> words;
};
struct AssignReview {
  static constexpr std::string_view name = "assign_review";
  UnitCode unit;
};
struct DecideReview {
  static constexpr std::string_view name = "decide_review";
  std::optional<ReviewOutcome> outcome;
  Private<std::string> words;  // the written opinion, with its reasons
};
struct Merge {
  static constexpr std::string_view name = "merge";
  std::string into;  // a reference
  Private<std::string> reason;
  std::optional<OtherCase> found{};
};
struct SplitBack {
  static constexpr std::string_view name = "split_back";
  Private<std::string> reason;
};
// One letter, several matters.
struct SplitPart {
  std::optional<CategoryCode> category;
  Private<std::string> subject, body;
};
struct Split {
  static constexpr std::string_view name = "split";
  std::vector<SplitPart> parts;
  std::vector<std::string> into{};  // the references of the new cases, given by the use case
};
struct HandOver {
  static constexpr std::string_view name = "hand_over";
  RoadCode road;
  Private<std::string> reason;
};
// What the other body answered: it has taken the matter over, or not.
struct ProveHandOver {
  static constexpr std::string_view name = "prove_hand_over";
  bool taken = false;
  Private<std::string> words;  // the receipt: by whom, when, under which number; or why not
};
struct ReopenByStaff {
  static constexpr std::string_view name = "reopen_by_staff";
  Private<std::string> reason;
};
struct Reveal {
  static constexpr std::string_view name = "reveal";
  Private<std::string> reason;  // the requester reads it
};
struct RuleProposal {
  static constexpr std::string_view name = "rule_proposal";
  bool approved = false;
  Private<std::string> reason;
  std::optional<Proposed> proposed{};  // what is ruled on, its words opened
  std::optional<OtherCase> found{};  // of a merger
};
// Nothing was put right in time, nor a reason given: the request counts as given up (the same article).
struct Lapse {
  static constexpr std::string_view name = "lapse";
  Private<std::string> reason;
};
struct TakeBack {
  static constexpr std::string_view name = "take_back";
};
// The case complains of a unit or of one of the staff; both empty: of nobody after all. They have nothing to do with it from then
// on. Who was kept out and no longer is: not without a reason.
struct SetAbout {
  static constexpr std::string_view name = "set_about";
  std::optional<UnitCode> unit;
  std::string login;
  std::optional<Colleague> found{};
  Private<std::string> reason{};
};
// The actor has an interest in the matter, and leaves it.
struct Recuse {
  static constexpr std::string_view name = "recuse";
  Private<std::string> reason;
};
// Another officer of the same unit takes over.
struct ChangeHandler {
  static constexpr std::string_view name = "change_handler";
  std::string login;
  std::optional<Colleague> found{};
};
struct SetUrgent {
  static constexpr std::string_view name = "set_urgent";
  bool urgent = false;
  Private<std::string> reason;
};
// ---- By the program itself
// ------------------------------------------------------------------------------------------------------------------
// Notes what has come due; nothing when nothing has.
struct Watch {
  static constexpr std::string_view name = "watch";
};
// Counts again the due days that were provisional; nothing when the calendar says the same.
struct Recount {
  static constexpr std::string_view name = "recount";
};
// The answer of the case this one was merged into, by whom it was given there, and whom that case is closed to.
struct TakeAnswer {
  static constexpr std::string_view name = "take_answer";
  UnitCode unit;
  std::optional<Outcome> outcome;
  Private<std::string> words;
  Private<std::vector<PartText>> parts;
  std::optional<UserId> by{}, signed_by{};
  std::vector<std::string> bars{};
  TookPart took_part{};
};
using Command =
    std::variant<Submit, Accept, NotAccept, Assign, Start, Note, Answer, Rate, Close, Object, Rule, Ask, AskCorrection, Reply,
                 Withdraw, Reopen, Pause, Resume, AskExtension, Support, ReleaseSupport, Contribute, Promise, Fulfil, AskReview,
                 AssignReview, DecideReview, Merge, SplitBack, Split, HandOver, ProveHandOver, ReopenByStaff, Reveal, Lapse,
                 RuleProposal, TakeBack, SetAbout, Recuse, ChangeHandler, SetUrgent, Watch, Recount, TakeAnswer>;

}  // namespace huiyin::cases
