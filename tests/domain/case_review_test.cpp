// Review (复查) and re-review (复核): asked for in time, decided by others, with limits of their own.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;
using fixtures::at;

const auto holder = Actor::holder_of({5});
const UnitCode upper_house{"assembly"};
const Actor assembly_officer{{Role::officer}, UserId{81}, upper_house, {}};
DecideReview deciding(ReviewOutcome outcome) { return {outcome, std::string("As the file shows")}; }

// Asked on 2 March, with the council on 3 March.
Life in_review() {
  auto life = Life::with_opinion();
  life.pack.units.push_back({upper_house, {}, {"人大", "Assembly"}});
  life.take(holder, asking_review, "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, AssignReview{fixtures::council}, "2026-03-03T09:00:00+08:00");
  return life;
}
// Upheld by the council on 20 March; asked for again on 25 March.
Life in_rereview() {
  auto life = in_review();
  life.take(reviewer, deciding(ReviewOutcome::upheld), "2026-03-20T09:00:00+08:00");
  life.take(holder, asking_review, "2026-03-25T09:00:00+08:00");
  return life;
}
Life rereviewed() {
  auto life = in_rereview();
  life.take(dispatcher, AssignReview{upper_house}, "2026-03-26T09:00:00+08:00");
  life.take(assembly_officer, deciding(ReviewOutcome::upheld), "2026-04-10T09:00:00+08:00");
  return life;
}

TEST(Article35, AReviewIsAskedForWithinThirtyDaysOfTheOpinion) {
  // The opinion is of 1 March; 31 March, a Tuesday, is day 30.
  const auto life = Life::with_opinion();
  EXPECT_EQ(life.says(holder, asking_review, "2026-03-31T23:59:59.999+08:00"), "review_asked");
  EXPECT_EQ(life.says(holder, asking_review, "2026-04-01T00:00:00+08:00"), "conflict case_review_too_late");
  EXPECT_EQ(life.says(holder, AskReview{}, "2026-03-10T09:00:00+08:00"), "invalid invalid_fields words");
  EXPECT_EQ(Life::up_to(Phase::answered).says(holder, asking_review, "2026-03-10T09:00:00+08:00"), "conflict case_wrong_phase")
      << "no review of a plain reply";
}

TEST(Article35, AReviewIsAskedForOfAClosedCaseToo) {
  auto life = Life::with_opinion();
  life.take(officer, Close{}, "2026-03-12T09:00:00+08:00");
  life.take(holder, asking_review, "2026-03-20T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::in_review);
  EXPECT_FALSE(life.state.reopening_until);
}

TEST(Article35, AReviewIsDecidedWithinThirtyDays) {
  // Asked on 2 March: 31 March is day 29, 1 April day 30.
  for (const auto& [when, on_time] : std::vector<std::pair<std::string_view, bool>>{{"2026-04-01T23:59:59.999+08:00", true},
                                                                                    {"2026-04-02T00:00:00+08:00", false}}) {
    auto life = in_review();
    const auto decided = std::get<ReviewDecided>(life.take(reviewer, deciding(ReviewOutcome::upheld), when).front());
    EXPECT_EQ(decided.on_time, on_time) << when;
    EXPECT_EQ(decided.level, ReviewLevel::review);
    EXPECT_EQ(life.state.phase, Phase::answered);
    EXPECT_EQ(life.clock(rules::review_limit).met, at(when));
  }
}

TEST(CaseReview, IsDecidedNeitherByAUnitThatAnsweredNorByOneBelowIt) {
  auto life = Life::up_to(Phase::in_work, filing_about_land());
  life.take(dispatcher, Support{fixtures::water}, "2026-03-02T08:00:00+08:00");
  life.take(water_officer, Contribute{std::string("part")}, "2026-03-02T08:10:00+08:00");
  life.take(Actor::program(), Answer{std::string("It is so")}, "2026-03-02T09:00:00+08:00");
  life.take(holder, asking_review, "2026-03-02T10:00:00+08:00");
  for (const auto& unit : {fixtures::roads, fixtures::road_team, fixtures::water, UnitCode{"nowhere"}})
    EXPECT_EQ(life.says(dispatcher, AssignReview{unit}, "2026-03-03T09:00:00+08:00"), "invalid invalid_fields unit") << unit.text;
  EXPECT_EQ(life.says(dispatcher, AssignReview{fixtures::council}, "2026-03-03T09:00:00+08:00"), "review_assigned");
}

TEST(CaseReview, IsNotDecidedByAUnitThatAnsweredBefore) {
  auto life = Life::with_opinion();
  life.take(holder, unsolved, "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, Assign{fixtures::water}, "2026-03-03T09:00:00+08:00");
  life.take(water_officer, Start{}, "2026-03-03T10:00:00+08:00");
  life.take(Actor::program(), Answer{std::string("It is so")}, "2026-03-04T09:00:00+08:00");
  life.take(holder, asking_review, "2026-03-05T09:00:00+08:00");
  EXPECT_EQ(life.says(dispatcher, AssignReview{fixtures::roads}, "2026-03-06T09:00:00+08:00"), "invalid invalid_fields unit");
}

TEST(CaseReview, TakesTheWordSolvedBack) {
  auto life = Life::with_opinion();
  life.take(holder, solved, "2026-03-02T09:00:00+08:00");
  life.take(holder, asking_review, "2026-03-03T09:00:00+08:00");
  EXPECT_FALSE(life.state.solved) << "what comes out of it is to be judged anew; silence is no satisfaction";
}

TEST(CaseReview, OfAFinalDecisionLeavesNothingToOpenAgain) {
  auto life = rereviewed();
  const auto closed = std::get<Closed>(life.take(officer, Close{}, "2026-06-10T09:00:00+08:00").front());
  EXPECT_FALSE(closed.reopening);
  EXPECT_FALSE(life.state.reopening_until);
}

TEST(CaseReview, IsDecidedByNobodyWhoTookPartInTheAnswer) {
  auto life = in_review();
  const Actor moved{{Role::officer}, officer.user, fixtures::council, {}};  // works there now
  EXPECT_EQ(life.says(moved, deciding(ReviewOutcome::upheld), "2026-03-20T09:00:00+08:00"), "forbidden may_not_took_part");
  EXPECT_THAT(life.offers(moved, "2026-03-20T09:00:00+08:00"), testing::Not(testing::Contains("decide_review")));
  EXPECT_THAT(life.offers(reviewer, "2026-03-20T09:00:00+08:00"), testing::Contains("decide_review"));
}

TEST(CaseReview, ThatSetsTheAnswerAsideSendsItBackWithANewLimit) {
  auto life = in_review();
  life.take(reviewer, deciding(ReviewOutcome::set_aside), "2026-03-20T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::assigned);
  EXPECT_FALSE(life.state.handler);
  EXPECT_FALSE(life.state.answered);
  EXPECT_FALSE(life.state.reviewed);
  EXPECT_FALSE(life.lets(reviewer, "read")) << "the review is over";
  EXPECT_EQ(to_iso(life.zone.day_of(next_clock(life.state)->due.at)), "2026-05-19");  // 60 days after 20 March
}

TEST(CaseReview, ThatRevisesTheAnswerTakesItsPlaceAndCanBeJudged) {
  auto life = in_review();
  life.take(reviewer, deciding(ReviewOutcome::revised), "2026-03-20T09:00:00+08:00");
  EXPECT_EQ(life.state.answered, at("2026-03-20T09:00:00+08:00"));
  EXPECT_EQ(life.says(officer, Close{}, "2026-03-30T09:00:00+08:00"), "conflict case_rating_open");
  EXPECT_EQ(life.says(holder, solved, "2026-03-30T09:00:00+08:00"), "rated");
}

TEST(Article36, AReReviewIsAskedForWithinThirtyDaysOfTheReview) {
  // Decided on 20 March: 19 April, a Sunday, is day 30; Monday 20 April is the next workday.
  auto life = in_review();
  life.take(reviewer, deciding(ReviewOutcome::upheld), "2026-03-20T09:00:00+08:00");
  EXPECT_EQ(life.says(holder, asking_review, "2026-04-20T23:59:59.999+08:00"), "review_asked");
  EXPECT_EQ(life.says(holder, asking_review, "2026-04-21T00:00:00+08:00"), "conflict case_review_too_late");
}

TEST(Article36, AReReviewIsNotDecidedByThoseWhoReviewed) {
  auto life = in_rereview();
  EXPECT_EQ(life.state.review->level, ReviewLevel::rereview);
  EXPECT_EQ(life.says(dispatcher, AssignReview{fixtures::council}, "2026-03-26T09:00:00+08:00"), "invalid invalid_fields unit");
  life.take(dispatcher, AssignReview{upper_house}, "2026-03-26T09:00:00+08:00");
  const Actor moved{{Role::officer}, reviewer.user, upper_house, {}};
  EXPECT_EQ(life.says(moved, deciding(ReviewOutcome::upheld), "2026-04-10T09:00:00+08:00"), "forbidden may_not_took_part");
}

TEST(Article36, TheTimeOfAHearingIsNotCounted) {
  // Asked on 25 March: 31 March is day 6, 24 April day 30. The hearing takes 10, 11, 12 and 13 April out: 28 April.
  auto life = in_rereview();
  life.take(dispatcher, AssignReview{upper_house}, "2026-03-26T09:00:00+08:00");
  EXPECT_EQ(to_iso(life.zone.day_of(life.clock(rules::rereview_limit).due.at)), "2026-04-24");
  life.take(assembly_officer, Pause{fixtures::hearing, std::string("A hearing")}, "2026-04-10T14:00:00+08:00");
  EXPECT_EQ(life.says(assembly_officer, deciding(ReviewOutcome::upheld), "2026-04-11T09:00:00+08:00"), "conflict case_paused");
  life.take(assembly_officer, Resume{}, "2026-04-13T10:00:00+08:00");
  EXPECT_EQ(to_iso(life.zone.day_of(life.clock(rules::rereview_limit).due.at)), "2026-04-28");
}

TEST(Article36, ThoseWhoseAnswerIsReviewedDoNotStopTheReview) {
  auto life = in_review();
  EXPECT_FALSE(life.lets(officer, act_of(life.state, Pause{})));
  EXPECT_FALSE(life.lets(leader, act_of(life.state, Resume{})));
  EXPECT_TRUE(life.lets(reviewer, act_of(life.state, Pause{})));
}

TEST(Article36, AfterTheReReviewTheSameFactsAreNotTakenAgain) {
  auto life = rereviewed();
  EXPECT_TRUE(life.state.final);
  EXPECT_EQ(life.says(holder, asking_review, "2026-04-11T09:00:00+08:00"), "conflict case_wrong_phase");
  EXPECT_EQ(life.says(holder, unsolved, "2026-04-11T09:00:00+08:00"), "rated") << "judged, and not returned";
  auto judged = life;
  judged.take(holder, unsolved, "2026-04-11T09:00:00+08:00");
  EXPECT_EQ(judged.state.solved, false) << "and never taken for solved";
  life.take(officer, Close{}, "2026-04-22T09:00:00+08:00");
  EXPECT_EQ(life.says(holder, Reopen{std::string("Again")}, "2026-04-23T09:00:00+08:00"), "conflict case_final");
  EXPECT_THAT(life.offers(holder, "2026-04-23T09:00:00+08:00"), testing::IsEmpty());
}

TEST(Article36, AReReviewCanStillSetTheAnswerAside) {
  auto life = in_rereview();
  life.take(dispatcher, AssignReview{upper_house}, "2026-03-26T09:00:00+08:00");
  life.take(assembly_officer, deciding(ReviewOutcome::set_aside), "2026-04-10T09:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::assigned);
  EXPECT_FALSE(life.state.final);
}

// 21 March: 60 days more than a limit that the first answer had met, and that may be long over.
TEST(CaseReview, ThatUpheldTheAnswerGivesTheUnitAFreshLimitWhenItIsNotSolved) {
  auto life = in_review();
  life.take(reviewer, deciding(ReviewOutcome::upheld), "2026-03-20T09:00:00+08:00");
  life.take(holder, unsolved, "2026-03-21T09:00:00+08:00");
  const auto& clock = life.clock(rules::finish_limit);
  EXPECT_FALSE(clock.met);
  EXPECT_EQ(clock.start, at("2026-03-21T09:00:00+08:00"));
  EXPECT_EQ(to_iso(life.zone.day_of(clock.due.at)), "2026-05-20");
}

TEST(CaseReview, OfANewAnswerBeginsAtTheFirstLevelAgain) {
  auto life = in_review();
  life.take(reviewer, deciding(ReviewOutcome::upheld), "2026-03-20T09:00:00+08:00");
  life.take(holder, unsolved, "2026-03-21T09:00:00+08:00");
  life.take(Actor::program(), Answer{std::string("Anew")}, "2026-03-25T09:00:00+08:00");
  const auto asked = std::get<ReviewAsked>(life.take(holder, asking_review, "2026-03-26T09:00:00+08:00").front());
  EXPECT_EQ(asked.level, ReviewLevel::review);
}

}  // namespace
}  // namespace huiyin::cases
