#include "app/witness_talk.h"

#include <fmt/format.h>

#include "app/witness.h"
#include "base/text.h"
#include "log/line.h"

namespace huiyin::app {
namespace {

constexpr int tries_max = 3;  // it may have moved on between our questions

Pushed failed_push(WitnessFault fault, std::string detail) { return {{}, 0, fault, std::move(detail)}; }

// The witness's line under the text, out of what it answered.
Pushed line_of(std::string_view body, const std::string& text, const log::NoteVerifier& witness) {
  const auto note = log::parse_note(text + "\n" + std::string(body));
  // A blank line in the answer would move the end of the text: what was signed then is not our head.
  const auto good = note && note->text == text ? log::verify_note(*note, {&witness, 1}) : std::nullopt;
  if (!good) return failed_push(WitnessFault::signature, "its answer is no cosignature by its key");
  for (const auto& signature : note->signatures) {
    if (witness.claims(signature)) return {signature, good->front().time.value_or(0), {}, {}};
  }
  return failed_push(WitnessFault::signature, "its answer is no cosignature by its key");
}

Pushed refused(const WitnessClient::Reply& reply) {
  const auto detail = fmt::format("it answered {}: {}", reply.status, shortened(trimmed(reply.body)));
  switch (reply.status) {
    case 403: return failed_push(WitnessFault::untrusted, detail);
    case 404: return failed_push(WitnessFault::unknown, detail);
    case 422: return failed_push(WitnessFault::conflict, detail);
    default: return failed_push(WitnessFault::unreachable, detail);
  }
}

}  // namespace

Pushed push_head(WitnessClient& client, const log::NoteVerifier& witness, const SignedHead& head, std::uint64_t& seen,
                 log::TileSource& tiles) {
  const auto note = log::parse_note(head.note);
  HUIYIN_ASSERT(note.has_value());
  for (int tries = 0; tries < tries_max; ++tries) {
    if (seen > head.size)
      return failed_push(WitnessFault::conflict, fmt::format("it has seen {} entries, we have {}", seen, head.size));
    log::AddCheckpoint request{seen, {}, head.note};
    if (seen > 0) request.proof = log::consistency_proof(seen, head.size, tiles);
    const auto reply = client.add_checkpoint(to_text(request));
    if (!reply.ok()) return failed_push(WitnessFault::unreachable, reply.error().detail);
    if (reply->status == 200) {
      auto pushed = line_of(reply->body, note->text, witness);
      if (pushed.line) seen = head.size;
      return pushed;
    }
    std::string_view body = reply->body;
    const auto line = reply->status == 409 ? log::take_line(body) : std::nullopt;
    const auto size = line && body.empty() ? log::parse_number(*line) : std::nullopt;
    if (!size || *size == seen) return refused(*reply);
    seen = *size;
  }
  return failed_push(WitnessFault::unreachable, "somebody else offers it heads of our log all the time");
}

SeenHead ask_head(WitnessClient& client, const log::NoteVerifier& witness, const log::NoteVerifier& log) {
  const auto reply = client.checkpoint(witness_log_name(log.name()));
  if (!reply.ok()) return {{}, WitnessFault::unreachable, reply.error().detail};
  if (reply->status == 404) return {};
  if (reply->status != 200) return {{}, WitnessFault::unreachable, fmt::format("it answered {}", reply->status)};
  const auto note = log::parse_note(reply->body);
  // Only what both the log and the witness signed counts: nobody else's answer may keep a server from starting.
  auto head = note && log::verify_note(*note, {&witness, 1}) ? log::open_checkpoint(*note, log) : std::nullopt;
  if (!head) return {{}, WitnessFault::signature, "its newest head is not signed by this log and by it"};
  return {std::move(head), {}, {}};
}

}  // namespace huiyin::app
