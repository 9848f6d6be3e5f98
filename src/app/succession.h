// Succession: the log ends, and another one goes on from it, under the next number and with a new key (docs/decisions/0017). For
// a database that came back from a copy older than what was signed, and for a key that is to be used no more. The server must be
// stopped, on PostgreSQL every node of it.
//
// Stopped at any moment, what is there is the old log or the new one, never half of one; the same again goes on:
//   1. a head of the old log over all its entries is signed and kept      the old log
//   2. the new log's key is made, its first entry kept beside it          the old log; neither is used yet
//   3. one transaction: the name, the first entries, all places, the head the new log; any start signs its head
//   4. the new log's head is signed and kept                              the new log; the old one does not start any more
// Thread rule: one thread.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "app/jurisdiction.h"
#include "app/keys.h"
#include "app/published_notes.h"
#include "app/store.h"
#include "base/time.h"
#include "log/checkpoint.h"
#include "log/entry.h"

namespace huiyin::app {

struct LogToSucceed {
  Store& store;
  Keys& keys;
  PublishedNotes& published;
  const Jurisdiction& jurisdiction;
  const Clock& clock;
};

struct Succession {
  log::Checkpoint before;  // the newest head of the log that ends, as its key signed it
  std::vector<std::string> first_entries;  // of the new log; the newest names `before`, the others are those it began with, where
                                           // the database is older than them
  std::uint64_t held = 0;  // entries that the database holds and that are repeated after these
  std::uint64_t kept = 0;  // of `before`'s entries; what is over is lost
  LogId log;  // the new one
  std::string origin;  // its name
  Instant t;  // of its head
  bool signed_before = true;  // false: `before` is still to be signed and kept
};

// What succeed_log() would do; nothing is written. `heads` are further signed checkpoints of the log that ends, which others kept
// (a witness, an auditor): the newest of all counts. `progress(done, all)` of entries. Throws StoreFailure with a sentence when
// the reason does not fit (nothing is lost, or something is), when a head is not signed by the log's key, when the database is
// not the beginning of the log that was signed, or is damaged.
Succession plan_succession(LogToSucceed log, log::SuccessionReason reason, std::span<const std::string> heads,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress);

// Does it; gives the new log's verifier key. Throws StoreFailure when the database has moved on since the plan.
std::string succeed_log(LogToSucceed log, const Succession& plan,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace huiyin::app
