#include "base/random.h"

#include <sodium.h>

#include <cstring>

#include "base/assert.h"

namespace huiyin {

std::uint32_t Random::below(std::uint32_t bound) {
  HUIYIN_ASSERT(bound > 0);
  const std::uint32_t refuse_below = (0U - bound) % bound;  // 2^32 mod bound: those values would weigh too much
  for (;;) {
    std::uint32_t value = 0;
    fill({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
    if (value >= refuse_below) return value % bound;
  }
}

SeededRandom::SeededRandom(std::uint64_t seed) { std::memcpy(seed_.data(), &seed, sizeof seed); }

void SeededRandom::fill(std::span<std::uint8_t> out) {
  std::array<std::uint8_t, crypto_stream_chacha20_NONCEBYTES> nonce{};
  std::memcpy(nonce.data(), &block_, sizeof block_);
  ++block_;
  crypto_stream_chacha20(out.data(), out.size(), nonce.data(), seed_.data());
}

}  // namespace huiyin
