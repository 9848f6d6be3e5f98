// Merging into another case and splitting back; one letter split into several.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;
using fixtures::at;

const TakeAnswer answer_of_the_other{fixtures::water, {}, std::string("Mended"), {}};
const SplitBack splitting_back{std::string("Another hole")};

Merge into(Phase phase, bool sealed = false) {
  auto merge = merging();
  merge.found = OtherCase{{77}, phase, sealed};
  return merge;
}

TEST(CaseMerge, IsIntoACaseWhoseAnswerIsStillToCome) {
  const auto life = Life::up_to(Phase::in_work);
  using enum Phase;
  for (std::size_t i = 0; i < Names<Phase>::values.size(); ++i) {
    const auto phase = static_cast<Phase>(i);
    const bool open = phase == received || phase == accepted || phase == assigned || phase == in_work;
    EXPECT_EQ(life.says(dispatcher, into(phase), "2026-03-02T09:00:00+08:00"), open ? "proposed" : "invalid invalid_fields into")
        << name_of(phase);
  }
}

TEST(CaseMerge, IsNeitherIntoItselfNorIntoNothing) {
  const auto life = Life::up_to(Phase::in_work);
  auto merge = merging();
  merge.into = life.state.reference;
  EXPECT_EQ(life.says(dispatcher, merge, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields into");
  merge = merging();
  merge.found.reset();
  EXPECT_EQ(life.says(dispatcher, merge, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields into");
  merge = merging();
  merge.reason = {};
  EXPECT_EQ(life.says(dispatcher, merge, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields reason");
}

TEST(CaseMerge, IsLookedAtOnceMoreWhenItIsApproved) {
  auto life = Life::up_to(Phase::in_work);
  life.take(dispatcher, merging(), "2026-03-02T09:00:00+08:00");
  auto ruling = approved;
  ruling.found = OtherCase{{77}, Phase::merged, false};  // two that were to be merged into each other: the first wins
  EXPECT_EQ(life.says(supervisor, ruling, "2026-03-02T10:00:00+08:00"), "invalid invalid_fields into");
  EXPECT_EQ(life.says(supervisor, declined, "2026-03-02T10:00:00+08:00"), "proposal_refused");
}

TEST(CaseMerge, IsNotOfASealedCaseNorIntoOne) {
  EXPECT_EQ(Life::up_to(Phase::in_work).says(dispatcher, into(Phase::in_work, true), "2026-03-02T09:00:00+08:00"),
            "conflict case_sealed_alone");
  auto life = Life::up_to(Phase::in_work);
  life.state.sealed = true;
  EXPECT_EQ(life.says(dispatcher, merging(), "2026-03-02T09:00:00+08:00"), "conflict case_sealed_alone");
  EXPECT_THAT(life.offers(dispatcher, "2026-03-02T09:00:00+08:00"), testing::Not(testing::Contains("merge")));
}

TEST(CaseMerge, LetsTheLimitsRunOnUntilTheAnswerOfTheOtherComes) {
  auto life = Life::up_to(Phase::merged);
  EXPECT_EQ(life.state.merged_into, RecordId{77});
  ASSERT_NE(next_clock(life.state), nullptr);
  const auto late = next_clock(life.state)->due.at + std::chrono::milliseconds(1);
  const auto answered = std::get<Answered>(life.take(Actor::program(), answer_of_the_other, late).front());
  EXPECT_FALSE(answered.on_time) << "the promise of an answer in time was to this requester";
  EXPECT_EQ(life.state.phase, Phase::answered);
  EXPECT_EQ(life.state.unit, fixtures::water);
  EXPECT_FALSE(life.state.handler) << "an officer of another unit had it";
  EXPECT_FALSE(life.state.merged_into);
  EXPECT_FALSE(life.state.before);
}

TEST(CaseMerge, AnsweredThatWayCanBeJudgedAndGoesBackToTheUnitThatAnswered) {
  auto life = Life::up_to(Phase::merged);
  life.take(Actor::program(), answer_of_the_other, "2026-03-10T09:00:00+08:00");
  life.take(Actor::holder_of({5}), unsolved, "2026-03-11T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::assigned) << "no officer of that unit has it yet";
  life.take(water_officer, Start{}, "2026-03-12T09:00:00+08:00");
  EXPECT_EQ(life.state.handler, water_officer.user);
}

TEST(CaseMerge, LeavesNobodyWaitingForParts) {
  auto life = Life::up_to(Phase::in_work);
  life.take(dispatcher, Support{fixtures::water}, "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, Support{fixtures::council}, "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, merging(), "2026-03-02T10:00:00+08:00");
  life.take(supervisor, approved, "2026-03-02T11:00:00+08:00");
  life.take(Actor::program(), answer_of_the_other, "2026-03-10T09:00:00+08:00");
  EXPECT_TRUE(life.state.supports.empty());
}

TEST(CaseMerge, SplitBackIsWhereItWas) {
  for (const auto phase : {Phase::accepted, Phase::assigned, Phase::in_work}) {
    auto life = Life::up_to(phase);
    const auto before = life.state;
    life.take(dispatcher, merging(), "2026-03-02T09:00:00+08:00");
    life.take(supervisor, approved, "2026-03-02T10:00:00+08:00");
    EXPECT_EQ(life.says(dispatcher, SplitBack{}, "2026-03-03T09:00:00+08:00"), "invalid invalid_fields reason");
    life.take(dispatcher, splitting_back, "2026-03-03T09:00:00+08:00");
    EXPECT_EQ(life.state.phase, phase);
    EXPECT_EQ(life.state.unit, before.unit);
    EXPECT_EQ(life.state.handler, before.handler);
    EXPECT_EQ(life.state.clocks, before.clocks);
    EXPECT_FALSE(life.state.merged_into);
  }
}

TEST(CaseMerge, WithdrawnIsNoPartOfTheOtherAnyMore) {
  auto life = Life::up_to(Phase::merged);
  life.take(Actor::holder_of({5}), Withdraw{}, "2026-03-03T09:00:00+08:00");
  EXPECT_FALSE(life.state.merged_into);
  EXPECT_EQ(life.says(Actor::program(), answer_of_the_other, "2026-03-10T09:00:00+08:00"), "conflict case_wrong_phase");
}

// ---- One letter, several matters
// ------------------------------------------------------------------------------------------------------------------

// Whoever reads or answers the one must not be whom the other is about.
TEST(CaseMerge, IsOfCasesThatAreClosedToTheSame) {
  auto life = Life::up_to(Phase::in_work);
  auto merge = merging();
  merge.found->bars = {bar_of(UserId{11})};
  EXPECT_EQ(life.says(dispatcher, merge, "2026-03-02T09:00:00+08:00"), "conflict case_merge_other_bars");
  life.take(dispatcher, SetAbout{{}, "x", Colleague{UserId{11}, {}, false}, {}}, "2026-03-02T08:00:00+08:00");
  EXPECT_EQ(life.says(dispatcher, merging(), "2026-03-02T09:00:00+08:00"), "conflict case_merge_other_bars");
  EXPECT_EQ(life.says(dispatcher, merge, "2026-03-02T09:00:00+08:00"), "proposed");
}

TEST(CaseMerge, IsOfCasesThatTakeOneKindOfAnswer) {
  auto merge = merging();
  merge.found->category = fixtures::land;
  EXPECT_EQ(Life::up_to(Phase::in_work).says(dispatcher, merge, "2026-03-02T09:00:00+08:00"), "conflict case_merge_other_answer");
}

TEST(CaseMerge, EndsWhenTheAnswerOfTheOtherWouldNotDoHere) {
  const auto life = Life::up_to(Phase::merged);
  const auto says = [&](const TakeAnswer& answer) { return life.says(Actor::program(), answer, "2026-03-10T09:00:00+08:00"); };
  EXPECT_EQ(says(answer_of_the_other), "answered");
  auto answer = answer_of_the_other;
  answer.bars = {bar_of(UserId{11})};
  EXPECT_EQ(says(answer), "split_back") << "closed to somebody meanwhile";
  answer = answer_of_the_other;
  answer.outcome = Outcome::supported;
  EXPECT_EQ(says(answer), "split_back") << "an opinion for a plain matter";
  auto opinion = life;
  opinion.state.category = fixtures::land;
  EXPECT_EQ(opinion.says(Actor::program(), answer_of_the_other, "2026-03-10T09:00:00+08:00"), "split_back") << "no opinion";
}

TEST(CaseMerge, WhoAnsweredTheOtherTookPartInThisOne) {
  auto life = Life::up_to(Phase::merged);
  auto answer = answer_of_the_other;
  answer.by = UserId{501};
  answer.signed_by = UserId{502};
  answer.took_part = {{UserId{503}}, {fixtures::council}};
  life.take(Actor::program(), answer, "2026-03-10T09:00:00+08:00");
  EXPECT_THAT(life.state.took_part.people, testing::IsSupersetOf({UserId{501}, UserId{502}, UserId{503}}));
  EXPECT_THAT(life.state.took_part.units, testing::IsSupersetOf({answer.unit, fixtures::council}));
}

TEST(CaseSplit, IsIntoTwoToTenAndEndsTheOne) {
  const auto life = Life::up_to(Phase::received);
  for (const auto& [count, expected] :
       std::vector<std::pair<std::size_t, std::string_view>>{{0, "invalid invalid_fields parts"},
                                                             {1, "invalid invalid_fields parts"},
                                                             {2, "split"},
                                                             {10, "split"},
                                                             {11, "invalid invalid_fields parts"}}) {
    Split split;
    split.parts.resize(count);
    EXPECT_EQ(life.says(dispatcher, split, "2026-03-02T09:00:00+08:00"), expected) << count;
  }
  EXPECT_EQ(next_clock(Life::up_to(Phase::split).state), nullptr);
}

TEST(CaseSplit, WaitsForTheRulingOnAnObjectionAndTheEndOfAPauseAndEndsAQuestion) {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, Ask{std::string("Where?")}, "2026-03-02T08:00:00+08:00");
  life.take(officer, Pause{fixtures::mediation, std::string("They talk")}, "2026-03-02T09:00:00+08:00");
  auto objected = life;
  objected.take(officer, Object{std::string("Not ours")}, "2026-03-02T10:00:00+08:00");
  EXPECT_EQ(objected.says(dispatcher, splitting(), "2026-03-02T11:00:00+08:00"), "conflict case_objection_open");
  EXPECT_EQ(life.says(dispatcher, splitting(), "2026-03-02T10:00:00+08:00"), "conflict case_paused");
  life.take(officer, Resume{}, "2026-03-02T10:00:00+08:00");
  life.take(dispatcher, splitting(), "2026-03-02T10:00:00+08:00");
  EXPECT_FALSE(life.state.pause);
  EXPECT_FALSE(life.state.question_open);
  EXPECT_EQ(next_watch(life.state), std::nullopt);
}

TEST(CaseMerge, IsRefusedWhileAPromiseIsOpen) {
  auto life = Life::up_to(Phase::in_work);
  life.take(people::officer, Promise{std::string("A new pipe"), fixtures::day("2026-05-01")}, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.says(people::dispatcher, merging(), "2026-03-02T10:00:00+08:00"), "conflict case_promise_open");
}

// The unit that answered for another case was never given this one.
TEST(CaseMerge, LeavesNobodyALimitToObjectThatTheyNeverHad) {
  auto life = Life::up_to(Phase::merged);
  life.take(Actor::program(), TakeAnswer{fixtures::water, {}, std::string("Mended"), {}}, "2026-03-02T09:00:00+08:00");
  life.take(Actor::holder_of({5}), unsolved, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.says(people::water_officer, Object{std::string("Not ours")}, "2026-03-04T09:00:00+08:00"),
            "conflict case_objection_none");
}

TEST(CaseSplit, CarriesTheAlarmOnAndEndsItsOwn) {
  auto submit = filing();
  submit.body = std::string("A gas leak, and a hole in the road");
  auto life = Life::up_to(Phase::received, submit);
  ASSERT_TRUE(is_alarm_open(life.state));
  life.take(people::dispatcher, splitting(), "2026-03-01T10:00:00+08:00");
  EXPECT_FALSE(is_alarm_open(life.state));
}

}  // namespace
}  // namespace huiyin::cases
