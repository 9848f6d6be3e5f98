// Randomness comes in; nothing below src/main asks the machine for it. Thread rule: an implementation says its own.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace huiyin {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  template <std::size_t Size>
  std::array<std::uint8_t, Size> bytes() {
    std::array<std::uint8_t, Size> out;
    fill(out);
    return out;
  }
  // Uniform in [0, bound), without bias. bound > 0.
  std::uint32_t below(std::uint32_t bound);
};

// The same bytes for the same seed: for tests and for demonstration data, never for keys. One thread.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::array<std::uint8_t, 32> seed_{};
  std::uint64_t block_ = 0;
};

}  // namespace huiyin
