// A witness as it is reached: who it is, and the two questions that it answers (c2sp.org/tlog-witness). Implemented in
// src/channels.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "log/note.h"

namespace huiyin::app {

class WitnessClient {
 public:
  struct Reply {
    unsigned status = 0;
    std::string body;  // of note_bytes_max at most
  };
  virtual ~WitnessClient() = default;
  // `unavailable`, with the reason as detail, when no answer came in time. Each may block for that long; one thread at a time.
  virtual Result<Reply> add_checkpoint(std::string_view body) = 0;
  // `log` is the hex SHA-256 of the log's origin.
  virtual Result<Reply> checkpoint(std::string_view log) = 0;
  // Ends what is under way, and all later questions, at once. Any thread.
  virtual void stop() noexcept = 0;
};

struct WitnessPeer {
  log::NoteVerifier key;  // of type 04
  std::unique_ptr<WitnessClient> client;
};

}  // namespace huiyin::app
