// A case filed in a sealed category leaves nothing in clear in the log, from its first entry to its last.
#include <gmock/gmock.h>

#include "app/case_world.h"
#include "app/fsck.h"

namespace huiyin::app {
namespace {

const CategoryCode violence{"violence"};

class SealedCase : public CaseWorld, public testing::Test {
 protected:
  SealedCase() {
    world_.town->pack.categories.push_back(
        {violence, {}, {"家庭暴力", "Violence at home"}, {}, fixtures::roads, rules::Publication::sealed});
    world_.town->pack.hash = crypto::sha256("{}");
    const auto view = world_.store->write(world_.town->id);
    view->put_pack(world_.town->pack.hash, "{}");
    view->commit();
  }
  static Filing sealed_filing() {
    auto made = filing("secret words");
    made.submit.category = violence;
    return made;
  }
  std::vector<std::string> entries() { return world_.store->read(world_.town->id)->list_entries(0, 1'000); }
};

TEST_F(SealedCase, LeavesOnlyTheDayAndDigestsAllTheWay) {
  const auto filed = file(sealed_filing());
  ASSERT_TRUE(filed.ok());
  ASSERT_EQ(act(dispatcher, filed->id, 1, cases::Accept{}), "2");
  ASSERT_EQ(act(dispatcher, filed->id, 2, cases::Assign{fixtures::roads}), "3");
  ASSERT_EQ(act(officer, filed->id, 3, cases::Start{}), "4");
  ASSERT_EQ(act(officer, filed->id, 4, cases::Answer{std::string("an answer")}), "5");
  const auto all = entries();
  ASSERT_EQ(all.size(), 5U);
  for (const auto& text : all) {
    const auto entry = log::parse_sealed_entry(text);
    ASSERT_TRUE(entry) << text;
    EXPECT_EQ(text.size(), all.front().size()) << "their length tells them apart";
    for (const auto* word : {"violence", "roads", "case.", "officer", "requester"})
      EXPECT_EQ(text.find(word), std::string::npos) << word;
  }
}

TEST_F(SealedCase, GivesAReceiptThatSaysByDisclosureWhatTheEntryHides) {
  const auto filed = file(sealed_filing());
  ASSERT_TRUE(filed.ok() && filed->receipt);
  EXPECT_TRUE(log::parse_sealed_entry(filed->receipt->entry));
  std::vector<std::string> names;
  for (const auto& encoded : filed->receipt->disclosures) {
    const auto bytes = from_base64url(encoded);
    ASSERT_TRUE(bytes);
    names.push_back(log::read_disclosure(as_text(*bytes)).value().name);
  }
  EXPECT_THAT(names, testing::IsSupersetOf({"kind", "rec", "n", "prev", "pack", "role", "category", "words", "t", "at"}));
}

TEST_F(SealedCase, IsAsFsckWouldDeriveIt) {
  ASSERT_TRUE(file(sealed_filing()).ok());
  ASSERT_TRUE(file(filing("open words")).ok());
  const auto report = fsck(*world_.store, world_.keys, *world_.town, [](std::uint64_t, std::uint64_t) {});
  EXPECT_THAT(report.faults, testing::IsEmpty());
  EXPECT_EQ(report.entries, 2U);
}

TEST_F(SealedCase, CannotBeMadeOfOneThatStandsInClear) {
  const auto filed = file(filing("open words"));
  EXPECT_EQ(act(dispatcher, filed->id, 1, cases::Accept{violence}), "invalid invalid_fields category");
  const auto other = file(sealed_filing());
  EXPECT_EQ(act(dispatcher, other->id, 1, cases::Accept{fixtures::potholes}), "2");
  EXPECT_TRUE(log::parse_sealed_entry(entries().back())) << "a case that was sealed stays so";
}

}  // namespace
}  // namespace huiyin::app
