// An audit of a log that goes on from another one: what it names is held against what it repeats, and against what the auditor
// saw.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "log/log_name.h"
#include "published_body.h"

namespace huiyin::log {

namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class SuccessionAuditTest : public testing::Test {
 protected:
  SuccessionAuditTest() {
    for (unsigned record = 0; record < 100; ++record) body.live(record, record < 50 ? "2026-03-01" : "2026-04-02", "housing");
    known.before = NoteVerifier::parse(body.signer.vkey());
  }
  [[nodiscard]] std::size_t size() const { return body.texts.size(); }
  // What an audit kept when the log had so many entries.
  void keep(std::size_t entries) {
    known.kept_before.push_back(body.signer.sign(checkpoint_text({body.signer.name(), entries, root(entries)})));
  }
  [[nodiscard]] Hash root(std::size_t entries, std::size_t from = 0) const {
    Tree tree;
    for (std::size_t i = 0; i < entries; ++i) tree.append(leaf_hash(as_bytes(body.texts.at(from + i))));
    return tree.root();
  }
  // The log goes on as the next one, with its first `kept` entries.
  SuccessionEntry succeed(std::size_t kept, const std::string& day = "2026-05-04") {
    const auto before = read_log_name(body.signer.name());
    SuccessionEntry entry{
        day,          kept,  body.signer.name(), kept < size() ? SuccessionReason::restored : SuccessionReason::key_rotation,
        root(size()), size()};
    body.texts.resize(kept);
    body.disclosures.resize(kept);
    body.texts.insert(body.texts.begin(), canonical(entry));
    body.disclosures.insert(body.disclosures.begin(), std::vector<std::string>());
    const auto next = origin_of({before.body, before.number + 1});
    body.signer = NoteSigner(next, sample_key(static_cast<std::uint8_t>(10 + before.number)));
    known.log = *NoteVerifier::parse(body.signer.vkey());
    return entry;
  }
  void say_otherwise(const SuccessionEntry& entry, std::size_t at = 0) { body.texts.at(at) = canonical(entry); }

  AuditReport audit() {
    auto files = body.publish();
    auto report = audit_log(files, known, [](auto, auto) {});
    EXPECT_TRUE(report.ok());
    return report.ok() ? *std::move(report) : AuditReport{};
  }
  static std::vector<AuditFault> kinds(const AuditReport& report) {
    std::vector<AuditFault> found;
    for (const auto fault : all_audit_faults())
      if (report.findings.count(fault) > 0) found.push_back(fault);
    return found;
  }
  std::vector<AuditFault> found() { return kinds(audit()); }

  PublishedBody body;
  AuditKnown known{*NoteVerifier::parse(body.signer.vkey()), {}, {}, Instant{1'790'000'000'000}};
};

TEST_F(SuccessionAuditTest, FindsAllThatWasSeenAgainWhereOnlyTheKeyChanged) {
  keep(299);
  keep(300);
  const auto entry = succeed(300);
  body.live(300, "2026-05-05", "housing");
  const auto report = audit();
  EXPECT_THAT(kinds(report), IsEmpty());
  EXPECT_TRUE(report.whole);
  EXPECT_THAT(report.successions, ElementsAre(entry));
  ASSERT_TRUE(report.seen_before);
  EXPECT_EQ(report.seen_before->seen, 300U);
  EXPECT_EQ(report.seen_before->repeated, 300U);
  EXPECT_EQ(report.seen_before->proved, 300U);
  EXPECT_EQ(report.entries, 304U);
  EXPECT_EQ(report.records, 101U);
}

TEST_F(SuccessionAuditTest, CountsWhatWasSeenAndIsLostAndProvesTheRestAsFarAsCheckpointsReach) {
  keep(0);
  keep(120);
  keep(270);
  succeed(150);
  const auto report = audit();
  EXPECT_THAT(kinds(report), IsEmpty());
  ASSERT_TRUE(report.seen_before);
  EXPECT_EQ(report.seen_before->seen, 270U);
  EXPECT_EQ(report.seen_before->repeated, 150U);
  EXPECT_EQ(report.seen_before->proved, 120U);
}

TEST_F(SuccessionAuditTest, FollowsTwoSuccessionsToTheLogThatWasSeen) {
  keep(100);
  keep(300);
  succeed(200);
  body.live(300, "2026-05-05", "housing");
  succeed(151, "2026-06-01");
  body.live(301, "2026-06-02", "housing");
  const auto report = audit();
  EXPECT_THAT(kinds(report), IsEmpty());
  EXPECT_EQ(report.successions.size(), 2U);
  ASSERT_TRUE(report.seen_before);
  EXPECT_EQ(report.seen_before->repeated, 150U) << "without the entry that the second log began with";
  EXPECT_EQ(report.seen_before->proved, 100U);
}

TEST_F(SuccessionAuditTest, IsTakenFromNothingByWhoSawNoneOfIt) {
  known.before.reset();
  succeed(150);
  const auto report = audit();
  EXPECT_THAT(kinds(report), IsEmpty());
  EXPECT_FALSE(report.seen_before);
  EXPECT_EQ(report.successions.size(), 1U);
}

// ---- What a body could hide

TEST_F(SuccessionAuditTest, NamesEntriesThatWereSeenAndArePassedOver) {
  keep(270);
  const auto honest = succeed(150);
  auto entry = honest;
  entry.size = 150;  // as if there never had been more
  entry.root = root(150, 1);
  say_otherwise(entry);
  const auto report = audit();
  EXPECT_THAT(kinds(report), ElementsAre(AuditFault::succession_hides));
  EXPECT_EQ(report.findings.kept().front().entry, 0U);
  EXPECT_TRUE(report.findings.has_gravest());
  EXPECT_THAT(report.succession_texts, ElementsAre(canonical(entry)));
}

TEST_F(SuccessionAuditTest, NamesAnotherHistoryOfTheSameLength) {
  keep(300);
  auto entry = succeed(300);
  entry.root[0] ^= 1U;
  say_otherwise(entry);
  EXPECT_THAT(found(), ElementsAre(AuditFault::forked, AuditFault::succession_differs));
}

TEST_F(SuccessionAuditTest, NamesARepeatedEntryThatIsAnother) {
  keep(100);
  keep(270);
  succeed(150);
  auto& text = body.texts.at(50);
  text.replace(text.find("officer"), 7, "citizen");
  EXPECT_THAT(found(), Contains(AuditFault::forked));
  EXPECT_THAT(found(), Contains(AuditFault::chain_prev));
}

TEST_F(SuccessionAuditTest, NamesWhatDoesNotLeadToTheNamedHeadToWhoSawNothing) {
  known.before.reset();
  succeed(300);
  auto& text = body.texts.at(300);
  text.replace(text.find("officer"), 7, "citizen");
  EXPECT_THAT(found(), ElementsAre(AuditFault::succession_differs));
}

TEST_F(SuccessionAuditTest, NamesALogThatDoesNotSayWhatItGoesOnFrom) {
  keep(300);
  succeed(300);
  body.texts.erase(body.texts.begin());
  body.disclosures.erase(body.disclosures.begin());
  const auto report = audit();
  EXPECT_THAT(kinds(report), ElementsAre(AuditFault::succession_missing));
  EXPECT_EQ(report.findings.kept().front().expected, "log.example/town/log1");
  EXPECT_FALSE(report.seen_before);
}

TEST_F(SuccessionAuditTest, NamesALogThatNamesAnother) {
  keep(300);
  auto entry = succeed(300);
  entry.origin = "log.example/village/log1";
  say_otherwise(entry);
  EXPECT_THAT(found(), ElementsAre(AuditFault::succession_missing));
}

TEST_F(SuccessionAuditTest, NamesASuccessionInTheMiddle) {
  known.before.reset();
  const auto entry = succeed(300);
  body.texts.push_back(canonical(entry));
  body.disclosures.emplace_back();
  EXPECT_THAT(found(), ElementsAre(AuditFault::succession_misplaced));
}

TEST_F(SuccessionAuditTest, HoldsTheDaysOfNewEntriesAgainstTheDayItBegan) {
  known.before.reset();
  succeed(300);
  body.live(300, "2026-05-03", "housing");
  EXPECT_THAT(found(), ElementsAre(AuditFault::day_backwards));
}

TEST_F(SuccessionAuditTest, NamesADayBeforeThatOfWhatItRepeats) {
  known.before.reset();
  succeed(300, "2026-04-01");
  body.live(300, "2026-05-03", "housing");
  EXPECT_THAT(found(), ElementsAre(AuditFault::day_backwards));
}

TEST_F(SuccessionAuditTest, RefusesACheckpointThatTheOldLogDidNotSign) {
  known.kept_before.emplace_back("no note");
  succeed(300);
  auto files = body.publish();
  EXPECT_FALSE(audit_log(files, known, [](auto, auto) {}).ok());
}

}  // namespace
}  // namespace huiyin::log
