// The growing tree and proofs from tiles, against the plain definition and known answers.
#include "log/tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/random.h"
#include "tiles_in_memory.h"

namespace huiyin::log {
namespace {

// A different seed each run; a failure says which.
std::uint64_t fresh_seed() { return std::random_device{}(); }

class Grown {
 public:
  explicit Grown(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) tree.append(plain_leaf(i));
    tiles.store(tree);
  }
  Tree tree;
  TilesInMemory tiles;
};

TEST(Tree, GivesTheRootsAndTheVeryProofsOfTheDefinition) {
  constexpr std::size_t largest = 600;  // beyond two full tiles
  Definition definition(plain_leaves(largest));
  Tree tree;
  TilesInMemory tiles;
  EXPECT_TRUE(consistency_proof(0, 0, tiles).empty());
  for (std::size_t size = 1; size <= largest; ++size) {
    tree.append(plain_leaf(size - 1));
    tiles.store(tree);
    ASSERT_EQ(tree.root(), definition.root(size)) << size;
    ASSERT_EQ(root_of(size, tiles), definition.root(size)) << size;
    Prover prover(size, tiles);
    for (std::size_t m = 0; m < size; ++m) ASSERT_EQ(prover.inclusion(m), definition.inclusion(m, size)) << m << " in " << size;
    for (std::size_t m = 1; m <= size; ++m) {
      ASSERT_EQ(prover.consistency(m), definition.consistency(m, size)) << m << " to " << size;
      ASSERT_EQ(prover.root(m), definition.root(m)) << m << " in " << size;
    }
    EXPECT_TRUE(prover.consistency(0).empty());
    EXPECT_EQ(prover.root(0), empty_root());
  }
}

TEST(Tree, GivesProofsThatAreVerified) {
  constexpr std::size_t largest = 140;
  Definition definition(plain_leaves(largest));
  Grown grown(largest);
  for (std::size_t size = 1; size <= largest; ++size) {
    const auto root = definition.root(size);
    for (std::size_t m = 0; m < size; ++m) {
      auto proof = inclusion_proof(m, size, grown.tiles);
      ASSERT_TRUE(verify_inclusion(plain_leaf(m), m, size, proof, root)) << m << " in " << size;
      ASSERT_FALSE(verify_inclusion(plain_leaf(m + 1), m, size, proof, root)) << m << " in " << size;
      proof.push_back(root);
      ASSERT_FALSE(verify_inclusion(plain_leaf(m), m, size, proof, root)) << m << " in " << size;
    }
    for (std::size_t m = 1; m <= size; ++m) {
      const auto proof = consistency_proof(m, size, grown.tiles);
      ASSERT_TRUE(verify_consistency(m, size, proof, definition.root(m), root)) << m << " to " << size;
      ASSERT_FALSE(verify_consistency(m, size, proof, plain_leaf(largest), root)) << m << " to " << size;
    }
  }
}

TEST(Tree, ProvesWithinLargeTrees) {
  const auto seed = fresh_seed();
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const std::size_t size = 65'500 + random.below(9'000);  // around the first full tile of level 1
  Definition definition(plain_leaves(size));
  Grown grown(size);
  ASSERT_EQ(grown.tree.root(), definition.root(size));
  Prover whole(size, grown.tiles);
  for (int i = 0; i < 200; ++i) {
    const std::size_t at = 1 + random.below(static_cast<std::uint32_t>(size));  // any earlier size, too
    const std::size_t index = random.below(static_cast<std::uint32_t>(at));
    ASSERT_EQ(root_of(at, grown.tiles), definition.root(at)) << at;
    ASSERT_EQ(whole.root(at), definition.root(at)) << at;
    ASSERT_EQ(whole.inclusion(index), definition.inclusion(index, size)) << index;
    ASSERT_EQ(whole.consistency(at), definition.consistency(at, size)) << at;
    ASSERT_EQ(inclusion_proof(index, at, grown.tiles), definition.inclusion(index, at)) << index << " in " << at;
    ASSERT_TRUE(verify_inclusion(plain_leaf(index), index, size, whole.inclusion(index), grown.tree.root())) << index;
    ASSERT_TRUE(verify_consistency(at, size, whole.consistency(at), definition.root(at), grown.tree.root())) << at;
  }
}

TEST(Tree, GoesOnFromStoredTilesAsIfItHadGrownInOneGo) {
  const auto seed = fresh_seed();
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  for (int round = 0; round < 20; ++round) {
    Tree whole;
    TilesInMemory tiles;
    const auto first = round == 0 ? 0 : round == 1 ? 256 : round == 2 ? 65'536 : random.below(3'000);
    for (std::size_t i = 0; i < first; ++i) whole.append(plain_leaf(i));
    tiles.store(whole);
    for (int batch = 0; batch < 4; ++batch) {
      auto loaded = Tree::load(whole.size(), tiles);
      ASSERT_EQ(loaded.size(), whole.size());
      ASSERT_EQ(loaded.root(), whole.root()) << whole.size();
      EXPECT_TRUE(loaded.take_changes().empty());
      for (auto more = random.below(700); more > 0; --more) {
        const auto leaf = plain_leaf(whole.size());
        whole.append(leaf);
        loaded.append(leaf);
      }
      ASSERT_EQ(loaded.root(), whole.root()) << whole.size();
      const auto expected = whole.take_changes();
      const auto changes = loaded.take_changes();
      ASSERT_EQ(changes.size(), expected.size()) << whole.size();
      for (std::size_t i = 0; i < changes.size(); ++i) {
        EXPECT_EQ(changes[i].id, expected[i].id);
        EXPECT_EQ(changes[i].hashes, expected[i].hashes);
        EXPECT_EQ(changes[i].hashes.size(), width_at(changes[i].id, whole.size()) * sizeof(Hash));
        tiles.tiles[changes[i].id] = changes[i].hashes;
      }
    }
  }
}

TEST(Tree, StaysAsItWasWhenACopyIsDropped) {
  Tree tree;
  for (std::size_t i = 0; i < 300; ++i) tree.append(plain_leaf(i));
  const auto root = tree.root();
  {
    auto copy = tree;
    for (std::size_t i = 0; i < 300; ++i) copy.append(plain_leaf(1000 + i));
    EXPECT_EQ(copy.take_changes().size(), 4U);  // level 0: two full and the third; level 1
  }
  EXPECT_EQ(tree.root(), root);
  EXPECT_EQ(tree.size(), 300U);
  EXPECT_EQ(tree.take_changes().size(), 3U);
}

TEST(Tree, NamesTheFullTilesOnceAndTheUnfinishedOnesAsTheyAre) {
  Tree tree;
  for (std::size_t i = 0; i < 256; ++i) tree.append(plain_leaf(i));
  auto changes = tree.take_changes();
  ASSERT_EQ(changes.size(), 2U);  // one full tile of level 0 and one of level 1 with a single hash
  EXPECT_EQ(changes[0].id, (TileId{0, 0}));
  EXPECT_EQ(changes[0].hashes.size(), 8'192U);
  EXPECT_EQ(changes[1].id, (TileId{1, 0}));
  EXPECT_EQ(changes[1].hashes.size(), 32U);
  EXPECT_EQ(hash_at(changes[1].hashes, 0), tree.root());
  EXPECT_TRUE(tree.take_changes().empty());
  tree.append(plain_leaf(256));
  changes = tree.take_changes();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].id, (TileId{0, 1}));
  EXPECT_EQ(changes[0].hashes.size(), 32U);
}

class SeventyThousand : public testing::Test {
 protected:
  static constexpr std::size_t size = 70'000;
  Grown grown_{size};
  const Tree& tree_ = grown_.tree;
  TilesInMemory& tiles_ = grown_.tiles;
};

TEST_F(SeventyThousand, HasTheKnownRootAndTiles) {
  EXPECT_EQ(to_base64(tree_.root()), "PyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=");
  std::map<std::pair<unsigned, unsigned>, int> counts;  // (level, width) -> tiles
  for (const auto& [id, hashes] : tiles_.tiles) ++counts[{id.level, static_cast<unsigned>(hashes.size() / sizeof(Hash))}];
  const std::map<std::pair<unsigned, unsigned>, int> expected{
      {{0, 256}, 273}, {{0, 112}, 1}, {{1, 256}, 1}, {{1, 17}, 1}, {{2, 1}, 1}};
  EXPECT_EQ(counts, expected);
}

TEST_F(SeventyThousand, ReadsAtMostTwoTilesALevelForAProof) {
  for (const std::size_t index : {0U, 4'711U, 65'535U, 65'536U, 69'999U}) {
    tiles_.reads = 0;
    inclusion_proof(index, size, tiles_);
    EXPECT_LE(tiles_.reads, 6U) << index;
  }
}

TEST_F(SeventyThousand, ReadsEachTileOnceForTheProofsOfABatch) {
  Definition definition(plain_leaves(size));
  tiles_.reads = 0;
  Prover prover(size, tiles_);
  for (std::size_t index = size - 256; index < size; ++index)
    ASSERT_EQ(prover.inclusion(index), definition.inclusion(index, size));
  EXPECT_LE(tiles_.reads, 5U);  // the newest two of level 0, two of level 1, one of level 2
}

// A widely used library checked only the path above the level-0 tile, so that a forged entry passed with its forged tile.
TEST_F(SeventyThousand, LetsNoForgedEntryPassWithItsForgedTile) {
  const auto root = tree_.root();
  const auto forged = leaf_hash(as_bytes("entry 4711, altered\n"));
  for (const std::size_t index : {std::size_t{0}, std::size_t{4'711}, std::size_t{65'536}, size - 1}) {
    auto tiles = tiles_;
    const auto honest = inclusion_proof(index, size, tiles);
    ASSERT_TRUE(verify_inclusion(plain_leaf(index), index, size, honest, root));
    auto& bytes = tiles.tiles.at({0, index / tile_width});
    std::ranges::copy(forged, bytes.begin() + static_cast<std::ptrdiff_t>(index % tile_width * sizeof(Hash)));
    EXPECT_FALSE(verify_inclusion(forged, index, size, inclusion_proof(index, size, tiles), root)) << index;
    EXPECT_FALSE(verify_inclusion(forged, index, size, honest, root)) << index;
    // A neighbour in the forged tile cannot be shown either: its proof holds the forged hash.
    const auto neighbour = index ^ 1U;
    EXPECT_FALSE(verify_inclusion(plain_leaf(neighbour), neighbour, size, inclusion_proof(neighbour, size, tiles), root))
        << index;
  }
}

}  // namespace
}  // namespace huiyin::log
