// A growing tree over its tiles. It keeps only the right edge: the unfinished tile of each level and one hash for each whole
// subtree, so it is small whatever the size. Appending costs about one node hash a leaf, a root log2(n) of them.
// Thread rule: a value, one thread at a time; copy it to try a batch, drop the copy when the batch fails.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <vector>

#include "base/bytes.h"
#include "log/merkle.h"
#include "log/tile.h"

namespace huiyin::log {

class Tree {
 public:
  Tree() = default;  // empty
  // Reads the unfinished tiles of a stored tree, at most one a level. The caller holds root() against the head it knows.
  static Tree load(std::uint64_t size, TileSource& tiles);

  void append(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] Hash root() const;

  // A tile touched since the last take_changes() with all the hashes it holds now: tiles that became full once, in the order
  // they did, then the unfinished ones that grew, from level 0 up.
  struct Change {
    TileId id;
    Bytes hashes;
  };
  std::vector<Change> take_changes();

 private:
  void store(unsigned level, const Hash& hash);

  struct Edge {
    Bytes hashes;  // of the unfinished tile; empty right after a tile became full
    bool grown = false;
  };
  std::uint64_t size_ = 0;
  std::vector<Hash> subtrees_;  // roots of the whole subtrees, largest first: one for each bit set in size_
  std::vector<Edge> edges_;     // by level
  std::vector<Change> full_;
};

// Many proofs over one tree. It keeps each tile it has read and each inner node it has computed, so that a proof whose tiles
// were there before costs some twenty look-ups and no hashing; the first over a full tile costs 255 hashes at most.
// Thread rule: one thread at a time. `tiles` outlives it, and what it gave is kept: make a new one for a tree that grew.
class Prover {
 public:
  Prover(std::uint64_t size, TileSource& tiles) : size_(size), tiles_(&tiles) {}

  std::vector<Hash> inclusion(std::uint64_t index);         // index < size
  std::vector<Hash> consistency(std::uint64_t old_size);    // old_size <= size
  Hash root(std::uint64_t size);                            // of the tree's first `size` leaves, size <= its own

 private:
  struct Tile {
    std::vector<Hash> hashes;
    std::array<Hash, tile_width - 1> nodes;  // the 128 above pairs of hashes, then the 64 above pairs of those, up to the root
    std::bitset<tile_width - 1> known;       // which of them are computed
  };
  Tile& tile(TileId id);
  static const Hash& node(Tile& tile, unsigned height, std::size_t number);
  const Hash& whole(unsigned height, std::uint64_t start);
  Hash range(std::uint64_t start, std::uint64_t end);

  std::uint64_t size_;
  TileSource* tiles_;
  std::map<TileId, Tile> read_;
  std::map<std::uint64_t, Hash> ragged_;  // by its first leaf: what reaches to the tree's right edge and is not whole
};

// One proof for the tree of `size` out of tiles, each tile read once: at most two a level, re-hashed within. It is as true as
// the tiles are; who needs to know verifies it against a signed root.
std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, TileSource& tiles);          // index < size
std::vector<Hash> consistency_proof(std::uint64_t old_size, std::uint64_t new_size, TileSource& tiles);  // old_size <= new_size
Hash root_of(std::uint64_t size, TileSource& tiles);

}  // namespace huiyin::log
