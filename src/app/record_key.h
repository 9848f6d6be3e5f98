// RecordKey: the key of one stored record, and what it opens of the record's events.
#pragma once

#include "app/keys.h"
#include "app/sealing.h"
#include "base/result.h"

namespace huiyin::app {

class RecordKey {
 public:
  // `unavailable` when it cannot be unwrapped: it was destroyed, or the row is damaged.
  static Result<RecordKey> of(Keys& keys, const RecordRow& record);

  [[nodiscard]] const crypto::SymmetricKey& key() const noexcept { return key_; }
  // The text of one private disclosure, as a receipt shows it; nothing when it is absent or does not open.
  [[nodiscard]] std::optional<std::string> disclosure(const EventRow& event, PrivateClass which) const;
  // Adds the content of one private class, as decode() takes it.
  void open(const EventRow& event, PrivateClass which, OpenedContent& content) const;

 private:
  RecordKey(const crypto::SymmetricKey& key, const Random128& tag) : key_(key), tag_(tag) {}
  crypto::SymmetricKey key_;
  Random128 tag_;
};

}  // namespace huiyin::app
