// Publisher: which head of a log everybody is shown. Receipts prove the newest signed head at once; what is published is the
// newest one that enough witnesses vouch for, and never an older one than before. With no witness it is the signed one; where too
// few vouch for ten minutes, the signed one too, and it says so.
//
// One head is offered at a time, to each witness on its own: a witness that is down or slow keeps neither cases nor the others
// waiting. Several nodes on one database take turns by a lease (publishing_chore()), and all show what was published last.
//
// Thread rule: the questions from any thread. ask() by one thread a witness, tick() by any.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/chores.h"
#include "app/published_notes.h"
#include "app/witness_talk.h"

namespace huiyin::app {

inline constexpr std::size_t witnesses_max = 32;
inline constexpr std::chrono::milliseconds witness_wait_max = std::chrono::minutes(10);
// Between two tries with a witness that does not vouch, from the first to the longest; a quarter more or less of it by chance.
inline constexpr std::chrono::milliseconds witness_pause_first = std::chrono::seconds(2);
inline constexpr std::chrono::milliseconds witness_pause_max = std::chrono::minutes(5);
inline constexpr std::chrono::milliseconds publishing_lease = std::chrono::seconds(30);

struct Voucher {
  std::string witness;  // the name of its key
  std::uint64_t time = 0;  // when it says it saw the head, in seconds since 1970
};

struct PublishedHead {
  SignedHead head;  // the note with the lines of those who vouch
  bool witnessed = false;  // enough of them do
  std::vector<Voucher> vouchers{};
};

class Publisher {
 public:
  struct Parts {
    Store& store;
    Committer& committer;
    PublishedNotes& notes;
    const Clock& clock;
    Random& random;  // of any thread
    std::function<void(std::string_view)> log_fault;
  };
  // `shared`: other nodes work on the same database, so that publishing takes a lease. 1 <= quorum <= witnesses, unless there are
  // none.
  Publisher(Parts parts, std::vector<const Jurisdiction*> jurisdictions, std::vector<WitnessPeer> witnesses, std::size_t quorum,
            bool shared);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // Asks each witness for the newest head it has seen, all at once. Throws StoreFailure (damaged) when one has seen more than the
  // database holds, or something else: a restored backup or a stale copy must not fork the log. One that does not answer is named
  // to the operator. Before anything is written.
  void hold_against_witnesses();
  void start();
  // Ends what is under way.
  void finish();

  // Nothing while nothing was published.
  [[nodiscard]] std::optional<PublishedHead> published(JurisdictionId jurisdiction) const;
  struct Vouching {
    std::string name, vkey;
    std::optional<std::uint64_t> since, last;  // seconds since 1970, by the witness's clock
    std::uint64_t size = 0;  // of the last head it vouched for
    std::optional<WitnessFault> fault;  // of the last try, if it failed
  };
  [[nodiscard]] std::vector<Vouching> witnesses(JurisdictionId jurisdiction) const;
  [[nodiscard]] std::size_t quorum() const noexcept { return quorum_; }

  // Takes the lease in turn with other nodes; for a shared database.
  [[nodiscard]] Chore publishing_chore();

  // One look at what there is to offer and to publish; one turn with one witness. For tests; start() makes threads that call
  // them.
  void tick();
  void ask(std::size_t witness);

 private:
  struct Offer {  // what one witness made of one log
    std::uint64_t seen = 0;
    std::optional<log::NoteSignature> line{};  // under the log's candidate
    std::uint64_t time = 0;
    std::chrono::milliseconds next_try{}, pause{};
    Vouching vouching{};
  };
  struct LogState {
    const Jurisdiction* jurisdiction;
    log::NoteVerifier key;
    std::optional<SignedHead> candidate{};
    std::chrono::milliseconds offered{};  // when it became the candidate
    std::optional<PublishedHead> published{};
    std::chrono::milliseconds leads_until{};  // by lease
    std::vector<Offer> offers{};  // by witness
  };

  void hold_against(std::size_t witness);
  void hold_against_published(LogState& log);
  void tick(LogState& log);
  void read_published(LogState& log);
  void publish(LogState& log, bool witnessed);
  [[nodiscard]] std::optional<SignedHead> wanted(const LogState& log, std::size_t witness) const;
  void add_line(LogState& log, std::size_t witness, const Pushed& pushed);
  bool give_way(LogState& log, const SignedHead& head, std::uint64_t seen);
  void record(LogState& log, std::size_t witness, const SignedHead& head, Pushed pushed);
  [[nodiscard]] std::optional<PublishedHead> read_note(const LogState& log, const std::string& note) const;
  [[nodiscard]] bool leads(const LogState& log) const;
  void fault(const LogState& log, std::size_t witness, const std::string& detail) const;
  void loop(const std::function<void()>& work);
  LogState& state_of(JurisdictionId id);
  [[nodiscard]] const LogState& state_of(JurisdictionId id) const;

  Parts parts_;
  std::vector<WitnessPeer> peers_;
  const std::size_t quorum_;
  const bool shared_;
  mutable std::mutex mutex_;  // guards what follows
  std::vector<LogState> logs_;
  bool ending_ = false;
  std::condition_variable wake_;
  std::vector<std::thread> threads_;
};

}  // namespace huiyin::app
