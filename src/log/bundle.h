// Entry bundles (c2sp.org/tlog-tiles): up to 256 entries of a log in one file, each behind its length as two bytes, big-endian.
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace huiyin::log {

inline constexpr std::size_t bundle_entries_max = 256;       // as many as a tile has hashes (log/tile.h)
inline constexpr std::size_t bundle_entry_bytes_max = 65535;  // what two bytes can say

// At most bundle_entries_max of them, none longer than bundle_entry_bytes_max: asserts.
Bytes write_bundle(std::span<const std::string> entries);

// The entries, as views into `bytes`. `invalid` when the bundle is empty, holds too many entries or is cut short; the message
// names the entry (the first is 0) and what was expected.
Result<std::vector<std::string_view>> parse_bundle(ByteView bytes);

}  // namespace huiyin::log
