// Chores: what has to be done now and then, once for each jurisdiction however many nodes serve it. A chore runs as a job of the
// Committer, and takes its lease in the same transaction: who does not get it does nothing, and no two nodes can both have done
// it. The next node takes over when the lease has run out.
//
// A chore that acts on the world outside (a mail, a web hook) must write down in one round what it is going to do, and what came
// of it in the next: a lease alone does not make two machines agree on the time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/committer.h"

namespace huiyin::app {

// How often is looked whether a chore is due.
inline constexpr std::chrono::milliseconds rounds_every = std::chrono::seconds(1);

struct Chore {
  std::string_view name;
  std::chrono::milliseconds every;
  // True: there is more to do, come again at once.
  std::function<Result<bool>(Ledger&)> run;
  // Whether there is anything to do: when there is not, nothing is written, the lease neither. None: always.
  std::function<bool(Ledger&)> wanted{};
  std::optional<std::chrono::milliseconds> lease{};  // how long it lasts; none: as long as `every`
};

// Ends sessions and forgets idempotency keys whose time is over.
Chore housekeeping();
inline constexpr std::chrono::milliseconds housekeeping_every = std::chrono::minutes(1);

class Chores {
 public:
  // `node`: the name of this program among those on the store.
  Chores(Committer& committer, const Clock& clock, std::string node, std::vector<const Jurisdiction*> jurisdictions,
         std::vector<Chore> chores);
  ~Chores();
  Chores(const Chores&) = delete;
  Chores& operator=(const Chores&) = delete;

  // Begins to make rounds, on a thread of its own, until the end.
  void start();
  // One round: hands what is due to the Committer. Any thread, one at a time.
  void round();

 private:
  class ChoreJob;
  struct Turn {  // of one chore in one jurisdiction
    const Chore* chore;
    const Jurisdiction* jurisdiction;
    std::chrono::milliseconds due;
    bool under_way = false;
  };
  void done(Turn& turn, bool more);

  Committer& committer_;
  const Clock& clock_;
  std::string node_;
  std::vector<Chore> chores_;
  std::mutex mutex_;  // guards what follows
  std::vector<Turn> turns_;
  bool ending_ = false;
  std::condition_variable wake_;
  std::thread thread_;
};

}  // namespace huiyin::app
