// fsck: everything derived again from the events, and each difference named. It reads; it never mends.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/jurisdiction.h"
#include "app/keys.h"
#include "app/store.h"

namespace huiyin::app {

inline constexpr std::size_t faults_told_max = 1000;

struct FsckReport {
  std::vector<std::string> faults;  // the first of them, each with where it is
  std::uint64_t faults_found = 0;
  std::uint64_t entries = 0, records = 0;
};

// `progress(done, all)` now and then.
FsckReport fsck(Store& store, Keys& keys, const Jurisdiction& jurisdiction,
                const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace huiyin::app
