#include "base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace huiyin {

void assertion_failed(const char* what, const char* file, int line) noexcept {
  std::fprintf(stderr, "huiyin: internal fault at %s:%d: %s does not hold\n", file, line, what);
  std::abort();
}

}  // namespace huiyin
