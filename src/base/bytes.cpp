#include "base/bytes.h"

#include <sodium.h>

#include <algorithm>

#include "base/assert.h"

namespace huiyin {
namespace {

std::string encode(ByteView bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // the terminating NUL
  return text;
}

// libsodium takes some bytes above 0x7F for letters of the alphabet.
bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<std::uint8_t>(c) < 0x80; });
}

std::optional<Bytes> decode(std::string_view text, int variant) {
  if (!is_ascii(text)) return std::nullopt;
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end, variant) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

std::string to_base64(ByteView bytes) { return encode(bytes, sodium_base64_VARIANT_ORIGINAL); }
std::string to_base64url(ByteView bytes) { return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0 || !is_ascii(text)) return std::nullopt;
  Bytes bytes(text.size() / 2 + 1);  // never without memory of its own, which the function below asks for
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end) != 0 ||
      length != text.size() / 2) {
    return std::nullopt;
  }
  bytes.resize(length);
  return bytes;
}

std::optional<Bytes> from_base64(std::string_view text) { return decode(text, sodium_base64_VARIANT_ORIGINAL); }
std::optional<Bytes> from_base64url(std::string_view text) { return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }

}  // namespace huiyin
