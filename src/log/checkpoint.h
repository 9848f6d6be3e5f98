// A checkpoint: the head of a log, as the text of a signed note (c2sp.org/tlog-checkpoint): origin, size and root, a line
// each. Extension lines are refused: the log writes none, and no witness could check them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "log/merkle.h"
#include "log/note.h"

namespace huiyin::log {

struct Checkpoint {
  std::string origin;  // one line, not empty, UTF-8 without control letters
  std::uint64_t size = 0;
  Hash root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

std::string checkpoint_text(const Checkpoint& checkpoint);
// The exact inverse. Says nothing about who signed it.
std::optional<Checkpoint> parse_checkpoint_text(std::string_view text);

// The checkpoint in a note which the log's key signed and whose origin is that key's name. The one way to trust a head:
// a good signature by a key that is known for another log must not pass.
std::optional<Checkpoint> open_checkpoint(const Note& note, const NoteVerifier& log);

}  // namespace huiyin::log
