// What a witness decides (c2sp.org/tlog-witness): it cosigns the head of a log it knows only when that head continues everything
// it cosigned before. The body of `add-checkpoint`, and the decision, apart from storage and network. Everything here reads what
// strangers send. Pure functions and values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/checkpoint.h"
#include "log/merkle.h"
#include "log/note.h"

namespace huiyin::log {

inline constexpr std::size_t witness_hashes_max = 63;
inline constexpr std::size_t add_checkpoint_bytes_max = note_bytes_max + 4096;

// "old <n>\n", the consistency proof a hash a line, an empty line, and the signed checkpoint.
struct AddCheckpoint {
  std::uint64_t old_size = 0;
  std::vector<Hash> proof;
  std::string checkpoint;  // a signed note, word for word
  friend bool operator==(const AddCheckpoint&, const AddCheckpoint&) = default;
};

std::string to_text(const AddCheckpoint& request);
// The exact inverse; the checkpoint is a well-formed note, no more.
std::optional<AddCheckpoint> parse_add_checkpoint(std::string_view body);

// A log that a witness looks at: which origin, and by which keys its heads may be signed.
struct WitnessedLog {
  std::string origin;
  std::vector<NoteVerifier> keys;
};

// The newest head that the witness cosigned for a log.
struct Cosigned {
  std::uint64_t size = 0;
  Hash root{};
};

enum class WitnessAnswer : std::uint8_t {
  cosign,       // 200
  malformed,    // 400: no such body, or no checkpoint in it
  old_ahead,    // 400: the old size is beyond the checkpoint's
  untrusted,    // 403: no key of the log signed it
  unknown_log,  // 404
  conflict,     // 409: the witness has cosigned another size than the old one
  bad_proof,    // 422: the checkpoint does not continue the one before, or a proof is given where none can be
};

// The origin that a body speaks of, whoever signed it; nothing when it is malformed.
std::optional<std::string> origin_of(const AddCheckpoint& request);

struct WitnessDecision {
  WitnessAnswer answer{};
  std::optional<Checkpoint> checkpoint{};  // when it is to be cosigned
  Note note{};                             // and the text to cosign, with the log's own good signatures alone
};
// `log` is the one of that origin, null when there is none; `before` the newest head cosigned for it, if any.
WitnessDecision decide(const AddCheckpoint& request, const WitnessedLog* log, const std::optional<Cosigned>& before);

// Policy of a witness: a line for each key of a log, `<origin> <verifier key>`; empty lines and those that begin with # are
// skipped. The same origin may stand on several lines: any of its keys will do.
struct WitnessPolicy {
  std::vector<WitnessedLog> logs;
  struct Fault {
    std::size_t line = 0;  // from 1
    enum class What : std::uint8_t { not_two_words, wrong_origin, wrong_key, twice } what{};
  };
  std::vector<Fault> faults;  // when there are any, the policy must not be used

  [[nodiscard]] const WitnessedLog* find(std::string_view origin) const;
};
WitnessPolicy parse_witness_policy(std::string_view text);

}  // namespace huiyin::log
