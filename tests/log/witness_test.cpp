// What a witness decides: each status of the specification, and that it never cosigns two heads that contradict each other.
#include "log/witness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample_receipt.h"

namespace huiyin::log {
namespace {

using enum WitnessAnswer;

TEST(AddCheckpoint, IsWrittenAsTheSpecificationHasIt) {
  const std::string note = "a.example\n2\nPyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=\n\n\u2014 a.example x08go/ZJ\n";
  const AddCheckpoint request{1, {empty_root()}, note};
  const std::string text = "old 1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" + note;
  EXPECT_EQ(to_text(request), text);
  EXPECT_EQ(parse_add_checkpoint(text), request);
  const AddCheckpoint first{0, {}, note};
  EXPECT_EQ(to_text(first), "old 0\n\n" + note);
  EXPECT_EQ(parse_add_checkpoint(to_text(first)), first);
  AddCheckpoint longest{UINT64_MAX, std::vector<Hash>(witness_hashes_max, empty_root()), note};
  EXPECT_EQ(parse_add_checkpoint(to_text(longest)), longest);
  auto longer = to_text(longest);
  longer.insert(longer.find("\n\n") + 1, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  EXPECT_FALSE(parse_add_checkpoint(longer));
}

TEST(AddCheckpoint, RefusesEveryOtherSpelling) {
  const std::string note = "a\n2\nPyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=\n\n\u2014 a x08go/ZJ\n";
  const std::string hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  for (const auto& text : std::vector<std::string>{
           "", "\n", note, "old 1\n", "old 1\n\n", "old 1\n" + note, "Old 1\n\n" + note, "old  1\n\n" + note, "old 01\n\n" + note,
           "old -1\n\n" + note, "old\n\n" + note, "old 1 \n\n" + note, "old 1\r\n\n" + note,
           "old 18446744073709551616\n\n" + note, "old 1\n" + hash + note, "old 1\n" + hash.substr(4) + "\n" + note,
           "old 1\n\n" + hash + note + "x", "old 1\n\n" + note.substr(0, note.size() - 1)}) {
    EXPECT_FALSE(parse_add_checkpoint(text)) << text;
  }
}

class WitnessTest : public testing::Test {
 protected:
  WitnessTest() {
    for (std::size_t i = 0; i < 300; ++i) {
      tree_.append(plain_leaf(i));
      tiles_.store(tree_);
      roots_.push_back(tree_.root());
    }
  }
  [[nodiscard]] Hash root(std::uint64_t size) const { return size == 0 ? empty_root() : roots_.at(size - 1); }
  [[nodiscard]] std::string head(std::uint64_t size) const {
    return signer_.sign(checkpoint_text({signer_.name(), size, root(size)}));
  }
  [[nodiscard]] AddCheckpoint from(std::uint64_t old_size, std::uint64_t size) {
    return {old_size, old_size == 0 ? std::vector<Hash>{} : consistency_proof(old_size, size, tiles_), head(size)};
  }
  [[nodiscard]] WitnessAnswer answer(const AddCheckpoint& request, std::uint64_t seen) const {
    return decide(request, &log_, seen == 0 ? std::nullopt : std::optional(Cosigned{seen, root(seen)})).answer;
  }

  NoteSigner signer_{"log.example/town/log1", sample_key(1)};
  WitnessedLog log_{signer_.name(), {*NoteVerifier::parse(signer_.vkey())}};
  Tree tree_;
  TilesInMemory tiles_;
  std::vector<Hash> roots_;
};

TEST_F(WitnessTest, CosignsWhatContinues) {
  EXPECT_EQ(answer(from(0, 1), 0), cosign);
  EXPECT_EQ(answer(from(0, 300), 0), cosign);  // the first head is taken on trust
  EXPECT_EQ(answer(from(1, 300), 1), cosign);
  EXPECT_EQ(answer(from(256, 299), 256), cosign);
  EXPECT_EQ(answer(from(299, 299), 299), cosign);  // the same again, with a newer time
  const auto decision = decide(from(7, 90), &log_, Cosigned{7, root(7)});
  EXPECT_EQ(decision.checkpoint->size, 90U);
  EXPECT_EQ(to_text(decision.note), head(90));
}

TEST_F(WitnessTest, LeavesOutTheLinesOfStrangers) {
  auto request = from(0, 9);
  request.checkpoint += to_text(Cosigner("stranger.example", sample_key(4)).cosign("x\n", 1));
  EXPECT_EQ(to_text(decide(request, &log_, {}).note), head(9));
}

TEST_F(WitnessTest, RefusesEachWrongWithItsOwnAnswer) {
  auto no_checkpoint = from(0, 9);
  no_checkpoint.checkpoint = signer_.sign("no checkpoint\n");
  EXPECT_EQ(answer(no_checkpoint, 0), malformed);
  EXPECT_EQ(decide(from(0, 9), nullptr, {}).answer, unknown_log);
  const WitnessedLog other{"log.example/town/log2", log_.keys};
  EXPECT_EQ(decide(from(0, 9), &other, {}).answer, unknown_log);
  const WitnessedLog another_key{signer_.name(), {*NoteVerifier::parse(NoteSigner(signer_.name(), sample_key(7)).vkey())}};
  EXPECT_EQ(decide(from(0, 9), &another_key, {}).answer, untrusted);
  auto changed = from(0, 9);
  changed.checkpoint.replace(changed.checkpoint.find("\n9\n"), 3, "\n8\n");
  EXPECT_EQ(answer(changed, 0), untrusted);
  EXPECT_EQ(answer({10, {}, head(9)}, 10), old_ahead);
  EXPECT_EQ(answer(from(0, 9), 5), conflict);
  EXPECT_EQ(answer(from(5, 9), 6), conflict);
  EXPECT_EQ(answer(from(5, 9), 0), conflict);
}

TEST_F(WitnessTest, NeverCosignsAFork) {
  auto wrong = from(200, 300);
  wrong.proof[1][0] ^= 1U;
  EXPECT_EQ(answer(wrong, 200), bad_proof);
  EXPECT_EQ(answer({200, {}, head(300)}, 200), bad_proof);
  // A proof where none can be, and another root of the same size.
  auto first = from(0, 300);
  first.proof = {empty_root()};
  EXPECT_EQ(answer(first, 0), bad_proof);
  const Checkpoint fork{signer_.name(), 200, plain_leaf(1)};
  const AddCheckpoint same_size{200, {}, signer_.sign(checkpoint_text(fork))};
  EXPECT_EQ(answer(same_size, 200), bad_proof);
  // The log signed two histories: with whatever proof, the second does not continue the first.
  EXPECT_EQ(decide(from(200, 300), &log_, Cosigned{200, plain_leaf(1)}).answer, bad_proof);
}

TEST(WitnessPolicy, NamesLogsLineByLine) {
  const auto one = NoteSigner("log.example/a", sample_key(1)).vkey();
  const auto two = NoteSigner("log.example/b", sample_key(2)).vkey();
  const auto policy =
      parse_witness_policy("# towns\r\n\nlog.example/a " + one + "\nlog.example/b " + two + "\r\nlog.example/a " + two);
  EXPECT_TRUE(policy.faults.empty());
  ASSERT_EQ(policy.logs.size(), 2U);
  ASSERT_NE(policy.find("log.example/a"), nullptr);
  EXPECT_EQ(policy.find("log.example/a")->keys.size(), 2U);
  EXPECT_EQ(policy.find("log.example/c"), nullptr);
}

TEST(WitnessPolicy, NamesTheLineOfEachFault) {
  using enum WitnessPolicy::Fault::What;
  const auto key = NoteSigner("log.example/a", sample_key(1)).vkey();
  const auto witness = Cosigner("log.example/a", sample_key(1)).vkey();
  const auto policy = parse_witness_policy("log.example/a\nlog.example/a  " + key + "\n+ " + key + "\nlog.example/a " + witness +
                                           "\nlog.example/a " + key + "\nlog.example/a " + key + "\n");
  std::vector<std::pair<std::size_t, WitnessPolicy::Fault::What>> faults;
  for (const auto& fault : policy.faults) faults.emplace_back(fault.line, fault.what);
  EXPECT_THAT(faults, testing::ElementsAre(std::pair(1U, not_two_words), std::pair(2U, not_two_words),
                                           std::pair(3U, wrong_origin), std::pair(4U, wrong_key), std::pair(6U, twice)));
}

}  // namespace
}  // namespace huiyin::log
