// Signed notes and verifier keys: one spelling each, so that what is read is written back byte for byte; nobody's signature
// passes without the key.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "log/note.h"

namespace {

using namespace huiyin;

const log::NoteVerifier& a_key() {
  static const auto key = *log::NoteVerifier::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  return key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto note = log::parse_note(text)) {
    HUIYIN_ASSERT(log::to_text(*note) == text);
    HUIYIN_ASSERT(log::is_note_text(note->text));
    HUIYIN_ASSERT(!note->signatures.empty() && note->signatures.size() <= log::note_signatures_max);
    for (const auto& signature : note->signatures) HUIYIN_ASSERT(log::is_key_name(signature.name));
    const auto good = log::verify_note(*note, {&a_key(), 1});
    HUIYIN_ASSERT(!good ||
                  note->text ==
                      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n");
  }
  if (const auto key = log::NoteVerifier::parse(text)) HUIYIN_ASSERT(key->vkey() == text);
  return 0;
}
