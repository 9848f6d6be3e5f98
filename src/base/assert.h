// HUIYIN_ASSERT: we are at fault. Stays on in release: a wrong book is worse than a stopped server.
#pragma once

namespace huiyin {
[[noreturn]] void assertion_failed(const char* what, const char* file, int line) noexcept;
}

#define HUIYIN_ASSERT(condition) ((condition) ? static_cast<void>(0) : ::huiyin::assertion_failed(#condition, __FILE__, __LINE__))
