// The published figures, held against those that entries and disclosures lead to: each difference by its name.
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "log/audit/findings.h"
#include "log/figures.h"

namespace huiyin::log {

inline constexpr std::string_view figures_file = "figures.json";
inline constexpr std::size_t published_figures_bytes_max = 64UL * 1024 * 1024;

// How many entries a published file says it covers; nothing when it is no such file.
std::optional<std::uint64_t> figures_size(std::string_view json);

// `published` byte for byte against the figures of the same entries.
void compare_figures(std::string_view published, const Figures& figures, std::string_view origin, AuditFindings& findings);

}  // namespace huiyin::log
