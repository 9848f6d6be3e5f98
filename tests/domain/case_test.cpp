// The way of a case: which command leads to which events in which phase, every refusal, and the clocks.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using fixtures::at;
using std::chrono::hours;
using std::chrono::milliseconds;

struct WayRow {
  Command command;  // filled in so that nothing but the phase stands against it
  std::vector<std::pair<Phase, std::string_view>> expected;  // in all others: the phase does not allow it
};

// What answers something that is not open in these lives (rule, reply, resume, rule_proposal, take_back, fulfil, contribute,
// release_support) has tests of its own, and so has what the program does by itself.
std::vector<WayRow> way() {
  using enum Phase;
  std::vector<std::pair<Phase, std::string_view>> anywhere, before_the_end;
  for (std::size_t i = 1; i < Names<Phase>::values.size(); ++i) anywhere.emplace_back(static_cast<Phase>(i), "noted");
  for (const auto& [phase, events] : anywhere) {
    if (!is_over(phase)) before_the_end.emplace_back(phase, "recused");
  }
  const auto alive = [&](std::string_view events, std::optional<Phase> except = {}) {
    auto phases = before_the_end;
    for (auto& one : phases) one.second = events;
    std::erase_if(phases, [&](const auto& one) { return one.first == except; });
    return phases;
  };
  auto about_anywhere = anywhere;
  for (auto& one : about_anywhere) one.second = "about_set";
  std::vector<std::pair<Phase, std::string_view>> with_a_handler;
  for (const auto phase : {in_work, answered, rated, in_review, merged, handing_over})
    with_a_handler.emplace_back(phase, "handler_changed");
  return {
      {filing(), {{none, "submitted"}}},
      {Accept{}, {{received, "accepted"}}},
      {not_accepting, {{received, "proposed"}}},
      {Assign{fixtures::water}, {{accepted, "assigned"}, {assigned, "assigned"}, {in_work, "assigned"}}},
      {Start{}, {{assigned, "started"}}},
      {Note{std::string("Seen on site")}, anywhere},
      {Answer{std::string("It was filled")}, {{in_work, "answered"}}},
      {unsolved, {{answered, "rated,returned"}}},
      {Close{}, {{answered, "closed"}, {rated, "closed"}}},
      {Object{std::string("Not ours")}, {{assigned, "objected"}, {in_work, "objected"}}},
      {Ask{std::string("Where?")}, {{assigned, "asked"}, {in_work, "asked"}}},
      {Withdraw{}, alive("withdrawn", rated)},
      {Reopen{std::string("Open again")}, {{closed, "reopened"}}},
      {Pause{fixtures::hearing, std::string("A hearing")}, {{assigned, "paused"}, {in_work, "paused"}, {in_review, "paused"}}},
      {AskExtension{1, std::string("More time")}, {{assigned, "proposed"}, {in_work, "proposed"}}},
      {Support{fixtures::water}, {{accepted, "supported"}, {assigned, "supported"}, {in_work, "supported"}}},
      {Promise{std::string("New pipes"), fixtures::day("2026-05-01")},
       {{in_work, "promised"}, {answered, "promised"}, {rated, "promised"}}},
      {AssignReview{fixtures::council}, {{in_review, "review_assigned"}}},
      {DecideReview{ReviewOutcome::upheld, std::string("It stands")}, {{in_review, "review_decided"}}},
      {merging(), {{accepted, "proposed"}, {assigned, "proposed"}, {in_work, "proposed"}}},
      {SplitBack{std::string("Another hole")}, {{merged, "split_back"}}},
      {splitting(), {{received, "split"}, {accepted, "split"}, {assigned, "split"}, {in_work, "split"}}},
      {giving_away, {{received, "proposed"}, {accepted, "proposed"}, {assigned, "proposed"}, {in_work, "proposed"}}},
      {taken, {{handing_over, "hand_over_proved"}}},
      {ReopenByStaff{std::string("A mistake")},
       {{not_accepted, "proposed"}, {closed, "proposed"}, {handed_over, "proposed"}, {lapsed, "proposed"}}},
      {Reveal{std::string("To call back")}, alive("proposed")},
      {SetAbout{fixtures::water, "", {}}, about_anywhere},
      {Recuse{std::string("A relative")}, alive("recused")},
      {ChangeHandler{"mate", Colleague{UserId{99}, fixtures::roads, true}}, with_a_handler},
      {SetUrgent{true, std::string("Danger")},
       {{received, "urgency_set"},
        {accepted, "urgency_set"},
        {assigned, "urgency_set"},
        {in_work, "urgency_set"},
        {in_review, "urgency_set"}}},
      {TakeAnswer{fixtures::water, {}, std::string("Mended"), {}}, {{merged, "answered"}}},
  };
}

TEST(CaseWay, AllowsInEachPhaseWhatTheTableSaysAndNothingElse) {
  for (std::size_t i = 0; i < Names<Phase>::values.size(); ++i) {
    const auto phase = static_cast<Phase>(i);
    const auto life = Life::up_to(phase);
    // With an answer, the days for a rating are over; before it, those for an objection are not.
    const auto later = at(life.state.answered ? "2026-03-20T09:00:00+08:00" : "2026-03-04T09:00:00+08:00");
    for (const auto& [command, expected] : way()) {
      const auto found = std::ranges::find(expected, phase, &std::pair<Phase, std::string_view>::first);
      const auto wanted = found == expected.end() ? "conflict case_wrong_phase" : std::string(found->second);
      EXPECT_EQ(told(life.would(command, later)), wanted) << name_of(phase) << " x " << name_of_alternative(command);
    }
  }
}

TEST(CaseWay, ASolvedRatingDoesNotComeBack) {
  EXPECT_EQ(told(Life::up_to(Phase::answered).would(solved, at("2026-03-02T09:00:00+08:00"))), "rated");
}

struct RefusalRow {
  Phase phase;
  Command command;
  std::string expected;
};

Submit without(void (*change)(Submit&)) {
  auto submit = filing();
  change(submit);
  return submit;
}

TEST(CaseRefusal, NamesTheFieldOrTheReason) {
  const std::string body = "invalid invalid_fields body", category = "invalid invalid_fields category";
  const auto no_category = [](Submit& submit) { submit.category.reset(); };
  const auto no_words = [](Submit& submit) { submit.body = {}; };
  const auto only_place = [](Submit& submit) { submit.body = {}, submit.place = Place{"Main Street 1", {}, {}}; };
  const auto place_without_category = [](Submit& submit) {
    submit.body = {}, submit.category.reset(), submit.place = Place{"Main Street 1", {}, {}};
  };
  const auto strange = [](Submit& submit) { submit.category = CategoryCode{"nowhere"}; };
  const std::vector<RefusalRow> rows{
      {Phase::none, without(no_category), "submitted"},
      {Phase::none, without(no_words), body},
      {Phase::none, without(only_place), "submitted"},
      {Phase::none, without(place_without_category), body},
      {Phase::none, without(strange), category},
      {Phase::received, Accept{CategoryCode{"nowhere"}}, category},
      {Phase::received, Accept{fixtures::pipes}, "accepted"},
      {Phase::received, NotAccept{{"nowhere"}, std::string("because")}, "invalid invalid_fields road"},
      {Phase::received, NotAccept{fixtures::court, {}}, "invalid invalid_fields reason"},
      {Phase::received, Note{}, "invalid invalid_fields words"},
      {Phase::accepted, Assign{{"nowhere"}}, "invalid invalid_fields unit"},
      {Phase::assigned, Assign{fixtures::roads}, "conflict case_already_with_unit"},
      {Phase::in_work, Assign{fixtures::roads}, "conflict case_already_with_unit"},
      {Phase::in_work, Answer{}, "invalid invalid_fields words"},
      {Phase::answered, Close{}, "conflict case_rating_open"},
  };
  for (const auto& [phase, command, expected] : rows) {
    const auto life = Life::up_to(phase);
    EXPECT_EQ(told(life.would(command, at("2026-03-02T09:00:00+08:00"))), expected)
        << name_of(phase) << " x " << name_of_alternative(command);
  }
}

TEST(CaseRefusal, AcceptingACaseWithoutCategoryNeedsOne) {
  Life life;
  life.take(without([](Submit& submit) { submit.category.reset(); }), "2026-03-01T09:00:00+08:00");
  EXPECT_EQ(told(life.would(Accept{}, at("2026-03-02T09:00:00+08:00"))), "invalid invalid_fields category");
  EXPECT_EQ(told(life.would(Accept{fixtures::potholes}, at("2026-03-02T09:00:00+08:00"))), "accepted");
}

TEST(CaseRefusal, NothingHappensBeforeTheLastThingThatHappened) {
  for (const auto phase : {Phase::received, Phase::in_work, Phase::answered, Phase::closed}) {
    const auto life = Life::up_to(phase);
    const auto note = Note{std::string("late in the book")};
    EXPECT_EQ(told(life.would(note, life.state.last_at - milliseconds(1))), "conflict case_at_before_last");
    EXPECT_EQ(told(life.would(note, life.state.last_at)), "noted");
  }
}

TEST(CaseRefusal, AWrongFieldShowsWhatCameAndWhatWasExpected) {
  const auto refused = Life::up_to(Phase::accepted).would(Assign{{"nowhere"}}, at("2026-03-02T09:00:00+08:00"));
  ASSERT_FALSE(refused.ok());
  ASSERT_EQ(refused.error().fields.size(), 1U);
  EXPECT_EQ(refused.error().fields[0].got, "nowhere");
  EXPECT_EQ(refused.error().fields[0].expected.key.name, "expected_unit");
}

// ---- Clocks
// --------------------------------------------------------------------------------------------------------------------

struct TimeRow {
  std::string_view when;
  bool on_time;
};

TEST(CaseClock, AcceptanceIsOnTimeUpToTheLastMomentOfTheFifteenthDay) {
  for (const auto& [when, on_time] : std::vector<TimeRow>{
           {"2026-03-01T09:00:00+08:00", true}, {"2026-03-16T23:59:59.999+08:00", true}, {"2026-03-17T00:00:00+08:00", false}}) {
    auto life = Life::up_to(Phase::received);
    auto other = life;
    other.take(people::dispatcher, not_accepting, when);
    const auto ended = other.take(people::other_dispatcher, approved, when);
    EXPECT_EQ(std::get<NotAccepted>(ended.front()).on_time, on_time) << when;
    EXPECT_EQ(std::get<Accepted>(life.take(Accept{}, when).front()).on_time, on_time) << when;
    ASSERT_EQ(life.state.clocks.size(), 2U);
    EXPECT_EQ(life.state.clocks[0].met, at(when));
    EXPECT_EQ(standing_of(life.state.clocks[0], at(when)), on_time ? rules::Standing::met : rules::Standing::met_late);
  }
}

TEST(CaseClock, TheAnswerIsDueSixtyDaysAfterAcceptance) {
  for (const auto& [when, on_time] : std::vector<TimeRow>{
           {"2026-03-10T09:00:00+08:00", true}, {"2026-05-09T23:59:59.999+08:00", true}, {"2026-05-10T00:00:00+08:00", false}}) {
    auto life = Life::up_to(Phase::received);
    const auto accepted = std::get<Accepted>(life.take(Accept{}, "2026-03-10T09:00:00+08:00").front());
    EXPECT_EQ(to_rfc3339(accepted.due.at), "2026-05-09T15:59:59.999Z");
    EXPECT_EQ(accepted.due.rule, RuleCode{"finish"});
    life.take(Assign{fixtures::roads}, "2026-03-10T09:00:00+08:00");
    life.take(Start{}, "2026-03-10T09:00:00+08:00");
    EXPECT_EQ(std::get<Answered>(life.take(Answer{std::string("done")}, when).front()).on_time, on_time) << when;
    EXPECT_EQ(life.state.clocks[1].met, at(when));
    EXPECT_EQ(next_clock(life.state), nullptr);
  }
}

TEST(CaseClock, AReturnTakesAwayThatTheLimitWasMetButDoesNotMoveIt) {
  auto life = Life::up_to(Phase::answered);
  const auto due = life.state.clocks[1].due;
  ASSERT_TRUE(life.state.clocks[1].met);
  life.take(unsolved, "2026-03-05T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::in_work);
  EXPECT_EQ(life.state.returns, 1);
  EXPECT_EQ(life.state.answers, 1);
  EXPECT_EQ(life.state.answered, std::nullopt);
  EXPECT_EQ(life.state.clocks[1].met, std::nullopt);
  EXPECT_EQ(life.state.clocks[1].due, due);
  ASSERT_NE(next_clock(life.state), nullptr);
  EXPECT_EQ(next_clock(life.state)->due, due);
  // The second answer, after the limit, is late although the first was not.
  const auto late = due.at + milliseconds(1);
  EXPECT_FALSE(std::get<Answered>(life.take(Answer{std::string("again")}, late).front()).on_time);
  EXPECT_EQ(standing_of(life.state.clocks[1], late), rules::Standing::met_late);
  EXPECT_EQ(life.state.answers, 2);
}

TEST(CaseClock, TheClockThatMattersIsTheRunningOneThatEndsFirst) {
  auto life = Life::up_to(Phase::received);
  EXPECT_EQ(next_clock(life.state)->due.rule, RuleCode{"accept"});
  life.take(Accept{}, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(next_clock(life.state)->due.rule, RuleCode{"finish"});
  EXPECT_EQ(next_clock(Life::up_to(Phase::not_accepted).state), nullptr);
  EXPECT_EQ(next_clock(Life::up_to(Phase::closed).state), nullptr);
}

TEST(CaseClock, ALimitThatChangesInThePackDoesNotMoveAClockThatRuns) {
  auto life = Life::up_to(Phase::received);
  for (auto& limit : life.pack.limits) limit.terms.amount = 1;
  EXPECT_TRUE(std::get<Accepted>(life.take(Accept{}, "2026-03-10T09:00:00+08:00").front()).on_time);
}

TEST(CaseClosing, WithoutARatingStartsTheDayAfterTheRatingDays) {
  const auto life = Life::up_to(Phase::answered);  // on 2026-03-01, rating days: 10
  EXPECT_EQ(told(life.would(Close{}, at("2026-03-11T23:59:59.999+08:00"))), "conflict case_rating_open");
  const auto closed = life.would(Close{}, at("2026-03-12T00:00:00+08:00"));
  ASSERT_TRUE(closed.ok()) << told(closed);
  EXPECT_FALSE(std::get<Closed>(closed->front()).rated);
  const auto early = life.would(Close{}, at("2026-03-02T00:00:00+08:00"));
  ASSERT_EQ(early.error().message.arguments.size(), 1U);
  EXPECT_EQ(early.error().message.arguments[0].value, "2026-03-11");
}

TEST(CaseClosing, AfterASolvedRatingNeedsNoWaiting) {
  const auto life = Life::up_to(Phase::rated);
  const auto closed = life.would(Close{}, life.state.last_at);
  ASSERT_TRUE(closed.ok()) << told(closed);
  EXPECT_TRUE(std::get<Closed>(closed->front()).rated);
}

TEST(CaseClosing, TheDaysForARatingBeginAnewWithASecondAnswer) {
  auto life = Life::up_to(Phase::answered);
  life.take(unsolved, "2026-03-05T09:00:00+08:00");
  life.take(Answer{std::string("again")}, "2026-03-20T09:00:00+08:00");
  EXPECT_EQ(told(life.would(Close{}, at("2026-03-30T23:00:00+08:00"))), "conflict case_rating_open");
  EXPECT_EQ(told(life.would(Close{}, at("2026-03-31T00:00:00+08:00"))), "closed");
}

// ---- State
// ---------------------------------------------------------------------------------------------------------------------

TEST(CaseState, RemembersWhoHandlesItUntilItMovesToAnotherUnit) {
  auto life = Life::up_to(Phase::assigned);
  const Actor officer{{Role::officer}, UserId{7}, fixtures::roads, {}};
  life.actor = officer;
  life.take(Start{}, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.state.handler, UserId{7});
  life.take(Assign{fixtures::water}, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::assigned);
  EXPECT_EQ(life.state.unit, fixtures::water);
  EXPECT_EQ(life.state.handler, std::nullopt);
}

TEST(CaseState, TakesTheCategoryThatWasPutRight) {
  auto life = Life::up_to(Phase::received);
  EXPECT_EQ(standpoint(life.state).category, fixtures::potholes);
  life.take(Accept{fixtures::pipes}, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(standpoint(life.state).category, fixtures::pipes);
  EXPECT_EQ(standpoint(life.state).unit, std::nullopt);
}

TEST(CaseState, ANoteChangesNothingButTheTimeOfTheLastEvent) {
  auto life = Life::up_to(Phase::in_work);
  auto expected = life.state;
  life.take(Note{std::string("Seen on site")}, "2026-03-02T09:00:00+08:00");
  expected.last_at = at("2026-03-02T09:00:00+08:00");
  ++expected.events;
  EXPECT_EQ(life.state, expected);
}

TEST(CaseState, SubmittingTellsHowThePersonCanBeReachedButNotWhere) {
  auto submit = filing();
  submit.contact = Contact{"Li", "13900000000", std::nullopt};
  const auto events = Life{}.would(submit, at("2026-03-02T09:00:00+08:00"));
  EXPECT_THAT(std::get<Submitted>(events->front()).reachable, testing::ElementsAre(ContactWay::phone));
}

}  // namespace
}  // namespace huiyin::cases
