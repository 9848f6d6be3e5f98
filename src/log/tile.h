// Tiles: how a log's hashes and entries are cut into files (c2sp.org/tlog-tiles). Tile n of level l holds the roots of the
// subtrees of 256^l entries numbered 256n .. 256n+255; a full tile never changes, a partial one grows at the tree's right edge.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "log/merkle.h"

namespace huiyin::log {

inline constexpr unsigned tile_height = 8;
inline constexpr unsigned tile_width = 1U << tile_height;
inline constexpr unsigned tile_level_max = 63;  // of a path; a tree of fewer than 2^64 entries has no more than 8 levels

struct TileId {
  unsigned level = 0;
  std::uint64_t number = 0;
  friend auto operator<=>(const TileId&, const TileId&) = default;
};

// "tile/0/x001/x234/067", and ".p/5" after it when width < 256. Width is 1..256.
std::string tile_path(TileId id, unsigned width);
std::string entries_path(std::uint64_t number, unsigned width);  // "tile/entries/x001/x234/067"

struct TilePath {
  bool entries = false;  // an entry bundle; its level is 0
  TileId id;
  unsigned width = tile_width;
  friend bool operator==(const TilePath&, const TilePath&) = default;
};
// The exact inverse of the two: nothing for any other spelling.
std::optional<TilePath> parse_tile_path(std::string_view path);

// How many hashes (or, at level 0, entries) the tile has in a tree of that size; 0 when it does not exist.
unsigned width_at(TileId id, std::uint64_t size) noexcept;

// The i-th of the hashes of a tile.
Hash hash_at(ByteView hashes, std::size_t i);

// Where stored tiles come from. One thread, unless an implementation says more.
class TileSource {
 public:
  virtual ~TileSource() = default;
  // At least the first `width` hashes of the tile, 32 bytes each. Throws or asserts when the store lacks it. What it gives is
  // not trusted: it shows its truth by leading to a root that is known otherwise.
  virtual Bytes tile(TileId id, unsigned width) = 0;
};

}  // namespace huiyin::log
