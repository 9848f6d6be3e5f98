// Proof files: the one spelling they have, and that a whole one leads from an entry to a signed head.
#include "log/proof_file.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "log/checkpoint.h"
#include "log/line.h"
#include "tiles_in_memory.h"

namespace huiyin::log {
namespace {

constexpr std::string_view note = "a.example\n2\nPyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=\n\n— a.example x08go/ZJ\n";
constexpr std::string_view hash_line = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

TEST(ProofFile, IsWrittenAsTheSpecificationHasIt) {
  const ProofFile proof{7, {empty_root(), *parse_hash("PyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=")}, std::string(note)};
  const std::string text =
      "c2sp.org/tlog-proof@v1\n"
      "index 7\n"
      "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
      "PyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=\n"
      "\n"
      "a.example\n"
      "2\n"
      "PyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=\n"
      "\n"
      "— a.example x08go/ZJ\n";
  EXPECT_EQ(to_text(proof), text);
  EXPECT_EQ(parse_proof_file(text), proof);
}

TEST(ProofFile, HasNoHashesInATreeOfOne) {
  const ProofFile proof{0, {}, std::string(note)};
  EXPECT_EQ(to_text(proof), "c2sp.org/tlog-proof@v1\nindex 0\n\n" + std::string(note));
  EXPECT_EQ(parse_proof_file(to_text(proof)), proof);
}

TEST(ProofFile, TakesTheHighestTreeAndNoHigherOne) {
  ProofFile proof{UINT64_MAX - 1, std::vector<Hash>(proof_hashes_max, empty_root()), std::string(note)};
  EXPECT_EQ(parse_proof_file(to_text(proof)), proof);
  auto text = to_text(proof);
  text.insert(text.find("\n\n") + 1, hash_line);
  EXPECT_FALSE(parse_proof_file(text));
}

TEST(ProofFile, RefusesEveryOtherSpelling) {
  const std::string first = "c2sp.org/tlog-proof@v1\n";
  const std::string hash(hash_line);
  const std::string end = "\n" + std::string(note);
  ASSERT_TRUE(parse_proof_file(first + "index 7\n" + hash + end));
  for (const auto& text : std::vector<std::string>{"",
                                                   "\n",
                                                   first,
                                                   first + "index 7\n",
                                                   first + "index 7\n" + hash,
                                                   first + "index 7\n" + hash + "\n",
                                                   "index 7\n" + hash + end,
                                                   "c2sp.org/tlog-proof@v2\nindex 7\n" + hash + end,
                                                   "C2sp.org/tlog-proof@v1\nindex 7\n" + hash + end,
                                                   "\n" + first + "index 7\n" + hash + end,
                                                   first + hash + end,
                                                   first + "index\n" + hash + end,
                                                   first + "index \n" + hash + end,
                                                   first + "index 07\n" + hash + end,
                                                   first + "index +7\n" + hash + end,
                                                   first + "index  7\n" + hash + end,
                                                   first + "index 7 \n" + hash + end,
                                                   first + "Index 7\n" + hash + end,
                                                   first + "index 18446744073709551616\n" + hash + end,
                                                   first + "extra AAAA\nindex 7\n" + hash + end,
                                                   first + "index 7\nextra AAAA\n" + hash + end,
                                                   first + "index 7\r\n" + hash + end,
                                                   first + "index 7\n" + hash.substr(0, 43) + "\n" + end,
                                                   first + "index 7\nAAAA\n" + end,
                                                   first + "index 7\n " + hash + end,
                                                   first + "index 7\n" + hash + end.substr(1),
                                                   first + "index 7\n" + hash + end + "more\n"}) {
    EXPECT_FALSE(parse_proof_file(text)) << text;
  }
}

TEST(ProofFile, LeadsFromTheEntryToTheSignedHead) {
  Tree tree;
  TilesInMemory tiles;
  for (std::size_t i = 0; i < 1'000; ++i) tree.append(plain_leaf(i));
  tiles.store(tree);
  const NoteSigner signer("a.example/log1", crypto::SigningKey(SeededRandom(1).bytes<32>()));
  const auto head = signer.sign(checkpoint_text({signer.name(), tree.size(), tree.root()}));
  const auto read = parse_proof_file(to_text(ProofFile{711, inclusion_proof(711, tree.size(), tiles), head}));
  ASSERT_TRUE(read);
  const auto checkpoint = open_checkpoint(*parse_note(read->checkpoint), *NoteVerifier::parse(signer.vkey()));
  ASSERT_TRUE(checkpoint);
  EXPECT_TRUE(verify_inclusion(plain_leaf(711), read->index, checkpoint->size, read->hashes, checkpoint->root));
  EXPECT_FALSE(verify_inclusion(plain_leaf(710), read->index, checkpoint->size, read->hashes, checkpoint->root));
  EXPECT_FALSE(verify_inclusion(plain_leaf(711), read->index + 1, checkpoint->size, read->hashes, checkpoint->root));
}

}  // namespace
}  // namespace huiyin::log
