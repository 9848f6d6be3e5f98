// Danger to life: who says so, and by when somebody acts.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;
using fixtures::at;

const auto holder = Actor::holder_of({5});
const SetUrgent alarm{true, std::string("A cable hangs down")}, false_alarm{false, std::string("A figure of speech")};

Life urgent() {
  auto submit = filing();
  submit.body = std::string("There is a gas leak in the lane");
  auto life = Life{};
  life.take(submit, "2026-03-01T09:00:00+08:00");
  return life;
}
rules::Standing standing(const Life& life, std::string_view when) {
  return standing_of(life.clock(rules::urgent_limit), at(when));
}

TEST(CaseUrgent, IsWhatItsWordsTellOf) {
  const auto life = urgent();
  EXPECT_TRUE(life.state.urgent);
  EXPECT_EQ(to_rfc3339(next_clock(life.state)->due.at), "2026-03-01T03:00:00.000Z");  // two hours
  EXPECT_FALSE(Life::up_to(Phase::received).state.urgent);
  auto submit = filing();
  submit.subject = std::string("煤气泄漏！");
  EXPECT_TRUE(std::get<Submitted>(Life{}.would(submit, at("2026-03-01T09:00:00+08:00"))->front()).urgent);
}

// Not only in the first letter: whatever the requester writes later is read for it too.
TEST(CaseUrgent, IsWhatAReplyAJudgementOrAReopeningTellsOf) {
  const auto leak = std::string("There is a gas leak now");
  auto asked = Life::up_to(Phase::in_work);
  asked.take(officer, Ask{std::string("Where?")}, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(asked.says(holder, Reply{std::string("At the corner")}, "2026-03-02T10:00:00+08:00"), "replied");
  EXPECT_EQ(asked.says(holder, Reply{leak}, "2026-03-02T10:00:00+08:00"), "replied,urgency_set");
  asked.take(holder, Reply{leak}, "2026-03-02T10:00:00+08:00");
  EXPECT_EQ(to_rfc3339(asked.clock(rules::urgent_limit).due.at), "2026-03-02T04:00:00.000Z");
  asked.take(dispatcher, false_alarm, "2026-03-02T10:30:00+08:00");
  EXPECT_FALSE(asked.state.urgent);
  auto judged = unsolved;
  judged.words = leak;
  EXPECT_EQ(Life::up_to(Phase::answered).says(holder, judged, "2026-03-02T09:00:00+08:00"), "rated,returned,urgency_set");
  EXPECT_EQ(Life::up_to(Phase::closed).says(holder, Reopen{leak}, "2026-03-20T09:00:00+08:00"), "reopened,urgency_set");
  auto opinion = Life::with_opinion();
  opinion.take(holder, AskReview{leak}, "2026-03-10T09:00:00+08:00");
  EXPECT_TRUE(opinion.state.urgent);
  opinion.take(dispatcher, false_alarm, "2026-03-10T10:00:00+08:00");
  EXPECT_FALSE(opinion.state.urgent);
}

// Whoever gives up, or is told that nothing more is done, may be in the greatest need: the case is over and the alarm is not.
TEST(CaseUrgent, IsHeardInAWithdrawalAndInTheLastJudgementTooUntilSomebodyLiftsIt) {
  const auto leak = std::string("Never mind. There is a gas leak now");
  auto final_case = Life::up_to(Phase::answered);
  final_case.state.final = true;
  for (auto rating : {unsolved, solved}) {
    rating.words = leak;
    EXPECT_EQ(final_case.says(holder, rating, "2026-03-02T09:00:00+08:00"), "rated,urgency_set");
  }
  auto life = Life::up_to(Phase::in_work);
  EXPECT_EQ(life.says(holder, Withdraw{std::string("It is done")}, "2026-03-02T09:00:00+08:00"), "withdrawn");
  life.take(holder, Withdraw{leak}, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::withdrawn);
  EXPECT_TRUE(is_alarm_open(life.state));
  EXPECT_EQ(next_clock(life.state)->due.rule, rules::urgent_limit);
  const auto late = life.clock(rules::urgent_limit).due.at + std::chrono::milliseconds(1);
  EXPECT_EQ(next_watch(life.state), late);
  EXPECT_EQ(told(life.would(Watch{}, late)), "overdue") << "and nothing of the limits that are over";
  EXPECT_THAT(life.offers(dispatcher, "2026-03-02T09:30:00+08:00"), testing::Contains("set_urgent"));
  life.take(dispatcher, false_alarm, "2026-03-02T09:30:00+08:00");
  EXPECT_FALSE(is_alarm_open(life.state));
  EXPECT_EQ(next_clock(life.state), nullptr);
  EXPECT_EQ(next_watch(life.state), std::nullopt);
  EXPECT_EQ(life.says(dispatcher, alarm, "2026-03-02T10:00:00+08:00"), "conflict case_wrong_phase");
}

TEST(CaseUrgent, CanBeLiftedWhereverTheCaseIsByThen) {
  auto life = Life::with_opinion();
  life.take(holder, AskReview{std::string("There is a gas leak now")}, "2026-03-10T09:00:00+08:00");
  life.take(dispatcher, AssignReview{fixtures::council}, "2026-03-10T09:10:00+08:00");
  DecideReview decision{.outcome = ReviewOutcome::upheld, .words = std::string("It was right")};
  life.take(reviewer, decision, "2026-03-11T09:00:00+08:00");
  ASSERT_EQ(life.state.phase, Phase::answered);
  EXPECT_TRUE(is_alarm_open(life.state)) << "a decision on paper helps nobody in danger";
  life.take(dispatcher, false_alarm, "2026-03-11T10:00:00+08:00");
  EXPECT_FALSE(is_alarm_open(life.state));
}

TEST(CaseUrgent, IsNotMetByAcceptingOrAssigningButByTheOfficerWhoTakesItUp) {
  auto life = urgent();
  life.take(dispatcher, Accept{}, "2026-03-01T09:10:00+08:00");
  life.take(dispatcher, Assign{fixtures::roads}, "2026-03-01T09:20:00+08:00");
  EXPECT_FALSE(life.clock(rules::urgent_limit).met);
  life.take(officer, Start{}, "2026-03-01T09:30:00+08:00");
  EXPECT_EQ(standing(life, "2026-03-02T09:00:00+08:00"), rules::Standing::met);
}

TEST(CaseUrgent, SeenWhenWorkIsUnderWayIsMetByTheNextThingThatTheRequesterSees) {
  const std::vector<std::pair<Command, bool>> acts{
      {Note{std::string("Seen")}, false},
      {Ask{std::string("Is anybody hurt?")}, true},
      {Promise{std::string("The cable is cut off"), fixtures::day("2026-03-03")}, true},
      {Answer{std::string("The cable is gone")}, true}};
  for (const auto& [command, met] : acts) {
    auto life = Life::up_to(Phase::in_work);
    life.take(dispatcher, alarm, "2026-03-02T09:00:00+08:00");
    EXPECT_EQ(standing(life, "2026-03-02T10:59:00+08:00"), rules::Standing::running);
    life.take(officer, command, "2026-03-02T10:00:00+08:00");
    EXPECT_EQ(life.clock(rules::urgent_limit).met.has_value(), met) << name_of_alternative(command);
  }
}

TEST(CaseUrgent, AFalseAlarmIsTakenBackWithAReasonAndCanBeRaisedAgain) {
  auto life = urgent();
  EXPECT_EQ(life.says(dispatcher, SetUrgent{false, {}}, "2026-03-01T10:00:00+08:00"), "invalid invalid_fields reason");
  EXPECT_EQ(life.says(dispatcher, alarm, "2026-03-01T10:00:00+08:00"), "conflict case_wrong_phase") << "it is urgent already";
  life.take(dispatcher, false_alarm, "2026-03-01T10:00:00+08:00");
  EXPECT_FALSE(life.state.urgent);
  EXPECT_EQ(next_clock(life.state)->due.rule, rules::accept_limit);
  life.take(dispatcher, alarm, "2026-03-02T10:00:00+08:00");
  EXPECT_TRUE(life.state.urgent);
  EXPECT_EQ(next_clock(life.state)->start, at("2026-03-02T10:00:00+08:00"));
  EXPECT_THAT(life.offers(dispatcher, "2026-03-02T11:00:00+08:00"), testing::Contains("set_urgent"));
}

// Two clocks of one rule: the pause holds the older one, the newer one began after it.
TEST(CaseUrgent, RaisedAgainWhileWorkRestsRunsAtOnceAndIsNotMovedByTheEndOfThePause) {
  auto life = Life::up_to(Phase::assigned);
  for (auto& limit : life.pack.limits) {
    if (limit.code == rules::urgent_limit) limit.stopped_by = {fixtures::mediation};
  }
  life.take(dispatcher, alarm, "2026-03-02T09:00:00+08:00");
  life.take(officer, Pause{fixtures::mediation, std::string("They talk")}, "2026-03-02T09:30:00+08:00");
  life.take(dispatcher, false_alarm, "2026-03-02T12:00:00+08:00");
  life.take(dispatcher, alarm, "2026-03-02T13:00:00+08:00");
  const auto due = life.clock(rules::urgent_limit).due;
  EXPECT_EQ(due.at, at("2026-03-02T15:00:00+08:00"));
  life.take(leader, Resume{}, "2026-03-02T14:00:00+08:00");
  EXPECT_EQ(life.clock(rules::urgent_limit).due, due);
}

// Taken up while the limit stood still: in time, however long the pause had lasted.
TEST(CaseUrgent, TakenUpWhileTheLimitStandsStillIsInTime) {
  auto life = Life::up_to(Phase::assigned);
  for (auto& limit : life.pack.limits) {
    if (limit.code == rules::urgent_limit) limit.stopped_by = {fixtures::mediation};
  }
  life.take(dispatcher, alarm, "2026-03-02T09:00:00+08:00");
  life.take(officer, Pause{fixtures::mediation, std::string("They talk")}, "2026-03-02T09:30:00+08:00");
  life.take(officer, Start{}, "2026-03-02T12:00:00+08:00");
  EXPECT_EQ(standing(life, "2026-03-02T13:00:00+08:00"), rules::Standing::met);
  life.take(officer, Resume{}, "2026-03-02T14:00:00+08:00");
  EXPECT_EQ(standing(life, "2026-03-02T15:00:00+08:00"), rules::Standing::met);
}

}  // namespace
}  // namespace huiyin::cases
