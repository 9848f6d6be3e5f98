// Limits that hold for some categories alone: 24 hours where the heating fails.
#include <gtest/gtest.h>

#include "domain/case_life.h"
#include "domain/case_lives.h"
#include "domain/rules/explanation.h"

namespace huiyin::cases {
namespace {

using fixtures::at;
using namespace people;
using lives::finish_pipes;
using lives::finish_pipes_limit;

const RuleCode accept_streets{"accept-streets"};

// The pipes have 24 hours of their own; one working day to accept what belongs to the streets.
rules::Pack pack_with_own_limits() {
  auto pack = fixtures::town_pack();
  pack.limits.push_back(finish_pipes_limit());
  pack.limits.push_back({.code = accept_streets,
                         .rule = rules::accept_limit,
                         .categories = {fixtures::streets},
                         .name = {"受理（街道）", "Acceptance (streets)"},
                         .starts_at = rules::StartsAt::received,
                         .terms = {rules::Count::working_days, 1},
                         .article = {"本包设定", "set by this pack"},
                         .source = {"当日转办", "Passed on within a day"}});
  return pack;
}

Life filed(const CategoryCode& category) {
  Life life;
  life.pack = pack_with_own_limits();
  auto submit = filing();
  submit.category = category;
  life.take(submit, "2026-03-02T09:00:00+08:00");
  return life;
}

Life pipes_in_work() {
  auto life = filed(fixtures::pipes);
  life.take(dispatcher, Accept{}, "2026-03-02T10:00:00+08:00");
  life.take(dispatcher, Assign{fixtures::water}, "2026-03-02T10:10:00+08:00");
  life.take(water_officer, Start{}, "2026-03-02T10:20:00+08:00");
  return life;
}

TEST(OwnLimit, IsThatOfTheCategoryOrTheNearestAboveElseTheOneForAll) {
  const auto pack = pack_with_own_limits();
  EXPECT_EQ(pack.limit_for(rules::finish_limit, fixtures::pipes).code, finish_pipes);
  EXPECT_EQ(pack.limit_for(rules::accept_limit, fixtures::potholes).code, accept_streets) << "potholes lie below the streets";
  EXPECT_EQ(pack.limit_for(rules::accept_limit, fixtures::pipes).code, rules::accept_limit);
  EXPECT_EQ(pack.limit_for(rules::finish_limit, std::nullopt).code, rules::finish_limit);
  EXPECT_EQ(pack.limit_for(rules::finish_limit, CategoryCode{"nowhere"}).code, rules::finish_limit);
}

TEST(OwnLimit, StartsWithTheCategoryThatTheCaseHasThen) {
  auto life = filed(fixtures::potholes);
  const auto& accept = life.clock(rules::accept_limit);
  EXPECT_EQ(accept.due.own_limit, accept_streets);
  EXPECT_EQ(accept.due.terms, (rules::Terms{rules::Count::working_days, 1}));
  // Put right by the dispatcher: it is about the pipes.
  life.take(dispatcher, Accept{fixtures::pipes}, "2026-03-02T10:00:00+08:00");
  const auto& finish = life.clock(rules::finish_limit);
  EXPECT_EQ(finish.due.rule, rules::finish_limit);
  EXPECT_EQ(finish.due.own_limit, finish_pipes);
  EXPECT_EQ(finish.due.at, at("2026-03-03T10:00:00+08:00"));
  EXPECT_EQ(*rules::remind_at(finish), at("2026-03-03T06:00:00+08:00"));
}

TEST(OwnLimit, OfAnotherCategoryChangesNothing) {
  auto life = filed(fixtures::land);
  EXPECT_FALSE(life.clock(rules::accept_limit).due.own_limit);
  life.take(dispatcher, Accept{}, "2026-03-02T10:00:00+08:00");
  EXPECT_EQ(life.clock(rules::finish_limit).due.terms.amount, fixtures::finish_days);
}

TEST(OwnLimit, IsExtendedByItsOwnMeasure) {
  auto life = pipes_in_work();
  const auto asking = [&](int amount) {
    return life.says(water_officer, AskExtension{amount, std::string("a part is missing")}, "2026-03-02T11:00:00+08:00");
  };
  EXPECT_EQ(asking(13), "invalid invalid_fields amount");
  EXPECT_EQ(asking(12), "proposed");
  life.pack.limits.pop_back();
  life.pack.limits.pop_back();
  EXPECT_EQ(asking(12), "conflict case_extension_used_up") << "the limit for all counts days, this clock hours";
}

TEST(OwnLimit, ExplainsItselfByItsOwnNameAndArticle) {
  auto life = filed(fixtures::pipes);
  life.take(dispatcher, Accept{}, "2026-03-02T10:00:00+08:00");
  const auto& clock = life.clock(rules::finish_limit);
  const auto sentence = [&] { return say(rules::explain(clock, life.zone), life.pack, life.zone, Language::en); };
  EXPECT_EQ(
      sentence(),
      "Completion (pipes): 24 hours, counted from acceptance on 2 March 2026, 10:00; it ends on 3 March 2026, 10:00 (set by "
      "this pack).");
  life.pack.limits.erase(std::ranges::find(life.pack.limits, finish_pipes, &rules::Limit::code));
  EXPECT_NE(sentence().find("Completion: 24 hours"), std::string::npos) << sentence();
  EXPECT_EQ(sentence().find("article 34"), std::string::npos) << "it was not counted by the limit for all: " << sentence();
}

// As the law on open government information has it: 20 working days from receiving the request, whenever it is accepted.
TEST(OwnLimit, MayCountFromTheReceipt) {
  auto life = filed(fixtures::land);
  auto limit = finish_pipes_limit();
  limit.categories = {fixtures::land};
  limit.starts_at = rules::StartsAt::received;
  limit.terms = {rules::Count::working_days, 20};
  life.pack.limits.push_back(limit);
  life.take(dispatcher, Accept{}, "2026-03-05T10:00:00+08:00");
  const auto& clock = life.clock(rules::finish_limit);
  EXPECT_EQ(clock.start, at("2026-03-02T09:00:00+08:00"));
  EXPECT_EQ(clock.began, rules::Began::received);
  // 3 to 6 March = 1 to 4, 9 to 13 = 5 to 9, 16 to 20 = 10 to 14, 23 to 27 = 15 to 19, 30 March = 20.
  EXPECT_EQ(clock.due.at, at("2026-03-30T23:59:59.999+08:00"));
  EXPECT_NE(
      say(rules::explain(clock, life.zone), life.pack, life.zone, Language::en).find("counted from receipt on 2 March 2026"),
      std::string::npos);
  life.take(dispatcher, Assign{fixtures::roads}, "2026-03-05T10:10:00+08:00");
  EXPECT_EQ(life.clock(rules::finish_limit).due.own_limit, limit.code);
}

// What came too late stays late: "not solved" is no fresh start for it.
TEST(OwnLimit, ThatTheAnswerCameTooLateForDoesNotBeginAnew) {
  auto life = pipes_in_work();
  life.take(water_officer, Answer{std::string("The pipe is mended")}, "2026-03-07T10:00:00+08:00");
  life.take(unsolved, "2026-03-08T10:00:00+08:00");
  EXPECT_EQ(life.clock(rules::finish_limit).due.at, at("2026-03-03T10:00:00+08:00"));
  EXPECT_EQ(standing_of(life.clock(rules::finish_limit), at("2026-03-08T10:00:00+08:00")), rules::Standing::overdue);
}

// The time in which the requester judges is not the office's.
TEST(OwnLimit, ThatRanOutWhileTheAnswerWasJudgedBeginsAnewWhenItIsNotSolved) {
  auto life = pipes_in_work();
  life.take(water_officer, Answer{std::string("The pipe is mended")}, "2026-03-02T20:00:00+08:00");
  auto soon = life;
  soon.take(unsolved, "2026-03-02T21:00:00+08:00");
  EXPECT_EQ(soon.clock(rules::finish_limit).due.at, at("2026-03-03T10:00:00+08:00")) << "it was not over yet: it runs on";
  life.take(unsolved, "2026-03-04T08:00:00+08:00");
  const auto& clock = life.clock(rules::finish_limit);
  EXPECT_EQ(clock.due.at, at("2026-03-05T08:00:00+08:00"));
  EXPECT_EQ(clock.due.own_limit, finish_pipes);
  EXPECT_EQ(
      say(rules::explain(clock, life.zone), life.pack, life.zone, Language::en),
      "Completion (pipes): 24 hours, counted from the return as not solved on 4 March 2026, 08:00; it ends on 5 March 2026, "
      "08:00 (set by this pack).");
}

TEST(OwnLimit, IsCountedAgainWhenTheCaseIsOpenedAgain) {
  auto life = pipes_in_work();
  life.take(water_officer, Answer{std::string("The pipe is mended")}, "2026-03-02T20:00:00+08:00");
  life.take(solved, "2026-03-03T08:00:00+08:00");
  life.take(water_officer, Close{}, "2026-03-03T09:00:00+08:00");
  life.take(Reopen{std::string("No water again")}, "2026-03-04T08:00:00+08:00");
  const auto& clock = life.clock(rules::finish_limit);
  EXPECT_EQ(clock.due.own_limit, finish_pipes);
  EXPECT_EQ(clock.due.at, at("2026-03-05T08:00:00+08:00"));
}

// Opened again before anybody had accepted it: the time to answer counts from then, not from a receipt of long ago.
TEST(OwnLimit, OfACaseOpenedAgainUnacceptedCountsFromTheReopening) {
  auto life = filed(fixtures::land);
  auto limit = finish_pipes_limit();
  limit.categories = {fixtures::land};
  limit.starts_at = rules::StartsAt::received;
  limit.terms = {rules::Count::working_days, 20};
  life.pack.limits.push_back(limit);
  life.take(dispatcher, not_accepting, "2026-03-03T09:00:00+08:00");
  life.take(other_dispatcher, approved, "2026-03-03T10:00:00+08:00");
  life.take(dispatcher, ReopenByStaff{std::string("It is ours after all")}, "2026-08-31T09:00:00+08:00");
  life.take(other_dispatcher, approved, "2026-08-31T10:00:00+08:00");
  life.take(dispatcher, Accept{}, "2026-09-01T09:00:00+08:00");
  const auto& clock = life.clock(rules::finish_limit);
  EXPECT_EQ(clock.start, at("2026-08-31T10:00:00+08:00"));
  EXPECT_EQ(clock.began, rules::Began::reopened);
  // 1 to 4 September = 1 to 4, 7 to 11 = 9, 14 to 18 = 14, Sunday 20 is worked = 15, 21 to 24 = 19, 25 to 27 off, 28 = 20.
  EXPECT_EQ(clock.due.at, at("2026-09-28T23:59:59.999+08:00"));
}

}  // namespace
}  // namespace huiyin::cases
