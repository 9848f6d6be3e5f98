// Keys in memory, with real crypto: what a data directory holds, for a test. Any thread.
#pragma once

#include <map>
#include <mutex>

#include "app/keys.h"
#include "app/store.h"
#include "base/random.h"

namespace huiyin::app {

class TestKeys final : public Keys {
 public:
  crypto::SymmetricKey for_purpose(std::string_view purpose) override { return crypto::derive(master_, purpose); }

  WrappedKey wrap(const crypto::SymmetricKey& record_key, const Random128& tag, Instant now) override {
    const std::scoped_lock lock(mutex_);
    auto month = to_rfc3339(now).substr(0, 7);
    auto sealed = crypto::seal(wrapping(month), record_key.bytes(), tag, random_);
    return {std::move(month), std::move(sealed)};
  }
  std::optional<crypto::SymmetricKey> unwrap(const WrappedKey& wrapped, const Random128& tag) override {
    const std::scoped_lock lock(mutex_);
    if (destroyed_ == wrapped.wrapping) return std::nullopt;
    const auto opened = crypto::open(wrapping(wrapped.wrapping), wrapped.bytes, tag);
    if (!opened || opened->size() != 32) return std::nullopt;
    std::array<std::uint8_t, 32> bytes;
    std::ranges::copy(*opened, bytes.begin());
    return crypto::SymmetricKey(bytes);
  }

  crypto::SigningKey log_key(JurisdictionId jurisdiction) override {
    return crypto::SigningKey(crypto::keyed_hash(master_.bytes(), as_bytes("log " + std::to_string(jurisdiction.number))));
  }
  std::vector<std::string> last_heads(JurisdictionId jurisdiction) override {
    const auto head = last_head(jurisdiction);
    return head ? std::vector{*head} : std::vector<std::string>{};
  }
  void keep_head(JurisdictionId jurisdiction, std::string_view note) override {
    const std::scoped_lock lock(mutex_);
    if (full_) throw StoreFailure(StoreFailure::Kind::full, "no room for the head");
    heads_[jurisdiction] = note;
  }

  // ---- What a test may do to them
  std::optional<std::string> last_head(JurisdictionId jurisdiction) {
    const std::scoped_lock lock(mutex_);
    const auto head = heads_.find(jurisdiction);
    return head == heads_.end() ? std::nullopt : std::optional(head->second);
  }
  void set_head(JurisdictionId jurisdiction, std::optional<std::string> note) {
    const std::scoped_lock lock(mutex_);
    heads_.erase(jurisdiction);
    if (note) heads_.emplace(jurisdiction, *std::move(note));
  }
  void set_full(bool full) {
    const std::scoped_lock lock(mutex_);
    full_ = full;
  }
  void destroy(std::string month) {
    const std::scoped_lock lock(mutex_);
    destroyed_ = std::move(month);
  }

 private:
  crypto::SymmetricKey wrapping(std::string_view month) const {
    return crypto::derive(master_, "wrapping " + std::string(month));
  }

  const crypto::SymmetricKey master_{crypto::sha256("the master key of the tests")};
  std::mutex mutex_;
  SeededRandom random_{1};
  std::map<JurisdictionId, std::string> heads_;
  std::string destroyed_;
  bool full_ = false;
};

}  // namespace huiyin::app
