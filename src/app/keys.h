// Keys: what lies outside the database. Record keys are wrapped by monthly wrapping keys, these by the master key; beside them
// the last signed head of each log, against which the Committer holds the database before it writes. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

  virtual crypto::SigningKey log_key(JurisdictionId jurisdiction) = 0;
  // The newest signed checkpoint (a signed note) that each program on this log kept outside the database; none before the first.
  virtual std::vector<std::string> last_heads(JurisdictionId jurisdiction) = 0;
  virtual void keep_head(JurisdictionId jurisdiction, std::string_view note) = 0;
};

}  // namespace huiyin::app
