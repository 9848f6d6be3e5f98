#include "log/note.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/assert.h"
#include "base/text.h"
#include "log/line.h"

namespace huiyin::log {
namespace {

constexpr std::string_view dash = "\u2014 ";
constexpr std::size_t key_id_bytes = 4;
constexpr std::size_t time_bytes = 8;

std::uint64_t big_endian(ByteView bytes) {
  std::uint64_t value = 0;
  for (const auto byte : bytes) value = value << 8U | byte;
  return value;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> big_endian_of(std::uint64_t value) {
  std::array<std::uint8_t, Size> bytes;
  for (std::size_t i = Size; i-- > 0; value >>= 8U) bytes[i] = static_cast<std::uint8_t>(value & 0xFFU);
  return bytes;
}

bool has_unicode_space(std::string_view text) {
  // The White_Space property of Unicode, without the control letters, which are refused on their own.
  constexpr std::array<std::string_view, 20> spaces{" ",      "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002",
                                                    "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
                                                    "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};
  return std::ranges::any_of(spaces, [&](std::string_view space) { return text.find(space) != std::string_view::npos; });
}

// UTF-8 without control letters (below U+0020) but the newline.
bool is_plain(std::string_view text) {
  return is_text(text) && std::ranges::none_of(text, [](char c) { return static_cast<std::uint8_t>(c) < 0x20 && c != '\n'; });
}

std::uint32_t key_id_of(std::string_view name, SignatureType type, const crypto::PublicKey& key) {
  const std::array<std::uint8_t, 2> between{'\n', static_cast<std::uint8_t>(type)};
  const auto hash = crypto::sha256_parts({as_bytes(name), between, key});
  return static_cast<std::uint32_t>(big_endian(ByteView(hash).first(key_id_bytes)));
}

std::string vkey_of(std::string_view name, SignatureType type, const crypto::PublicKey& key) {
  Bytes material{static_cast<std::uint8_t>(type)};
  material.insert(material.end(), key.begin(), key.end());
  return fmt::format("{}+{:08x}+{}", name, key_id_of(name, type, key), to_base64(material));
}

std::optional<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(dash)) return std::nullopt;
  line.remove_prefix(dash.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= key_id_bytes) return std::nullopt;
  const auto [id, signature] = std::pair(ByteView(*bytes).first(key_id_bytes), ByteView(*bytes).subspan(key_id_bytes));
  return NoteSignature{std::string(line.substr(0, space)), static_cast<std::uint32_t>(big_endian(id)),
                       Bytes(signature.begin(), signature.end())};
}

// The message of a cosignature and the time it names; nothing when the signature is no cosignature by its shape.
struct CosignedText {
  std::uint64_t time;
  std::string message;
};
std::optional<CosignedText> cosigned(std::string_view text, ByteView signature) {
  if (signature.size() != time_bytes + sizeof(crypto::Signature)) return std::nullopt;
  const auto time = big_endian(signature.first(time_bytes));
  if (time > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;  // tlog-cosignature, "Format"
  return CosignedText{time, fmt::format("cosignature/v1\ntime {}\n{}", time, text)};
}

bool verify_ed25519(const crypto::PublicKey& key, std::string_view message, ByteView bytes) {
  crypto::Signature signature;
  if (bytes.size() != signature.size()) return false;
  std::ranges::copy(bytes, signature.begin());
  return crypto::verify(key, as_bytes(message), signature);
}

}  // namespace

bool is_key_name(std::string_view name) {
  return !name.empty() && is_plain(name) && name.find_first_of("+\n") == std::string_view::npos && !has_unicode_space(name);
}

bool is_note_text(std::string_view text) { return text.ends_with('\n') && is_plain(text); }

std::optional<Note> parse_note(std::string_view note) {
  if (note.size() > note_bytes_max || !is_plain(note)) return std::nullopt;
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return std::nullopt;
  Note read{std::string(note.substr(0, blank + 1)), {}};
  auto rest = note.substr(blank + 2);
  while (!rest.empty()) {
    const auto line = take_line(rest);
    auto signature = line ? parse_signature(*line) : std::nullopt;
    if (!signature || read.signatures.size() == note_signatures_max) return std::nullopt;
    read.signatures.push_back(*std::move(signature));
  }
  return read.signatures.empty() ? std::nullopt : std::optional(std::move(read));
}

std::string to_text(const NoteSignature& signature) {
  HUIYIN_ASSERT(is_key_name(signature.name) && !signature.signature.empty());
  const auto id = big_endian_of<key_id_bytes>(signature.key_id);
  Bytes bytes(id.begin(), id.end());
  bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
  return fmt::format("{}{} {}\n", dash, signature.name, to_base64(bytes));
}

std::string to_text(const Note& note) {
  HUIYIN_ASSERT(is_note_text(note.text) && !note.signatures.empty());
  auto text = note.text + "\n";
  for (const auto& signature : note.signatures) text += to_text(signature);
  return text;
}

NoteSigner::NoteSigner(std::string name, crypto::SigningKey key) : name_(std::move(name)), key_(std::move(key)) {
  HUIYIN_ASSERT(is_key_name(name_));
}

NoteSignature NoteSigner::signature(std::string_view text) const {
  HUIYIN_ASSERT(is_note_text(text));
  const auto signature = key_.sign(as_bytes(text));
  return {name_, key_id_of(name_, SignatureType::ed25519, key_.public_key()), Bytes(signature.begin(), signature.end())};
}

std::string NoteSigner::sign(std::string_view text) const { return to_text(Note{std::string(text), {signature(text)}}); }

std::string NoteSigner::vkey() const { return vkey_of(name_, SignatureType::ed25519, key_.public_key()); }

Cosigner::Cosigner(std::string name, crypto::SigningKey key) : name_(std::move(name)), key_(std::move(key)) {
  HUIYIN_ASSERT(is_key_name(name_));
}

NoteSignature Cosigner::cosign(std::string_view text, std::uint64_t time) const {
  HUIYIN_ASSERT(is_note_text(text));
  const auto stamp = big_endian_of<time_bytes>(time);
  Bytes signature(stamp.begin(), stamp.end());
  signature.resize(time_bytes + sizeof(crypto::Signature));
  const auto signed_text = cosigned(text, signature);
  HUIYIN_ASSERT(signed_text.has_value());
  std::ranges::copy(key_.sign(as_bytes(signed_text->message)), signature.begin() + time_bytes);
  return {name_, key_id_of(name_, SignatureType::cosignature, key_.public_key()), std::move(signature)};
}

std::string Cosigner::vkey() const { return vkey_of(name_, SignatureType::cosignature, key_.public_key()); }

NoteVerifier::NoteVerifier(std::string name, SignatureType type, const crypto::PublicKey& key)
    : name_(std::move(name)), type_(type), key_(key), key_id_(key_id_of(name_, type, key)) {}

std::optional<NoteVerifier> NoteVerifier::parse(std::string_view vkey) {
  const auto first = vkey.find('+');
  const auto second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
  if (second == std::string_view::npos || !is_key_name(vkey.substr(0, first))) return std::nullopt;
  const auto material = from_base64(vkey.substr(second + 1));
  crypto::PublicKey key;
  if (!material || material->size() != 1 + key.size()) return std::nullopt;
  const auto type = static_cast<SignatureType>(material->front());
  if (type != SignatureType::ed25519 && type != SignatureType::cosignature) return std::nullopt;
  std::ranges::copy(material->begin() + 1, material->end(), key.begin());
  NoteVerifier verifier(std::string(vkey.substr(0, first)), type, key);
  return verifier.vkey() == vkey ? std::optional(std::move(verifier)) : std::nullopt;
}

std::string NoteVerifier::vkey() const { return vkey_of(name_, type_, key_); }

bool NoteVerifier::verify(std::string_view text, const NoteSignature& signature) const {
  switch (type_) {
    case SignatureType::ed25519: return verify_ed25519(key_, text, signature.signature);
    case SignatureType::cosignature: {
      const auto signed_text = cosigned(text, signature.signature);
      return signed_text && verify_ed25519(key_, signed_text->message, ByteView(signature.signature).subspan(time_bytes));
    }
  }
  return false;
}

std::optional<std::vector<GoodSignature>> verify_note(const Note& note, std::span<const NoteVerifier> verifiers) {
  std::vector<GoodSignature> good;
  for (const auto& signature : note.signatures) {
    bool known = false;
    std::optional<std::size_t> by;
    for (std::size_t i = 0; i < verifiers.size() && !by; ++i) {
      if (!verifiers[i].claims(signature)) continue;
      known = true;
      if (verifiers[i].verify(note.text, signature)) by = i;
    }
    if (known && !by) return std::nullopt;
    if (!by || std::ranges::find(good, *by, &GoodSignature::verifier) != good.end()) continue;
    const bool timed = verifiers[*by].type() == SignatureType::cosignature;
    good.push_back({*by, timed ? std::optional(big_endian(ByteView(signature.signature).first(time_bytes))) : std::nullopt});
  }
  return good.empty() ? std::nullopt : std::optional(std::move(good));
}

}  // namespace huiyin::log
