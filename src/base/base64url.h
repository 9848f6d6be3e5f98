// Base64url (RFC 4648 section 5, without padding) of what is public and of a known length, quickly: the digests in a log's
// entries, by the million. For all else: base/bytes.h. Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace huiyin {

// As strict as from_base64url(): false, and `out` is anything, when the text is not exactly these bytes. Not for secrets: how
// long it takes may tell something of the bytes.
bool read_base64url(std::string_view text, std::span<std::uint8_t> out) noexcept;

}  // namespace huiyin
