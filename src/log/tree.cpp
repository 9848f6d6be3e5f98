#include "log/tree.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/assert.h"

namespace huiyin::log {
namespace {

constexpr std::size_t tile_bytes = tile_width * sizeof(Hash);

// The root over a power of two of hashes, at most a tile.
Hash whole_root(ByteView hashes) {
  auto count = hashes.size() / sizeof(Hash);
  HUIYIN_ASSERT(std::has_single_bit(count) && count <= tile_width);
  std::array<Hash, tile_width> row;
  for (std::size_t i = 0; i < count; ++i) row[i] = hash_at(hashes, i);
  for (; count > 1; count /= 2) {
    for (std::size_t i = 0; i < count / 2; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
  }
  return row[0];
}

// The largest power of two smaller than `size` (RFC 9162 section 2.1.1). size > 1.
std::uint64_t split(std::uint64_t size) { return std::uint64_t{1} << (std::bit_width(size - 1) - 1U); }

}  // namespace

Tree Tree::load(std::uint64_t size, TileSource& tiles) {
  Tree tree;
  tree.size_ = size;
  const auto levels = (static_cast<unsigned>(std::bit_width(size)) + tile_height - 1) / tile_height;
  tree.edges_.resize(levels);
  for (auto level = levels; level-- > 0;) {
    // The hashes of this level's unfinished tile are exactly what the bits of this level in `size` stand for.
    const auto hashes = size >> (level * tile_height);
    const auto width = static_cast<unsigned>(hashes % tile_width);
    if (width == 0) continue;
    auto& edge = tree.edges_[level].hashes;
    edge = tiles.tile({level, hashes / tile_width}, width);
    HUIYIN_ASSERT(edge.size() >= width * sizeof(Hash));
    edge.resize(width * sizeof(Hash));
    std::size_t at = 0;
    for (auto count = std::size_t{tile_width / 2}; count > 0; count /= 2) {
      if ((width & count) == 0) continue;
      tree.subtrees_.push_back(whole_root(ByteView(edge).subspan(at, count * sizeof(Hash))));
      at += count * sizeof(Hash);
    }
  }
  return tree;
}

void Tree::append(const Hash& leaf) {
  HUIYIN_ASSERT(size_ < UINT64_MAX);
  store(0, leaf);
  // Like adding one in binary: each bit that carries joins two whole subtrees into one of twice the size.
  Hash joined = leaf;
  unsigned height = 0;
  for (auto carry = size_; (carry & 1U) != 0; carry >>= 1U) {
    joined = node_hash(subtrees_.back(), joined);
    subtrees_.pop_back();
    if (++height % tile_height == 0) store(height / tile_height, joined);
  }
  subtrees_.push_back(joined);
  ++size_;
}

// Called while size_ does not yet count the leaf that is being appended.
void Tree::store(unsigned level, const Hash& hash) {
  if (level == edges_.size()) edges_.emplace_back();
  auto& edge = edges_[level];
  edge.hashes.insert(edge.hashes.end(), hash.begin(), hash.end());
  edge.grown = edge.hashes.size() < tile_bytes;
  if (edge.grown) return;
  full_.push_back({{level, size_ >> (level * tile_height) >> tile_height}, std::move(edge.hashes)});
  edge.hashes.clear();
}

Hash Tree::root() const {
  if (subtrees_.empty()) return empty_root();
  Hash root = subtrees_.back();
  for (auto at = subtrees_.size() - 1; at-- > 0;) root = node_hash(subtrees_[at], root);
  return root;
}

std::vector<Tree::Change> Tree::take_changes() {
  auto changes = std::exchange(full_, {});
  for (unsigned level = 0; level < edges_.size(); ++level) {
    auto& edge = edges_[level];
    if (!std::exchange(edge.grown, false)) continue;
    changes.push_back({{level, size_ >> (level * tile_height) >> tile_height}, edge.hashes});
  }
  return changes;
}

Prover::Tile& Prover::tile(TileId id) {
  const auto found = read_.find(id);
  if (found != read_.end()) return found->second;
  const auto width = width_at(id, size_);
  HUIYIN_ASSERT(width > 0);
  const auto hashes = tiles_->tile(id, width);
  auto& made = read_[id];
  made.hashes.reserve(width);
  for (std::size_t i = 0; i < width; ++i) made.hashes.push_back(hash_at(hashes, i));
  return made;
}

// The number-th node `height` above the tile's hashes.
const Hash& Prover::node(Tile& tile, unsigned height, std::size_t number) {
  if (height == 0) return tile.hashes.at(number);
  const auto at = tile_width - (std::size_t{2 * tile_width} >> height) + number;
  auto& hash = tile.nodes[at];
  if (!tile.known[at]) {
    hash = node_hash(node(tile, height - 1, 2 * number), node(tile, height - 1, 2 * number + 1));
    tile.known[at] = true;
  }
  return hash;
}

// The root over the 2^height leaves from `start`, a multiple of 2^height.
const Hash& Prover::whole(unsigned height, std::uint64_t start) {
  const auto level = height / tile_height;
  const auto first = start >> (level * tile_height);
  return node(tile({level, first / tile_width}), height % tile_height, first % tile_width >> (height % tile_height));
}

// The root over the leaves start..end-1. `start` is a multiple of the least power of two not below end - start, so that the
// range is a node of a tree: either whole, or ragged at its right edge and made up of whole ones.
Hash Prover::range(std::uint64_t start, std::uint64_t end) {
  HUIYIN_ASSERT(start < end && end <= size_);
  if (std::has_single_bit(end - start)) return whole(static_cast<unsigned>(std::countr_zero(end - start)), start);
  const bool kept = end == size_;
  if (kept) {
    if (const auto found = ragged_.find(start); found != ragged_.end()) return found->second;
  }
  const auto middle = start + split(end - start);
  const auto root = node_hash(range(start, middle), range(middle, end));
  if (kept) ragged_.emplace(start, root);
  return root;
}

// RFC 9162 section 2.1.3.1, walked from the root down.
std::vector<Hash> Prover::inclusion(std::uint64_t index) {
  HUIYIN_ASSERT(index < size_);
  std::vector<Hash> proof;
  std::uint64_t low = 0;
  std::uint64_t high = size_;
  while (high - low > 1) {
    const auto middle = low + split(high - low);
    if (index < middle) {
      proof.push_back(range(middle, high));
      high = middle;
    } else {
      proof.push_back(range(low, middle));
      low = middle;
    }
  }
  std::ranges::reverse(proof);
  return proof;
}

// RFC 9162 section 2.1.4.1, walked from the root down.
std::vector<Hash> Prover::consistency(std::uint64_t old_size) {
  HUIYIN_ASSERT(old_size <= size_);
  std::vector<Hash> proof;
  if (old_size == 0 || old_size == size_) return proof;
  std::uint64_t low = 0;
  std::uint64_t high = size_;
  while (high != old_size) {
    const auto middle = low + split(high - low);
    if (old_size <= middle) {
      proof.push_back(range(middle, high));
      high = middle;
    } else {
      proof.push_back(range(low, middle));
      low = middle;
    }
  }
  if (low != 0) proof.push_back(range(low, high));  // with low = 0 it is the old root itself, which the verifier has
  std::ranges::reverse(proof);
  return proof;
}

Hash Prover::root(std::uint64_t size) { return size == 0 ? empty_root() : range(0, size); }

std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, TileSource& tiles) {
  return Prover(size, tiles).inclusion(index);
}

std::vector<Hash> consistency_proof(std::uint64_t old_size, std::uint64_t new_size, TileSource& tiles) {
  HUIYIN_ASSERT(old_size <= new_size);
  return Prover(new_size, tiles).consistency(old_size);
}

Hash root_of(std::uint64_t size, TileSource& tiles) { return Prover(size, tiles).root(size); }

}  // namespace huiyin::log
