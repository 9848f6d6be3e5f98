// What nobody does alone: proposed by one, approved by another.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;
using fixtures::at;

struct DeedRow {
  Deed deed;
  Phase phase;
  Actor proposer;
  Command command;
  Actor approver;
  std::string_view done;
  std::vector<Actor> others{};  // who may not approve it
};

std::vector<DeedRow> deed_rows() {
  return {
      {Deed::not_accept, Phase::received, dispatcher, not_accepting, other_dispatcher, "not_accepted", {officer, leader}},
      {Deed::not_accept, Phase::received, dispatcher, not_accepting, supervisor, "not_accepted"},
      {Deed::extension,
       Phase::in_work,
       officer,
       AskExtension{5, std::string("The road is closed")},
       leader,
       "extended",
       {mate, water_leader, dispatcher, supervisor}},
      {Deed::hand_over, Phase::in_work, officer, giving_away, leader, "hand_over_begun", {mate, water_leader}},
      {Deed::hand_over, Phase::received, dispatcher, giving_away, other_dispatcher, "hand_over_begun"},
      {Deed::merge, Phase::in_work, dispatcher, merging(), supervisor, "merged", {officer, leader}},
      {Deed::reopen, Phase::closed, supervisor, ReopenByStaff{std::string("A mistake")}, dispatcher, "reopened", {leader}},
      {Deed::reveal, Phase::in_work, officer, Reveal{std::string("To call back")}, leader, "revealed", {mate, dispatcher}},
  };
}

TEST(CaseProposal, IsDoneWhenAnotherPersonWhoMayApprovesIt) {
  for (const auto& row : deed_rows()) {
    auto life = Life::up_to(row.phase);
    const auto name = name_of(row.deed);
    EXPECT_EQ(told(life.would(row.command, at("2026-03-02T09:00:00+08:00"))), "proposed") << name;
    life.take(row.proposer, row.command, "2026-03-02T09:00:00+08:00");
    ASSERT_TRUE(life.state.proposal);
    EXPECT_EQ(life.state.proposal->deed, row.deed);
    EXPECT_EQ(life.state.proposal->number, life.state.events);
    EXPECT_EQ(life.state.phase, row.phase) << name << " is not done yet";
    const auto act = act_of(life.state, approved);
    for (const auto& other : row.others) EXPECT_FALSE(life.lets(other, act)) << name;
    EXPECT_EQ(name_of_alternative(life.take(row.approver, approved, "2026-03-02T10:00:00+08:00").front()), row.done);
    EXPECT_FALSE(life.state.proposal);
  }
}

TEST(CaseProposal, IsNotApprovedByItsOwnProposerWhateverTheirRoles) {
  for (const auto& row : deed_rows()) {
    auto life = Life::up_to(row.phase);
    life.take(row.proposer, row.command, "2026-03-02T09:00:00+08:00");
    auto both = row.proposer;
    both.roles.insert(both.roles.end(), {Role::leader, Role::signer, Role::supervisor});
    EXPECT_EQ(life.says(both, approved, "2026-03-02T10:00:00+08:00"), "forbidden may_not_own_request") << name_of(row.deed);
    EXPECT_THAT(life.offers(both, "2026-03-02T10:00:00+08:00"), testing::Not(testing::Contains("rule_proposal")));
    EXPECT_THAT(life.offers(row.approver, "2026-03-02T10:00:00+08:00"), testing::Contains("rule_proposal"));
  }
}

TEST(CaseProposal, IsOneAtATime) {
  auto life = Life::up_to(Phase::in_work);
  life.take(dispatcher, merging(), "2026-03-02T09:00:00+08:00");
  for (const Command& command : std::vector<Command>{merging(), giving_away, AskExtension{1, std::string("x")}})
    EXPECT_EQ(life.says(officer, command, "2026-03-02T10:00:00+08:00"), "conflict case_proposal_open");
  EXPECT_EQ(life.says(officer, Answer{std::string("Done")}, "2026-03-02T10:00:00+08:00"), "answered");
}

TEST(CaseProposal, IsRefusedWithAReasonAndMayBeMadeAgain) {
  auto life = Life::up_to(Phase::received);
  life.take(dispatcher, not_accepting, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.says(supervisor, RuleProposal{}, "2026-03-02T10:00:00+08:00"), "invalid invalid_fields reason");
  const auto clocks = life.state.clocks;
  life.take(supervisor, declined, "2026-03-02T10:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::received);
  EXPECT_EQ(life.state.clocks, clocks);
  EXPECT_EQ(life.says(dispatcher, not_accepting, "2026-03-02T11:00:00+08:00"), "proposed");
}

TEST(CaseProposal, IsTakenBackByItsProposerAlone) {
  auto life = Life::up_to(Phase::received);
  life.take(dispatcher, not_accepting, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.says(other_dispatcher, TakeBack{}, "2026-03-02T10:00:00+08:00"), "forbidden may_not_others_proposal");
  EXPECT_THAT(life.offers(other_dispatcher, "2026-03-02T10:00:00+08:00"), testing::Not(testing::Contains("take_back")));
  EXPECT_THAT(life.offers(dispatcher, "2026-03-02T10:00:00+08:00"), testing::Contains("take_back"));
  life.take(dispatcher, TakeBack{}, "2026-03-02T10:00:00+08:00");
  EXPECT_FALSE(life.state.proposal);
  EXPECT_EQ(life.says(supervisor, approved, "2026-03-02T11:00:00+08:00"), "conflict case_wrong_phase");
}

TEST(CaseProposal, IsDroppedWhenItBecomesImpossible) {
  auto life = Life::up_to(Phase::received);
  life.take(dispatcher, not_accepting, "2026-03-02T09:00:00+08:00");
  life.take(other_dispatcher, Accept{}, "2026-03-02T10:00:00+08:00");
  EXPECT_FALSE(life.state.proposal);
}

TEST(CaseProposal, OfAUnitFallsWithTheUnit) {
  for (const Command& command : {Command(AskExtension{5, std::string("x")}), Command(Reveal{std::string("x")})}) {
    auto life = Life::up_to(Phase::assigned);
    life.take(officer, command, "2026-03-02T09:00:00+08:00");
    life.take(dispatcher, Assign{fixtures::water}, "2026-03-02T10:00:00+08:00");
    EXPECT_FALSE(life.state.proposal) << name_of_alternative(command);
  }
  auto life = Life::up_to(Phase::accepted);
  life.take(dispatcher, Reveal{std::string("x")}, "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, Assign{fixtures::water}, "2026-03-02T10:00:00+08:00");
  EXPECT_TRUE(life.state.proposal) << "no unit was left";
}

TEST(CaseProposal, OfSomebodyWhoLeavesTheCaseFalls) {
  auto life = Life::up_to(Phase::in_work);
  life.take(mate, giving_away, "2026-03-02T09:00:00+08:00");
  life.take(officer, Recuse{std::string("A relative")}, "2026-03-02T10:00:00+08:00");
  EXPECT_TRUE(life.state.proposal);
  life.take(mate, Recuse{std::string("A relative too")}, "2026-03-02T11:00:00+08:00");
  EXPECT_FALSE(life.state.proposal);
}

TEST(CaseProposal, WaitsForTheRulingOnAnObjectionAndForTheEndOfAPause) {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, giving_away, "2026-03-02T09:00:00+08:00");
  life.take(officer, Object{std::string("Not ours")}, "2026-03-02T10:00:00+08:00");
  EXPECT_EQ(life.says(leader, approved, "2026-03-02T11:00:00+08:00"), "conflict case_objection_open");
  life.take(dispatcher, Rule{false, {}, std::string("It is")}, "2026-03-02T12:00:00+08:00");
  life.take(officer, Pause{fixtures::mediation, std::string("They talk")}, "2026-03-03T09:00:00+08:00");
  EXPECT_EQ(life.says(leader, approved, "2026-03-03T10:00:00+08:00"), "conflict case_paused");
  life.take(leader, Resume{}, "2026-03-04T09:00:00+08:00");
  EXPECT_EQ(life.says(leader, approved, "2026-03-04T10:00:00+08:00"), "hand_over_begun");
}

TEST(CaseProposal, StaysInTheHouse) {
  auto life = Life::up_to(Phase::in_work);
  EXPECT_TRUE(is_internal(life.take(officer, Reveal{std::string("x")}, "2026-03-02T09:00:00+08:00").front()));
  EXPECT_TRUE(is_internal(life.take(leader, declined, "2026-03-02T10:00:00+08:00").front()));
}

// ---- What nobody accepted, and more time
// ------------------------------------------------------------------------------------------------------------------

// Article 22: matters of the courts go to their own road, which is named, within 15 days (CaseClock has the day).
TEST(Article22, ALitigationMatterIsNotAcceptedAndTheRoadIsNamed) {
  const auto life = Life::up_to(Phase::not_accepted);
  EXPECT_EQ(life.state.road, fixtures::court);
  EXPECT_EQ(next_clock(life.state), nullptr);
  EXPECT_EQ(Life::up_to(Phase::received).says(dispatcher, NotAccept{{"nowhere"}, std::string("x")}, "2026-03-02T09:00:00+08:00"),
            "invalid invalid_fields road");
}

TEST(CaseReopeningByStaff, OfWhatNobodyAcceptedBeginsWithAcceptingIt) {
  auto life = Life::up_to(Phase::not_accepted);
  life.take(supervisor, ReopenByStaff{std::string("It is ours")}, "2026-03-10T09:00:00+08:00");
  life.take(dispatcher, approved, "2026-03-10T10:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::received);
  EXPECT_FALSE(life.state.road);
  EXPECT_EQ(to_iso(life.zone.day_of(next_clock(life.state)->due.at)), "2026-03-25");  // 15 days after 10 March
  EXPECT_EQ(life.says(dispatcher, Accept{}, "2026-03-11T09:00:00+08:00"), "accepted");
}

TEST(CaseReopeningByStaff, OfAClosedCaseGoesBackToTheUnitWhateverTheRequestersLimit) {
  auto life = Life::up_to(Phase::closed);
  life.take(supervisor, ReopenByStaff{std::string("Found open")}, "2027-03-10T09:00:00+08:00");
  life.take(dispatcher, approved, "2027-03-10T10:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::assigned);
  EXPECT_EQ(life.state.unit, fixtures::roads);
  EXPECT_EQ(next_clock(life.state)->due.rule, rules::finish_limit);
}

Life asked_for_more() {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, AskExtension{30, std::string("The road must be closed first")}, "2026-03-10T09:00:00+08:00");
  return life;
}

TEST(Article34, ThirtyDaysAtMostAreAddedOnceTheHeadApproves) {
  auto life = asked_for_more();
  const auto before = life.clock(rules::finish_limit).due.at;
  life.take(leader, approved, "2026-03-11T09:00:00+08:00");
  EXPECT_EQ(life.clock(rules::finish_limit).due.at, before + std::chrono::hours(30 * 24));
  EXPECT_EQ(life.says(officer, AskExtension{1, std::string("more")}, "2026-03-12T09:00:00+08:00"),
            "conflict case_extension_used_up");
  for (const int amount : {0, -1, 31})
    EXPECT_EQ(Life::up_to(Phase::in_work).says(officer, AskExtension{amount, std::string("x")}, "2026-03-10T09:00:00+08:00"),
              "invalid invalid_fields amount");
}

TEST(Article34, TheRequesterIsToldTheReason) {
  auto life = asked_for_more();
  const auto extended = life.take(leader, approved, "2026-03-11T09:00:00+08:00").front();
  EXPECT_FALSE(is_internal(extended));
  EXPECT_EQ(*std::get<Extended>(extended).reason, "The road must be closed first");
}

TEST(Article34, MoreTimeIsAskedForAndApprovedByTheLastDayAndNotAfterIt) {
  auto life = asked_for_more();
  const auto last = life.clock(rules::finish_limit).due.at;
  EXPECT_EQ(told(Life::up_to(Phase::in_work).would(AskExtension{1, std::string("x")}, last)), "proposed");
  EXPECT_EQ(told(Life::up_to(Phase::in_work).would(AskExtension{1, std::string("x")}, last + std::chrono::milliseconds(1))),
            "conflict case_extension_too_late");
  life.actor = leader;
  EXPECT_EQ(told(life.would(approved, last)), "extended");
  EXPECT_EQ(told(life.would(approved, last + std::chrono::milliseconds(1))), "conflict case_extension_too_late");
  EXPECT_EQ(told(life.would(declined, last + std::chrono::milliseconds(1))), "proposal_refused");
}

TEST(CaseProposal, OfMoreTimeIsDroppedWhenTheTimeIsOver) {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, AskExtension{5, std::string("x")}, "2026-03-02T09:00:00+08:00");
  auto later = life;
  later.take(Actor::program(), Watch{}, life.clock(rules::finish_limit).due.at + std::chrono::milliseconds(1));
  EXPECT_FALSE(later.state.proposal);
  EXPECT_THAT(later.offers(officer, "2026-06-01T09:00:00+08:00"), testing::Contains("reveal"));
}

TEST(CaseProposal, OfAReviewerToSeeWhoItIsEndsWithTheReview) {
  auto life = Life::with_opinion();
  life.take(Actor::holder_of({5}), asking_review, "2026-03-10T09:00:00+08:00");
  life.take(dispatcher, AssignReview{fixtures::council}, "2026-03-10T09:10:00+08:00");
  life.take(reviewer, Reveal{std::string("To hear them")}, "2026-03-11T09:00:00+08:00");
  ASSERT_TRUE(life.state.proposal);
  life.take(reviewer, DecideReview{.outcome = ReviewOutcome::upheld, .words = std::string("It was right")},
            "2026-03-12T09:00:00+08:00");
  EXPECT_FALSE(life.state.proposal);
}

// Asked for by those whose answer is reviewed: the reviewers must not open it to them.
TEST(Proposal, ToSeeWhoItIsEndsWithARequestForReview) {
  auto life = Life::with_opinion();
  life.take(officer, Reveal{std::string("To call back")}, "2026-03-02T09:00:00+08:00");
  life.take(Actor::holder_of({5}), asking_review, "2026-03-02T10:00:00+08:00");
  EXPECT_FALSE(life.state.proposal);
}

TEST(Proposal, OfAUnitToHandItOverEndsWhenAnotherUnitHasIt) {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, giving_away, "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, Assign{fixtures::water}, "2026-03-02T10:00:00+08:00");
  EXPECT_FALSE(life.state.proposal);
}

TEST(Proposal, IsNotApprovedForMoreTimeThanTheRulesThenAllow) {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, AskExtension{30, std::string("The road is closed")}, "2026-03-02T09:00:00+08:00");
  for (auto& limit : life.pack.limits) {
    if (limit.code == rules::finish_limit) limit.extension->amount_max = 10;
  }
  EXPECT_EQ(life.says(leader, approved, "2026-03-02T10:00:00+08:00"), "conflict case_extension_used_up");
}

}  // namespace
}  // namespace huiyin::cases
