// What of a piece of a file of disclosures can be known from it alone: its lines, the digests of what they disclose, and the
// times among it. Like that of bundles it is done for what comes while what is there is held against the entries. Pure functions;
// any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "log/disclosed_line.h"
#include "log/merkle.h"

namespace huiyin::log {

struct ReadLine {
  std::string text{};  // of one that is none; empty otherwise
  std::optional<DisclosedLine> said{};  // nothing when it is none
  std::vector<Hash> digests{};  // of each of its texts
  std::optional<Instant> t{}, at{};  // what it discloses under these names
};

// The lines of `text`, which ends with one.
std::unique_ptr<std::vector<ReadLine>> read_lines(std::string text);

}  // namespace huiyin::log
