// The embedded engine: one SQLite file in write-ahead mode, made durable at every commit (synchronous = FULL).
#pragma once

#include <filesystem>
#include <memory>

#include "storage/database.h"

namespace huiyin::storage {

// Throws app::StoreFailure when the file cannot be opened; makes it when `create`.
std::unique_ptr<Database> open_sqlite(const std::filesystem::path& file, bool create);

}  // namespace huiyin::storage
