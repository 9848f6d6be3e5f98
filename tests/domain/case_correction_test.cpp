// The correction of a request that cannot be dealt with as it is (政府信息公开条例 art. 30).
#include <gtest/gtest.h>

#include "domain/case_life.h"
#include "domain/rules/explanation.h"

namespace huiyin::cases {
namespace {

using fixtures::at;
using namespace people;

const auto holder = Actor::holder_of({5});
const AskCorrection asking_to_correct{std::string("Which papers, of which year?")};
const Reply sending_it{std::string("The plans of 2024")};
const Lapse lapsing{std::string("Nothing came, and no reason was given")};

// Filed, accepted and assigned on Monday 2 March 2026. 20 working days to answer, counted from the receipt, as the law on open
// information has it; 7 working days to ask for a correction: the last is Wednesday 11 March.
Life request_assigned() {
  Life life;
  fixtures::let_correct(life.pack, {fixtures::potholes});
  life.pack.limits.push_back({.code = {"finish-own"},
                              .rule = rules::finish_limit,
                              .categories = {fixtures::potholes},
                              .name = {"答复", "Answer"},
                              .starts_at = rules::StartsAt::received,
                              .terms = {rules::Count::working_days, 20},
                              .article = {"", ""},
                              .source = {"", ""},
                              .stopped_by = {rules::correction_pause}});
  auto submit = filing();
  submit.category = fixtures::potholes;
  life.take(submit, "2026-03-02T09:00:00+08:00");
  life.take(dispatcher, Accept{}, "2026-03-02T10:00:00+08:00");
  life.take(dispatcher, Assign{fixtures::roads}, "2026-03-02T11:00:00+08:00");
  return life;
}
Life request_asked() {
  auto life = request_assigned();
  life.take(officer, asking_to_correct, "2026-03-04T09:00:00+08:00");
  return life;
}
std::string last_day(const Life& life, const rules::LegalClock& clock) { return to_iso(life.zone.day_of(clock.due.at)); }

TEST(Correction, IsAskedForWithinSevenWorkingDaysOfTheReceiptAndOnce) {
  auto life = request_assigned();
  EXPECT_EQ(last_day(life, *life.state.ask_correction_until), "2026-03-11") << "3 to 6, 9, 10, 11 March";
  EXPECT_EQ(life.says(officer, asking_to_correct, "2026-03-11T23:59:59+08:00"), "correction_asked");
  EXPECT_EQ(life.says(officer, asking_to_correct, "2026-03-12T00:00:00+08:00"), "conflict case_correction_too_late");
  EXPECT_EQ(life.says(officer, AskCorrection{}, "2026-03-04T09:00:00+08:00"), "invalid invalid_fields words");
  life = request_asked();
  life.take(holder, sending_it, "2026-03-05T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, asking_to_correct, "2026-03-06T09:00:00+08:00"), "conflict case_correction_once");
}

TEST(Correction, IsAskedForWhereThePackHasItForTheCategoryAlone) {
  const auto life = Life::up_to(Phase::in_work);
  EXPECT_EQ(life.says(officer, asking_to_correct, "2026-03-02T09:00:00+08:00"), "conflict case_correction_none");
  const auto offers = life.offers(officer, "2026-03-02T09:00:00+08:00");
  EXPECT_EQ(std::ranges::find(offers, AskCorrection::name), offers.end());
}

TEST(Correction, MakesWorkRestAndTheTimeToAnswerBeginAnewWhenItComes) {
  auto life = request_asked();
  EXPECT_EQ(life.state.pause, rules::correction_pause);
  EXPECT_EQ(last_day(life, *life.state.correction_until), "2026-03-11") << "5, 6, 9, 10, 11 March";
  EXPECT_EQ(rules::standing_of(life.clock(rules::finish_limit), at("2026-03-05T09:00:00+08:00")), rules::Standing::paused);
  EXPECT_EQ(life.says(officer, Answer{std::string("Here they are")}, "2026-03-05T09:00:00+08:00"), "conflict case_paused");
  life.take(holder, sending_it, "2026-03-09T15:00:00+08:00");
  EXPECT_FALSE(life.state.pause);
  EXPECT_FALSE(life.state.correction_open);
  // From Monday 9 March, that day left out: 10 to 13 March are four days, 16 to 20, 23 to 27 fourteen, 30 March to 3 April
  // nineteen; 4 to 6 April is Qingming: Tuesday 7 April.
  EXPECT_EQ(last_day(life, life.clock(rules::finish_limit)), "2026-04-07");
  EXPECT_EQ(life.clock(rules::finish_limit).began, rules::Began::corrected);
  const auto words = rules::say(rules::explain(life.clock(rules::finish_limit), life.zone), life.pack, life.zone, Language::en);
  EXPECT_NE(words.find("receipt of the corrected request"), std::string::npos) << words;
  ASSERT_EQ(std::ranges::count(life.state.clocks, rules::finish_limit, [](const auto& one) { return one.due.rule; }), 2);
  const auto& first = *std::ranges::find(life.state.clocks, rules::finish_limit, [](const auto& one) { return one.due.rule; });
  EXPECT_EQ(rules::standing_of(first, at("2026-03-10T09:00:00+08:00")), rules::Standing::met) << "nobody was late";
}

TEST(Correction, ThatComesLateCountsAsLongAsTheCaseIsOpen) {
  auto life = request_asked();
  life.take(holder, sending_it, "2026-03-20T09:00:00+08:00");
  EXPECT_EQ(life.clock(rules::finish_limit).start, at("2026-03-20T09:00:00+08:00"));
  EXPECT_EQ(life.says(officer, lapsing, "2026-03-21T09:00:00+08:00"), "conflict case_wrong_phase");
}

TEST(Correction, IsNotWaitedForWhereTheUnitGoesOnWithoutIt) {
  auto life = request_asked();
  life.take(officer, Resume{}, "2026-03-06T09:00:00+08:00");
  // 4, 5 and 6 March are left out: 3 March is day 1, 9 March day 2, 31 March day 18, 2 April day 20.
  EXPECT_EQ(last_day(life, life.clock(rules::finish_limit)), "2026-04-02");
  EXPECT_TRUE(life.state.correction_open) << "and it may still come";
  life.take(officer, Start{}, "2026-03-06T10:00:00+08:00");
  life.take(officer, Answer{std::string("Here they are")}, "2026-03-10T09:00:00+08:00");
  EXPECT_FALSE(life.state.correction_open);
}

TEST(Correction, IsNoPauseByHand) {
  auto life = request_assigned();
  EXPECT_EQ(life.says(officer, Pause{rules::correction_pause, std::string("Let it rest")}, "2026-03-03T09:00:00+08:00"),
            "invalid invalid_fields reason");
}

TEST(Correction, TellsOfDangerLikeEverythingThatTheRequesterWrites) {
  auto life = request_asked();
  EXPECT_EQ(life.says(holder, Reply{std::string("There is a gas leak")}, "2026-03-05T09:00:00+08:00"),
            "resumed,corrected,urgency_set");
}

TEST(Lapse, IsProposedWhenTheTimeIsOverAndDoneByAnother) {
  auto life = request_asked();
  EXPECT_EQ(life.says(officer, lapsing, "2026-03-11T23:59:59+08:00"), "conflict case_lapse_too_early");
  EXPECT_EQ(life.says(officer, Lapse{}, "2026-03-12T00:00:00+08:00"), "invalid invalid_fields reason");
  life.take(officer, lapsing, "2026-03-12T09:00:00+08:00");
  EXPECT_EQ(life.says(officer, approved, "2026-03-12T10:00:00+08:00"), "forbidden may_not_own_request");
  EXPECT_FALSE(life.lets(dispatcher, "approve_lapse"));
  life.take(leader, approved, "2026-03-12T10:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::lapsed);
  EXPECT_TRUE(life.offers(holder, "2026-03-12T11:00:00+08:00").empty());
  const auto& finish = life.clock(rules::finish_limit);
  EXPECT_EQ(rules::standing_of(finish, at("2026-03-13T09:00:00+08:00")), rules::Standing::met) << "nobody was late";
}

TEST(Lapse, IsDroppedWhenTheCorrectionComes) {
  auto life = request_asked();
  life.take(officer, lapsing, "2026-03-12T09:00:00+08:00");
  life.take(holder, sending_it, "2026-03-12T09:30:00+08:00");
  EXPECT_FALSE(life.state.proposal);
  EXPECT_EQ(life.state.phase, Phase::assigned);
}

TEST(Lapse, IsUndoneByTwoWhereThereWasAGoodReason) {
  auto life = Life::up_to(Phase::lapsed);
  life.take(dispatcher, ReopenByStaff{std::string("They were in hospital")}, "2026-03-12T09:00:00+08:00");
  life.take(other_dispatcher, approved, "2026-03-12T10:00:00+08:00");
  EXPECT_EQ(life.state.phase, Phase::assigned);
  EXPECT_EQ(life.clock(rules::finish_limit).began, rules::Began::reopened);
}

TEST(Correction, OfAPartOfALetterIsAskedForWithinTheTimeThatTheLetterHad) {
  Life life;
  fixtures::let_correct(life.pack, {fixtures::potholes});
  auto submit = filing();
  submit.category = fixtures::potholes;
  submit.split_from = "ABC-DEF-GHJ";
  const auto& accept = life.pack.limit_for(rules::accept_limit, {});
  const auto letter = at("2026-03-02T09:00:00+08:00");
  submit.accept_by = rules::LegalClock{.due = rules::due_of(accept, letter, life.pack.calendar, life.zone), .start = letter};
  life.take(submit, "2026-03-05T09:00:00+08:00");
  life.take(dispatcher, Accept{}, "2026-03-05T10:00:00+08:00");
  EXPECT_EQ(last_day(life, *life.state.ask_correction_until), "2026-03-11");
}

// What was asked for before was about the request as it was.
TEST(Correction, DropsTheExtensionAndTheAnswerThatWaitForApproval) {
  auto life = request_assigned();
  for (auto& limit : life.pack.limits) {
    if (limit.rule == rules::finish_limit) limit.extension = rules::Extension{20, {"", ""}};
  }
  life.take(officer, AskExtension{5, std::string("The archive is closed")}, "2026-03-03T09:00:00+08:00");
  life.take(officer, asking_to_correct, "2026-03-04T09:00:00+08:00");
  life.take(holder, sending_it, "2026-03-05T09:00:00+08:00");
  EXPECT_FALSE(life.state.proposal);
}

// Once only, so not once more of each part.
TEST(Correction, KeepsALetterInOnePiece) {
  auto life = request_asked();
  life.take(officer, Resume{}, "2026-03-05T09:00:00+08:00");
  EXPECT_EQ(life.says(dispatcher, splitting(), "2026-03-05T10:00:00+08:00"), "conflict case_correction_whole");
}

}  // namespace
}  // namespace huiyin::cases
