// A log proven from its entries alone: the tree made of them has the head's root, and grew from every head that was signed and
// kept outside the database.
#pragma once

#include "app/jurisdiction.h"
#include "app/store.h"
#include "storage/database.h"
#include "storage/table_compare.h"

namespace huiyin::storage {

// `notes`: app::Keys::last_heads(). `each` is called after every piece of the log. Gives how many entries the longest of the
// signed heads covers: less than all when a server ended between a commit and its signature; the next start signs them.
std::uint64_t prove_log(Connection& connection, const app::Jurisdiction& jurisdiction, const app::Head& head,
                        std::span<const std::string> notes, Differences& differences, const std::function<void()>& each);

// As it stands in the database.
app::Head head_of(Connection& connection, JurisdictionId jurisdiction);

}  // namespace huiyin::storage
