// Tiles as a store would keep them, fed from a tree's changes; and the plain definition of the tree to hold everything against.
#pragma once

#include <bit>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "log/tile.h"
#include "log/tree.h"

namespace huiyin::log {

class TilesInMemory final : public TileSource {
 public:
  void store(Tree& tree) {
    for (auto& change : tree.take_changes()) tiles[change.id] = std::move(change.hashes);
  }
  Bytes tile(TileId id, unsigned width) override {
    ++reads;
    const auto found = tiles.find(id);
    if (found == tiles.end() || found->second.size() < width * sizeof(Hash)) throw std::out_of_range(tile_path(id, width));
    return Bytes(found->second.begin(), found->second.begin() + static_cast<std::ptrdiff_t>(width * sizeof(Hash)));
  }

  std::map<TileId, Bytes> tiles;
  std::size_t reads = 0;
};

// RFC 9162 sections 2.1.1, 2.1.3.1 and 2.1.4.1, word for word, over the leaves begin..end-1. It only remembers what it has
// hashed.
class Definition {
 public:
  explicit Definition(std::vector<Hash> leaves) : leaves_(std::move(leaves)) {}

  Hash root(std::size_t size) { return root(0, size); }
  std::vector<Hash> inclusion(std::size_t index, std::size_t size) { return path(index, 0, size); }
  std::vector<Hash> consistency(std::size_t old_size, std::size_t size) { return subproof(old_size, 0, size, true); }

 private:
  static std::size_t split(std::size_t n) { return std::bit_ceil(n) / 2; }

  Hash root(std::size_t begin, std::size_t end) {
    if (begin == end) return empty_root();
    if (begin + 1 == end) return leaves_[begin];
    if (const auto found = known_.find({begin, end}); found != known_.end()) return found->second;
    const auto middle = begin + split(end - begin);
    return known_[{begin, end}] = node_hash(root(begin, middle), root(middle, end));
  }

  std::vector<Hash> path(std::size_t m, std::size_t begin, std::size_t end) {
    if (end - begin == 1) return {};
    const auto k = split(end - begin);
    auto path_of = m < k ? path(m, begin, begin + k) : path(m - k, begin + k, end);
    path_of.push_back(m < k ? root(begin + k, end) : root(begin, begin + k));
    return path_of;
  }

  std::vector<Hash> subproof(std::size_t m, std::size_t begin, std::size_t end, bool known) {
    if (m == end - begin) return known ? std::vector<Hash>{} : std::vector<Hash>{root(begin, end)};
    const auto k = split(end - begin);
    auto proof = m <= k ? subproof(m, begin, begin + k, known) : subproof(m - k, begin + k, end, false);
    proof.push_back(m <= k ? root(begin + k, end) : root(begin, begin + k));
    return proof;
  }

  std::vector<Hash> leaves_;
  std::map<std::pair<std::size_t, std::size_t>, Hash> known_;
};

inline Hash plain_leaf(std::size_t i) { return leaf_hash(as_bytes("entry " + std::to_string(i) + "\n")); }

inline std::vector<Hash> plain_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(plain_leaf(i));
  return leaves;
}

}  // namespace huiyin::log
