// PostgreSQL 15 or later, by libpq. Commands of one transaction go out in a pipeline: what gives no rows is not waited for, so
// that a batch costs a journey over the network for each question, not for each row it writes.
#pragma once

#include <memory>
#include <string>

#include "storage/database.h"

namespace huiyin::storage {

// `url`: postgresql://user@host:port/name, several hosts with commas; passwords better in ~/.pgpass or PGPASSFILE than here.
// Throws app::StoreFailure, without the password, when it is not one. Nothing is opened yet.
std::unique_ptr<Database> open_postgres(const std::string& url);

// "postgresql://host:port/name": what may be shown of a URL, never user, password or options.
std::string shown_url(const std::string& url);

}  // namespace huiyin::storage
