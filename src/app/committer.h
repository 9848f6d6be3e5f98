// Committer: the only writer. It gathers what waits, runs it in one transaction, appends to the log, commits once, signs the new
// head, keeps it outside the database and only then releases all answers (group commit). A job that fails never fails its
// neighbours.
//
// Any number of Committers, each in its own program, may write to one log: the lock of the log's head row orders them.
//
// Before each write the head in the database is held against the last head this server signed: a database that went backwards
// (a restored backup, a fail-over to a stale copy) is never signed. A commit whose answer was lost with the connection is looked
// for in the log before anybody is told anything. And when the wall clock leaves the monotonic one by
// more than an hour, nothing is written until a steward confirms the time or the clock is right again.
//
// Thread rule: submit() and the questions from any thread; jobs run on the Committer's own. What was committed is answered on a
// second one, while the next transaction is under way.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/ledger.h"
#include "base/result.h"

namespace huiyin::app {

inline constexpr std::size_t batch_jobs_max = 256;
inline constexpr std::size_t queue_jobs_max = 8192;
inline constexpr std::chrono::milliseconds clock_jump_max = std::chrono::hours(1);
// How often an idle Committer looks whether it could write.
inline constexpr std::chrono::milliseconds look_every = std::chrono::seconds(1);
inline constexpr std::chrono::milliseconds head_wait_max = std::chrono::seconds(5);
// How long it tries to learn what became of a commit, and how often.
inline constexpr std::chrono::milliseconds doubt_max = std::chrono::seconds(30);
inline constexpr std::chrono::milliseconds doubt_retry_every = std::chrono::milliseconds(100);

// The newest head of a log: how many entries it covers and the checkpoint, signed.
struct SignedHead {
  std::uint64_t size = 0;
  std::string note;  // the checkpoint, signed
};

class Job {
 public:
  virtual ~Job() = default;
  [[nodiscard]] virtual JurisdictionId jurisdiction() const = 0;
  // In the transaction. May run more than once (after a neighbour's failure): it begins afresh each time. An Error leaves nothing
  // behind only if nothing was written before it: refuse first, write then.
  virtual Result<void> run(Ledger& ledger) = 0;
  // False: it writes beside the log (sessions, accounts), and goes on while the clock is in doubt: a steward must be able to sign
  // in.
  [[nodiscard]] virtual bool writes_log() const { return true; }
  // The places in the log of the entries it wants proofs for.
  [[nodiscard]] virtual std::vector<std::uint64_t> wants_proofs() const { return {}; }
  virtual void take_proof(std::uint64_t, std::vector<log::Hash>) {}
  // Exactly one of these two, on a thread of the Committer's: be quick. What committed() throws is told to the operator, no more.
  virtual void committed(const SignedHead& head) = 0;
  virtual void failed(Error error) = 0;
};

class Committer {
 public:
  struct Parts {
    Store& store;
    Keys& keys;
    const Clock& clock;
    Random& random;
    std::function<void(std::string_view)> log_fault;  // for the operator; one line
  };
  // Throws when a kept head is ahead of the database (StoreFailure, damaged): the server must not start.
  Committer(Parts parts, std::vector<const Jurisdiction*> jurisdictions);
  ~Committer();  // finish()
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // `overloaded` through job->failed() when the queue is full.
  void submit(std::unique_ptr<Job> job);
  // Takes no more jobs; what waits is still done.
  void stop();
  // Stops, and gives every answer that is due before it returns. Call it before what the answers use goes away.
  void finish();

  // Why nothing is being written, or all is well.
  [[nodiscard]] Result<void> ready() const;
  // Takes the clock as it is now; only while it is in doubt.
  void confirm_time();
  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] std::uint64_t batches() const { return batches_.load(); }
  [[nodiscard]] std::uint64_t jobs() const { return jobs_.load(); }
  // The newest signed head of a jurisdiction; nothing while its log is empty.
  [[nodiscard]] std::optional<SignedHead> head(JurisdictionId jurisdiction) const;
  // The newest one in the database, which another program may have written: it is signed and kept now. Waits for it.
  Result<SignedHead> refresh_head(JurisdictionId jurisdiction);

 private:
  struct LogState {  // what is remembered of one log between batches
    const Jurisdiction* jurisdiction;
    log::Tree tree;
    Head head;
    SignedHead signed_head;
    std::uint64_t kept_size;  // of the newest head kept outside the database
  };
  using Batch = std::vector<std::unique_ptr<Job>>;

  void loop();
  Batch take_batch();
  void run(Batch batch);
  void attempt(Batch& batch, LogState& state);
  Result<Instant> time_for(const Head& head);
  bool run_jobs(Batch& batch, const LogState& state, WriteView& view, log::Tree& tree, Instant now);
  void commit(std::unique_ptr<WriteView> view, LogState& state, const Head& before, const Head& next);
  bool is_committed(LogState& state, const Head& next);
  void look();
  void look_at(LogState& state);
  Result<void> hold_against_signed(const LogState& state, ReadView& view, const Head& head) const;
  Head known_head(const LogState& state) const;
  SignedHead sign(const LogState& state, const Head& head) const;
  void keep(LogState& state, const SignedHead& head);
  bool keep_again(LogState& state);
  void publish(LogState& state, const Head& head, const SignedHead& signed_head);
  void fail(Job& job, const Error& error);
  void release(Batch batch, const SignedHead& head);
  void answer_released();
  void refuse(Error why);
  LogState& state_of(JurisdictionId id);

  Parts parts_;
  std::vector<LogState> states_;
  mutable std::mutex mutex_;  // guards what follows, and the head and signed_head of each log
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Job>> queue_;
  std::optional<Error> refusal_;  // until a restart, or confirm_time()
  bool stopping_ = false;
  std::chrono::milliseconds wall_minus_monotonic_{};
  std::optional<std::chrono::milliseconds> confirmed_offset_;  // wall minus monotonic, when a steward said it is right
  bool time_confirmed_ = false;
  bool batch_committed_ = false;  // of the batch at work
  std::atomic<std::uint64_t> batches_{0};
  std::atomic<std::uint64_t> jobs_{0};

  // Committed, to be answered in order; no more than wait for their answers.
  struct Released {
    Batch batch;
    SignedHead head;
  };
  std::mutex released_mutex_;  // guards what follows
  std::condition_variable released_wake_;
  std::deque<Released> released_;
  bool released_all_ = false;

  std::thread thread_;
  std::thread answering_;
};

}  // namespace huiyin::app
