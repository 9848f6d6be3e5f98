// Handing a case over to another body: it is over only with that body's receipt.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;
using fixtures::at;
using std::chrono::milliseconds;

TEST(CaseHandOver, IsOverOnlyWithTheReceiptOfTheOtherBody) {
  auto life = Life::up_to(Phase::handing_over);
  EXPECT_EQ(life.state.road, fixtures::court);
  ASSERT_NE(next_clock(life.state), nullptr) << "the limits run on";
  EXPECT_EQ(life.says(officer, ProveHandOver{true, {}}, "2026-03-03T09:00:00+08:00"), "invalid invalid_fields words");
  life.take(officer, taken, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::handed_over);
  EXPECT_EQ(next_clock(life.state), nullptr);
  EXPECT_EQ(life.state.road, fixtures::court);
}

TEST(CaseHandOver, NotTakenComesBackToWhereItWas) {
  for (const auto phase : {Phase::received, Phase::accepted, Phase::assigned, Phase::in_work}) {
    auto life = Life::up_to(phase);
    const auto before = life.state;
    life.take(dispatcher, giving_away, "2026-03-02T09:00:00+08:00");
    life.take(other_dispatcher, approved, "2026-03-02T10:00:00+08:00");
    life.take(dispatcher, not_taken, "2026-03-09T09:00:00+08:00");
    EXPECT_EQ(life.state.phase, phase);
    EXPECT_EQ(life.state.handler, before.handler);
    EXPECT_EQ(life.state.clocks, before.clocks);
    EXPECT_FALSE(life.state.road);
    EXPECT_EQ(life.says(dispatcher, giving_away, "2026-03-10T09:00:00+08:00"), "proposed") << "and may be tried elsewhere";
  }
}

TEST(CaseHandOver, IsOnTimeByTheLimitThatTheOtherBodyTakesOver) {
  for (const auto& [phase, rule] :
       {std::pair(Phase::received, rules::accept_limit), std::pair(Phase::in_work, rules::finish_limit)}) {
    auto life = Life::up_to(phase);
    if (phase == Phase::in_work) {  // an earlier limit that is none of its business
      life.take(officer, Promise{std::string("A sign"), fixtures::day("2026-03-04")}, "2026-03-02T08:00:00+08:00");
      life.take(officer, Fulfil{1, std::string("It stands")}, "2026-03-02T08:30:00+08:00");
    }
    life.take(dispatcher, giving_away, "2026-03-02T09:00:00+08:00");
    life.take(other_dispatcher, approved, "2026-03-02T10:00:00+08:00");
    const auto last = life.clock(rule).due.at;
    for (const auto& [when, on_time] : {std::pair(last, true), std::pair(last + milliseconds(1), false)})
      EXPECT_EQ(std::get<HandOverProved>(life.would(taken, when)->front()).on_time, on_time) << name_of(phase);
  }
}

TEST(CaseHandOver, LeavesNoQuestionOpen) {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, Ask{std::string("Where?")}, "2026-03-02T08:00:00+08:00");
  life.take(officer, giving_away, "2026-03-02T09:00:00+08:00");
  life.take(leader, approved, "2026-03-02T10:00:00+08:00");
  EXPECT_EQ(life.says(Actor::holder_of({5}), Reply{std::string("There")}, "2026-03-02T11:00:00+08:00"), "replied");
  life.take(officer, taken, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.says(Actor::holder_of({5}), Reply{std::string("There")}, "2026-03-03T11:00:00+08:00"),
            "conflict case_wrong_phase");
}

TEST(CaseHandOver, OpenedAgainByStaffGoesBackToTheUnitOrIsToBeAccepted) {
  for (const auto& [from, back, rule] : {std::tuple(Phase::in_work, Phase::assigned, rules::finish_limit),
                                         std::tuple(Phase::received, Phase::received, rules::accept_limit)}) {
    auto life = Life::up_to(from);
    life.take(dispatcher, giving_away, "2026-03-02T09:00:00+08:00");
    life.take(other_dispatcher, approved, "2026-03-02T10:00:00+08:00");
    life.take(dispatcher, taken, "2026-03-03T09:00:00+08:00");
    life.take(supervisor, ReopenByStaff{std::string("They lost it")}, "2026-05-03T09:00:00+08:00");
    life.take(dispatcher, approved, "2026-05-03T10:00:00+08:00");
    EXPECT_EQ(life.state.phase, back);
    EXPECT_FALSE(life.state.road);
    EXPECT_EQ(next_clock(life.state)->due.rule, rule);
    EXPECT_EQ(next_clock(life.state)->start, at("2026-05-03T10:00:00+08:00"));
  }
}

TEST(CaseHandOver, WithdrawnMeanwhileIsOver) {
  auto life = Life::up_to(Phase::handing_over);
  life.take(Actor::holder_of({5}), Withdraw{}, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, taken, "2026-03-04T09:00:00+08:00"), "conflict case_wrong_phase");
  EXPECT_FALSE(life.state.road);
  EXPECT_FALSE(life.state.before);
}

// Articles 22 and 23 on accusations: that they go to the discipline bodies is a road of the pack like any other.

}  // namespace
}  // namespace huiyin::cases
