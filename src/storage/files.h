// The few things done with plain files; failures come out as app::StoreFailure.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/store.h"

namespace huiyin::storage {

app::StoreFailure failure_of(int error_number, const std::filesystem::path& file);

// Nothing when it is not there, larger than bytes_max or unreadable.
std::optional<std::string> read_file(const std::filesystem::path& file, std::size_t bytes_max);
// A file that must not exist yet, readable by its owner alone, on disk with its folder when this returns.
void write_new_file(const std::filesystem::path& file, std::string_view text);
// The same in place of one that may be there: whoever reads it finds the old text or the new one, whole.
void replace_file(const std::filesystem::path& file, std::string_view text);
void make_private_folder(const std::filesystem::path& folder);

// Held as long as it lives: one process writes to a data directory. Throws with a clear word when another one holds it.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace huiyin::storage
