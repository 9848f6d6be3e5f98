// The files a log is published as (c2sp.org/tlog-tiles), out of what is stored: the same bytes over HTTP and in an export.
// Nothing is made that is not there: a tile is the stored one, or its beginning.
#pragma once

#include <optional>

#include "app/store.h"
#include "log/tile.h"

namespace huiyin::app {

// A tile of hashes or a bundle of entries in the log's first `size` entries, which the view must hold; nothing when a log of that
// size has none of that width. A narrower one than there is by now is its beginning. Throws StoreFailure (damaged) when what
// must be stored is not.
std::optional<Bytes> find_log_file(ReadView& view, const log::TilePath& path, std::uint64_t size);

}  // namespace huiyin::app
