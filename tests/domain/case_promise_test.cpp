// Promises: work announced for a day to come, which the closing waits for.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;
using fixtures::at;

Promise promising(std::string_view until) { return {std::string("A new surface"), fixtures::day(until)}; }
const std::string done = "The surface is laid";

Life promised(std::string_view until = "2026-05-20") {
  auto life = Life::up_to(Phase::answered);
  life.take(officer, promising(until), "2026-03-02T09:00:00+08:00");
  return life;
}

TEST(CasePromise, IsKeptUntilTheLastMomentOfItsDay) {
  for (const auto& [when, on_time] : std::vector<std::pair<std::string_view, bool>>{{"2026-05-20T23:59:59.999+08:00", true},
                                                                                    {"2026-05-21T00:00:00+08:00", false}}) {
    auto life = promised();
    EXPECT_EQ(to_rfc3339(promises_of(life.state).front()->due.at), "2026-05-20T15:59:59.999Z");
    EXPECT_EQ(std::get<Fulfilled>(life.take(officer, Fulfil{1, done}, when).front()).on_time, on_time) << when;
    EXPECT_EQ(promises_of(life.state).front()->met, at(when));
  }
}

TEST(CasePromise, KeepsTheCaseFromClosing) {
  auto life = promised();
  EXPECT_EQ(life.says(officer, Close{}, "2026-04-20T09:00:00+08:00"), "conflict case_promise_open");
  life.take(Actor::holder_of({5}), solved, "2026-04-20T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, Close{}, "2026-04-21T09:00:00+08:00"), "conflict case_promise_open");
  life.take(officer, Fulfil{1, done}, "2026-05-01T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, Close{}, "2026-05-02T09:00:00+08:00"), "closed");
}

// 信访工作条例 art. 37: help for those in need, and care after the end.
TEST(Article37, HelpThatWasPromisedIsOwedAfterTheAnswerWasJudged) {
  auto life = promised();
  life.take(Actor::holder_of({5}), solved, "2026-04-20T09:00:00+08:00");
  EXPECT_EQ(life.state.solved, true);
  EXPECT_EQ(life.says(officer, Close{}, "2026-04-21T09:00:00+08:00"), "conflict case_promise_open");
  life.take(Actor::program(), Watch{}, "2026-05-21T00:00:00.001+08:00");  // a day late, and everybody in charge is told
  EXPECT_TRUE(promises_of(life.state).front()->overdue_noted);
  EXPECT_FALSE(std::get<Fulfilled>(life.take(officer, Fulfil{1, done}, "2026-06-01T09:00:00+08:00").front()).on_time);
}

TEST(CasePromise, IsForADayFromTomorrowToTwoYearsOn) {
  const auto life = Life::up_to(Phase::answered);
  const std::vector<std::pair<std::string_view, std::string_view>> days{{"2026-03-01", "invalid invalid_fields until"},
                                                                        {"2026-03-02", "invalid invalid_fields until"},
                                                                        {"2026-03-03", "promised"},
                                                                        {"2028-03-01", "promised"},
                                                                        {"2028-03-02", "invalid invalid_fields until"}};
  for (const auto& [until, expected] : days)
    EXPECT_EQ(life.says(officer, promising(until), "2026-03-02T09:00:00+08:00"), expected) << until;
  EXPECT_EQ(life.says(officer, Promise{std::string("x"), {}}, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields until");
  EXPECT_EQ(life.says(officer, Promise{{}, fixtures::day("2026-04-01")}, "2026-03-02T09:00:00+08:00"),
            "invalid invalid_fields words");
}

TEST(CasePromise, IsNamedByItsNumberWhateverWasPromisedOrFulfilledSince) {
  auto life = promised();
  life.take(officer, promising("2026-04-01"), "2026-03-02T10:00:00+08:00");
  life.take(officer, promising("2026-06-01"), "2026-03-02T11:00:00+08:00");
  life.take(officer, Fulfil{2, done}, "2026-03-10T09:00:00+08:00");
  const auto promises = promises_of(life.state);
  ASSERT_EQ(promises.size(), 3U);
  EXPECT_FALSE(promises[0]->met);
  EXPECT_TRUE(promises[1]->met);
  EXPECT_FALSE(promises[2]->met);
  for (const int number : {0, -1, 2, 4})
    EXPECT_EQ(life.says(officer, Fulfil{number, done}, "2026-03-11T09:00:00+08:00"), "invalid invalid_fields promise") << number;
  for (const int number : {1, 3}) EXPECT_EQ(life.says(officer, Fulfil{number, done}, "2026-03-11T09:00:00+08:00"), "fulfilled");
}

TEST(CasePromise, IsNotMetByAnAnswer) {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, promising("2026-05-20"), "2026-03-02T09:00:00+08:00");
  life.take(officer, Answer{std::string("It was patched")}, "2026-03-03T09:00:00+08:00");
  EXPECT_FALSE(promises_of(life.state).front()->met);
}

TEST(CasePromise, KeepsTheCaseFromBeingGivenAwayOrSplit) {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, giving_away, "2026-03-02T08:00:00+08:00");
  life.take(officer, promising("2026-05-20"), "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.says(leader, approved, "2026-03-03T10:00:00+08:00"), "conflict case_promise_open");
  EXPECT_EQ(life.says(dispatcher, splitting(), "2026-03-03T10:00:00+08:00"), "conflict case_promise_open");
  life.take(officer, TakeBack{}, "2026-03-03T11:00:00+08:00");
  EXPECT_EQ(life.says(officer, giving_away, "2026-03-03T12:00:00+08:00"), "conflict case_promise_open");
  life.take(officer, Fulfil{1, done}, "2026-03-04T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, giving_away, "2026-03-04T12:00:00+08:00"), "proposed");
}

TEST(CasePromise, OutlivesAReturn) {
  auto life = promised();
  life.take(Actor::holder_of({5}), unsolved, "2026-03-05T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, Fulfil{1, done}, "2026-03-06T09:00:00+08:00"), "fulfilled");
}

TEST(CasePromise, HasALimitOfPromises) {
  auto life = Life::up_to(Phase::answered);
  for (std::size_t i = 0; i < promises_max; ++i) life.take(officer, promising("2026-05-20"), "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, promising("2026-05-20"), "2026-03-02T09:00:00+08:00"), "conflict case_promises_many");
}

}  // namespace
}  // namespace huiyin::cases
