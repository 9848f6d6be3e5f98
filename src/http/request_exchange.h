// What the nodes on one database tell each other of their clients, so that a client spread over several of them by the proxy is
// limited as on one. The buckets stay in each node's memory: a request costs no journey to the database. Every second each node
// writes what passed of its busy clients (http/rate_limit.h), and takes what passed elsewhere from its own buckets.
//
// How well the limit holds: a node lets through a tenth of the limit a minute before it tells anybody, and a second passes before
// the others know. What went over it in that second is paid for later, up to one limit for each node.
//
// It makes no profile of anybody: quiet clients are never written down; a busy one stands there by a keyed hash, with another key
// every day and the keys outside the database; and all is erased after a few minutes. Nothing of it is logged.
//
// The clocks of the nodes must agree within a minute. A database that is away changes nothing else: each node limits by what it
// sees itself, and what it could not tell is forgotten.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "app/keys.h"
#include "app/store.h"
#include "http/rate_limit.h"

namespace huiyin::http {

inline constexpr std::chrono::milliseconds exchange_every = std::chrono::seconds(1);
inline constexpr std::int64_t request_minutes_kept = 2;  // beside the running one: for nodes whose clocks differ a little
// A node that heard nothing for so long, or begins, does not know when what it finds was asked: nobody is charged for it.
inline constexpr std::chrono::milliseconds exchange_silence_max = std::chrono::seconds(10);

class RequestExchange {
 public:
  // `node`: the name of this program among those on the store. `log_fault` may be called from the exchange's own thread.
  RequestExchange(app::Store& store, app::Keys& keys, const Clock& clock, std::string node, RateLimit& limit,
                  std::function<void(std::string_view)> log_fault);
  ~RequestExchange();
  RequestExchange(const RequestExchange&) = delete;
  RequestExchange& operator=(const RequestExchange&) = delete;

  // Begins to exchange, on a thread of its own, until the end.
  void start();
  // One exchange. Any thread, one at a time.
  void round();

  // How a client is called in the database at a time.
  [[nodiscard]] crypto::Hash hash_of(std::string_view client, Instant at) const;

 private:
  struct Debt {  // of a client not charged yet, because it is not busy here; it drains as a bucket fills
    double requests = 0;
    std::chrono::milliseconds at{};
  };
  [[nodiscard]] double drained(const Debt& debt, std::chrono::milliseconds now) const;
  void learn(const std::vector<app::RequestCount>& others, std::chrono::milliseconds now);

  app::Store& store_;
  const Clock& clock_;
  const std::string node_;
  RateLimit& limit_;
  const std::function<void(std::string_view)> log_fault_;
  const crypto::SymmetricKey key_;
  // Of the last exchange that went well.
  std::optional<std::chrono::milliseconds> last_;
  std::map<std::pair<crypto::Hash, std::int64_t>, std::uint64_t> seen_;  // by client and minute
  std::map<crypto::Hash, Debt> debts_;
  bool fault_told_ = false;

  std::mutex mutex_;  // guards what follows
  bool ending_ = false;
  std::condition_variable wake_;
  std::thread thread_;
};

}  // namespace huiyin::http
