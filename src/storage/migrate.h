// Migrations: numbered, forward only, one transaction each, recorded with their hash. A changed old one, or a database that wants
// a newer program, stops the start with a clear word. Any number of programs may start at once on one database.
//
// A program that does not know a migration may go on using the database only when the migration says so, with a line
// `-- min_program: N`, N being the least program_schema that can live with it (a rolling upgrade); else that is its own number.
#pragma once

#include "storage/database.h"

namespace huiyin::storage {

// The schema this program knows: the number of its newest migration.
std::int64_t program_schema();

// Throws app::StoreFailure. Up to the migration `last`: the tests of a later one begin there.
void migrate(Connection& writer, std::int64_t last = program_schema());

// Throws app::StoreFailure when a database with this min_program wants a newer program than this one.
void check_min_program(std::int64_t min_program);

}  // namespace huiyin::storage
