// What the pages of a case say of its side ways: to whom, and in which words.
#include "pages/case_page.h"
#include "pages/case_parts.h"
#include "pages/form.h"
#include "pages/hostile_case.h"
#include "pages/receipt_page.h"
#include "pages/report_page.h"
#include "pages/staff_case_page.h"
#include "texts/keys.h"

namespace huiyin::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

const Town& town() {
  static const Town one;
  return one;
}
std::string words(const char* plain) { return plain; }
Setting english() { return town().setting(Language::en); }

// A case without any words, in a phase, of which the events given have happened.
app::CaseView plain_view(Phase phase, std::vector<cases::Event> events = {}) {
  app::CaseView view;
  view.id = {1};
  view.state.phase = phase;
  view.state.reference = "F7K-3M2-Q9X";
  view.state.category = fixtures::land;
  view.state.unit = fixtures::road_team;
  for (auto& event : events) {
    ++view.version;
    view.story.push_back({view.version, at(noon), at(noon), "officer", "Colleague", std::move(event), {}});
  }
  return view;
}

const app::SignedIn& reader() {
  static const app::SignedIn staff{{1}, "officer", "Reader", {.roles = {Role::officer}, .user = UserId{1}}, "csrf", {}};
  return staff;
}

std::string staff_html(const app::CaseView& view) { return staff_case_page(english(), {.staff = reader(), .view = view}); }
std::string own_html(const app::CaseView& view) { return case_page(english(), {.view = view}); }

TEST(StaffCasePage, AsksForTheAnswerThatTheKindOfMatterWants) {
  auto view = plain_view(Phase::in_work);
  view.offered = {"answer"};
  const auto formal = staff_html(view);
  for (const auto* field :
       {"name=\"parts.claim\"", "name=\"parts.basis\"", "name=\"outcome\" value=\"explained\"", "for signature"})
    EXPECT_THAT(formal, HasSubstr(field));
  view.state.category = fixtures::potholes;
  const auto plain = staff_html(view);
  for (const auto* field : {"parts.claim", "name=\"outcome\"", "for signature"}) EXPECT_THAT(plain, Not(HasSubstr(field)));
}

TEST(StaffCasePage, ShowsAProposalInFullAboveTheRuling) {
  cases::Proposed proposed{};
  proposed.deed = cases::Deed::answer;
  proposed.outcome = cases::Outcome::supported;
  proposed.words = words("The road is mended.");
  proposed.parts = std::vector<cases::PartText>{{fixtures::claim, "A hole in the road."}};
  proposed.by = UserId{2};
  auto view = plain_view(Phase::in_work, {proposed});
  view.state.proposal = {cases::Deed::answer, 1, UserId{2}};
  view.proposed = proposed;
  view.names[UserId{2}] = {"officer", "Colleague"};
  view.offered = {"rule_proposal", "note"};
  const auto html = staff_html(view);
  const auto main = html.substr(html.find("act-main"));
  for (const auto* part : {"Colleague proposes", "The road is mended.", "A hole in the road.", "supported", "name=\"approved\""})
    EXPECT_THAT(main, HasSubstr(part));
}

TEST(CasePage, NeverCallsSolvedWhatItsRequesterDoesNot) {
  auto view = plain_view(Phase::rated);
  view.state.answered = at(noon);
  view.state.solved = false;
  EXPECT_THAT(own_html(view), HasSubstr("You said that it is not solved"));
  view.state.phase = Phase::closed;
  EXPECT_THAT(own_html(view), HasSubstr("Not solved: you said so"));
  view.state.solved = true;
  EXPECT_THAT(own_html(view), HasSubstr("Solved: you said so"));
}

TEST(StaffCasePage, SaysWhatTheAnswerWaitsFor) {
  auto view = plain_view(Phase::in_work);
  view.state.supports = {{fixtures::water, false}};
  view.state.pause = fixtures::hearing;
  EXPECT_THAT(staff_html(view), HasSubstr("Water has to give its part before the answer"));
  EXPECT_THAT(staff_html(view), HasSubstr("Work rests: hearing"));
  view.state.supports = {{fixtures::water, true}};
  EXPECT_THAT(staff_html(view), Not(HasSubstr("has to give its part")));
  EXPECT_THAT(staff_html(view), HasSubstr("part given"));
}

TEST(StaffCasePage, ShowsTheIdentityOnlyToThoseItWasOpenedTo) {
  auto view = plain_view(Phase::in_work);
  view.submitted.contact = cases::Contact{"Zhang San", {}, {}};
  EXPECT_THAT(staff_html(view), Not(HasSubstr("Zhang San")));
  view.state.knowing = {UserId{1}};
  EXPECT_THAT(staff_html(view), HasSubstr("Zhang San"));
  EXPECT_THAT(staff_html(view), HasSubstr("They also read that you were let see it"));
}

TEST(StaffCasePage, PutsTheLettersWordsIntoTheFirstPartOfASplit) {
  auto view = plain_view(Phase::accepted);
  view.submitted.body = words("One hole, one lamp.");
  view.offered = {"split"};
  const auto html = staff_html(view);
  EXPECT_THAT(html, HasSubstr("name=\"parts.0.body\" rows=\"5\">\nOne hole, one lamp.</textarea>"));
  EXPECT_THAT(html, HasSubstr("name=\"parts.2.body\""));
  EXPECT_THAT(html, Not(HasSubstr("name=\"parts.3.body\"")));
  EXPECT_THAT(staff_case_page(english(), {.staff = reader(), .view = view, .split_blocks = 10}),
              HasSubstr("name=\"parts.9.body\""));
}

TEST(StaffCasePage, OffersOnlyPromisesThatAreOpen) {
  const rules::Due until{.rule = rules::promise_limit, .at = at("2026-04-01T15:59:59.999Z"), .terms = {}};
  auto view = plain_view(Phase::in_work, {cases::Promised{until, words("First.")}, cases::Promised{until, words("Second.")}});
  view.state.clocks = {{.due = until, .start = at(noon), .met = at(noon)}, {.due = until, .start = at(noon)}};
  view.offered = {"fulfil"};
  const auto html = staff_html(view);
  EXPECT_THAT(html, Not(HasSubstr("name=\"promise\" value=\"1\"")));
  EXPECT_THAT(html, HasSubstr("name=\"promise\" value=\"2\""));
}

TEST(CasePage, TellsWhoWasLetSeeTheIdentityAndWhyButNoName) {
  auto view = plain_view(Phase::in_work, {cases::Revealed{UserId{7}, words("To bring the money to the door.")}});
  view.story.front().named = app::NamedStaff{"officer", fixtures::water, {}};
  view.story.front().actor_name.clear();
  const auto html = own_html(view);
  EXPECT_THAT(html, HasSubstr("Opened to: officer, Water."));
  EXPECT_THAT(html, HasSubstr("To bring the money to the door."));
}

TEST(CasePage, SaysNothingOfTheOtherCaseOfAMerger) {
  const auto view = plain_view(Phase::merged, {cases::Merged{{9}, "AAA-BBB-CCC", words("The same hole.")}});
  EXPECT_THAT(own_html(view), Not(HasSubstr("AAA-BBB-CCC")));
  EXPECT_THAT(own_html(view), HasSubstr("You will get the answer here"));
  EXPECT_THAT(staff_html(view), HasSubstr("/en/staff/cases/AAA-BBB-CCC"));
}

TEST(CasePage, LeadsToEachCaseThatALetterWasSplitInto) {
  const auto view = plain_view(Phase::split, {cases::SplitUp{{"AAA-BBB-CCC", "DDD-EEE-FFF"}}});
  EXPECT_THAT(own_html(view), HasSubstr("/en/track?reference=AAA-BBB-CCC"));
  EXPECT_THAT(own_html(view), HasSubstr("/en/track?reference=DDD-EEE-FFF"));
}

TEST(CasePage, SaysUntilWhenAReviewMayBeAskedForAndWhy) {
  auto view = plain_view(Phase::answered);
  view.state.review_until = clock_of(town(), "ask_review", noon);
  view.offered = {"ask_review"};
  const auto html = own_html(view);
  EXPECT_THAT(html, HasSubstr("Ask for a review"));
  EXPECT_THAT(html, HasSubstr("31 March 2026"));
  EXPECT_THAT(html, HasSubstr("Regulations, article 35"));
  view.state.reviewed = cases::ReviewLevel::review;
  EXPECT_THAT(own_html(view), HasSubstr("Ask for a re-review"));
}

TEST(CasePage, ShowsTheProofOfAHandOver) {
  auto view = plain_view(Phase::handed_over, {cases::HandOverBegun{fixtures::court, words("Theirs.")},
                                              cases::HandOverProved{true, true, words("Registered there as 12/2026.")}});
  view.state.road = fixtures::court;
  const auto html = own_html(view);
  EXPECT_THAT(html, HasSubstr("Court"));
  EXPECT_THAT(html, HasSubstr("Registered there as 12/2026."));
}

TEST(CasePage, SaysWhomToCallWhileThereIsDanger) {
  auto view = plain_view(Phase::received);
  EXPECT_THAT(own_html(view), Not(HasSubstr("tel:119")));
  view.state.urgent = true;
  EXPECT_THAT(own_html(view), HasSubstr("tel:119"));
  EXPECT_THAT(staff_html(view), HasSubstr("tel:119"));
  EXPECT_THAT(receipt_page(english(), {"F7K-3M2-Q9X", "secret", {1}, 1, view.state, {}}, ""), HasSubstr("tel:119"));
  view.state.phase = Phase::closed;
  EXPECT_THAT(own_html(view), Not(HasSubstr("tel:119")));
}

TEST(ReportPage, OpensWhatIsFoldedAwayWhenSomethingInItIsWrong) {
  const auto fresh = report_page(english(), {}, "once");
  EXPECT_THAT(fresh, Not(HasSubstr("<details class=\"more\" open")));
  EXPECT_THAT(fresh, HasSubstr("representatives.3.name"));
  EXPECT_THAT(fresh, Not(HasSubstr("representatives.4.name"))) << "five together with the one who files";
  Typed typed{{{"representatives.0.email", "x"}}, Error{Code::invalid, {key::invalid_fields}, {}}};
  EXPECT_THAT(report_page(english(), typed, "once"), HasSubstr("<details class=\"more\" open"));
}

TEST(ClockList, KeepsTheLimitForObjectionsInTheHouse) {
  auto view = plain_view(Phase::assigned);
  view.state.objection_until = clock_of(town(), "object", noon);
  EXPECT_THAT(limits_section(english(), view.state, Reader::staff).markup(), HasSubstr("Objection"));
  EXPECT_THAT(limits_section(english(), view.state, Reader::requester).markup(), Not(HasSubstr("Objection")));
}

}  // namespace
}  // namespace huiyin::pages
