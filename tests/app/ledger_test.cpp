// The Ledger: one event becomes an entry of the log, its row, and the record's next version.
#include "app/ledger.h"

#include <gmock/gmock.h>

#include "app/world.h"

namespace huiyin::app {
namespace {

using testing::ElementsAre;

class LedgerTest : public testing::Test {
 protected:
  // 2026-03-01, half past midnight in town; the last day of February in UTC.
  const Instant now_ = fixtures::at("2026-03-01T00:30:00+08:00");
  World world_;
  std::unique_ptr<WriteView> view_ = world_.store->write(world_.town->id);
  log::Tree tree_;
  Ledger ledger_{*world_.town, *view_, tree_, now_, world_.random};
  const crypto::SymmetricKey key_{crypto::sha256("a record's key")};
  const Random128 tag_{1, 2, 3};

  SealedEvent sealed(std::string name) {
    EncodedEvent event{std::move(name), R"({"unit":"roads"})", {{"unit", R"("roads")"}}, {}};
    event.content[0] = R"({"body":"A hole"})";
    return seal_event(std::move(event), key_, tag_, {1, {}}, world_.random);
  }
  RecordRow record() { return ledger_.create_record("case", tag_, {"2026-03", {1, 2}}); }
};

TEST_F(LedgerTest, WritesTheEntryInClearTermsAndTheRestAsDigests) {
  auto row = record();
  const auto event = sealed("submitted");
  const auto at = fixtures::at("2025-12-24T18:00:00+08:00");
  const auto written = ledger_.append(row, {event, {fixtures::potholes, fixtures::road_team}, Role::dispatcher, UserId{5}, at});
  const auto entry = log::parse_entry(written.entry).value();
  EXPECT_EQ(entry.kind, "case.submitted");
  EXPECT_EQ(entry.day, "2026-03-01");  // the server's local day, not the claimed one
  EXPECT_EQ(entry.area, "streets");    // the tops of both trees
  EXPECT_EQ(entry.unit, "roads");
  EXPECT_EQ(entry.role, "dispatcher");
  EXPECT_EQ(entry.rec, tag_);
  EXPECT_EQ(entry.n, 1U);
  EXPECT_EQ(entry.prev, std::nullopt);
  EXPECT_EQ(entry.pack, world_.town->pack.hash);
  EXPECT_EQ(entry.sd, event.sd);
  std::vector<std::string> said;
  for (const auto& text : written.fine) {
    const auto digest = log::Disclosure{text}.digest();
    EXPECT_NE(std::ranges::find(entry.fine, digest), entry.fine.end());
    const auto one = log::read_disclosure(text).value();
    said.push_back(one.name + "=" + one.value_json);
  }
  EXPECT_THAT(said, ElementsAre(R"(unit="roads")", R"(t="2026-02-28T16:30:00.000Z")", R"(at="2025-12-24T10:00:00.000Z")"));
  EXPECT_EQ(entry.fine.size(), 3U);
}

TEST_F(LedgerTest, WritesTheEventTheEntryAndTheRecordTogether) {
  auto row = record();
  const auto event = sealed("submitted");
  const auto written = ledger_.append(row, {event, {}, Role::requester, {}, now_});
  const auto leaf = log::leaf_hash(as_bytes(written.entry));
  EXPECT_EQ(written.index, 0U);
  EXPECT_EQ(tree_.size(), 1U);
  EXPECT_EQ(tree_.root(), leaf);
  EXPECT_EQ(view_->find_entry(0), written.entry);
  const auto stored = view_->find_event(row.id, 1).value();
  EXPECT_EQ(stored.name, "submitted");
  EXPECT_EQ(stored.t, now_);
  EXPECT_EQ(stored.role, "requester");
  EXPECT_EQ(stored.actor, std::nullopt);
  EXPECT_EQ(stored.facts, event.facts);
  EXPECT_EQ(stored.disclosures, written.fine);
  EXPECT_EQ(stored.sealed, event.sealed);
  EXPECT_EQ(stored.log_index, 0U);
  const auto record = view_->find_record(row.id).value();
  EXPECT_EQ(record.version, 1U);
  EXPECT_EQ(record.last_leaf, leaf);
  EXPECT_EQ(row.version, 1U);
}

TEST_F(LedgerTest, ChainsTheEntriesOfARecordThroughThoseOfOthers) {
  auto one = record();
  auto two = ledger_.create_record("case", {9}, {"2026-03", {1, 2}});
  const auto first = ledger_.append(one, {sealed("submitted"), {}, Role::requester, {}, now_});
  ledger_.append(two, {sealed("submitted"), {}, Role::requester, {}, now_});
  const auto second = ledger_.append(one, {sealed("accepted"), {}, Role::dispatcher, {}, now_});
  const auto entry = log::parse_entry(second.entry).value();
  EXPECT_EQ(second.index, 2U);
  EXPECT_EQ(entry.n, 2U);
  EXPECT_EQ(entry.prev, log::leaf_hash(as_bytes(first.entry)));
  EXPECT_EQ(entry.area, std::nullopt);
  EXPECT_EQ(entry.unit, std::nullopt);
}

TEST_F(LedgerTest, SaltsTheTimesSoThatTwoEntriesOfOneMomentDiffer) {
  auto row = record();
  const auto one = ledger_.append(row, {sealed("noted"), {}, Role::officer, {}, now_});
  const auto two = ledger_.append(row, {sealed("noted"), {}, Role::officer, {}, now_});
  const auto first = log::parse_entry(one.entry).value(), second = log::parse_entry(two.entry).value();
  for (const auto& digest : first.fine) {
    EXPECT_THAT(second.fine, testing::Not(testing::Contains(digest)));
  }
}

}  // namespace
}  // namespace huiyin::app
