// Who has nothing to do with a case: the unit and the person complained of, and who has an interest in it.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;

SetAbout about(const UnitCode& unit) { return {unit, "", {}}; }
SetAbout about(const Actor& person) { return {{}, "login", Colleague{person.user.value(), person.unit, true}}; }
const Recuse recusing{std::string("My brother lives there")};

// Nothing at all: no act of the table, no list, no button.
void expect_closed_to(const Life& life, const Actor& actor) {
  for (const auto& right : Case::rights()) EXPECT_FALSE(right.act != "submit" && life.lets(actor, right.act)) << right.act;
  EXPECT_FALSE(visible(actor, life.pack, Case::rights()).covers(units_of(life.state), bars_of(life.state)));
  EXPECT_THAT(life.offers(actor, "2026-03-20T09:00:00+08:00"), testing::IsEmpty());
}

// ---- Complaints of a unit or a person
// ------------------------------------------------------------------------------------------------------------------

TEST(Article30, AnAccusationNeverReachesTheAccusedUnitNorThoseBelowIt) {
  auto submit = filing();
  submit.about = fixtures::roads;
  auto life = Life{};
  life.take(submit, "2026-03-01T09:00:00+08:00");
  for (const auto& accused : {officer, leader, signer, team_officer}) expect_closed_to(life, accused);
  life.take(dispatcher, Accept{}, "2026-03-01T10:00:00+08:00");
  for (const auto& unit : {fixtures::roads, fixtures::road_team}) {
    EXPECT_EQ(life.says(dispatcher, Assign{unit}, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields unit");
    EXPECT_EQ(life.says(dispatcher, Support{unit}, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields unit");
  }
  EXPECT_EQ(life.says(dispatcher, Assign{fixtures::water}, "2026-03-02T09:00:00+08:00"), "assigned");
}

TEST(Article30, ASupervisorOfTheAccusedUnitIsAccusedWithIt) {
  auto life = Life::up_to(Phase::received);
  life.take(dispatcher, about(fixtures::roads), "2026-03-01T10:00:00+08:00");
  auto of_the_unit = supervisor;
  of_the_unit.unit = fixtures::road_team;
  expect_closed_to(life, of_the_unit);
  EXPECT_TRUE(life.lets(supervisor, "read"));
}

TEST(Article30, WhatTurnsOutToBeAnAccusationLeavesTheAccusedAtOnce) {
  for (const auto& [phase, then] : {std::pair(Phase::assigned, Phase::accepted), std::pair(Phase::in_work, Phase::accepted),
                                    std::pair(Phase::answered, Phase::answered), std::pair(Phase::in_review, Phase::in_review)}) {
    auto life = Life::up_to(phase);
    life.take(dispatcher, about(fixtures::roads), "2026-03-02T09:00:00+08:00");
    EXPECT_EQ(life.state.phase, then) << name_of(phase);
    EXPECT_FALSE(life.state.unit);
    EXPECT_FALSE(life.state.handler);
    expect_closed_to(life, officer);
    expect_closed_to(life, leader);
  }
}

TEST(Article30, WhatTheAccusedAskedForIsNotRuledOnAnyMore) {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, giving_away, "2026-03-02T08:00:00+08:00");
  life.take(dispatcher, about(fixtures::roads), "2026-03-02T09:00:00+08:00");
  EXPECT_FALSE(life.state.proposal) << "to hand the complaint of them to another body";
}

// Nobody learns from a refusal that they are complained of.
TEST(Article30, TheAccusedAreRefusedInTheWordsForEverybodyElse) {
  auto life = Life::up_to(Phase::in_work);
  const auto refusal = [&](const Actor& actor) {
    return may(actor, "read", bond(life.state, RecordId{5}, actor, life.pack), Case::rights()).error().message.key;
  };
  const auto others = refusal(water_officer);
  life.take(dispatcher, about(fixtures::roads), "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(refusal(officer).name, others.name);
}

TEST(Article30, AnAccusedUnitLeavesItsPartAndItsReviewToo) {
  auto life = Life::up_to(Phase::in_work);
  life.take(dispatcher, Support{fixtures::water}, "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, about(fixtures::water), "2026-03-02T10:00:00+08:00");
  EXPECT_TRUE(life.state.supports.empty());
  EXPECT_EQ(life.state.unit, fixtures::roads);
  auto review = Life::up_to(Phase::in_review);
  review.take(dispatcher, AssignReview{fixtures::council}, "2026-03-02T09:00:00+08:00");
  review.take(dispatcher, about(fixtures::council), "2026-03-02T10:00:00+08:00");
  EXPECT_FALSE(review.state.review->unit);
  EXPECT_EQ(review.says(dispatcher, AssignReview{fixtures::council}, "2026-03-02T11:00:00+08:00"), "invalid invalid_fields unit");
  EXPECT_EQ(review.says(dispatcher, AssignReview{fixtures::water}, "2026-03-02T11:00:00+08:00"), "review_assigned");
}

TEST(Article30, AnAccusedUnitWhoseCaseWasMergedOrHandedOverDoesNotGetItBack) {
  for (const auto& [phase, back] :
       {std::pair(Phase::merged, Command(SplitBack{std::string("x")})), std::pair(Phase::handing_over, Command(not_taken))}) {
    auto life = Life::up_to(phase);
    life.take(dispatcher, about(fixtures::roads), "2026-03-02T09:00:00+08:00");
    life.take(dispatcher, back, "2026-03-03T09:00:00+08:00");
    EXPECT_EQ(life.state.phase, Phase::accepted);
    EXPECT_FALSE(life.state.unit);
  }
}

TEST(Article30, TheAccusedDoNotAnswerByWayOfAnotherCase) {
  auto life = Life::up_to(Phase::merged);
  life.take(dispatcher, about(fixtures::water), "2026-03-02T09:00:00+08:00");
  const auto events =
      life.take(Actor::program(), TakeAnswer{fixtures::water, {}, std::string("We did well"), {}}, "2026-03-10T09:00:00+08:00");
  EXPECT_EQ(name_of_alternative(events.front()), "split_back");
  EXPECT_EQ(life.state.phase, Phase::in_work);
  EXPECT_EQ(life.state.answers, 0);
}

TEST(CaseAbout, APersonHasNothingToDoWithItWhateverTheirRoles) {
  auto life = Life::up_to(Phase::in_work);
  life.take(dispatcher, about(officer), "2026-03-02T09:00:00+08:00");
  expect_closed_to(life, officer);
  auto everything = officer;
  everything.roles = {Role::dispatcher, Role::officer, Role::leader, Role::signer, Role::supervisor};
  expect_closed_to(life, everything);
  EXPECT_EQ(life.state.phase, Phase::assigned) << "somebody else takes it up";
  EXPECT_EQ(life.state.unit, fixtures::roads);
  EXPECT_TRUE(life.lets(mate, "start"));
}

TEST(CaseAbout, ADispatcherCanBeTheOneComplainedOf) {
  auto life = Life::up_to(Phase::received);
  life.take(other_dispatcher, about(dispatcher), "2026-03-02T09:00:00+08:00");
  expect_closed_to(life, dispatcher);
  EXPECT_TRUE(life.lets(other_dispatcher, "accept"));
}

TEST(CaseAbout, OfNobodyAfterAllOpensItAgain) {
  auto life = Life::up_to(Phase::received);
  life.take(dispatcher, about(fixtures::roads), "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.says(dispatcher, SetAbout{}, "2026-03-02T10:00:00+08:00"), "invalid invalid_fields reason");
  SetAbout another{fixtures::water, "", {}, {}};
  EXPECT_EQ(life.says(dispatcher, another, "2026-03-02T10:00:00+08:00"), "invalid invalid_fields reason");
  life.take(dispatcher, SetAbout{{}, "", {}, std::string("It is about a road, not about them")}, "2026-03-02T10:00:00+08:00");
  EXPECT_TRUE(bars_of(life.state).empty());
}

// Its words are there still, and those of the letter it was split from.
TEST(CaseAbout, CanBeSaidOfACaseThatIsOver) {
  for (const auto phase : {Phase::closed, Phase::split, Phase::withdrawn, Phase::not_accepted}) {
    auto life = Life::up_to(phase);
    life.take(dispatcher, about(fixtures::roads), "2026-03-20T09:00:00+08:00");
    expect_closed_to(life, officer);
    EXPECT_EQ(life.state.phase, phase);
    EXPECT_NE(life.state.unit, fixtures::roads);
  }
}

TEST(CaseAbout, NamesAUnitAndAPersonThatThereAre) {
  const auto life = Life::up_to(Phase::received);
  EXPECT_EQ(life.says(dispatcher, about({"nowhere"}), "2026-03-02T09:00:00+08:00"), "invalid invalid_fields unit");
  EXPECT_EQ(life.says(dispatcher, SetAbout{{}, "nobody", {}}, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields login");
}

TEST(CaseAbout, StaysInTheHouse) {
  auto life = Life::up_to(Phase::in_work);
  EXPECT_TRUE(is_internal(life.take(dispatcher, about(officer), "2026-03-02T09:00:00+08:00").front()));
}

// ---- Interest
// ------------------------------------------------------------------------------------------------------------------

TEST(Article28, WhoHasADirectInterestLeavesTheMatterForGood) {
  auto life = Life::up_to(Phase::in_work);
  EXPECT_EQ(life.says(officer, Recuse{}, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields reason");
  life.take(officer, recusing, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::assigned);
  expect_closed_to(life, officer);
  // Not even named by the leader, nor after the case came to another unit and back.
  life.take(mate, Start{}, "2026-03-02T10:00:00+08:00");
  const ChangeHandler back{"officer", Colleague{*officer.user, fixtures::roads, true}};
  EXPECT_EQ(life.says(leader, back, "2026-03-02T11:00:00+08:00"), "invalid invalid_fields login");
  life.take(dispatcher, Assign{fixtures::water}, "2026-03-03T09:00:00+08:00");
  life.take(dispatcher, Assign{fixtures::roads}, "2026-03-04T09:00:00+08:00");
  expect_closed_to(life, officer);
}

TEST(Article28, ARecusedOfficerDoesNotGetACaseBackThatComesBack) {
  auto life = Life::up_to(Phase::answered);
  life.take(officer, recusing, "2026-03-02T09:00:00+08:00");
  life.take(Actor::holder_of({5}), unsolved, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::assigned) << "in work would mean that an officer has it";
  auto merged = Life::up_to(Phase::merged);
  merged.take(officer, recusing, "2026-03-02T09:00:00+08:00");
  merged.take(dispatcher, SplitBack{std::string("x")}, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(merged.state.phase, Phase::assigned);
}

TEST(Article28, DispatchersSupervisorsAndReviewersLeaveToo) {
  auto life = Life::up_to(Phase::in_review);
  life.take(dispatcher, AssignReview{fixtures::council}, "2026-03-02T09:00:00+08:00");
  for (const auto& person : {dispatcher, supervisor, leader, signer, reviewer}) {
    life.take(person, recusing, "2026-03-02T10:00:00+08:00");
    expect_closed_to(life, person);
  }
  EXPECT_EQ(life.state.phase, Phase::in_review);
  EXPECT_TRUE(life.lets(other_dispatcher, "assign_review"));
}

TEST(CaseHandler, IsAnotherOfficerOfTheSameUnitWhoMay) {
  auto life = Life::up_to(Phase::in_work);
  const auto naming = [](UserId user, const UnitCode& unit, bool is_officer = true) {
    return ChangeHandler{"login", Colleague{user, unit, is_officer}};
  };
  const std::vector<std::pair<ChangeHandler, std::string_view>> rows{
      {naming(*mate.user, fixtures::roads), "handler_changed"},
      {naming(*officer.user, fixtures::roads), "invalid invalid_fields login"},  // has it already
      {naming(*team_officer.user, fixtures::road_team), "invalid invalid_fields login"},
      {naming(*signer.user, fixtures::roads, false), "invalid invalid_fields login"},
      {{"nobody", {}}, "invalid invalid_fields login"}};
  for (const auto& [command, expected] : rows) EXPECT_EQ(life.says(leader, command, "2026-03-02T09:00:00+08:00"), expected);
  life.take(leader, rows[0].first, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.state.handler, mate.user);
  EXPECT_THAT(life.state.took_part.people, testing::Contains(*mate.user));
}

// A dispatcher of the accused unit asked to turn it away before anybody knew whom it is about.
TEST(Article30, WhatTheAccusedAskedForBeforeIsNotRuledOnAnyMore) {
  const Actor dispatcher_there{{Role::dispatcher}, UserId{91}, fixtures::water, {}};
  auto life = Life::up_to(Phase::received);
  life.take(dispatcher_there, not_accepting, "2026-03-01T10:00:00+08:00");
  ASSERT_TRUE(life.state.proposal);
  life.take(dispatcher, about(fixtures::water), "2026-03-01T11:00:00+08:00");
  EXPECT_FALSE(life.state.proposal);
}

// The log is read by those it complains of too: what is said of them leaves no trace there, nor does that they lost the case.
TEST(AboutSet, LeavesTheLogWhatItWas) {
  auto life = Life::up_to(Phase::in_work);
  const auto shown = standpoint(life.state).unit;
  life.take(people::dispatcher, SetAbout{fixtures::roads, "", {}}, "2026-03-02T09:00:00+08:00");
  ASSERT_FALSE(life.state.unit);
  EXPECT_EQ(standpoint(life.state).unit, shown);
  EXPECT_EQ(AboutSet::told_as, Noted::name);
  life.take(people::dispatcher, Assign{fixtures::water}, "2026-03-02T10:00:00+08:00");
  EXPECT_EQ(standpoint(life.state).unit, fixtures::water);
}

TEST(AboutSet, IsReadByTheRequesterWhenItLetsSomebodyIn) {
  auto life = Life::up_to(Phase::received);
  const auto set = life.take(people::dispatcher, SetAbout{fixtures::water, "", {}}, "2026-03-02T09:00:00+08:00");
  EXPECT_TRUE(is_internal(set.front()));
  SetAbout nobody{};
  nobody.reason = std::string("It is about the road");
  EXPECT_FALSE(is_internal(life.take(people::dispatcher, nobody, "2026-03-02T10:00:00+08:00").front()));
}

}  // namespace
}  // namespace huiyin::cases
