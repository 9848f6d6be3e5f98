// Checkpoints have one spelling: what is read is written back byte for byte. The input is also signed, as a log that misbehaves
// would do: only its own origin opens.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "log/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const log::NoteSigner signer("a.example/log1", crypto::SigningKey(std::array<std::uint8_t, 32>{}));
  static const auto key = *log::NoteVerifier::parse(signer.vkey());
  const auto checkpoint = log::parse_checkpoint_text(text);
  HUIYIN_ASSERT(!checkpoint || log::checkpoint_text(*checkpoint) == text);
  if (!log::is_note_text(text)) return 0;
  const auto note = log::parse_note(signer.sign(text));
  HUIYIN_ASSERT(note.has_value() == (signer.sign(text).size() <= log::note_bytes_max));
  if (!note) return 0;
  HUIYIN_ASSERT(note->text == text);
  const auto opened = log::open_checkpoint(*note, key);
  HUIYIN_ASSERT(opened.has_value() == (checkpoint && checkpoint->origin == signer.name()));
  return 0;
}
