#include "base/crypto.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <memory>
#include <new>

#include "base/assert.h"

namespace huiyin::crypto {

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

void start() { HUIYIN_ASSERT(sodium_init() >= 0); }

Hash sha256(ByteView bytes) { return sha256_parts({bytes}); }

Hash sha256(std::string_view text) { return sha256(as_bytes(text)); }

// OpenSSL 3 looks an algorithm up by its name each time it is named, SHA256() included, which costs more than hashing a tree's
// node: so it is looked up once, and each thread has a context.
Hash sha256_parts(std::initializer_list<ByteView> parts) {
  struct Free {
    void operator()(EVP_MD* algorithm) const noexcept { EVP_MD_free(algorithm); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
  };
  static const std::unique_ptr<EVP_MD, Free> algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  thread_local const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  HUIYIN_ASSERT(algorithm != nullptr && context != nullptr);
  HUIYIN_ASSERT(EVP_DigestInit_ex2(context.get(), algorithm.get(), nullptr) == 1);
  for (const auto& part : parts) HUIYIN_ASSERT(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
  Hash out;
  HUIYIN_ASSERT(EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1);
  return out;
}

Hash keyed_hash(const std::array<std::uint8_t, 32>& key, ByteView bytes) {
  Hash out;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, bytes.data(), bytes.size());
  crypto_auth_hmacsha256_final(&state, out.data());
  return out;
}

bool equal(ByteView a, ByteView b) noexcept { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

SymmetricKey::~SymmetricKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

SymmetricKey derive(const SymmetricKey& key, std::string_view purpose) {
  return SymmetricKey(keyed_hash(key.bytes(), as_bytes(purpose)));
}

Bytes seal(const SymmetricKey& key, ByteView plain, ByteView bound_to, Random& random) {
  Bytes sealed(nonce_bytes + plain.size() + tag_bytes);
  random.fill({sealed.data(), nonce_bytes});
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_bytes, nullptr, plain.data(), plain.size(), bound_to.data(),
                                             bound_to.size(), nullptr, sealed.data(), key.bytes().data());
  return sealed;
}

std::optional<Bytes> open(const SymmetricKey& key, ByteView sealed, ByteView bound_to) {
  if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  Bytes plain(sealed.size() - nonce_bytes - tag_bytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data() + nonce_bytes,
                                                 sealed.size() - nonce_bytes, bound_to.data(), bound_to.size(), sealed.data(),
                                                 key.bytes().data()) != 0) {
    return std::nullopt;
  }
  return plain;
}

SigningKey::SigningKey(const std::array<std::uint8_t, 32>& seed) {
  crypto_sign_ed25519_seed_keypair(public_.data(), secret_.data(), seed.data());
}
SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

Signature SigningKey::sign(ByteView text) const {
  Signature signature;
  crypto_sign_ed25519_detached(signature.data(), nullptr, text.data(), text.size(), secret_.data());
  return signature;
}

bool verify(const PublicKey& key, ByteView text, const Signature& signature) {
  return crypto_sign_ed25519_verify_detached(signature.data(), text.data(), text.size(), key.data()) == 0;
}

std::string password_hash(std::string_view password) {
  std::string encoded(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(encoded.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();  // the only way it fails
  }
  encoded.resize(encoded.find('\0'));
  return encoded;
}

bool password_matches(const std::string& encoded, std::string_view password) {
  return crypto_pwhash_str_verify(encoded.c_str(), password.data(), password.size()) == 0;
}

}  // namespace huiyin::crypto
