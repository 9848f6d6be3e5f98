#include "main/machine.h"

#include <sodium.h>
#include <time.h>

#include <algorithm>

namespace huiyin {
namespace {

// What was given out is wiped at once, so that a key never stays behind in the buffer.
struct Buffer {
  std::array<std::uint8_t, 4096> bytes{};
  std::size_t used = bytes.size();
  ~Buffer() { sodium_memzero(bytes.data(), bytes.size()); }
};

}  // namespace

Instant SystemClock::now() const {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

// The clock that also counts the time a machine sleeps: a laptop that was shut is no jump of the wall clock.
std::chrono::milliseconds SystemClock::monotonic() const {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds(now.tv_sec) +
                                                               std::chrono::nanoseconds(now.tv_nsec));
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
  thread_local Buffer buffer;
  if (out.size() > buffer.bytes.size()) return randombytes_buf(out.data(), out.size());
  if (buffer.bytes.size() - buffer.used < out.size()) {
    randombytes_buf(buffer.bytes.data(), buffer.bytes.size());
    buffer.used = 0;
  }
  const auto from = buffer.bytes.begin() + static_cast<std::ptrdiff_t>(buffer.used);
  std::copy_n(from, out.size(), out.begin());
  sodium_memzero(&*from, out.size());
  buffer.used += out.size();
}

}  // namespace huiyin
