// Where an audit has the published files of a log from (docs/formats/log.md): a server, a folder, memory. What it gives is
// trusted in nothing. Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"

namespace huiyin::log {

// A file too long to hold, piece after piece.
class FilePieces {
 public:
  virtual ~FilePieces() = default;
  // Empty at its end. An Error when it could not be had.
  virtual Result<std::string> next() = 0;
};

class PublishedFiles {
 public:
  virtual ~PublishedFiles() = default;
  // The file of that name, "tile/0/000"; nothing where there is none. Of one longer than `bytes_max` more than that is enough. An
  // Error when it could not be had, so that nothing is known of it.
  virtual Result<std::optional<std::string>> read(const std::string& name, std::size_t bytes_max) = 0;
  // It will be read next but one, or soon, with that limit: whoever has it from afar may fetch it meanwhile.
  virtual void expect(const std::string& name, std::size_t bytes_max) {
    (void)name;
    (void)bytes_max;
  }
  // The same of a long file; null where there is none.
  virtual Result<std::unique_ptr<FilePieces>> open(const std::string& name) = 0;
};

}  // namespace huiyin::log
