// Bytes and their three written forms: hex, base64 (RFC 4648 section 4) and base64url without padding (section 5).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huiyin {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) noexcept { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
bool is_ascii(std::string_view text);

std::string to_hex(ByteView bytes);
std::string to_base64(ByteView bytes);
std::string to_base64url(ByteView bytes);

// Strict: wrong letters, wrong padding or left-over bits give nothing.
std::optional<Bytes> from_hex(std::string_view text);
std::optional<Bytes> from_base64(std::string_view text);
std::optional<Bytes> from_base64url(std::string_view text);

}  // namespace huiyin
