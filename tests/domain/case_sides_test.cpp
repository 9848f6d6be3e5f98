// The side ways of a case: objection and ruling, question and reply, withdrawal, reopening.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using fixtures::at;

const Object objecting{std::string("The pipes are the water works' matter")};
const Ask asking{std::string("Which end of the lane?")};
const Reply replying{std::string("The northern end")};
const Reopen reopening{std::string("It is open again")};
const Rule upheld{.upheld = true, .unit = {}, .reason = std::string("So it is")};
const Rule refused{.upheld = false, .unit = {}, .reason = std::string("It is a road")};

Life objected_in(Phase phase) {
  auto life = Life::up_to(phase);
  life.take(objecting, "2026-03-02T09:00:00+08:00");
  return life;
}

// ---- Objection (信访工作条例 article 23)
// ------------------------------------------------------------------------------------------------------------------

TEST(CaseObjection, Article23IsPossibleForFiveWorkingDaysFromTheAssignment) {
  // Assigned on Sunday 1 March 2026: Monday to Friday, 2 to 6 March, are the five.
  const auto life = Life::up_to(Phase::assigned);
  EXPECT_EQ(told(life.would(objecting, at("2026-03-06T23:59:59+08:00"))), "objected");
  EXPECT_EQ(told(life.would(objecting, at("2026-03-07T00:00:00+08:00"))), "conflict case_objection_too_late");
}

TEST(CaseObjection, WaitsForTheRulingBeforeAnythingElseIsDoneAboutTheMatter) {
  const auto life = objected_in(Phase::in_work);
  const auto now = at("2026-03-03T09:00:00+08:00");
  for (const Command& command : std::vector<Command>{Answer{std::string("done")}, Assign{fixtures::water}, objecting})
    EXPECT_EQ(told(life.would(command, now)), "conflict case_objection_open") << name_of_alternative(command);
  EXPECT_EQ(told(life.would(Note{std::string("seen")}, now)), "noted");
  EXPECT_EQ(told(life.would(asking, now)), "asked");
}

TEST(CaseObjection, UpheldLeavesTheUnitAndIsToBeAssignedAnew) {
  auto life = objected_in(Phase::in_work);
  life.take(upheld, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::accepted);
  EXPECT_FALSE(life.state.unit);
  EXPECT_FALSE(life.state.handler);
  EXPECT_FALSE(life.state.objection_open);
  EXPECT_EQ(told(life.would(Assign{fixtures::water}, at("2026-03-03T10:00:00+08:00"))), "assigned");
}

TEST(CaseObjection, UpheldWithAUnitIsAssignedAtOnceAndThatUnitHasItsOwnDaysToObject) {
  auto life = objected_in(Phase::assigned);
  auto rule = upheld;
  rule.unit = fixtures::water;
  life.take(rule, "2026-03-06T09:00:00+08:00");  // a Friday: 9 to 13 March
  EXPECT_EQ(life.state.phase, Phase::assigned);
  EXPECT_EQ(life.state.unit, fixtures::water);
  EXPECT_EQ(told(life.would(objecting, at("2026-03-13T23:59:59+08:00"))), "objected");
  EXPECT_EQ(told(life.would(objecting, at("2026-03-14T00:00:00+08:00"))), "conflict case_objection_too_late");
}

TEST(CaseObjection, NotUpheldStaysWhereItWas) {
  for (const auto phase : {Phase::assigned, Phase::in_work}) {
    auto life = objected_in(phase);
    const auto before = life.state;
    life.take(refused, "2026-03-03T09:00:00+08:00");
    EXPECT_EQ(life.state.phase, phase);
    EXPECT_EQ(life.state.unit, before.unit);
    EXPECT_EQ(life.state.handler, before.handler);
    EXPECT_EQ(life.state.clocks, before.clocks) << "the limits run on";
  }
}

TEST(CaseObjection, ARulingNamesAUnitOnlyWhenItIsUpheldAndAnotherOne) {
  const auto life = objected_in(Phase::assigned);
  const auto now = at("2026-03-03T09:00:00+08:00");
  const auto rule = [](bool is_upheld, const UnitCode& unit) { return Rule{is_upheld, unit, std::string("because")}; };
  EXPECT_EQ(told(life.would(rule(true, fixtures::roads), now)), "invalid invalid_fields unit");
  EXPECT_EQ(told(life.would(rule(true, {"nowhere"}), now)), "invalid invalid_fields unit");
  EXPECT_EQ(told(life.would(rule(false, fixtures::water), now)), "invalid invalid_fields unit");
  EXPECT_EQ(told(life.would(rule(true, fixtures::water), now)), "ruled,assigned");
  EXPECT_EQ(told(life.would(Rule{}, now)), "invalid invalid_fields reason");
}

// ---- Question and reply
// ------------------------------------------------------------------------------------------------------------------

TEST(CaseQuestion, IsOneAtATimeAndMovesNoLimit) {
  auto life = Life::up_to(Phase::in_work);
  const auto clocks = life.state.clocks;
  life.take(asking, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::in_work);
  EXPECT_EQ(told(life.would(asking, at("2026-03-02T10:00:00+08:00"))), "conflict case_wrong_phase");
  EXPECT_EQ(told(life.would(Answer{std::string("done")}, at("2026-03-02T10:00:00+08:00"))), "answered");
  life.take(replying, "2026-03-03T09:00:00+08:00");
  EXPECT_FALSE(life.state.question_open);
  EXPECT_EQ(life.state.clocks, clocks);
  EXPECT_EQ(told(life.would(replying, at("2026-03-04T09:00:00+08:00"))), "conflict case_wrong_phase");
  EXPECT_EQ(told(life.would(asking, at("2026-03-04T09:00:00+08:00"))), "asked");
}

TEST(CaseQuestion, IsNoMoreWhenTheAnswerIsGiven) {
  auto life = Life::up_to(Phase::in_work);
  life.take(asking, "2026-03-02T09:00:00+08:00");
  life.take(Answer{std::string("done without it")}, "2026-03-03T09:00:00+08:00");
  EXPECT_FALSE(life.state.question_open);
}

// ---- Pause
// ------------------------------------------------------------------------------------------------------------------

const Pause hearing{fixtures::hearing, std::string("A hearing is held")};

// In work, under a pack in which a hearing stops the limit to finish.
Life in_work_with_hearings() {
  auto life = Life::up_to(Phase::in_work);
  for (auto& limit : life.pack.limits) {
    if (limit.code == rules::finish_limit) limit.stopped_by = {fixtures::hearing};
  }
  return life;
}

TEST(CasePause, StopsTheLimitsThatThePackNamesForItsReason) {
  auto life = in_work_with_hearings();
  const auto before = find_clock(life.state, rules::finish_limit)->due.at;
  life.take(hearing, "2026-03-10T09:00:00+08:00");
  EXPECT_EQ(next_clock(life.state), nullptr) << "no due day while it stands still";
  life.take(Resume{}, "2026-03-12T15:00:00+08:00");  // 10, 11 and 12 March are not counted
  const auto* clock = find_clock(life.state, rules::finish_limit);
  EXPECT_EQ(clock->due.at, before + std::chrono::hours(3 * 24));
  EXPECT_FALSE(life.state.pause);
}

TEST(CasePause, ForAnotherReasonLetsTheLimitsRunOn) {
  auto life = in_work_with_hearings();
  const auto before = *next_clock(life.state);
  life.take(Pause{fixtures::mediation, std::string("They talk")}, "2026-03-10T09:00:00+08:00");
  ASSERT_NE(next_clock(life.state), nullptr);
  EXPECT_EQ(next_clock(life.state)->due, before.due);
  life.take(Resume{}, "2026-03-12T15:00:00+08:00");
  EXPECT_EQ(next_clock(life.state)->due, before.due);
}

TEST(CasePause, MustEndBeforeTheAnswer) {
  auto life = Life::up_to(Phase::in_work);
  life.take(hearing, "2026-03-10T09:00:00+08:00");
  EXPECT_EQ(told(life.would(Answer{std::string("done")}, at("2026-03-11T09:00:00+08:00"))), "conflict case_paused");
  EXPECT_EQ(told(life.would(hearing, at("2026-03-11T09:00:00+08:00"))), "conflict case_wrong_phase");
  EXPECT_EQ(told(life.would(Withdraw{}, at("2026-03-11T09:00:00+08:00"))), "withdrawn");
  EXPECT_EQ(told(Life::up_to(Phase::in_work).would(Pause{{"nowhere"}, std::string("x")}, at("2026-03-11T09:00:00+08:00"))),
            "invalid invalid_fields reason");
}

// ---- Withdrawal
// ------------------------------------------------------------------------------------------------------------------

TEST(CaseWithdrawal, EndsTheCaseAndItsClocks) {
  for (const auto phase : {Phase::received, Phase::accepted, Phase::assigned, Phase::in_work, Phase::answered}) {
    auto life = Life::up_to(phase);
    life.take(Withdraw{}, "2026-03-02T09:00:00+08:00");
    EXPECT_EQ(life.state.phase, Phase::withdrawn) << name_of(phase);
    EXPECT_EQ(next_clock(life.state), nullptr);
    EXPECT_EQ(told(life.would(Withdraw{}, at("2026-03-02T10:00:00+08:00"))), "conflict case_wrong_phase");
    EXPECT_EQ(told(life.would(Accept{}, at("2026-03-02T10:00:00+08:00"))), "conflict case_wrong_phase");
  }
}

TEST(CaseWithdrawal, TakesAnObjectionAndAQuestionWithIt) {
  auto life = objected_in(Phase::in_work);
  life.take(asking, "2026-03-02T10:00:00+08:00");
  life.take(Withdraw{std::string("it is mended")}, "2026-03-03T09:00:00+08:00");
  EXPECT_FALSE(life.state.objection_open);
  EXPECT_FALSE(life.state.question_open);
  EXPECT_EQ(told(life.would(refused, at("2026-03-03T10:00:00+08:00"))), "conflict case_wrong_phase");
}

// ---- Reopening
// ------------------------------------------------------------------------------------------------------------------

TEST(CaseReopening, GoesBackToTheUnitWithANewLimitToAnswer) {
  auto life = Life::up_to(Phase::closed);
  life.take(reopening, "2026-03-10T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::assigned);
  EXPECT_EQ(life.state.unit, fixtures::roads);
  EXPECT_FALSE(life.state.answered);
  EXPECT_EQ(life.state.reopenings, 1);
  const auto* clock = next_clock(life.state);
  ASSERT_NE(clock, nullptr);
  EXPECT_EQ(clock->due.rule, rules::finish_limit);
  EXPECT_EQ(to_iso(life.zone.day_of(clock->due.at)), "2026-05-09");  // 60 days after 10 March
}

TEST(CaseReopening, AnsweringAgainMeetsTheNewLimitAndLeavesTheOldAlone) {
  auto life = Life::up_to(Phase::closed);
  const auto before = life.state.clocks;
  life.take(reopening, "2026-03-10T09:00:00+08:00");
  life.take(Start{}, "2026-03-11T09:00:00+08:00");
  life.take(Answer{std::string("now it is")}, "2026-03-12T09:00:00+08:00");
  ASSERT_EQ(life.state.clocks.size(), before.size() + 1);
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(life.state.clocks[i], before[i]);
  EXPECT_EQ(life.state.clocks.back().met, at("2026-03-12T09:00:00+08:00"));
}

TEST(CaseReopening, IsPossibleUntilTheLimitThatTheClosingFixed) {
  auto life = Life::up_to(Phase::closed);
  ASSERT_TRUE(life.state.reopening_until);
  const auto last = life.state.reopening_until->due.at;
  EXPECT_EQ(told(life.would(reopening, last)), "reopened");
  EXPECT_EQ(told(life.would(reopening, last + std::chrono::milliseconds(1))), "conflict case_reopen_too_late");
  life.pack.limits.clear();  // a changed pack moves nothing that was promised
  EXPECT_EQ(life.state.reopening_until->due.at, last);
}

}  // namespace
}  // namespace huiyin::cases
