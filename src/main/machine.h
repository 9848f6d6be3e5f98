// The machine: its clock and its randomness. Only here are they asked.
#pragma once

#include "base/random.h"
#include "base/time.h"

namespace huiyin {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] std::chrono::milliseconds monotonic() const override;
};

// The kernel's randomness through a buffer of each thread's own, so that many small draws stay cheap. Any thread.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace huiyin
