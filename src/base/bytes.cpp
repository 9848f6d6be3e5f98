#include "base/bytes.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/assert.h"

namespace huiyin {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<std::uint8_t>(c) < 0x80; });
}

namespace {

// The letters lie in one line of the processor's cache, so that the time tells nothing about the bytes; libsodium's encoder,
// which computes each letter instead, took a tenth of the time of a submission.
struct alignas(64) Letters {
  std::array<char, 64> of;
  explicit constexpr Letters(std::string_view last_two) : of{} {
    const auto put = [&](char first, std::size_t from, std::size_t count) {
      for (std::size_t i = 0; i < count; ++i) of[from + i] = static_cast<char>(first + static_cast<char>(i));
    };
    put('A', 0, 26);
    put('a', 26, 26);
    put('0', 52, 10);
    of[62] = last_two[0];
    of[63] = last_two[1];
  }
};
constexpr Letters base64_letters("+/");
constexpr Letters base64url_letters("-_");

// Without padding.
std::string encode(ByteView bytes, const Letters& letters) {
  std::string text((bytes.size() * 4 + 2) / 3, '\0');
  auto out = text.begin();
  const auto put = [&](unsigned group, int count) {
    for (int shift = 18; count > 0; --count, shift -= 6) *out++ = letters.of[group >> static_cast<unsigned>(shift) & 63U];
  };
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) put(unsigned{bytes[i]} << 16U | unsigned{bytes[i + 1]} << 8U | bytes[i + 2], 4);
  if (i + 1 == bytes.size()) put(unsigned{bytes[i]} << 16U, 2);
  if (i + 2 == bytes.size()) put(unsigned{bytes[i]} << 16U | unsigned{bytes[i + 1]} << 8U, 3);
  return text;
}

// libsodium takes some bytes above 0x7F for letters of the alphabet.
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

std::string to_base64(ByteView bytes) {
  auto text = encode(bytes, base64_letters);
  text.resize((bytes.size() + 2) / 3 * 4, '=');
  return text;
}
std::string to_base64url(ByteView bytes) { return encode(bytes, base64url_letters); }

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
