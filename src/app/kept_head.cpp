#include "app/kept_head.h"

#include "base/assert.h"

namespace huiyin::app {

std::optional<log::Checkpoint> open_kept_head(const Jurisdiction& jurisdiction, std::string_view note) {
  const auto verifier = log::NoteVerifier::parse(jurisdiction.signer.vkey());
  HUIYIN_ASSERT(verifier.has_value());
  const auto parsed = log::parse_note(note);
  return parsed ? log::open_checkpoint(*parsed, *verifier) : std::nullopt;
}

}  // namespace huiyin::app
