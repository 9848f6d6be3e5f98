// The conversation with one witness about one log, apart from threads and pauses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/committer.h"
#include "app/witness_client.h"
#include "log/checkpoint.h"
#include "log/tree.h"

namespace huiyin::app {

// Why a witness does not vouch.
enum class WitnessFault : std::uint8_t {
  unreachable,  // no answer, or none that we understand: it is tried again
  conflict,     // it has seen another history of the log, or a longer one: somebody must look
  unknown,      // 404
  untrusted,    // 403
  signature,    // what it gave is not its cosignature
};

struct Pushed {
  std::optional<log::NoteSignature> line{};  // its cosignature, checked
  std::uint64_t time = 0;                    // that it names, in seconds since 1970
  std::optional<WitnessFault> fault{};       // where there is no line
  std::string detail{};                      // of the fault, for the operator
};

// Offers a head to a witness. `seen`: the size that it is thought to have cosigned before; becomes what it says. The tiles cover
// the head.
Pushed push_head(WitnessClient& client, const log::NoteVerifier& witness, const SignedHead& head, std::uint64_t& seen,
                 log::TileSource& tiles);

// The newest head that a witness has cosigned of a log; `head` stays empty when it has seen none.
struct SeenHead {
  std::optional<log::Checkpoint> head{};
  std::optional<WitnessFault> fault{};
  std::string detail{};
};
SeenHead ask_head(WitnessClient& client, const log::NoteVerifier& witness, const log::NoteVerifier& log);

}  // namespace huiyin::app
