// What of a bundle of entries can be known from it alone: their leaf hashes and what they say. It is half the work of an audit,
// and is done for one bundle while the one before is held against everything else. Pure functions; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/audit/findings.h"
#include "log/bundle.h"
#include "log/entry.h"

namespace huiyin::log {

inline constexpr std::size_t published_bundle_bytes_max = bundle_entries_max * (2 + entry_bytes_max);

struct ReadEntry {
  std::string_view text;
  Hash leaf{};
  std::optional<AnyEntry> said{};  // nothing when it has no form that is known
};

struct ReadBundle {
  std::string name, bytes;
  std::vector<ReadEntry> entries;        // views into `bytes`
  std::optional<AuditFinding> fault{};  // why there are none
};

// `bytes` is the file of that name, if there is one, which must hold `width` entries.
std::unique_ptr<ReadBundle> read_bundle(std::string name, std::optional<std::string> bytes, unsigned width);

}  // namespace huiyin::log
