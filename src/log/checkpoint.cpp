#include "log/checkpoint.h"

#include <fmt/format.h>

#include "base/assert.h"
#include "log/line.h"

namespace huiyin::log {

std::string checkpoint_text(const Checkpoint& checkpoint) {
  auto text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size, to_base64(checkpoint.root));
  HUIYIN_ASSERT(parse_checkpoint_text(text) == checkpoint);  // the origin is one line
  return text;
}

std::optional<Checkpoint> parse_checkpoint_text(std::string_view text) {
  if (text.size() > note_bytes_max || !is_note_text(text)) return std::nullopt;
  const auto origin = take_line(text);
  const auto size_line = take_line(text);
  const auto root_line = take_line(text);
  if (!origin || origin->empty() || !size_line || !root_line || !text.empty()) return std::nullopt;
  const auto size = parse_number(*size_line);
  const auto root = parse_hash(*root_line);
  if (!size || !root || (*size == 0 && *root != empty_root())) return std::nullopt;
  return Checkpoint{std::string(*origin), *size, *root};
}

std::optional<Checkpoint> open_checkpoint(const Note& note, const NoteVerifier& log) {
  if (!verify_note(note, {&log, 1})) return std::nullopt;
  auto checkpoint = parse_checkpoint_text(note.text);
  return checkpoint && checkpoint->origin == log.name() ? std::move(checkpoint) : std::nullopt;
}

}  // namespace huiyin::log
