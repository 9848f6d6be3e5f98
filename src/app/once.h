// Once: a request that comes again under the same key (its answer was lost, the button was pressed twice) is not done again and
// gets the first one's answer. What that answer needs beside the record is kept sealed under the caller's key, and the key itself
// is not kept: only who sends it again can have it opened.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "app/ledger.h"
#include "base/result.h"

namespace huiyin::app {

inline constexpr std::chrono::milliseconds idempotency_kept = std::chrono::hours(24);
// Who guesses the key and the words gets the first answer, and all that was sealed with it.
inline constexpr std::size_t idempotency_key_characters_min = 16;
inline constexpr std::size_t idempotency_key_characters_max = 200;

// What the caller sends along.
struct OnceKey {
  std::string key;
  crypto::Hash request;  // of all that was asked for
};

class Once {
 public:
  explicit Once(const OnceKey& once);

  struct Before {
    RecordId record;
    std::optional<std::string> reply;  // nothing when it does not open
  };
  // What was done under this key; nothing while it is free. `conflict` when it was another request.
  [[nodiscard]] Result<std::optional<Before>> find(Ledger& ledger) const;
  void keep(Ledger& ledger, RecordId record, std::string_view reply, Random& random) const;

 private:
  crypto::Hash key_hash_;  // under which it is found
  crypto::Hash request_;
  crypto::SymmetricKey key_;  // under which the reply is sealed
};

}  // namespace huiyin::app
