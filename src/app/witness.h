// A witness at work: it cosigns heads of the logs in its policy, and never two that contradict each other, since it remembers the
// newest one of each on disk before it answers (c2sp.org/tlog-witness). Any thread.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "log/witness.h"

namespace huiyin::app {

// The newest cosigned head of each log, whole, on disk when keep() returns. A failure is a StoreFailure. One thread at a time.
class CosignedHeads {
 public:
  virtual ~CosignedHeads() = default;
  // `log` is the hex SHA-256 of its origin. Nothing before the first.
  virtual std::optional<std::string> find(std::string_view log) = 0;
  virtual void keep(std::string_view log, std::string_view note) = 0;
};

class Witness {
 public:
  // Throws std::runtime_error when a kept head is not one that this witness cosigned: whoever changed it could make it fork.
  Witness(log::WitnessPolicy policy, log::Cosigner cosigner, CosignedHeads& heads, const Clock& clock);

  struct Answer {
    unsigned status = 0;  // of HTTP
    std::string_view type{};  // of the body
    std::string body{};
  };
  // POST add-checkpoint.
  Answer add_checkpoint(std::string_view body);
  // GET <hex SHA-256 of the origin>/checkpoint: the newest head that it cosigned, with its line; nothing when there is none.
  [[nodiscard]] std::optional<std::string> checkpoint(std::string_view log) const;
  [[nodiscard]] std::string vkey() const { return cosigner_.vkey(); }
  [[nodiscard]] std::string_view log_names() const { return log_names_; }  // the origins in the policy, a line each

 private:
  struct Kept {
    log::Cosigned head;
    std::string note;
  };
  const log::WitnessPolicy policy_;
  const log::Cosigner cosigner_;
  CosignedHeads& heads_;
  const Clock& clock_;
  std::string log_names_;
  mutable std::mutex mutex_;  // guards what follows, and orders decision and keeping
  std::map<std::string, Kept, std::less<>> kept_;  // by hex SHA-256 of the origin
};

// As in addresses: hex SHA-256 of an origin.
std::string witness_log_name(std::string_view origin);

}  // namespace huiyin::app
