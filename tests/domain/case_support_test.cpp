// Supporting units: the answer waits for their parts.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;

const Contribute part{std::string("The pipe below is sound")};
const Support helping{fixtures::water};
const Answer answer{std::string("It was filled")};

Life supported() {
  auto life = Life::up_to(Phase::in_work);
  life.take(dispatcher, helping, "2026-03-02T09:00:00+08:00");
  return life;
}

TEST(CaseSupport, TheAnswerWaitsForThePart) {
  auto life = supported();
  EXPECT_EQ(life.says(officer, answer, "2026-03-03T09:00:00+08:00"), "conflict case_part_open");
  EXPECT_THAT(life.offers(officer, "2026-03-03T09:00:00+08:00"), testing::Not(testing::Contains("answer")));
  life.take(water_officer, part, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, answer, "2026-03-03T10:00:00+08:00"), "answered");
}

TEST(CaseSupport, APartThatIsNotNeededAfterAllIsReleasedWithAReason) {
  auto life = supported();
  EXPECT_EQ(life.says(dispatcher, ReleaseSupport{fixtures::water, {}}, "2026-03-03T09:00:00+08:00"),
            "invalid invalid_fields reason");
  EXPECT_EQ(life.says(dispatcher, ReleaseSupport{fixtures::council, std::string("x")}, "2026-03-03T09:00:00+08:00"),
            "invalid invalid_fields unit");
  life.take(dispatcher, ReleaseSupport{fixtures::water, std::string("No pipe there")}, "2026-03-03T09:00:00+08:00");
  EXPECT_TRUE(life.state.supports.empty());
  EXPECT_FALSE(life.lets(water_officer, "read"));
  EXPECT_EQ(life.says(officer, answer, "2026-03-03T10:00:00+08:00"), "answered");
}

TEST(CaseSupport, AUnitWhosePartIsThereNeedNotReadOnForEver) {
  auto life = supported();
  life.take(water_officer, part, "2026-03-03T09:00:00+08:00");
  EXPECT_TRUE(life.lets(water_officer, "read"));
  life.take(dispatcher, ReleaseSupport{fixtures::water, std::string("Its part is done")}, "2026-03-04T09:00:00+08:00");
  EXPECT_FALSE(life.lets(water_officer, "read"));
  EXPECT_THAT(life.state.took_part.units, testing::Contains(fixtures::water)) << "so not in a review";
}

TEST(CaseSupport, AUnitHelpsOnceAtATimeAndNotItself) {
  auto life = supported();
  EXPECT_EQ(life.says(dispatcher, helping, "2026-03-03T09:00:00+08:00"), "invalid invalid_fields unit");
  EXPECT_EQ(life.says(dispatcher, Support{fixtures::roads}, "2026-03-03T09:00:00+08:00"), "invalid invalid_fields unit");
  EXPECT_EQ(life.says(dispatcher, Support{{"nowhere"}}, "2026-03-03T09:00:00+08:00"), "invalid invalid_fields unit");
}

TEST(CaseSupport, AUnitIsAskedForAnotherPartWhenTheFirstIsThere) {
  auto life = supported();
  life.take(water_officer, part, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.says(water_officer, part, "2026-03-03T10:00:00+08:00"), "conflict case_wrong_phase");
  life.take(dispatcher, helping, "2026-03-04T09:00:00+08:00");
  ASSERT_EQ(life.state.supports.size(), 1U);
  EXPECT_TRUE(has_open_part(life.state));
  EXPECT_EQ(life.says(officer, answer, "2026-03-04T10:00:00+08:00"), "conflict case_part_open");
}

TEST(CaseSupport, OfTwoUnitsEachGivesItsOwnPart) {
  auto life = supported();
  life.take(dispatcher, Support{fixtures::council}, "2026-03-02T10:00:00+08:00");
  life.take(water_officer, part, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.says(water_officer, part, "2026-03-03T10:00:00+08:00"), "conflict case_part_done");
  EXPECT_EQ(life.says(officer, answer, "2026-03-03T10:00:00+08:00"), "conflict case_part_open");
  EXPECT_EQ(life.says(reviewer, part, "2026-03-03T10:00:00+08:00"), "contributed");
}

TEST(CaseSupport, ASupportingUnitThatTakesOverSupportsNoMore) {
  auto life = supported();
  life.take(dispatcher, Assign{fixtures::water}, "2026-03-03T09:00:00+08:00");
  EXPECT_TRUE(life.state.supports.empty());
}

TEST(CaseSupport, HasALimitOfUnits) {
  auto life = Life::up_to(Phase::in_work);
  for (std::size_t i = 0; i < supports_max; ++i) {
    const UnitCode unit{"helper-" + std::to_string(i)};
    life.pack.units.push_back({unit, {}, {}});
    life.take(dispatcher, Support{unit}, "2026-03-02T09:00:00+08:00");
  }
  EXPECT_EQ(life.says(dispatcher, helping, "2026-03-03T09:00:00+08:00"), "conflict case_supports_many");
  EXPECT_THAT(life.offers(dispatcher, "2026-03-03T09:00:00+08:00"), testing::Not(testing::Contains("support")));
}

TEST(CaseSupport, WhatAUnitContributesStaysInTheHouse) {
  auto life = supported();
  EXPECT_TRUE(is_internal(life.take(water_officer, part, "2026-03-03T09:00:00+08:00").front()));
  EXPECT_EQ(life.says(water_officer, Contribute{std::string("Call her: 13912345678")}, "2026-03-03T09:00:00+08:00"),
            "conflict case_wrong_phase");
  EXPECT_EQ(supported().says(water_officer, Contribute{std::string("Call her: 13912345678")}, "2026-03-03T09:00:00+08:00"),
            "invalid invalid_fields words");
}

// Article 24: several bodies agree among themselves, else the common superior decides. Here: the dispatcher, by ruling on the
// objection, and names the unit (case_sides_test.cpp) and those that help.
TEST(Article24, TheDispatcherDecidesBetweenUnitsThatBothSayItIsNotTheirs) {
  auto life = Life::up_to(Phase::assigned);
  life.take(officer, Object{std::string("The pipes did it")}, "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, Rule{true, fixtures::water, std::string("So it seems")}, "2026-03-02T10:00:00+08:00");
  life.take(water_officer, Object{std::string("The road did it")}, "2026-03-03T09:00:00+08:00");
  EXPECT_FALSE(life.lets(water_leader, "rule"));
  life.take(dispatcher, Rule{false, {}, std::string("The pipe leads")}, "2026-03-03T10:00:00+08:00");
  EXPECT_EQ(life.state.unit, fixtures::water);
  EXPECT_EQ(life.says(dispatcher, Support{fixtures::roads}, "2026-03-03T11:00:00+08:00"), "supported");
}

}  // namespace
}  // namespace huiyin::cases
