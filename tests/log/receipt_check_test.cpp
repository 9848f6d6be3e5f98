// What a receipt proves and what it does not, for whom: every way to change one is found.
#include "log/receipt_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sample_receipt.h"

namespace huiyin::log {
namespace {

using testing::ElementsAre;
using enum Finding;

NoteVerifier key(const std::string& vkey) { return *NoteVerifier::parse(vkey); }

class ReceiptCheckTest : public testing::Test {
 protected:
  SampleLog log;
  Trusted by_log{{key(log.signer.vkey())}, {}};
  Trusted by_all{{key(log.signer.vkey())}, {key(log.witness.vkey())}};
  Receipt receipt = log.receipt_under(log.witnessed_head());
};

TEST_F(ReceiptCheckTest, ProvesTheEntryUnderAKeyThatTheReaderTrusts) {
  const auto check = check_receipt(log.receipt_under(log.signed_head()), by_log);
  EXPECT_THAT(check.findings, ElementsAre(included, signed_by_log, disclosed));
  EXPECT_TRUE(check.proved());
  EXPECT_EQ(check.index, SampleLog::index);
  EXPECT_EQ(check.checkpoint->size, SampleLog::size);
  ASSERT_EQ(check.disclosed.size(), 3U);
  EXPECT_EQ(check.disclosed[2].name, "words");
  EXPECT_EQ(check.unknown_signatures, 0U);
}

TEST_F(ReceiptCheckTest, TellsWhichWitnessesVouchAndSinceWhen) {
  const auto check = check_receipt(receipt, by_all);
  EXPECT_THAT(check.findings, ElementsAre(included, signed_by_log, witnessed, disclosed));
  EXPECT_TRUE(check.proved());
  ASSERT_EQ(check.vouched.size(), 1U);
  EXPECT_EQ(check.vouched[0].witness, "witness.example/reader");
  EXPECT_EQ(check.vouched[0].time, sample_time + 40'000);
  by_all.witnesses.push_back(by_all.witnesses.front());
  EXPECT_EQ(check_receipt(receipt, by_all).vouched.size(), 1U);  // named twice, it vouches once
}

TEST_F(ReceiptCheckTest, WithoutAKeyTheFileOnlyHangsTogether) {
  const auto check = check_receipt(receipt, {});
  EXPECT_THAT(check.findings, ElementsAre(included, signed_by_named_key, disclosed));
  EXPECT_FALSE(check.proved());
  EXPECT_EQ(check.unknown_signatures, 1U);
  receipt.witnessed = true;
  EXPECT_THAT(check_receipt(receipt, {}).findings, ElementsAre(included, signed_by_named_key, witness_unchecked, disclosed));
}

TEST_F(ReceiptCheckTest, MissesTheWitnessesThatTheReaderAsksFor) {
  const auto check = check_receipt(log.receipt_under(log.signed_head()), by_all);
  EXPECT_THAT(check.findings, ElementsAre(included, signed_by_log, not_witnessed, disclosed));
  EXPECT_TRUE(check.proved());  // the log's own word is proved, no more; the findings say so
}

TEST_F(ReceiptCheckTest, FindsWhatWasChangedInTheFile) {
  auto changed = receipt;
  changed.entry[changed.entry.find("2026-03-01")] = '3';
  EXPECT_THAT(check_receipt(changed, by_log).findings,
              ElementsAre(not_included, signed_by_log, entry_unreadable, disclosure_foreign));
  changed = receipt;
  changed.entry.replace(changed.entry.find("2026-03-01"), 10, "2026-02-01");
  EXPECT_THAT(check_receipt(changed, by_log).findings, ElementsAre(not_included, signed_by_log, disclosed));
  changed = receipt;
  changed.proof.index ^= 1U;
  EXPECT_THAT(check_receipt(changed, by_log).findings, ElementsAre(not_included, signed_by_log, disclosed));
  changed = receipt;
  changed.proof.hashes[3][0] ^= 1U;
  EXPECT_THAT(check_receipt(changed, by_log).findings, ElementsAre(not_included, signed_by_log, disclosed));
  changed = receipt;
  changed.disclosures[1] = disclose({}, "at", "\"2025-03-01T08:30:00.000Z\"").encoded();
  EXPECT_THAT(check_receipt(changed, by_log).findings, ElementsAre(included, signed_by_log, disclosure_foreign));
  changed = receipt;
  changed.disclosures[1] += changed.disclosures[2];
  EXPECT_THAT(check_receipt(changed, by_log).findings, ElementsAre(included, signed_by_log, disclosure_foreign));
}

TEST_F(ReceiptCheckTest, FindsAChangedCheckpoint) {
  auto note = log.witnessed_head();
  note.text = checkpoint_text({log.signer.name(), log.tree.size() * 4, log.tree.root()});
  const auto changed = log.receipt_under(note);
  EXPECT_THAT(check_receipt(changed, {}).findings, ElementsAre(not_included, signature_wrong, disclosed));
  EXPECT_THAT(check_receipt(changed, by_all).findings,
              ElementsAre(not_included, signature_wrong, witness_wrong, not_witnessed, disclosed));
  note.text = "no checkpoint\n";
  EXPECT_THAT(check_receipt(log.receipt_under(note), by_all).findings, ElementsAre(no_checkpoint));
  note = log.witnessed_head();
  note.signatures[1].signature[0] ^= 1U;
  EXPECT_THAT(check_receipt(log.receipt_under(note), by_all).findings,
              ElementsAre(included, signed_by_log, witness_wrong, not_witnessed, disclosed));
  EXPECT_FALSE(check_receipt(log.receipt_under(note), by_all).proved());
}

// A whole log of their own, under the same name: all hangs together, and the key is another one.
TEST_F(ReceiptCheckTest, FindsALogThatSomebodyMadeUp) {
  const NoteSigner forger(log.signer.name(), sample_key(66));
  auto forged = log.receipt_under({log.head(), {forger.signature(log.head())}});
  forged.verifier_key = forger.vkey();
  EXPECT_THAT(check_receipt(forged, {}).findings, ElementsAre(included, signed_by_named_key, disclosed));
  EXPECT_THAT(check_receipt(forged, by_log).findings, ElementsAre(included, named_key_differs, signed_by_named_key, disclosed));
  EXPECT_FALSE(check_receipt(forged, by_log).proved());
  forged.verifier_key = log.signer.vkey();  // or they name the true key, and cannot sign with it
  EXPECT_THAT(check_receipt(forged, by_log).findings, ElementsAre(included, signature_wrong, disclosed));
  EXPECT_THAT(check_receipt(forged, {}).findings, ElementsAre(included, signature_wrong, disclosed));
}

TEST_F(ReceiptCheckTest, DoesNotTakeOneLogForAnother) {
  const NoteSigner other("log.example/town/log2", sample_key(5));
  const Trusted trusted{{key(other.vkey())}, {}};
  EXPECT_THAT(check_receipt(receipt, trusted).findings, ElementsAre(included, signed_by_named_key, disclosed));
  // The other log's good signature under this log's origin.
  const auto moved = log.receipt_under({log.head(), {other.signature(log.head())}});
  EXPECT_THAT(check_receipt(moved, trusted).findings, ElementsAre(included, signature_wrong, disclosed));
  EXPECT_FALSE(check_receipt(moved, trusted).proved());
}

TEST_F(ReceiptCheckTest, FindsAnEntryDatedAfterItsWitness) {
  const auto at = [&](std::uint64_t time) { return check_receipt(log.receipt_under(log.witnessed_head(time)), by_all); };
  EXPECT_FALSE(at(sample_time - 1).has(dated_ahead));  // the day had begun somewhere
  EXPECT_TRUE(at(sample_time - 86'400 - 1).has(dated_ahead));
  EXPECT_FALSE(at(sample_time - 86'400 - 1).proved());
  EXPECT_FALSE(at(sample_time + 900 * 86'400).has(dated_ahead));  // a refreshed receipt stands under a newer head
}

TEST_F(ReceiptCheckTest, TakesABareProofOfAnyEntry) {
  ProofFile proof{7, inclusion_proof(7, log.tree.size(), log.tiles), to_text(log.witnessed_head())};
  EXPECT_THAT(check_proof("entry 7\n", proof, by_all).findings, ElementsAre(included, signed_by_log, witnessed));
  EXPECT_TRUE(check_proof("entry 7\n", proof, by_all).proved());
  EXPECT_THAT(check_proof("entry 8\n", proof, by_all).findings, ElementsAre(not_included, signed_by_log, witnessed));
  EXPECT_THAT(check_proof("entry 7\n", proof, {}).findings, ElementsAre(included, signed_by_stranger));
  EXPECT_FALSE(check_proof("entry 7\n", proof, {}).proved());
}

// A widely used library once passed a forged entry with its forged level-0 tile, because only the path above was checked.
TEST(ReceiptForgery, OfAnEntryTogetherWithItsTileIsFound) {
  constexpr std::size_t size = 70'000;
  constexpr std::uint64_t index = 12'345;
  Tree tree;
  TilesInMemory tiles;
  for (std::size_t i = 0; i < size; ++i) tree.append(plain_leaf(i));
  tiles.store(tree);
  const NoteSigner signer("log.example/town/log1", sample_key(1));
  const auto head = signer.sign(checkpoint_text({signer.name(), tree.size(), tree.root()}));
  ASSERT_EQ(to_base64(tree.root()), "PyRlJHNNTThWh1rCFkBE4adafIct52rP1LJtrAm1vcA=");
  const Trusted trusted{{key(signer.vkey())}, {}};
  EXPECT_TRUE(check_proof("entry 12345\n", {index, inclusion_proof(index, size, tiles), head}, trusted).proved());

  const auto forged = leaf_hash(as_bytes("entry 54321\n"));
  auto& tile = tiles.tiles.at(TileId{0, index / tile_width});
  std::ranges::copy(forged, tile.begin() + static_cast<std::ptrdiff_t>(index % tile_width * sizeof(Hash)));
  const auto check = check_proof("entry 54321\n", {index, inclusion_proof(index, size, tiles), head}, trusted);
  EXPECT_THAT(check.findings, ElementsAre(not_included, signed_by_log));
  // A neighbour in the forged tile has a proof that leads elsewhere too.
  EXPECT_FALSE(check_proof("entry 12346\n", {index + 1, inclusion_proof(index + 1, size, tiles), head}, trusted).proved());
}

TEST(Findings, HaveEachANameOfTheirOwn) {
  std::set<std::string_view> names;
  for (const auto finding : all_findings()) names.insert(name_of(finding));
  EXPECT_EQ(names.size(), all_findings().size());
  EXPECT_EQ(name_of(dated_ahead), "dated_ahead");
}

}  // namespace
}  // namespace huiyin::log
