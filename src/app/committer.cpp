#include "app/committer.h"

#include <fmt/format.h>

#include <future>

#include "app/kept_head.h"
#include "app/store_error.h"
#include "base/assert.h"
#include "log/checkpoint.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

// The server must not start on a head that is not this log's.
log::Checkpoint open_kept(const Jurisdiction& jurisdiction, const std::string& note) {
  auto checkpoint = open_kept_head(jurisdiction, note);
  if (!checkpoint || checkpoint->origin != jurisdiction.origin) {
    throw StoreFailure(StoreFailure::Kind::damaged, "the head kept outside the database is not signed by this log's key");
  }
  return *std::move(checkpoint);
}

// Empty when the database holds at least what was signed, unchanged; else what is wrong, for the operator.
std::string compare(const log::Checkpoint& kept, const Head& head, log::TileSource& tiles) {
  if (head.size < kept.size) {
    return fmt::format(
        "the database's log has {} entries, but a head over {} was signed: it went backwards. Bring back the "
        "newest database; where it is lost for good, `huiyin succeed-log` begins a log that goes on from this one",
        head.size, kept.size);
  }
  const auto root = head.size == kept.size ? head.root : log::root_of(kept.size, tiles);
  if (root != kept.root)
    return fmt::format("the database's log differs from the signed head within the first {} entries", kept.size);
  return {};
}

// A copy of the database from before the log was succeeded: its key signs nothing any more.
void refuse_succeeded(const Jurisdiction& jurisdiction, std::uint32_t newest) {
  if (newest <= jurisdiction.log().number) return;
  throw StoreFailure(
      StoreFailure::Kind::damaged,
      fmt::format("the log {} was succeeded by {}: this database is older than that. Bring back the newest database; where it is "
                  "lost for good, `huiyin succeed-log` begins a log that goes on from there",
                  jurisdiction.origin, log::origin_of({log::read_log_name(jurisdiction.origin).body, newest})));
}

bool is(const std::optional<Error>& refusal, const Key& key) { return refusal && refusal->message.key == key; }
bool is_clock(const std::optional<Error>& refusal) { return is(refusal, key::committer_clock_jumped); }
// What no waiting mends: another program, or another database, must be started.
bool is_final(const std::optional<Error>& refusal) {
  return is(refusal, key::committer_outdated) || is(refusal, key::committer_moved);
}

}  // namespace

Committer::Committer(Parts parts, std::vector<const Jurisdiction*> jurisdictions) : parts_(std::move(parts)) {
  for (const auto* jurisdiction : jurisdictions) {
    refuse_succeeded(*jurisdiction, parts_.keys.newest_log(jurisdiction->id));
    const auto view = parts_.store.write(jurisdiction->id);
    const auto head = view->head();
    LogState state{jurisdiction, log::Tree::load(head.size, *view), head, {}, 0};
    if (state.tree.root() != head.root) {
      throw StoreFailure(StoreFailure::Kind::damaged, "the log's tiles do not lead to its head: run `huiyin fsck`");
    }
    for (const auto& note : parts_.keys.last_heads(jurisdiction->log())) {
      const auto kept = open_kept(*jurisdiction, note);
      if (const auto wrong = compare(kept, head, *view); !wrong.empty()) throw StoreFailure(StoreFailure::Kind::damaged, wrong);
      state.kept_size = std::max(state.kept_size, kept.size);
    }
    // Nothing is signed before it is wherever commits have to be before they count (a standby).
    view->put_head(head);
    view->commit();
    if (head.size > 0) {
      const auto signed_head = sign(state, head);
      keep(state, signed_head);
      publish(state, head, signed_head);
    }
    states_.push_back(std::move(state));
  }
  wall_minus_monotonic_ = std::chrono::milliseconds(parts_.clock.now().ms) - parts_.clock.monotonic();
  answering_ = std::thread([this] { answer_released(); });
  thread_ = std::thread([this] { loop(); });
}

Committer::~Committer() { finish(); }

void Committer::stop() {
  const std::scoped_lock lock(mutex_);
  stopping_ = true;
  wake_.notify_all();
}

void Committer::finish() {
  stop();
  if (!thread_.joinable()) return;
  thread_.join();
  {
    const std::scoped_lock lock(released_mutex_);
    released_all_ = true;
  }
  released_wake_.notify_one();
  answering_.join();
}

void Committer::submit(std::unique_ptr<Job> job) {
  {
    const std::scoped_lock lock(mutex_);
    if (!stopping_ && queue_.size() < queue_jobs_max) {
      queue_.push_back(std::move(job));
      wake_.notify_one();
      return;
    }
  }
  fail(*job, Error{Code::overloaded, {key::committer_overloaded}});
}

Result<void> Committer::ready() const {
  const std::scoped_lock lock(mutex_);
  if (refusal_) return *refusal_;
  return {};
}

void Committer::confirm_time() {
  const std::scoped_lock lock(mutex_);
  if (!is_clock(refusal_)) return;
  confirmed_offset_ = std::chrono::milliseconds(parts_.clock.now().ms) - parts_.clock.monotonic();
  refusal_.reset();
}

std::size_t Committer::waiting() const {
  const std::scoped_lock lock(mutex_);
  return queue_.size();
}

std::optional<SignedHead> Committer::head(JurisdictionId jurisdiction) const {
  const std::scoped_lock lock(mutex_);
  for (const auto& state : states_) {
    if (state.jurisdiction->id == jurisdiction && state.head.size > 0) return state.signed_head;
  }
  return std::nullopt;
}

namespace {

// Nothing to do; but what it is answered with is signed, and stays.
class HeadJob final : public Job {
 public:
  explicit HeadJob(JurisdictionId jurisdiction) : jurisdiction_(jurisdiction) {}
  std::future<Result<SignedHead>> answer() { return answer_.get_future(); }
  [[nodiscard]] JurisdictionId jurisdiction() const override { return jurisdiction_; }
  Result<void> run(Ledger&) override { return {}; }
  [[nodiscard]] bool writes_log() const override { return false; }
  void committed(const SignedHead& head) override { answer_.set_value(head); }
  void failed(Error error) override { answer_.set_value(std::move(error)); }

 private:
  JurisdictionId jurisdiction_;
  std::promise<Result<SignedHead>> answer_;
};

}  // namespace

Result<SignedHead> Committer::refresh_head(JurisdictionId jurisdiction) {
  auto job = std::make_unique<HeadJob>(jurisdiction);
  auto answer = job->answer();
  submit(std::move(job));
  if (answer.wait_for(head_wait_max) != std::future_status::ready) return Error{Code::unavailable, {key::committer_busy}};
  return answer.get();
}

Committer::LogState& Committer::state_of(JurisdictionId id) {
  const auto found = std::ranges::find_if(states_, [&](const LogState& state) { return state.jurisdiction->id == id; });
  HUIYIN_ASSERT(found != states_.end());
  return *found;
}

void Committer::loop() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      const bool due = !wake_.wait_for(lock, look_every, [&] { return stopping_ || !queue_.empty(); });
      lock.unlock();
      if (due) {
        look();
        continue;
      }
    }
    auto batch = take_batch();
    if (batch.empty()) return;
    jobs_ += batch.size();
    run(std::move(batch));
  }
}

// Whether it could write: the database may have come back, or gone backwards, while nobody wrote.
void Committer::look() {
  try {
    for (auto& state : states_) look_at(state);
  } catch (const StoreFailure& fault) {
    refuse(error_of(fault));
  }
}

void Committer::look_at(LogState& state) {
  std::optional<Error> refusal;
  {
    const std::scoped_lock lock(mutex_);
    refusal = refusal_;
  }
  const auto view = parts_.store.read(state.jurisdiction->id);
  if (const auto same = hold_against_signed(state, *view, view->head()); !same.ok()) return refuse(same.error());
  if (!refusal || is_clock(refusal) || is_final(refusal)) return;
  if (is(refusal, key::committer_head_not_kept) && !keep_again(state)) return;
  const std::scoped_lock lock(mutex_);
  refusal_.reset();
}

// Whether the newest head could be kept now.
bool Committer::keep_again(LogState& state) {
  try {
    if (const auto newest = head(state.jurisdiction->id)) keep(state, *newest);
    return true;
  } catch (const StoreFailure& fault) {
    refuse(Error{Code::unavailable, {key::committer_head_not_kept}, {}, fault.what()});
    return false;
  }
}

// What waits for one jurisdiction, in order; empty when it is time to end.
Committer::Batch Committer::take_batch() {
  const std::scoped_lock lock(mutex_);
  Batch batch;
  if (queue_.empty()) return batch;
  const auto jurisdiction = queue_.front()->jurisdiction();
  std::deque<std::unique_ptr<Job>> others;
  while (!queue_.empty() && batch.size() < batch_jobs_max) {
    if (queue_.front()->jurisdiction() == jurisdiction) batch.push_back(std::move(queue_.front()));
    else others.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  while (!others.empty()) {
    queue_.push_front(std::move(others.back()));
    others.pop_back();
  }
  return batch;
}

void Committer::run(Batch batch) {
  auto& state = state_of(batch.front()->jurisdiction());
  ++batches_;
  std::optional<Error> error;
  bool by_one_job = true;
  batch_committed_ = false;
  try {
    attempt(batch, state);
    return;
  } catch (const StoreFailure& fault) {
    error = error_of(fault);
    by_one_job = fault.kind() == StoreFailure::Kind::constraint || fault.kind() == StoreFailure::Kind::other;
  } catch (const std::exception& fault) {
    // After the commit nothing may run again: a server that cannot even answer for it must not go on.
    HUIYIN_ASSERT(!batch_committed_);
    error = Error{Code::internal, {key::committer_failed}, {}, fault.what()};
  }
  if (batch.size() <= 1 || !by_one_job) {
    parts_.log_fault(fmt::format("a write failed: {}", error->detail));
    if (is_final(error)) refuse(*error);
    error->detail.clear();  // told once, not for each job
    for (auto& job : batch) fail(*job, *error);
    return;
  }
  // One of them did it: each on its own, so that only that one fails.
  for (auto& job : batch) {
    Batch alone;
    alone.push_back(std::move(job));
    run(std::move(alone));
  }
}

// One transaction. Jobs that were refused leave the batch; the rest is committed and released.
void Committer::attempt(Batch& batch, LogState& state) {
  const auto fail_all = [&](Error error) {
    error.detail.clear();  // refuse() has told it
    for (auto& job : batch) fail(*job, error);
    batch.clear();
  };
  if (const auto able = ready(); !able.ok()) {
    const bool lasting = is(able.error(), key::committer_head_not_kept) ? !keep_again(state) : is_final(able.error());
    if (lasting) return fail_all(able.error());
  }
  for (;;) {
    if (batch.empty()) return;
    auto view = parts_.store.write(state.jurisdiction->id);
    const auto head = view->head();
    if (const auto same = hold_against_signed(state, *view, head); !same.ok()) {
      refuse(same.error());
      return fail_all(same.error());
    }
    const auto time = time_for(head);
    if (!time.ok()) {
      refuse(time.error());
      std::erase_if(batch, [&](const auto& job) {
        if (job->writes_log()) fail(*job, {time.error().code, time.error().message});
        return job->writes_log();
      });
      if (batch.empty()) return;
    }
    const auto now = time.ok() ? *time : parts_.clock.now();  // in doubt, but then nothing goes into the log
    auto tree = state.tree;
    if (tree.size() != head.size || tree.root() != head.root) tree = log::Tree::load(head.size, *view);  // others wrote meanwhile
    if (tree.root() != head.root) throw StoreFailure(StoreFailure::Kind::damaged, "the log's tiles do not lead to its head");
    if (!run_jobs(batch, state, *view, tree, now)) continue;
    if (batch.empty()) return;
    for (const auto& change : tree.take_changes()) view->put_tile(change.id, change.hashes);
    const Head next{tree.size(), tree.root(), tree.size() > head.size ? now : head.t};
    // Even when nothing is new: a commit that writes nothing waits for no standby, and these jobs may have seen what another's
    // commit left on this machine alone.
    view->put_head(next);
    log::Prover prover(next.size, *view);
    for (auto& job : batch) {
      for (const auto index : job->wants_proofs()) job->take_proof(index, prover.inclusion(index));
    }
    commit(std::move(view), state, head, next);
    batch_committed_ = true;
    const auto signed_head = next.size > 0 ? sign(state, next) : SignedHead();
    if (next.size > head.size) state.tree = std::move(tree);
    // What was committed is answered even when its head could not be kept; but nothing more is written then.
    try {
      keep(state, signed_head);
      const std::scoped_lock lock(mutex_);
      if (!is_clock(refusal_) && !is_final(refusal_)) refusal_.reset();  // it could be written
    } catch (const StoreFailure& fault) {
      refuse(Error{Code::unavailable, {key::committer_head_not_kept}, {}, fault.what()});
    }
    if (next.size > 0) publish(state, next, signed_head);
    release(std::move(batch), signed_head);
    return;
  }
}

// False when one of them had begun to write before it was refused: the transaction is spoilt, the others run again.
bool Committer::run_jobs(Batch& batch, const LogState& state, WriteView& view, log::Tree& tree, Instant now) {
  for (auto job = batch.begin(); job != batch.end();) {
    const auto size_before = tree.size();
    Ledger ledger(*state.jurisdiction, view, tree, now, parts_.random);
    const auto done = (*job)->run(ledger);
    if (done.ok()) {
      ++job;
      continue;
    }
    fail(**job, done.error());
    job = batch.erase(job);
    if (tree.size() != size_before) return false;
  }
  return true;
}

// When the connection went with the answer, the log itself tells what became of the commit.
void Committer::commit(std::unique_ptr<WriteView> view, LogState& state, const Head& before, const Head& next) {
  try {
    view->commit();
  } catch (const StoreFailure& fault) {
    if (fault.kind() != StoreFailure::Kind::in_doubt || next.size == before.size) throw;
    parts_.log_fault(fmt::format("the connection went while a commit was under way: {}", fault.what()));
    view.reset();
    if (!is_committed(state, next)) throw StoreFailure(StoreFailure::Kind::busy, "that commit was not done");
  }
}

// Opening the view waits until nobody else holds the head row: not the lost connection's transaction either. And a commit of our
// own makes sure that what was seen is wherever commits have to be before they count (a standby).
bool Committer::is_committed(LogState& state, const Head& next) {
  const auto begun = parts_.clock.monotonic();
  for (;;) {
    try {
      const auto view = parts_.store.write(state.jurisdiction->id);
      const auto head = view->head();
      const bool there = head.size >= next.size && log::root_of(next.size, *view) == next.root;
      view->put_head(head);
      view->commit();
      return there;
    } catch (const StoreFailure& fault) {
      const bool lasting = fault.kind() == StoreFailure::Kind::outdated || fault.kind() == StoreFailure::Kind::moved;
      std::unique_lock lock(mutex_);
      const bool ending = wake_.wait_for(lock, doubt_retry_every, [this] { return stopping_; });
      if (lasting || ending || parts_.clock.monotonic() - begun > doubt_max)
        throw StoreFailure(StoreFailure::Kind::in_doubt, fmt::format("what became of that commit is unknown: {}", fault.what()));
    }
  }
}

void Committer::fail(Job& job, const Error& error) {
  if (!error.detail.empty()) parts_.log_fault(error.detail);
  try {
    job.failed(error);
  } catch (const std::exception& fault) {
    parts_.log_fault(fmt::format("a refusal could not be given: {}", fault.what()));
  }
}

void Committer::release(Batch batch, const SignedHead& head) {
  {
    const std::scoped_lock lock(released_mutex_);
    released_.push_back({std::move(batch), head});
  }
  released_wake_.notify_one();
}

void Committer::answer_released() {
  for (;;) {
    std::unique_lock lock(released_mutex_);
    released_wake_.wait(lock, [&] { return released_all_ || !released_.empty(); });
    if (released_.empty()) return;
    const auto [batch, head] = std::move(released_.front());
    released_.pop_front();
    lock.unlock();
    for (const auto& job : batch) {
      // After the commit nothing may look as if the transaction had failed: it would run again.
      try {
        job->committed(head);
      } catch (const std::exception& fault) {
        parts_.log_fault(fmt::format("an answer could not be given, though its command was written: {}", fault.what()));
      }
    }
  }
}

// The wall clock, but never before the log's newest entry; refused when it jumped.
Result<Instant> Committer::time_for(const Head& head) {
  const auto wall = parts_.clock.now();
  const auto offset = std::chrono::milliseconds(wall.ms) - parts_.clock.monotonic();
  {
    const std::scoped_lock lock(mutex_);
    if (confirmed_offset_) {
      wall_minus_monotonic_ = *confirmed_offset_;
      confirmed_offset_.reset();
      time_confirmed_ = true;
    }
  }
  const bool jumped = std::chrono::abs(offset - wall_minus_monotonic_) > clock_jump_max;
  const bool behind = head.size > 0 && head.t - wall > clock_jump_max && !time_confirmed_;
  if (jumped || behind) {
    return Error{Code::unavailable,
                 {key::committer_clock_jumped},
                 {},
                 fmt::format("wall clock {}, newest entry {}: nothing is written until a steward confirms the time",
                             to_rfc3339(wall), to_rfc3339(head.t))};
  }
  {
    const std::scoped_lock lock(mutex_);
    if (is_clock(refusal_)) refusal_.reset();  // the clock came right by itself
  }
  return std::max(wall, head.t);
}

Result<void> Committer::hold_against_signed(const LogState& state, ReadView& view, const Head& head) const {
  const auto known = known_head(state);
  std::string wrong;
  if (known.size > 0) wrong = compare({state.jurisdiction->origin, known.size, known.root}, head, view);
  if (wrong.empty()) return {};
  return Error{Code::unavailable, {key::committer_head_differs}, {}, std::move(wrong)};
}

Head Committer::known_head(const LogState& state) const {
  const std::scoped_lock lock(mutex_);
  return state.head;
}

SignedHead Committer::sign(const LogState& state, const Head& head) const {
  if (state.signed_head.size == head.size) return state.signed_head;
  return {head.size, state.jurisdiction->signer.sign(log::checkpoint_text({state.jurisdiction->origin, head.size, head.root}))};
}

// Before anybody is given something under it.
void Committer::keep(LogState& state, const SignedHead& head) {
  if (head.size <= state.kept_size) return;
  parts_.keys.keep_head(state.jurisdiction->log(), head.note);
  state.kept_size = head.size;
}

void Committer::publish(LogState& state, const Head& head, const SignedHead& signed_head) {
  const std::scoped_lock lock(mutex_);
  state.head = head;
  state.signed_head = signed_head;
}

void Committer::refuse(Error why) {
  const std::scoped_lock lock(mutex_);
  if (is_final(refusal_)) return;
  // Once for each reason, not for each job.
  if (!is(refusal_, why.message.key)) parts_.log_fault(fmt::format("nothing is written: {}", why.detail));
  refusal_ = std::move(why);
}

}  // namespace huiyin::app
