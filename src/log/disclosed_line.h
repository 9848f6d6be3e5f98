// A line of a published file of disclosures: {"index":5,"disclosures":["WyI...","WyI..."]}, the encoded disclosures (RFC 9901
// section 4.2) of the entry at that place in the log, in the order in which they were written. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huiyin::log {

struct DisclosedLine {
  std::uint64_t index = 0;
  std::vector<std::string> texts;  // the JSON array [salt, name, value] each; what was hashed is its encoded form
  friend bool operator==(const DisclosedLine&, const DisclosedLine&) = default;
};

// With its newline. The texts are those that were hashed (log/disclosure.h).
std::string disclosed_line(std::uint64_t index, std::span<const std::string> texts);

// A line, with or without its newline; nothing when it is none, when one of its strings is no disclosure, or when it has more of
// them than an entry has digests. Whether they belong to the entry, their digests say.
std::optional<DisclosedLine> parse_disclosed_line(std::string_view line);

}  // namespace huiyin::log
