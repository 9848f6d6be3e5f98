// Which log: a jurisdiction has one at a time, and its successors count on (log/log_name.h). What lies outside the database, its
// key, its signed and published heads, is kept for each of them, for ever.
#pragma once

#include <compare>
#include <cstdint>

#include "base/id.h"

namespace huiyin::app {

struct LogId {
  JurisdictionId jurisdiction;
  std::uint32_t number = 1;
  friend auto operator<=>(const LogId&, const LogId&) = default;
};

}  // namespace huiyin::app
