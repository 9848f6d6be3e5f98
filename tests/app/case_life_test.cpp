// The side ways of a case through the desk: what two people do together, the other body, the identity, the review.
#include <gmock/gmock.h>

#include "app/life_world.h"

namespace huiyin::app {
namespace {

using cases::Phase;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

using CaseLife = LifeWorld;

// ---- What nobody does alone
// -----------------------------------------------------------------------------------------------------

TEST_F(CaseLife, NotAcceptingIsDoneWithTheWordsThatWereProposed) {
  const auto one = filed("A matter for a court");
  ASSERT_EQ(does(dispatcher, one.id, cases::NotAccept{fixtures::court, std::string("It is before the court")}), "ok");
  EXPECT_EQ(state(one.id).phase, Phase::received);
  EXPECT_FALSE(last<cases::Proposed>(one.holder, one.id)) << "the requester reads what is done, not what is weighed";
  EXPECT_EQ(last<cases::Proposed>(second_dispatcher, one.id)->reason.value, "It is before the court");
  EXPECT_EQ(read(second_dispatcher, one.id)->proposed->road, fixtures::court);
  ASSERT_EQ(does(second_dispatcher, one.id, approved), "ok");
  const auto event = last<cases::NotAccepted>(one.holder, one.id);
  EXPECT_EQ(event->reason.value, "It is before the court");
  EXPECT_EQ(event->road, fixtures::court);
  EXPECT_EQ(state(one.id).phase, Phase::not_accepted);
}

TEST_F(CaseLife, NobodyApprovesTheirOwnProposalInAnotherRoleEither) {
  const auto one = filed("A matter for a court");
  ASSERT_EQ(does(dispatcher, one.id, cases::NotAccept{fixtures::court, std::string("It is before the court")}), "ok");
  const Actor both{{Role::supervisor, Role::dispatcher, Role::leader}, dispatcher.user, {}, {}};
  EXPECT_EQ(does(dispatcher, one.id, approved), "forbidden may_not_own_request");
  EXPECT_EQ(does(both, one.id, approved), "forbidden may_not_own_request");
  EXPECT_EQ(does(both, one.id, refused), "forbidden may_not_own_request");
  EXPECT_THAT(read(both, one.id)->offered, Not(Contains("rule_proposal")));
  EXPECT_EQ(does(officer, one.id, approved), "forbidden may_not_role");
  EXPECT_EQ(does(supervisor, one.id, approved), "ok");
}

TEST_F(CaseLife, AProposalIsRefusedWithAReasonOrTakenBackByWhoMadeIt) {
  const auto one = in_work("A hole");
  const cases::AskExtension ask{30, std::string("The part comes by ship")};
  ASSERT_EQ(does(officer, one.id, ask), "ok");
  EXPECT_EQ(does(officer, one.id, ask), "conflict case_proposal_open");
  EXPECT_EQ(does(mate, one.id, cases::TakeBack{}), "forbidden may_not_others_proposal");
  EXPECT_EQ(does(leader, one.id, cases::RuleProposal{false, {}, {}, {}}), "invalid invalid_fields reason");
  ASSERT_EQ(does(leader, one.id, refused), "ok");
  EXPECT_EQ(last<cases::ProposalRefused>(officer, one.id)->reason.value, "It need not be");
  ASSERT_EQ(does(officer, one.id, ask), "ok");
  ASSERT_EQ(does(officer, one.id, cases::TakeBack{}), "ok");
  EXPECT_EQ(does(leader, one.id, approved), "forbidden may_not_role");  // there is nothing to approve
  EXPECT_FALSE(state(one.id).proposal);
}

TEST_F(CaseLife, MoreTimeIsGivenForTheReasonThatWasAsked) {
  const auto one = in_work("A hole");
  const auto before = cases::find_clock(state(one.id), rules::finish_limit)->due.at;
  ASSERT_EQ(does(officer, one.id, cases::AskExtension{20, std::string("The part comes by ship")}), "ok");
  ASSERT_EQ(does(leader, one.id, approved), "ok");
  const auto event = last<cases::Extended>(one.holder, one.id);
  EXPECT_EQ(event->reason.value, "The part comes by ship");
  EXPECT_EQ(event->amount, 20);
  EXPECT_EQ(cases::find_clock(state(one.id), rules::finish_limit)->due.at, before + std::chrono::hours(24 * 20));
}

cases::Answer opinion() {
  cases::Answer answer;
  answer.words = std::string("The land was measured anew");
  answer.outcome = cases::Outcome::explained;
  answer.parts =
      std::vector<cases::PartText>{{fixtures::claim, "More money"}, {fixtures::basis, "Land Administration Law, article 48"}};
  return answer;
}

TEST_F(CaseLife, AFormalOpinionGoesOutSignedWithEveryWordOfIt) {
  const auto one = in_work(about_land("They took my field"));
  ASSERT_EQ(does(officer, one.id, opinion()), "ok");
  EXPECT_EQ(state(one.id).phase, Phase::in_work);
  EXPECT_FALSE(last<cases::Answered>(one.holder, one.id));
  EXPECT_EQ(does(officer, one.id, approved), "forbidden may_not_role");
  ASSERT_EQ(does(signer, one.id, approved), "ok");
  const auto event = last<cases::Answered>(one.holder, one.id);
  EXPECT_EQ(event->words.value, "The land was measured anew");
  EXPECT_EQ(event->parts.value, opinion().parts.value);
  EXPECT_EQ(event->outcome, cases::Outcome::explained);
  EXPECT_EQ(event->by, officer.user);
  EXPECT_EQ(event->signed_by, signer.user);
  EXPECT_TRUE(event->review);
  EXPECT_EQ(read(one.holder, one.id)->outcome, cases::Outcome::explained);
}

TEST_F(CaseLife, AnOpinionWithoutOneOfItsPartsIsRefused) {
  const auto one = in_work(about_land("They took my field"));
  auto answer = opinion();
  answer.parts.value->pop_back();
  EXPECT_EQ(does(officer, one.id, answer), "invalid invalid_fields parts.basis");
  answer = opinion();
  answer.outcome.reset();
  EXPECT_EQ(does(officer, one.id, answer), "invalid invalid_fields outcome");
}

TEST_F(CaseLife, AMatterIsHandedOverWhenTheOtherBodyHasReallyTakenIt) {
  const auto one = in_work("A matter of another body");
  const cases::HandOver give{fixtures::court, std::string("The court has it already")};
  ASSERT_EQ(does(officer, one.id, give), "ok");
  ASSERT_EQ(does(leader, one.id, approved), "ok");
  EXPECT_EQ(last<cases::HandOverBegun>(one.holder, one.id)->reason.value, "The court has it already");
  EXPECT_EQ(state(one.id).phase, Phase::handing_over);
  ASSERT_EQ(does(officer, one.id, cases::ProveHandOver{false, std::string("They sent it back")}), "ok");
  EXPECT_EQ(state(one.id).phase, Phase::in_work);
  EXPECT_FALSE(state(one.id).road);
  ASSERT_EQ(does(officer, one.id, give), "ok");
  ASSERT_EQ(does(leader, one.id, approved), "ok");
  ASSERT_EQ(does(officer, one.id, cases::ProveHandOver{true, std::string("Registered there as No. 12")}), "ok");
  EXPECT_EQ(last<cases::HandOverProved>(one.holder, one.id)->words.value, "Registered there as No. 12");
  EXPECT_EQ(state(one.id).phase, Phase::handed_over);
}

TEST_F(CaseLife, AnEndedCaseIsOpenedAgainByTwo) {
  const auto one = in_work("A hole");
  ASSERT_EQ(does(officer, one.id, cases::Answer{std::string("Filled"), {}, {}}), "ok");
  ASSERT_EQ(does(one.holder, one.id, cases::Rate{true, true, cases::Satisfaction::satisfied, {}, false}), "ok");
  ASSERT_EQ(does(officer, one.id, cases::Close{}), "ok");
  ASSERT_EQ(does(supervisor, one.id, cases::ReopenByStaff{std::string("Seen on site: nothing was filled")}), "ok");
  EXPECT_EQ(does(supervisor, one.id, approved), "forbidden may_not_own_request");
  ASSERT_EQ(does(dispatcher, one.id, approved), "ok");
  EXPECT_EQ(last<cases::Reopened>(one.holder, one.id)->reason.value, "Seen on site: nothing was filled");
  EXPECT_EQ(state(one.id).phase, Phase::assigned);
}

TEST_F(CaseLife, AProposalWhoseWordsDoNotOpenIsNotRuledOn) {
  const auto one = in_work("A hole");
  ASSERT_EQ(does(officer, one.id, cases::AskExtension{30, std::string("The part comes by ship")}), "ok");
  world_.keys.destroy("2026-03");
  EXPECT_EQ(does(leader, one.id, approved), "unavailable committer_damaged");
  world_.keys.destroy("");
  EXPECT_EQ(does(leader, one.id, approved), "ok");
}

TEST_F(CaseLife, ALeaderFindsWhatWaitsForThem) {
  const auto one = in_work("A hole"), other = in_work("Another");
  ASSERT_EQ(does(officer, other.id, cases::AskExtension{30, std::string("The part comes by ship")}), "ok");
  const auto waiting = desk_.list(*world_.town, leader, {.visible = {}, .proposed = true}).value();
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0].row.id, other.id);
  EXPECT_EQ(waiting[0].row.proposed, cases::Deed::extension);
  EXPECT_EQ(desk_.list(*world_.town, officer, {.visible = {}, .handler = officer.user}).value().size(), 2U);
  EXPECT_EQ(desk_.list(*world_.town, mate, {.visible = {}, .handler = mate.user}).value().size(), 0U);
  EXPECT_NE(one.id, other.id);
}

// ---- The identity
// ---------------------------------------------------------------------------------------------------------------

TEST_F(CaseLife, TheIdentityIsOpenedToOnePersonAndItsOwnerReadsWhy) {
  auto with_contact = filing("A hole");
  with_contact.submit.contact = cases::Contact{"Li", "13900000000", std::nullopt};
  with_contact.submit.on_behalf = cases::OnBehalf{"Grandmother Li", "grandson"};
  const auto one = in_work(with_contact);
  const auto contact = [&](const Actor& actor) {
    const auto view = read(actor, one.id).value();
    EXPECT_EQ(view.submitted.contact.value.has_value(), view.submitted.on_behalf.value.has_value());
    return view.submitted.contact ? (*view.submitted.contact).phone.value_or("-") : "closed";
  };
  EXPECT_EQ(contact(officer), "closed");
  ASSERT_EQ(does(officer, one.id, cases::Reveal{std::string("To be let into the yard")}), "ok");
  EXPECT_EQ(contact(officer), "closed");
  ASSERT_EQ(does(leader, one.id, approved), "ok");
  EXPECT_EQ(contact(officer), "13900000000");
  EXPECT_EQ(contact(one.holder), "13900000000");
  for (const auto& other : {mate, leader, dispatcher, supervisor, signer}) EXPECT_EQ(contact(other), "closed");
  EXPECT_EQ(last<cases::Revealed>(one.holder, one.id)->reason.value, "To be let into the yard");
  EXPECT_EQ(last<cases::Revealed>(one.holder, one.id)->to, officer.user);
  EXPECT_EQ(does(officer, one.id, cases::Reveal{std::string("Again")}), "conflict case_revealed_already");
  // With the case goes the right to know.
  ASSERT_EQ(does(dispatcher, one.id, cases::Assign{fixtures::water}), "ok");
  EXPECT_EQ(told(read(officer, one.id)), "forbidden may_not_with_others");
}

TEST_F(CaseLife, NobodysNumberIsWrittenIntoWhatStaffWriteToEachOther) {
  const auto one = in_work("A hole");
  const std::string call = "Call 139 1234 5678", invalid = "invalid invalid_fields ";
  EXPECT_EQ(does(officer, one.id, cases::Note{call}), invalid + "words");
  EXPECT_EQ(does(officer, one.id, cases::Note{std::string("His number is 11010519491231002X")}), invalid + "words");
  EXPECT_EQ(does(officer, one.id, cases::AskExtension{30, call}), invalid + "reason");
  EXPECT_EQ(does(officer, one.id, cases::Reveal{call}), invalid + "reason");
  EXPECT_EQ(does(officer, one.id, cases::Answer{std::string("You, 11010519491231002X, are right"), {}, {}}), invalid + "words");
  EXPECT_EQ(does(officer, one.id, cases::Answer{std::string("Ask the office: 13912345678"), {}, {}}), "ok");
}

// ---- Whom it is closed to
// -------------------------------------------------------------------------------------------------------

TEST_F(CaseLife, AComplaintAboutAUnitIsClosedToAllOfIt) {
  auto complaint = filing("The roads office did nothing");
  complaint.submit.about = fixtures::roads;
  const auto one = filed(complaint);
  ASSERT_EQ(does(dispatcher, one.id, cases::Accept{}), "ok");
  EXPECT_EQ(does(dispatcher, one.id, cases::Assign{fixtures::roads}), "invalid invalid_fields unit");
  EXPECT_EQ(does(dispatcher, one.id, cases::Assign{fixtures::road_team}), "invalid invalid_fields unit");
  ASSERT_EQ(does(dispatcher, one.id, cases::Assign{fixtures::water}), "ok");
  const Actor insider{{Role::dispatcher}, UserId{30}, fixtures::road_team, {}};
  for (const auto& actor : {officer, leader, insider}) {
    EXPECT_EQ(told(read(actor, one.id)), "forbidden may_not_with_others");
    EXPECT_EQ(does(actor, one.id, cases::Note{std::string("We did all we could")}), "forbidden may_not_with_others");
    EXPECT_THAT(desk_.list(*world_.town, actor, {}).value(), IsEmpty());
    EXPECT_THAT(desk_.count_by_phase(*world_.town, actor).value(), IsEmpty());
  }
  EXPECT_EQ(desk_.list(*world_.town, other_officer, {}).value().size(), 1U);
  EXPECT_EQ(desk_.list(*world_.town, dispatcher, {}).value().size(), 1U);
}

// What no dispatcher may open would wait for ever, and nobody would know.
TEST_F(CaseLife, IsShownToASupervisorWhenNoDispatcherMayOpenIt) {
  const auto one = filed("My neighbour's wall"), other = filed("A hole");
  ASSERT_EQ(does(dispatcher, one.id, cases::Recuse{std::string("My neighbour too")}), "ok");
  const auto shown = [&](const Actor& to) { return desk_.list_without_dispatcher(*world_.town, to).value(); };
  EXPECT_THAT(shown(supervisor), IsEmpty()) << "there is another dispatcher";
  ASSERT_EQ(does(second_dispatcher, one.id, cases::Recuse{std::string("I live there")}), "ok");
  ASSERT_EQ(shown(supervisor).size(), 1U);
  EXPECT_EQ(shown(supervisor)[0].row.reference, one.reference);
  EXPECT_EQ(shown(supervisor)[0].title, "My neighbour's wall");
  for (const auto& actor : {dispatcher, officer, leader}) EXPECT_THAT(shown(actor), IsEmpty());
  const auto view = world_.store->write(world_.town->id);
  view->put_user({{}, "dispatcher-3", "Third", "x", "dispatcher", {}, false});
  view->commit();
  EXPECT_THAT(shown(supervisor), IsEmpty());
}

TEST_F(CaseLife, WhoIsComplainedOfOrHasAnInterestLosesTheCase) {
  const auto one = in_work("A hole"), two = in_work("My cousin's hole");
  EXPECT_EQ(does(dispatcher, one.id, cases::SetAbout{{}, "nobody", {}}), "invalid invalid_fields login");
  ASSERT_EQ(does(dispatcher, one.id, cases::SetAbout{{}, "officer", {}}), "ok");
  EXPECT_EQ(state(one.id).phase, Phase::assigned);
  EXPECT_EQ(told(read(officer, one.id)), "forbidden may_not_with_others");
  EXPECT_EQ(read(mate, one.id)->names.at(UserId{2}).name, "Officer");
  ASSERT_EQ(does(officer, two.id, cases::Recuse{std::string("She is my cousin")}), "ok");
  EXPECT_EQ(told(read(officer, two.id)), "forbidden may_not_with_others");
  EXPECT_EQ(does(officer, two.id, cases::Start{}), "forbidden may_not_with_others");
  EXPECT_THAT(desk_.list(*world_.town, officer, {}).value(), IsEmpty());
  EXPECT_THAT(desk_.count_by_phase(*world_.town, officer).value(), IsEmpty());
  EXPECT_EQ(desk_.list(*world_.town, mate, {}).value().size(), 2U);
  cases::SetAbout nobody{};  // after all
  nobody.reason = std::string("It is about the road");
  ASSERT_EQ(does(dispatcher, one.id, nobody), "ok");
  EXPECT_TRUE(read(officer, one.id).ok());
}

TEST_F(CaseLife, AnotherOfficerOfTheSameUnitTakesOver) {
  const auto one = in_work("A hole");
  for (const auto* login : {"reviewer", "nobody", "gone", "leader"})
    EXPECT_EQ(does(leader, one.id, cases::ChangeHandler{login, {}}), "invalid invalid_fields login") << login;
  EXPECT_EQ(does(officer, one.id, cases::ChangeHandler{"mate", {}}), "forbidden may_not_role");
  ASSERT_EQ(does(leader, one.id, cases::ChangeHandler{"mate", {}}), "ok");
  EXPECT_EQ(state(one.id).handler, mate.user);
  EXPECT_EQ(read(leader, one.id)->names.at(UserId{6}).login, "mate");
}

// ---- Supporting units, promises, reviews
// --------------------------------------------------------------------------------------------

TEST_F(CaseLife, TheAnswerWaitsForThePartOfTheSupportingUnit) {
  const auto one = in_work("A hole over a burst pipe");
  EXPECT_EQ(told(read(other_officer, one.id)), "forbidden may_not_with_others");
  ASSERT_EQ(does(dispatcher, one.id, cases::Support{fixtures::water}), "ok");
  EXPECT_EQ(desk_.list(*world_.town, other_officer, {}).value().size(), 1U);
  const cases::Answer answer{std::string("Filled"), {}, {}};
  EXPECT_EQ(does(officer, one.id, answer), "conflict case_part_open");
  EXPECT_EQ(does(other_officer, one.id, answer), "forbidden may_not_with_others");
  ASSERT_EQ(does(other_officer, one.id, cases::Contribute{std::string("The pipe is tight again")}), "ok");
  EXPECT_FALSE(last<cases::Contributed>(one.holder, one.id));
  EXPECT_EQ(last<cases::Contributed>(officer, one.id)->words.value, "The pipe is tight again");
  ASSERT_EQ(does(officer, one.id, cases::Promise{std::string("The road gets a new surface"), fixtures::day("2026-06-01")}), "ok");
  ASSERT_EQ(does(officer, one.id, answer), "ok");
  ASSERT_EQ(does(one.holder, one.id, cases::Rate{true, true, cases::Satisfaction::satisfied, {}, false}), "ok");
  EXPECT_EQ(does(officer, one.id, cases::Close{}), "conflict case_promise_open");
  ASSERT_EQ(does(officer, one.id, cases::Fulfil{1, std::string("Done in May")}), "ok");
  EXPECT_TRUE(last<cases::Fulfilled>(one.holder, one.id)->on_time);
  EXPECT_EQ(does(officer, one.id, cases::Close{}), "ok");
}

TEST_F(CaseLife, OthersReviewTheOpinionAndDecideItForGood) {
  const auto one = in_work(about_land("They took my field"));
  ASSERT_EQ(does(officer, one.id, opinion()), "ok");
  ASSERT_EQ(does(signer, one.id, approved), "ok");
  ASSERT_EQ(does(one.holder, one.id, cases::AskReview{std::string("It was never measured")}), "ok");
  EXPECT_EQ(does(dispatcher, one.id, cases::AssignReview{fixtures::road_team}), "invalid invalid_fields unit");
  EXPECT_EQ(told(read(reviewer, one.id)), "forbidden may_not_with_others");
  ASSERT_EQ(does(dispatcher, one.id, cases::AssignReview{fixtures::council}), "ok");
  EXPECT_EQ(last<cases::Answered>(reviewer, one.id)->words.value, "The land was measured anew");
  EXPECT_EQ(desk_.list(*world_.town, reviewer, {}).value().size(), 1U);
  const cases::DecideReview decision{cases::ReviewOutcome::set_aside, std::string("It was not measured")};
  EXPECT_EQ(does(officer, one.id, decision), "forbidden may_not_with_others");
  const Actor moved{{Role::officer}, officer.user, fixtures::council, {}};
  EXPECT_EQ(does(moved, one.id, decision), "forbidden may_not_took_part");
  ASSERT_EQ(does(reviewer, one.id, decision), "ok");
  EXPECT_EQ(last<cases::ReviewDecided>(one.holder, one.id)->words.value, "It was not measured");
  EXPECT_EQ(state(one.id).phase, Phase::assigned);
  EXPECT_THAT(desk_.list(*world_.town, reviewer, {}).value(), IsEmpty());
}

// A judgement is its author's own; but nobody is to look for a danger whose words they may not read.
TEST_F(CaseLife, WordsOfAnUnsharedJudgementThatTellOfDangerAreReadByThoseWhoMustAct) {
  const auto one = in_work("A hole");
  ASSERT_EQ(does(officer, one.id, cases::Answer{std::string("It was filled")}), "ok");
  const std::string danger = "There is a gas leak in it now";
  ASSERT_EQ(does(one.holder, one.id, cases::Rate{true, false, cases::Satisfaction::not_satisfied, danger, false}), "ok");
  const auto rated = last<cases::Rated>(officer, one.id);
  EXPECT_EQ(rated->words.value, danger);
  EXPECT_FALSE(rated->satisfaction || rated->contacted || rated->solved) << "and no more of it";
  ASSERT_EQ(does(dispatcher, one.id, cases::SetUrgent{false, std::string("The gas works were there")}), "ok");
  EXPECT_FALSE(last<cases::Rated>(officer, one.id)->words.value) << "it is their own again";
}

// The log is read by whom the case complains of.
TEST_F(CaseLife, TheLogDoesNotTellWhomACaseComplainsOf) {
  const auto one = in_work("The roads office did nothing");
  ASSERT_EQ(does(dispatcher, one.id, cases::Note{std::string("A word")}), "ok");
  ASSERT_EQ(does(dispatcher, one.id, cases::SetAbout{fixtures::roads, "", {}}), "ok");
  ASSERT_FALSE(state(one.id).unit);
  const auto view = world_.store->read(world_.town->id);
  const auto size = view->find_record(one.id)->version;
  const auto entry_of = [&](std::uint64_t number) {
    return *log::parse_entry(*view->find_entry(view->find_event(one.id, number)->log_index));
  };
  const auto noted = entry_of(size - 1), about = entry_of(size);
  EXPECT_EQ(about.kind, noted.kind);
  EXPECT_EQ(about.unit, noted.unit);
  EXPECT_EQ(about.fine.size(), noted.fine.size());
  for (std::uint64_t number = 1; number <= size; ++number) {
    const auto event = view->find_event(one.id, number);
    for (const auto& text : event->disclosures) {
      const auto name = log::read_disclosure(text)->name;
      EXPECT_TRUE(name != "about" && name != "left") << number << " " << name;
    }
  }
}

TEST_F(CaseLife, DangerToLifeIsHeardInTheWordsAndEndsWhenSomebodyActs) {
  const auto one = filed("There is a gas leak in the yard");
  EXPECT_TRUE(state(one.id).urgent);
  EXPECT_EQ(desk_.list(*world_.town, dispatcher, {.visible = {}, .urgent = true}).value().size(), 1U);
  ASSERT_EQ(does(dispatcher, one.id, cases::Accept{}), "ok");
  ASSERT_EQ(does(dispatcher, one.id, cases::Assign{fixtures::roads}), "ok");
  ASSERT_EQ(does(officer, one.id, cases::Start{}), "ok");
  EXPECT_THAT(desk_.list(*world_.town, dispatcher, {.visible = {}, .urgent = true}).value(), IsEmpty());
  ASSERT_EQ(does(dispatcher, one.id, cases::SetUrgent{false, std::string("A false alarm")}), "ok");
  EXPECT_FALSE(state(one.id).urgent);
}

}  // namespace
}  // namespace huiyin::app
