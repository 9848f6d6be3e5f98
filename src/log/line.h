// What the C2SP text formats share: lines, decimal numbers and hashes, in the one spelling each of them allows.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "log/merkle.h"

namespace huiyin::log {

// The front line without its newline, taken off `rest`; nothing when no newline is left.
std::optional<std::string_view> take_line(std::string_view& rest) noexcept;

// ASCII decimal without sign and leading zeros.
std::optional<std::uint64_t> parse_number(std::string_view text) noexcept;

// 32 bytes in base64 (RFC 4648 section 4, with padding).
std::optional<Hash> parse_hash(std::string_view base64);

}  // namespace huiyin::log
