// Salted facts as in SD-JWT (RFC 9901 section 4.2): an entry holds a digest, whoever holds the disclosure can show what it
// stands for, and without the salt nobody can guess. The text is what was hashed: it is stored, and never made again from
// its parts, since two spellings of one value have two digests.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "log/merkle.h"

namespace huiyin::log {

inline constexpr std::size_t salt_bytes = 32;
inline constexpr std::size_t disclosure_bytes_max = 1024 * 1024;  // of the text

struct Disclosure {
  std::string text;                            // the JSON array [salt, name, value]
  [[nodiscard]] Hash digest() const;           // SHA-256 over the letters of encoded() (section 4.2.3)
  [[nodiscard]] std::string encoded() const;   // base64url of the text, without padding
  friend bool operator==(const Disclosure&, const Disclosure&) = default;
};

// `value_json` is one JSON text and goes in as it is. `name` is not empty, and not "_sd" or "..." (section 4.2.1).
Disclosure disclose(const std::array<std::uint8_t, salt_bytes>& salt, std::string_view name, std::string_view value_json);
// The value in a text that disclose() made under that name, found by its place alone: for texts that nobody else can have
// written, such as those that were sealed. Nothing when it is no such text, or when the name needs escapes.
std::optional<std::string_view> value_of(std::string_view text, std::string_view name);

struct Disclosed {
  std::string name;
  std::string value_json;  // the bytes as they stand in the text
  friend bool operator==(const Disclosed&, const Disclosed&) = default;
};
// Any disclosure of an object's property, also with other spacing or another salt than ours. Says nothing about its digest.
std::optional<Disclosed> read_disclosure(std::string_view text);
// Whether read_disclosure() takes it; quicker.
bool is_disclosure(std::string_view text);

}  // namespace huiyin::log
