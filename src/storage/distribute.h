// Spreading a PostgreSQL database over several machines with the extension Citus (docs.citusdata.com), by jurisdiction: all rows
// of one jurisdiction lie on one node, so that its transactions stay on one machine.
//
//   jurisdiction, migration  reference tables, whole on every node: their keys (slug, origin; number) are unique over all, which
//                            Citus keeps in such tables only; all others refer to the one, and each lock of a head reads the
//                            other
//   what names a jurisdiction  distributed by it, one table's shards beside the other's: foreign keys between distributed tables
//                            need both, and so does a transaction that is to touch one node
//   request_count            has no jurisdiction; by client, in one shard, because each exchange asks for all clients
//
// Citus does not keep a foreign key between a table that is distributed and one that is not yet, and advises to take the keys
// away and put them back afterwards. So it is done here, all in one transaction: whatever goes wrong, nothing was changed.
#pragma once

#include <functional>
#include <string_view>

#include "storage/database.h"

namespace huiyin::storage {

// Throws app::StoreFailure with a sentence when it cannot be done here. Reads only.
void require_citus(Connection& writer);

// After migrate(). What is distributed already is passed over. `tell` is called with a line for each step. Throws StoreFailure.
void distribute(Connection& writer, const std::function<void(std::string_view)>& tell);

}  // namespace huiyin::storage
