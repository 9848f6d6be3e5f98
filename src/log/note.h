// Signed notes (c2sp.org/signed-note): a text, a blank line, and one line for each signature. Everything here reads what
// strangers send. Pure functions and values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/crypto.h"

namespace huiyin::log {

// The specification asks for at least 16 signatures, of up to nearly 5 kB each where they are post-quantum.
inline constexpr std::size_t note_bytes_max = 256 * 1024;
inline constexpr std::size_t note_signatures_max = 100;

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;  // without the key id
  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

struct Note {
  std::string text;  // with its last newline, without the blank line
  std::vector<NoteSignature> signatures;
  friend bool operator==(const Note&, const Note&) = default;
};

// Not empty, UTF-8, no control letters, no Unicode spaces, no plus.
bool is_key_name(std::string_view name);

// The text of a note: UTF-8 whose only control letter is the newline, and which ends in one.
bool is_note_text(std::string_view text);

std::optional<Note> parse_note(std::string_view note);
std::string to_text(const Note& note);                     // the inverse
std::string to_text(const NoteSignature& signature);       // one line, with its newline; may be put after a note

enum class SignatureType : std::uint8_t {
  ed25519 = 0x01,      // over the text
  cosignature = 0x04,  // a witness's: time and Ed25519 over time and text (c2sp.org/tlog-cosignature)
};

// Signs with type 01. The key wipes itself.
class NoteSigner {
 public:
  NoteSigner(std::string name, crypto::SigningKey key);  // is_key_name(name)
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] NoteSignature signature(std::string_view text) const;  // is_note_text(text)
  [[nodiscard]] std::string sign(std::string_view text) const;         // the whole note
  [[nodiscard]] std::string vkey() const;  // name+8 hex digits of the key id+base64(01 || public key)

 private:
  std::string name_;
  crypto::SigningKey key_;
};

// A witness's: signs with type 04, that it saw the text at a time and nothing before it that contradicts. The key wipes itself.
class Cosigner {
 public:
  Cosigner(std::string name, crypto::SigningKey key);  // is_key_name(name)
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  // is_note_text(text); `time` in seconds since 1970, below 2^63.
  [[nodiscard]] NoteSignature cosign(std::string_view text, std::uint64_t time) const;
  [[nodiscard]] std::string vkey() const;  // as NoteSigner's, with type 04

 private:
  std::string name_;
  crypto::SigningKey key_;
};

class NoteVerifier {
 public:
  // A verifier key of type 01 or 04, in the one spelling vkey() writes; nothing when its key id does not fit it.
  static std::optional<NoteVerifier> parse(std::string_view vkey);
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::uint32_t key_id() const noexcept { return key_id_; }
  [[nodiscard]] SignatureType type() const noexcept { return type_; }
  [[nodiscard]] std::string vkey() const;
  // Whether the line claims to be by this key; only then does verify() mean anything.
  [[nodiscard]] bool claims(const NoteSignature& signature) const {
    return signature.key_id == key_id_ && signature.name == name_;
  }
  [[nodiscard]] bool verify(std::string_view text, const NoteSignature& signature) const;

 private:
  NoteVerifier(std::string name, SignatureType type, const crypto::PublicKey& key);
  std::string name_;
  SignatureType type_;
  crypto::PublicKey key_;
  std::uint32_t key_id_;
};

struct GoodSignature {
  std::size_t verifier = 0;  // its place in the span that was asked
  std::optional<std::uint64_t> time;  // of a cosignature: seconds since 1970, as the witness says
};
// Which of the verifiers signed, each once, in the order of the note; their number counts towards a quorum. Signatures by
// other keys are ignored. Nothing when no known key signed, or when a known key's signature is wrong.
std::optional<std::vector<GoodSignature>> verify_note(const Note& note, std::span<const NoteVerifier> verifiers);

}  // namespace huiyin::log
