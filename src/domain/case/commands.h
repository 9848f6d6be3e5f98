// The commands of a case: what someone wants. decide() (case.h) turns each into events, or says why not.
#pragma once

#include <string>
#include <variant>

#include "base/catalogue.h"
#include "base/id.h"
#include "domain/case/terms.h"
#include "domain/private.h"

namespace huiyin::cases {

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
// More time for the answer, asked by one and ruled on by another.
struct AskExtension {
  static constexpr std::string_view name = "ask_extension";
  int amount = 0;  // in what the limit counts
  Private<std::string> reason;
};
struct RuleExtension {
  static constexpr std::string_view name = "rule_extension";
  bool approved = false;
  Private<std::string> reason;  // the requester reads it
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
using Command = std::variant<Submit, Accept, NotAccept, Assign, Start, Note, Answer, Rate, Close, Object, Rule, Ask, Reply,
                             Withdraw, Reopen, Pause, Resume, AskExtension, RuleExtension>;

}  // namespace huiyin::cases
