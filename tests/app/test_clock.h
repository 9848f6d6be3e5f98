// A clock and a source of randomness that a test holds in its hand. Any thread.
#pragma once

#include <mutex>

#include "base/random.h"
#include "base/time.h"

namespace huiyin::app {

class TestClock final : public Clock {
 public:
  explicit TestClock(Instant now) : now_(now) {}
  [[nodiscard]] Instant now() const override {
    const std::scoped_lock lock(mutex_);
    return now_;
  }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override {
    const std::scoped_lock lock(mutex_);
    return monotonic_;
  }
  // Time passes, on both clocks alike.
  void pass(std::chrono::milliseconds length) {
    const std::scoped_lock lock(mutex_);
    now_ = now_ + length;
    monotonic_ += length;
  }
  // Somebody sets the wall clock.
  void jump(std::chrono::milliseconds length) {
    const std::scoped_lock lock(mutex_);
    now_ = now_ + length;
  }

 private:
  mutable std::mutex mutex_;
  Instant now_;
  std::chrono::milliseconds monotonic_{5'000};
};

// The same bytes for the same seed as long as one thread asks at a time.
class SharedRandom final : public Random {
 public:
  explicit SharedRandom(std::uint64_t seed) : random_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    const std::scoped_lock lock(mutex_);
    random_.fill(out);
  }

 private:
  std::mutex mutex_;
  SeededRandom random_;
};

}  // namespace huiyin::app
