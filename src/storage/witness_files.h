// What a witness keeps, as files in a folder of its own:
//
//   witness.key                32 bytes in hex, the seed of its key; readable by its owner alone
//   name                       the name of its key, a line
//   heads/<hex>.checkpoint     the newest head it cosigned of a log, by the SHA-256 of the log's origin
//
// A lost or older `heads` makes the witness vouch for forks: the folder is kept whole, or the witness begins anew with another
// key. One thread at a time; one process, which holds a FolderLock on it.
#pragma once

#include <filesystem>

#include "app/witness.h"
#include "base/random.h"

namespace huiyin::storage {

class WitnessFiles final : public app::CosignedHeads {
 public:
  // Makes the folder, where it is not there.
  explicit WitnessFiles(std::filesystem::path folder);

  // Its key, which is made when it is first asked for, under `name`. Throws std::runtime_error when `name` is another one than
  // the key was made with, or empty and there is no key yet.
  log::Cosigner cosigner(std::string_view name, Random& random);

  std::optional<std::string> find(std::string_view log) override;
  void keep(std::string_view log, std::string_view note) override;

 private:
  [[nodiscard]] std::filesystem::path file_of(std::string_view log) const;
  std::filesystem::path folder_;
};

}  // namespace huiyin::storage
