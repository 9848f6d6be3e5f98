// The identity is apart from the words: opened to one person, for a reason that the requester reads; and those who write
// together.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;

const Reveal asking{std::string("To call back about the place")};

Life revealed_to_the_officer() {
  auto life = Life::up_to(Phase::in_work);
  life.take(officer, asking, "2026-03-02T09:00:00+08:00");
  life.take(supervisor, approved, "2026-03-02T10:00:00+08:00");
  return life;
}

TEST(CaseIdentity, IsOpenToItsRequesterAlone) {
  const auto life = Life::up_to(Phase::in_work);
  for (const auto& person : {dispatcher, officer, leader, signer, supervisor, steward, Actor::program(), Actor::anyone()})
    EXPECT_FALSE(life.lets(person, "read_identity")) << name_of(person.roles.front());
  EXPECT_TRUE(life.lets(Actor::holder_of({5}), "read_identity"));
}

TEST(CaseIdentity, IsOpenedToThePersonWhoAskedAndToNoOther) {
  const auto life = revealed_to_the_officer();
  EXPECT_TRUE(life.lets(officer, "read_identity"));
  for (const auto& person : {mate, leader, dispatcher, supervisor}) EXPECT_FALSE(life.lets(person, "read_identity"));
}

TEST(CaseIdentity, IsOpenedForAReasonThatTheRequesterReads) {
  EXPECT_EQ(Life::up_to(Phase::in_work).says(officer, Reveal{}, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields reason");
  const auto event = revealed_to_the_officer().story.back().first;
  EXPECT_FALSE(is_internal(event));
  EXPECT_EQ(std::get<Revealed>(event).reason, asking.reason);
  EXPECT_EQ(std::get<Revealed>(event).to, officer.user);
}

TEST(CaseIdentity, IsOpenOnlyWhileTheyHaveToDoWithTheCase) {
  auto life = revealed_to_the_officer();
  life.take(dispatcher, Assign{fixtures::water}, "2026-03-03T09:00:00+08:00");
  EXPECT_FALSE(life.lets(officer, "read"));
  EXPECT_FALSE(life.lets(officer, "read_identity"));
  auto left = revealed_to_the_officer();
  left.take(officer, Recuse{std::string("A relative")}, "2026-03-03T09:00:00+08:00");
  EXPECT_TRUE(left.state.knowing.empty());
}

TEST(CaseIdentity, IsNotAskedForTwice) {
  const auto life = revealed_to_the_officer();
  EXPECT_EQ(life.says(officer, asking, "2026-03-03T09:00:00+08:00"), "conflict case_revealed_already");
  EXPECT_THAT(life.offers(officer, "2026-03-03T09:00:00+08:00"), testing::Not(testing::Contains("reveal")));
  EXPECT_EQ(life.says(mate, asking, "2026-03-03T09:00:00+08:00"), "proposed");
}

TEST(CaseIdentity, IsNotAskedForOnceTheCaseIsOver) {
  EXPECT_EQ(Life::up_to(Phase::closed).says(dispatcher, asking, "2026-03-03T09:00:00+08:00"), "conflict case_wrong_phase");
}

TEST(CaseIdentity, AReviewerMayAskForItAndNotTheUnitApprove) {
  auto life = Life::up_to(Phase::in_review);
  life.take(dispatcher, AssignReview{fixtures::council}, "2026-03-02T09:00:00+08:00");
  life.take(reviewer, asking, "2026-03-02T10:00:00+08:00");
  EXPECT_FALSE(life.lets(leader, "approve_reveal_in_review")) << "of the unit whose answer is reviewed";
  EXPECT_EQ(act_of(life.state, approved), "approve_reveal_in_review");
  life.take(supervisor, approved, "2026-03-02T11:00:00+08:00");
  EXPECT_TRUE(life.lets(reviewer, "read_identity"));
  life.take(reviewer, DecideReview{ReviewOutcome::upheld, std::string("It stands")}, "2026-03-03T09:00:00+08:00");
  EXPECT_FALSE(life.lets(reviewer, "read_identity")) << "the review is over";
}

// ---- Those who write together
// ------------------------------------------------------------------------------------------------------------------

// Of those who come in person the receptions will speak; here, of those who write.
TEST(Article20, AGroupSendsAtMostFiveRepresentativesTheOneWhoFilesIncluded) {
  for (const auto& [others, expected] : std::vector<std::pair<std::size_t, std::string_view>>{
           {0, "submitted"}, {4, "submitted"}, {5, "invalid invalid_fields representatives"}}) {
    auto submit = filing();
    submit.people = 30;
    submit.representatives = std::vector<Contact>(others, Contact{"Li", {}, {}});
    EXPECT_EQ(Life{}.says(submit, "2026-03-01T09:00:00+08:00"), expected) << others;
  }
}

TEST(CaseFiling, ForSomebodyElseSaysSoAndKeepsTheirNameApart) {
  auto submit = filing();
  submit.on_behalf = OnBehalf{"Grandmother Wang", "her grandson"};
  const auto event = std::get<Submitted>(Life{}.would(submit, fixtures::at("2026-03-01T09:00:00+08:00"))->front());
  EXPECT_TRUE(event.for_other);
  EXPECT_EQ((*event.on_behalf).name, "Grandmother Wang");
}

}  // namespace
}  // namespace huiyin::cases
