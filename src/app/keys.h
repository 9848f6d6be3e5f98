// Keys: what lies outside the database. Record keys are wrapped by monthly wrapping keys, these by the master key; beside them
// the last signed head of each log, against which the Committer holds the database before it writes. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/log_id.h"
#include "base/crypto.h"
#include "base/id.h"
#include "base/time.h"

namespace huiyin::app {

struct WrappedKey {
  std::string wrapping;  // "2026-11"
  Bytes bytes;
};

class Keys {
 public:
  virtual ~Keys() = default;
  // A key for one purpose ("case secrets", "csrf"), derived from the master key.
  virtual crypto::SymmetricKey for_purpose(std::string_view purpose) = 0;
  // Under the wrapping key of that month, which is made when it is first needed. Bound to the record's tag.
  virtual WrappedKey wrap(const crypto::SymmetricKey& record_key, const Random128& tag, Instant now) = 0;
  // Nothing when the wrapping key was destroyed (erasure) or the bytes do not fit.
  virtual std::optional<crypto::SymmetricKey> unwrap(const WrappedKey& wrapped, const Random128& tag) = 0;

  virtual crypto::SigningKey log_key(LogId log) = 0;
  // A new key, where that log has none yet.
  virtual void make_log_key(LogId log) = 0;
  // The newest signed checkpoint (a signed note) that each program on this log kept outside the database; none before the first.
  virtual std::vector<std::string> last_heads(LogId log) = 0;
  virtual void keep_head(LogId log, std::string_view note) = 0;

  // The newest log of which a head was kept; 0 before the first head of the first.
  virtual std::uint32_t newest_log(JurisdictionId jurisdiction) = 0;
  // The entry that a successor began with. It stands in the database too; but a copy of the database from before does not hold
  // it.
  virtual std::optional<std::string> find_succession(LogId log) = 0;
  // In place of one that may be there, of a succession that was not finished.
  virtual void keep_succession(LogId log, std::string_view entry) = 0;
};

}  // namespace huiyin::app
