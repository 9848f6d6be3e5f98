// What an answer has to contain, who signs it, and what nobody has to read in it.
#include <gmock/gmock.h>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

using namespace people;
using fixtures::at;

// An opinion with everything it needs.
Answer opinion() {
  return {std::string("The land is measured anew"), Outcome::supported,
          std::vector<PartText>{{fixtures::claim, "That it be measured"}, {fixtures::basis, "The land act, article 14"}}};
}
Life at_work_on_land() { return Life::up_to(Phase::in_work, filing_about_land()); }

Answer without(void (*change)(Answer&)) {
  auto answer = opinion();
  change(answer);
  return answer;
}

TEST(Article32, TheOpinionStatesClaimGroundsBasisAndOutcome) {
  const std::vector<std::pair<Answer, std::string_view>> rows{
      {opinion(), "proposed"},
      {without([](Answer& answer) { answer.words = {}; }), "invalid invalid_fields words"},
      {without([](Answer& answer) { answer.outcome.reset(); }), "invalid invalid_fields outcome"},
      {without([](Answer& answer) { answer.parts = {}; }), "invalid invalid_fields parts.claim parts.basis"},
      {Answer{}, "invalid invalid_fields outcome parts.claim parts.basis words"},
      {without([](Answer& answer) { answer.parts.value->pop_back(); }), "invalid invalid_fields parts.basis"},
      {without([](Answer& answer) { answer.parts.value->back().words.clear(); }), "invalid invalid_fields parts.basis"},
      {without([](Answer& answer) { answer.parts.value->push_back({{"poem"}, "Roses"}); }), "invalid invalid_fields parts.poem"},
      {without([](Answer& answer) { answer.parts.value->push_back(answer.parts.value->back()); }),
       "invalid invalid_fields parts.basis"}};
  for (const auto& [answer, expected] : rows)
    EXPECT_EQ(at_work_on_land().says(officer, answer, "2026-03-02T09:00:00+08:00"), expected);
}

TEST(Article32, TheOutcomeIsSupportedExplainedOrNot) {
  for (const auto outcome : {Outcome::supported, Outcome::explained, Outcome::not_supported}) {
    auto life = at_work_on_land();
    auto answer = opinion();
    answer.outcome = outcome;
    life.take(officer, answer, "2026-03-02T09:00:00+08:00");
    EXPECT_EQ(std::get<Answered>(life.take(signer, approved, "2026-03-02T10:00:00+08:00").front()).outcome, outcome);
  }
}

TEST(CaseAnswer, APlainReplyStatesNoOutcomeAndHasNoParts) {
  const auto life = Life::up_to(Phase::in_work);
  EXPECT_EQ(life.says(officer, Answer{std::string("Done")}, "2026-03-02T09:00:00+08:00"), "answered");
  EXPECT_EQ(life.says(officer, Answer{std::string("Done"), Outcome::supported}, "2026-03-02T09:00:00+08:00"),
            "invalid invalid_fields outcome");
  EXPECT_EQ(life.says(officer, opinion(), "2026-03-02T09:00:00+08:00"), "invalid invalid_fields outcome parts.claim parts.basis");
}

TEST(CaseAnswer, ThatIsSignedGoesOutWhenAnotherHasSignedItAndIsOnTimeByThat) {
  auto life = at_work_on_land();
  const auto last = life.clock(rules::finish_limit).due.at;
  life.take(officer, opinion(), last);
  EXPECT_EQ(life.state.phase, Phase::in_work);
  EXPECT_FALSE(life.clock(rules::finish_limit).met);
  EXPECT_EQ(told(life.would(approved, last)), "answered");
  const auto answered = std::get<Answered>(life.take(signer, approved, last + std::chrono::milliseconds(1)).front());
  EXPECT_FALSE(answered.on_time);
  EXPECT_EQ(answered.by, officer.user);
  EXPECT_EQ(answered.signed_by, signer.user);
  EXPECT_EQ(*answered.words, "The land is measured anew");
  EXPECT_THAT(life.state.took_part.people, testing::IsSupersetOf({*officer.user, *signer.user}));
}

TEST(CaseAnswer, IsSignedBySignerOrLeaderOfTheUnitAndNobodyElse) {
  auto life = at_work_on_land();
  life.take(officer, opinion(), "2026-03-02T09:00:00+08:00");
  const auto act = act_of(life.state, approved);
  EXPECT_EQ(act, "approve_answer");
  for (const auto& person : {mate, dispatcher, supervisor, water_leader}) EXPECT_FALSE(life.lets(person, act));
  for (const auto& person : {signer, leader}) EXPECT_TRUE(life.lets(person, act));
}

TEST(CaseAnswer, WaitingForItsSignatureIsTheOnlyOne) {
  auto life = at_work_on_land();
  life.take(officer, opinion(), "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.says(mate, opinion(), "2026-03-02T10:00:00+08:00"), "conflict case_proposal_open");
  EXPECT_THAT(life.offers(mate, "2026-03-02T10:00:00+08:00"), testing::Not(testing::Contains("answer")));
}

TEST(CaseAnswer, IsNotSignedWhileAPartIsOpen) {
  auto life = at_work_on_land();
  life.take(officer, opinion(), "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, Support{fixtures::water}, "2026-03-02T10:00:00+08:00");
  EXPECT_EQ(life.says(signer, approved, "2026-03-02T11:00:00+08:00"), "conflict case_part_open");
}

TEST(CaseAnswer, WaitingForItsSignatureFallsWithTheOfficerOrTheUnit) {
  for (const auto& [by, command] :
       {std::pair(officer, Command(Recuse{std::string("A relative")})), std::pair(dispatcher, Command(Assign{fixtures::water})),
        std::pair(dispatcher, Command(SetAbout{fixtures::roads, "", {}}))}) {
    auto life = at_work_on_land();
    life.take(officer, opinion(), "2026-03-02T09:00:00+08:00");
    life.take(by, command, "2026-03-02T10:00:00+08:00");
    EXPECT_FALSE(life.state.proposal) << name_of_alternative(command);
  }
}

// An answer may name an office's telephone; nobody's identity number stands in any.
TEST(CaseAnswer, NamesNobodysIdentityNumber) {
  const auto life = Life::up_to(Phase::in_work);
  EXPECT_EQ(life.says(officer, Answer{std::string("Ask at 13912345678")}, "2026-03-02T09:00:00+08:00"), "answered");
  EXPECT_EQ(life.says(officer, Answer{std::string("Wang, 11010519491231002X")}, "2026-03-02T09:00:00+08:00"),
            "invalid invalid_fields words");
  auto answer = opinion();
  answer.parts.value->front().words = "Of Wang, 11010519491231002X";
  EXPECT_EQ(at_work_on_land().says(officer, answer, "2026-03-02T09:00:00+08:00"), "invalid invalid_fields parts.claim");
}

TEST(CaseNote, NamesNobodysNumberAtAll) {
  const auto life = Life::up_to(Phase::in_work);
  EXPECT_EQ(life.says(officer, Note{std::string("Called 139 1234 5678")}, "2026-03-02T09:00:00+08:00"),
            "invalid invalid_fields words");
  const auto refused = life.would(Note{std::string("Called 13912345678")}, at("2026-03-02T09:00:00+08:00"));
  EXPECT_TRUE(refused.ok()) << "by the program, which brings over what others wrote";
  EXPECT_EQ(life.says(Actor::holder_of({5}), Reply{std::string("x")}, "2026-03-02T09:00:00+08:00"), "conflict case_wrong_phase");
}

// Article 33: mediation by consent; work may rest meanwhile. Whether a limit stops is the pack's to say: no article says so.
TEST(Article33, AMediationLetsWorkRestAndTheLimitRunOn) {
  auto life = at_work_on_land();
  const auto due = life.clock(rules::finish_limit).due;
  life.take(officer, Pause{fixtures::mediation, std::string("They talk")}, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, opinion(), "2026-03-03T09:00:00+08:00"), "conflict case_paused");
  EXPECT_EQ(next_clock(life.state)->due, due);
  life.take(officer, Resume{}, "2026-03-12T09:00:00+08:00");
  EXPECT_EQ(life.clock(rules::finish_limit).due, due);
  EXPECT_EQ(life.says(officer, opinion(), "2026-03-13T09:00:00+08:00"), "proposed");
}

// Article 18 is tried where the first page is made (pages_test), 39 where the figures are (figures_test).

}  // namespace
}  // namespace huiyin::cases
