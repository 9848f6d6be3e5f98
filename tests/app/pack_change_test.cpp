#include "app/pack_change.h"

#include <gmock/gmock.h>

#include "app/case_world.h"

namespace huiyin::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PackChangeTest : public CaseWorld, public testing::Test {
 protected:
  PackChangeTest() {
    const auto view = world_.store->write(world_.town->id);
    view->put_pack(before_, "{}");
    view->update_pack(before(), before_);
    view->commit();
  }
  log::Hash before() { return pack_in_force(); }
  log::Hash pack_in_force() {
    for (const auto& row : world_.store->list_jurisdictions()) {
      if (row.id == world_.town->id) return row.pack;
    }
    return {};
  }
  std::string put(PackDiff diff, const log::Hash& known) {
    return told(await<void>([&](auto done) {
      put_in_force(*world_.committer, world_.town->id, {known, after_, "{\"after\":1}", std::move(diff)}, std::move(done));
    }));
  }
  StrandedCases stranded(PackDiff diff) { return find_stranded(*world_.store->read(world_.town->id), diff); }
  RecordId file_one(const std::string& words) { return CaseWorld::file(filing(words))->id; }

  log::Hash before_ = crypto::sha256("{}"), after_ = crypto::sha256("{\"after\":1}");
};

TEST_F(PackChangeTest, PutsThePackInForceAndKeepsTheOldOne) {
  EXPECT_EQ(put({}, before_), "ok");
  EXPECT_EQ(pack_in_force(), after_);
  const auto view = world_.store->read(world_.town->id);
  EXPECT_EQ(view->find_pack(before_), "{}");
  EXPECT_EQ(view->find_pack(after_), "{\"after\":1}");
}

TEST_F(PackChangeTest, RefusesWhenAnotherPackCameIntoForceMeanwhile) {
  EXPECT_EQ(put({}, crypto::sha256("an older one")), "conflict pack_overtaken");
  EXPECT_EQ(pack_in_force(), before_);
  EXPECT_FALSE(world_.store->read(world_.town->id)->find_pack(after_));
}

TEST_F(PackChangeTest, RefusesToTakeAwayWhatAnOpenCaseStandsIn) {
  const auto id = file_one("a pothole");
  PackDiff categories, units;
  categories.categories_gone = {fixtures::pipes, fixtures::potholes};
  units.units_gone = {fixtures::water, fixtures::roads};
  EXPECT_TRUE(stranded(units).none());
  EXPECT_EQ(act(dispatcher, id, 1, cases::Accept{}), "2");
  EXPECT_EQ(act(dispatcher, id, 2, cases::Assign{fixtures::roads}), "3");
  for (int i = 0; i < 7; ++i) file_one("another " + std::to_string(i));

  const auto in_category = stranded(categories);
  EXPECT_THAT(in_category.units, IsEmpty());
  ASSERT_EQ(in_category.categories.size(), 1U);
  EXPECT_EQ(in_category.categories[0].code, fixtures::potholes);
  EXPECT_EQ(in_category.categories[0].cases, 8U);
  EXPECT_EQ(in_category.categories[0].references.size(), stranded_shown_max);
  const auto in_unit = stranded(units);
  ASSERT_EQ(in_unit.units.size(), 1U);
  EXPECT_EQ(in_unit.units[0].code, fixtures::roads);
  EXPECT_THAT(in_unit.units[0].references, ElementsAre(read(dispatcher, id)->state.reference));

  EXPECT_EQ(put(categories, before_), "conflict pack_refused");
  EXPECT_EQ(put(units, before_), "conflict pack_refused");
  EXPECT_EQ(pack_in_force(), before_);
}

TEST_F(PackChangeTest, TakesAwayWhatOnlyEndedCasesStandIn) {
  const auto id = file_one("a pothole");
  EXPECT_EQ(act(dispatcher, id, 1, cases::NotAccept{fixtures::court, std::string("a matter for the court")}), "2");
  EXPECT_EQ(act({{Role::dispatcher}, UserId{3}, {}, {}}, id, 2, cases::RuleProposal{.approved = true, .reason = {}}), "3");
  PackDiff diff;
  diff.categories_gone = {fixtures::potholes};
  EXPECT_TRUE(stranded(diff).none());
  EXPECT_EQ(put(diff, before_), "ok");
}

TEST_F(PackChangeTest, CountsMoreThanOnePage) {
  PackDiff diff;
  diff.categories_gone = {fixtures::potholes};
  for (std::size_t i = 0; i < list_rows_max + 3; ++i) file_one("one of many");
  EXPECT_EQ(stranded(diff).categories.at(0).cases, list_rows_max + 3);
}

}  // namespace
}  // namespace huiyin::app
