#include "app/chores.h"

namespace huiyin::app {

Chore housekeeping() {
  return {"housekeeping", housekeeping_every, [](Ledger& ledger) { return Result(ledger.view().erase_expired(ledger.now())); }};
}

// Refused while the clock is in doubt, as everything that goes by it: what is erased stays so.
class Chores::ChoreJob final : public Job {
 public:
  ChoreJob(Chores& chores, Turn& turn) : chores_(chores), turn_(turn) {}
  [[nodiscard]] JurisdictionId jurisdiction() const override { return turn_.jurisdiction->id; }
  Result<void> run(Ledger& ledger) override {
    more_ = false;
    if (turn_.chore->wanted && !turn_.chore->wanted(ledger)) return {};
    const auto now = ledger.now();
    if (!ledger.view().take_lease(turn_.chore->name, chores_.node_, now, now + turn_.chore->lease.value_or(turn_.chore->every)))
      return {};
    const auto more = turn_.chore->run(ledger);
    if (!more.ok()) {
      ledger.view().take_lease(turn_.chore->name, chores_.node_, now, now);  // given back: neighbours may be committed
      return more.error();
    }
    more_ = *more;
    return {};
  }
  void committed(const SignedHead&) override { chores_.done(turn_, more_); }
  void failed(Error) override { chores_.done(turn_, false); }  // the Committer has told the operator; next time again

 private:
  Chores& chores_;
  Turn& turn_;
  bool more_ = false;
};

Chores::Chores(Committer& committer, const Clock& clock, std::string node, std::vector<const Jurisdiction*> jurisdictions,
               std::vector<Chore> chores)
    : committer_(committer), clock_(clock), node_(std::move(node)), chores_(std::move(chores)) {
  for (const auto* jurisdiction : jurisdictions) {
    for (const auto& chore : chores_) turns_.push_back({&chore, jurisdiction, clock_.monotonic() + chore.every});
  }
}

// Its jobs refer to it: the Committer must have finished.
Chores::~Chores() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Chores::start() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, rounds_every, [this] { return ending_; })) {
      lock.unlock();
      round();
      lock.lock();
    }
  });
}

void Chores::round() {
  std::vector<Turn*> due;
  {
    const std::scoped_lock lock(mutex_);
    const auto now = clock_.monotonic();
    for (auto& turn : turns_) {
      if (turn.under_way || turn.due > now) continue;
      turn.under_way = true;
      turn.due = now + turn.chore->every;
      due.push_back(&turn);
    }
  }
  for (auto* turn : due) committer_.submit(std::make_unique<ChoreJob>(*this, *turn));
}

void Chores::done(Turn& turn, bool more) {
  const std::scoped_lock lock(mutex_);
  turn.under_way = false;
  if (more) turn.due = clock_.monotonic();
}

}  // namespace huiyin::app
