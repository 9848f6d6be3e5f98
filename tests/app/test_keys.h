// Keys in memory, with real crypto: what a data directory holds, for a test. Any thread.
#pragma once

#include <functional>
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

  crypto::SigningKey log_key(LogId log) override {
    const auto name =
        "log " + std::to_string(log.jurisdiction.number) + (log.number == 1 ? "" : " " + std::to_string(log.number));
    return crypto::SigningKey(crypto::keyed_hash(master_.bytes(), as_bytes(name)));
  }
  void make_log_key(LogId log) override { step("make_log_key", log); }
  std::vector<std::string> last_heads(LogId log) override {
    const auto head = last_head(log);
    return head ? std::vector{*head} : std::vector<std::string>{};
  }
  void keep_head(LogId log, std::string_view note) override {
    step("keep_head", log);
    const std::scoped_lock lock(mutex_);
    if (full_) throw StoreFailure(StoreFailure::Kind::full, "no room for the head");
    heads_[log] = note;
  }
  std::uint32_t newest_log(JurisdictionId jurisdiction) override {
    const std::scoped_lock lock(mutex_);
    std::uint32_t newest = 0;
    for (const auto& [log, note] : heads_) {
      if (log.jurisdiction == jurisdiction) newest = std::max(newest, log.number);
    }
    return newest;
  }
  std::optional<std::string> find_succession(LogId log) override {
    const std::scoped_lock lock(mutex_);
    const auto found = successions_.find(log);
    return found == successions_.end() ? std::nullopt : std::optional(found->second);
  }
  void keep_succession(LogId log, std::string_view entry) override {
    step("keep_succession", log);
    const std::scoped_lock lock(mutex_);
    successions_[log] = entry;
  }

  // ---- What a test may do to them
  // Called before each write, with its name; what it throws is the disk's fault.
  std::function<void(std::string_view step, LogId log)> before_write;
  std::optional<std::string> last_head(LogId log) {
    const std::scoped_lock lock(mutex_);
    const auto head = heads_.find(log);
    return head == heads_.end() ? std::nullopt : std::optional(head->second);
  }
  std::optional<std::string> last_head(JurisdictionId jurisdiction) { return last_head(LogId{jurisdiction}); }
  void set_head(LogId log, std::optional<std::string> note) {
    const std::scoped_lock lock(mutex_);
    heads_.erase(log);
    if (note) heads_.emplace(log, *std::move(note));
  }
  void set_head(JurisdictionId jurisdiction, std::optional<std::string> note) { set_head(LogId{jurisdiction}, std::move(note)); }
  void set_full(bool full) {
    const std::scoped_lock lock(mutex_);
    full_ = full;
  }
  void destroy(std::string month) {
    const std::scoped_lock lock(mutex_);
    destroyed_ = std::move(month);
  }

 private:
  void step(std::string_view name, LogId log) const {
    if (before_write) before_write(name, log);
  }
  crypto::SymmetricKey wrapping(std::string_view month) const {
    return crypto::derive(master_, "wrapping " + std::string(month));
  }

  const crypto::SymmetricKey master_{crypto::sha256("the master key of the tests")};
  std::mutex mutex_;
  SeededRandom random_{1};
  std::map<LogId, std::string> heads_, successions_;
  std::string destroyed_;
  bool full_ = false;
};

}  // namespace huiyin::app
