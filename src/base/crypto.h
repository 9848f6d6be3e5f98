// The few primitives the house uses, over libsodium and OpenSSL. All functions may be called from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"

namespace huiyin::crypto {

// Once before anything else in the process; safe to repeat.
void start();

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(ByteView bytes);
Hash sha256(std::string_view text);
// SHA-256 over the concatenation of the parts, without copying them.
Hash sha256_parts(std::initializer_list<ByteView> parts);
// HMAC-SHA-256 (RFC 2104).
Hash keyed_hash(const std::array<std::uint8_t, 32>& key, ByteView bytes);

// Constant time in the content; lengths are public.
bool equal(ByteView a, ByteView b) noexcept;

// A 256-bit key that wipes itself. Copies are explicit.
class SymmetricKey {
 public:
  explicit SymmetricKey(const std::array<std::uint8_t, 32>& bytes) : bytes_(bytes) {}
  static SymmetricKey make(Random& random) { return SymmetricKey(random.bytes<32>()); }
  SymmetricKey(const SymmetricKey&) = default;
  SymmetricKey& operator=(const SymmetricKey&) = default;
  ~SymmetricKey();
  [[nodiscard]] const std::array<std::uint8_t, 32>& bytes() const noexcept { return bytes_; }

 private:
  std::array<std::uint8_t, 32> bytes_;
};

// A key of its own for a purpose ("cookies", "secrets"), derived from another: HMAC-SHA-256(key, purpose).
SymmetricKey derive(const SymmetricKey& key, std::string_view purpose);

// XChaCha20-Poly1305 (IETF). Result: 24-byte nonce, then ciphertext with its 16-byte tag. `bound_to` is authenticated, not
// stored.
Bytes seal(const SymmetricKey& key, ByteView plain, ByteView bound_to, Random& random);
std::optional<Bytes> open(const SymmetricKey& key, ByteView sealed, ByteView bound_to);

// Ed25519 (RFC 8032).
using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
class SigningKey {
 public:
  explicit SigningKey(const std::array<std::uint8_t, 32>& seed);
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();
  [[nodiscard]] const PublicKey& public_key() const noexcept { return public_; }
  [[nodiscard]] Signature sign(ByteView text) const;

 private:
  std::array<std::uint8_t, 64> secret_{};
  PublicKey public_{};
};
bool verify(const PublicKey& key, ByteView text, const Signature& signature);

// argon2id (RFC 9106) in libsodium's encoded form. Slow on purpose (about 64 MiB and tens of milliseconds): never on an I/O
// thread.
std::string password_hash(std::string_view password);
bool password_matches(const std::string& encoded, std::string_view password);

}  // namespace huiyin::crypto
