// Migrations: numbered, forward only, one transaction each, recorded with their hash. A changed old one, or a database that wants
// a newer program, stops the start with a clear word.
#pragma once

#include "storage/database.h"

namespace huiyin::storage {

// The schema this program knows: raised with each migration that an older program could not live with.
inline constexpr std::int64_t program_schema = 1;

// Throws app::StoreFailure.
void migrate(Connection& writer);

}  // namespace huiyin::storage
