// The hashes of the tree and the verification of proofs, against known answers and the shared vectors.
#include "log/merkle.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "log/line.h"
#include "log/tree.h"

namespace huiyin::log {
namespace {

namespace json = boost::json;

TEST(Merkle, GivesTheRootsOfTheEightClassicLeaves) {
  const std::vector<std::string> leaves{
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
  const std::vector<std::string> roots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                       "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                       "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                       "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                       "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                       "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                       "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                       "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                       "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  Tree tree;
  for (std::size_t size = 0; size < roots.size(); ++size) {
    EXPECT_EQ(to_hex(tree.root()), roots[size]) << size;
    if (size < leaves.size()) tree.append(leaf_hash(*from_hex(leaves[size])));
  }
}

TEST(Merkle, ShowsNothingFromTheEmptyTreeToALargerOne) {
  const Hash root = leaf_hash({});
  EXPECT_TRUE(verify_consistency(0, 0, {}, empty_root(), empty_root()));
  EXPECT_FALSE(verify_consistency(0, 1, {}, empty_root(), root));
  EXPECT_FALSE(verify_consistency(0, 0, {}, root, root));
}

TEST(Merkle, RefusesTheLargestNumbersWithoutTrouble) {
  const Hash hash = leaf_hash({});
  const std::vector<Hash> proof(64, hash);
  EXPECT_FALSE(verify_inclusion(hash, UINT64_MAX - 1, UINT64_MAX, proof, hash));
  EXPECT_FALSE(verify_consistency(UINT64_MAX - 1, UINT64_MAX, proof, hash, hash));
  EXPECT_FALSE(verify_subtree_consistency(std::uint64_t{1} << 63U, UINT64_MAX, UINT64_MAX, proof, hash, hash));
  EXPECT_FALSE(verify_subtree_inclusion(hash, UINT64_MAX, 1, UINT64_MAX, proof, hash));
}

// A "root" made to fit a proof that is higher than the tree: the hashes agree, the shape does not.
TEST(Merkle, RefusesAProofThatIsHigherThanItsTree) {
  const Hash leaf = leaf_hash({});
  const Hash other = leaf_hash(as_bytes("other"));
  const Hash pair = node_hash(leaf, other);
  EXPECT_TRUE(verify_inclusion(leaf, 0, 2, std::vector{other}, pair));
  EXPECT_FALSE(verify_inclusion(leaf, 0, 1, std::vector{other}, node_hash(other, leaf)));
  EXPECT_FALSE(verify_inclusion(leaf, 0, 2, std::vector{other, leaf}, node_hash(leaf, pair)));
  EXPECT_FALSE(verify_inclusion(leaf, 0, 4, std::vector{other}, pair));
  EXPECT_TRUE(verify_consistency(1, 2, std::vector{other}, leaf, pair));
  EXPECT_FALSE(verify_consistency(1, 2, std::vector{other, leaf}, leaf, node_hash(leaf, pair)));
  EXPECT_FALSE(verify_consistency(2, 2, std::vector{leaf}, pair, node_hash(leaf, pair)));
}

// The vectors use short texts as roots that nobody should compare; each gets a hash of its own, so that equal stays equal and
// a root of wrong length never fits a computed one. A leaf of wrong length cannot even be asked about here: Hash has 32 bytes.
Hash read_hash(const json::value& value) {
  const std::string_view text(value.as_string());
  return parse_hash(text).value_or(crypto::sha256("stand-in " + std::string(text)));
}

bool verify(const std::string& kind, const json::object& test) {
  const auto number = [&](std::string_view name) { return test.at(name).to_number<std::uint64_t>(); };
  const auto hash = [&](std::string_view name) { return read_hash(test.at(name)); };
  if (test.contains("leafHash") && !parse_hash(std::string_view(test.at("leafHash").as_string()))) return false;
  std::vector<Hash> proof;
  if (test.at("proof").is_array()) {
    for (const auto& element : test.at("proof").as_array()) proof.push_back(read_hash(element));
  }
  if (kind == "inclusion") return verify_inclusion(hash("leafHash"), number("leafIdx"), number("treeSize"), proof, hash("root"));
  if (kind == "consistency") return verify_consistency(number("size1"), number("size2"), proof, hash("root1"), hash("root2"));
  if (kind == "subtreeinclusion") {
    return verify_subtree_inclusion(hash("leafHash"), number("leafIdx"), number("start"), number("end"), proof, hash("root"));
  }
  return verify_subtree_consistency(number("start"), number("end"), number("size"), proof, hash("root1"), hash("root2"));
}

TEST(Merkle, AgreesWithAllSharedVectors) {
  const std::filesystem::path folder(HUIYIN_SHARED_DIR "/vectors/merkle");
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << folder << " is absent";
  std::size_t count = 0;
  for (const std::string kind : {"inclusion", "consistency", "subtreeinclusion", "subtreeconsistency"}) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder / kind)) {
      if (file.path().extension() != ".json") continue;
      std::ostringstream text;
      text << std::ifstream(file.path()).rdbuf();
      const auto test = json::parse(text.str()).as_object();
      EXPECT_EQ(verify(kind, test), !test.at("wantErr").as_bool()) << file.path();
      ++count;
    }
  }
  EXPECT_EQ(count, 518U);
}

}  // namespace
}  // namespace huiyin::log
