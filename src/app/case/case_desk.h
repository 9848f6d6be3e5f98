// The use cases of a case: file it, act on it, read it, list it. Callers bring an Actor; what they may see and do is decided here
// and below, never in a handler.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/case/case_rows.h"
#include "app/committer.h"
#include "app/once.h"
#include "app/publisher.h"
#include "app/receipt.h"

namespace huiyin::app {

// What a requester gets: once, and never again.
struct Filed {
  std::string reference;
  std::string secret;
  RecordId id;
  std::uint64_t version = 0;
  cases::State state;
  std::optional<Receipt> receipt;
};

struct Filing {
  cases::Submit submit;  // reference and secret_hash are made here
  // A second filing under the same key and with the same request gives the first one's answer again, secret and all.
  using Once = OnceKey;
  std::optional<OnceKey> once{};
};

// A case brought over from elsewhere, with what happened to it there.
struct Imported {
  cases::Submit submit;
  Instant at;
  std::string source, external_id;  // the same pair is taken once
  struct Answered {
    cases::Accept accept;
    cases::Assign assign;
    cases::Answer answer;
    Instant at;
  };
  std::optional<Answered> answered{};
};

// A member of staff whom an event names beside the one who acted: to whom the identity was opened, who took over, who wrote the
// answer that another signed.
struct NamedStaff {
  std::string role;  // in which they asked for it, where they did
  std::optional<UnitCode> unit;
  std::string name;  // for staff
};

// One event as the reader may see it.
struct StoryEvent {
  std::uint64_t number = 0;
  Instant at, t;
  std::string role;
  std::string actor_name;  // of staff, for staff
  cases::Event event;  // private content opened as far as the reader may
  std::optional<NamedStaff> named{};
  std::vector<rules::LegalClock> clocks{};  // that it began, moved, met or noted, as they stood then: its days explain themselves
};

struct CaseView {
  RecordId id;
  std::uint64_t version = 0;
  cases::State state;
  cases::Submitted submitted;  // words, place; contact only for its owner
  std::vector<StoryEvent> story;
  std::vector<std::string_view> offered;  // the acts this reader may do now
  bool for_staff = false, knows_identity = false;  // what this reader is, and may open
  std::optional<cases::Outcome> outcome;  // of the last answer
  std::vector<std::string> split_into;  // references
  // For staff: what waits for somebody's approval, the case it was merged into, and the colleagues that the state names.
  struct Colleague {
    std::string login, name;
  };
  std::optional<cases::Proposed> proposed;
  std::optional<std::string> merged_into;  // a reference
  std::map<UserId, Colleague> names;
};

bool offers(const CaseView& view, std::string_view act);
// Null when the view does not name them.
const CaseView::Colleague* find_colleague(const CaseView& view, const std::optional<UserId>& user);

// One promise: what was announced, and how it stands.
struct GivenPromise {
  int number = 0;  // the first is 1
  const rules::LegalClock* clock;
  Private<std::string> words;
};
std::vector<GivenPromise> promises_of(const CaseView& view);

struct CaseListItem {
  CaseRow row;
  std::string title;  // subject, or the beginning of the words
  std::string handler;  // the name of the officer who took it up; empty when nobody did
};

class CaseDesk {
 public:
  struct Parts {
    Store& store;
    Keys& keys;
    Committer& committer;
    const Clock& clock;
    Random& random;  // of any thread
    const Publisher* publisher = nullptr;  // with one, a receipt is given under a witnessed head where one covers it
  };
  explicit CaseDesk(Parts parts);
  ~CaseDesk();

  void file(const Jurisdiction& jurisdiction, Filing filing, std::function<void(Result<Filed>)> done);
  // False in the answer: it had been imported before.
  void import(const Jurisdiction& jurisdiction, Imported imported, std::function<void(Result<bool>)> done);
  void act(const Jurisdiction& jurisdiction, Actor actor, RecordId id, std::uint64_t version, cases::Command command,
           std::function<void(Result<std::uint64_t>)> done);  // the new version

  // The actor who shows this secret for this case; `not_found` alike for a wrong reference and a wrong secret.
  Result<Actor> holder(const Jurisdiction& jurisdiction, std::string_view reference, std::string_view secret);
  // The record of a reference, for staff; `not_found` when there is none.
  Result<RecordId> find(const Jurisdiction& jurisdiction, std::string_view reference);
  // `forbidden` when the actor may not read it; someone of another unit learns no more than that it exists.
  Result<CaseView> read(const Jurisdiction& jurisdiction, const Actor& actor, RecordId id);
  // Of what the actor may see.
  Result<std::vector<CaseListItem>> list(const Jurisdiction& jurisdiction, const Actor& actor, CaseFilter filter);
  // Of those that wait for a dispatcher, the ones that no dispatcher may open: they complain of a unit that all of them belong
  // to, or all have stepped aside. For a supervisor, who can have somebody else named; empty for everybody else.
  Result<std::vector<CaseListItem>> list_without_dispatcher(const Jurisdiction& jurisdiction, const Actor& actor);
  Result<std::vector<std::pair<cases::Phase, std::uint64_t>>> count_by_phase(const Jurisdiction& jurisdiction,
                                                                             const Actor& actor);
  // By the program itself, within a transaction (case_chores.h): whatever the version is.
  Result<void> act_now(Ledger& ledger, RecordId id, cases::Command command);
  // A fresh receipt of its first event, under the published head where witnesses vouch for it and it covers the event, else under
  // the newest signed one; for the person who holds the secret.
  Result<Receipt> receipt(const Jurisdiction& jurisdiction, const Actor& actor, RecordId id);

 private:
  // One letter becomes several cases, which begin when it came in and open with its secret.
  void split(const Jurisdiction& jurisdiction, Actor actor, RecordId id, std::uint64_t version, cases::Split command,
             std::function<void(Result<std::uint64_t>)> done);
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace huiyin::app
