// Cases that become one, and one that becomes several.
#include <gmock/gmock.h>

#include "app/life_world.h"
#include "base/text.h"

namespace huiyin::app {
namespace {

using cases::Phase;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CaseMerge : public LifeWorld {
 protected:
  void merge(const Held& one, const Held& into) {
    std::string reference = into.reference;
    for (auto& letter : reference) letter = static_cast<char>(std::tolower(letter));  // as somebody types it
    ASSERT_EQ(does(dispatcher, one.id, cases::Merge{reference, std::string("The same hole"), {}}), "ok");
    ASSERT_EQ(does(second_dispatcher, one.id, approved), "ok");
    ASSERT_EQ(state(one.id).phase, Phase::merged);
  }
  void chores_pass() {
    auto chores = node("one");
    world_.clock.pass(mergers_every);
    rounds(chores);
  }
  std::vector<std::string> story_of(const Held& one) {
    const auto view = read(one.holder, one.id).value();
    std::vector<std::string> names;
    for (const auto& event : view.story) names.emplace_back(name_of_alternative(event.event));
    return names;
  }
};

TEST_F(CaseMerge, TheOneThatWasMergedGetsTheAnswerOfTheOtherUnderItsOwnKey) {
  const auto one = in_work("A hole at the school"), other = in_work("A hole at the corner");
  merge(one, other);
  EXPECT_EQ(read(officer, one.id)->merged_into, other.reference);
  chores_pass();
  EXPECT_EQ(state(one.id).phase, Phase::merged);
  ASSERT_EQ(does(officer, other.id, cases::Answer{std::string("The hole at the school is filled"), {}, {}}), "ok");
  chores_pass();
  EXPECT_EQ(state(one.id).phase, Phase::answered);
  const auto answered = last<cases::Answered>(one.holder, one.id);
  EXPECT_EQ(answered->words.value, "The hole at the school is filled");
  EXPECT_EQ(answered->taken_from, fixtures::roads);
  EXPECT_EQ(answered->by, officer.user);
  const auto view = world_.store->read(world_.town->id);
  const auto sealed_words = [&](RecordId id) {
    const auto record = view->find_record(id).value();
    return view->find_event(id, record.version)->sealed[static_cast<std::size_t>(PrivateClass::staff_words)].value();
  };
  EXPECT_NE(sealed_words(one.id), sealed_words(other.id));
  EXPECT_EQ(does(one.holder, one.id, cases::Rate{true, true, cases::Satisfaction::satisfied, {}, false}), "ok");
  chores_pass();
  EXPECT_EQ(count_of("case.answered"), 2U);
}

TEST_F(CaseMerge, NeitherRequesterLearnsOfTheOther) {
  const auto one = in_work("A hole at the school"), other = in_work("A hole at the corner");
  merge(one, other);
  ASSERT_EQ(does(officer, other.id, cases::Answer{std::string("Filled"), {}, {}}), "ok");
  chores_pass();
  EXPECT_THAT(story_of(other), ElementsAre("submitted", "accepted", "assigned", "started", "answered"));
  EXPECT_THAT(story_of(one), ElementsAre("submitted", "accepted", "assigned", "started", "merged", "answered"));
  EXPECT_FALSE(read(one.holder, one.id)->merged_into);
  for (const auto& entry : world_.store->read(world_.town->id)->list_entries(0, 99)) {
    EXPECT_THAT(entry, Not(HasSubstr(other.reference)));
  }
}

TEST_F(CaseMerge, ItIsOnItsOwnAgainWhenTheOtherEndsWithoutAnAnswer) {
  const auto one = in_work("A hole at the school"), other = in_work("A hole at the corner");
  merge(one, other);
  ASSERT_EQ(does(other.holder, other.id, cases::Withdraw{}), "ok");
  chores_pass();
  EXPECT_EQ(state(one.id).phase, Phase::in_work);
  EXPECT_FALSE(state(one.id).merged_into);
  EXPECT_EQ(does(officer, one.id, cases::Answer{std::string("Filled"), {}, {}}), "ok");
}

TEST_F(CaseMerge, SomebodyTakesItOutAgain) {
  const auto one = in_work("A hole at the school"), other = in_work("A hole at the corner");
  merge(one, other);
  EXPECT_EQ(does(officer, one.id, cases::SplitBack{std::string("Another hole")}), "forbidden may_not_role");
  ASSERT_EQ(does(dispatcher, one.id, cases::SplitBack{std::string("Another hole")}), "ok");
  ASSERT_EQ(does(officer, other.id, cases::Answer{std::string("Filled"), {}, {}}), "ok");
  chores_pass();
  EXPECT_EQ(state(one.id).phase, Phase::in_work);
}

TEST_F(CaseMerge, GoesOnlyIntoAnOpenCaseThatIsAnother) {
  const auto one = in_work("A hole at the school"), other = in_work("A hole at the corner");
  ASSERT_EQ(does(other.holder, other.id, cases::Withdraw{}), "ok");
  const auto says = [&](const std::string& into) {
    return does(dispatcher, one.id, cases::Merge{into, std::string("The same hole"), {}});
  };
  for (const auto& into : {other.reference, one.reference, std::string("nonsense")})
    EXPECT_EQ(says(into), "invalid invalid_fields into") << into;
}

TEST_F(CaseMerge, TheAnswerOfAUnitThatIsComplainedOfIsNotPassedOn) {
  const auto one = filed(filing("The roads office leaves the hole open"));
  ASSERT_EQ(does(dispatcher, one.id, cases::Accept{}), "ok");
  const auto other = in_work("A hole at the corner");
  merge(one, other);
  ASSERT_EQ(does(dispatcher, one.id, cases::SetAbout{fixtures::roads, "", {}}), "ok");
  ASSERT_EQ(does(officer, other.id, cases::Answer{std::string("Filled"), {}, {}}), "ok");
  chores_pass();
  EXPECT_EQ(state(one.id).phase, Phase::accepted);
  EXPECT_EQ(told(read(officer, one.id)), "forbidden may_not_with_others");
}

TEST_F(CaseMerge, WaitsWhileTheWordsOfTheAnswerDoNotOpen) {
  const auto one = in_work("A hole at the school");
  world_.clock.pass(std::chrono::hours(24 * 31));  // April, and another wrapping key
  const auto other = in_work("A hole at the corner"), later = in_work("A third hole");
  merge(one, other);
  merge(later, one.id == other.id ? one : in_work("A fourth hole"));
  ASSERT_EQ(does(officer, other.id, cases::Answer{std::string("Filled"), {}, {}}), "ok");
  world_.keys.destroy("2026-04");
  chores_pass();
  EXPECT_EQ(state(one.id).phase, Phase::merged);
  world_.keys.destroy("");
  chores_pass();
  EXPECT_EQ(state(one.id).phase, Phase::answered);
}

// ---- One letter, several matters
// ------------------------------------------------------------------------------------------------

class CaseSplit : public LifeWorld {
 protected:
  static cases::Split into_two() {
    return {{{fixtures::potholes, std::string("The hole"), std::string("There is a hole")},
             {fixtures::pipes, {}, std::string("And a pipe leaks")}},
            {}};
  }
  static Filing letter() {
    auto made = filing("There is a hole. And a pipe leaks");
    made.submit.contact = cases::Contact{"Li", "13900000000", std::nullopt};
    made.submit.people = 7;
    made.submit.representatives = std::vector<cases::Contact>{{"Wang", std::nullopt, std::nullopt}};
    return made;
  }
  std::vector<std::string> parts_of(const Held& one) { return read(one.holder, one.id).value().split_into; }
};

TEST_F(CaseSplit, ThePartsOpenWithTheLettersSecretAndCarryWhoWrote) {
  const auto one = filed(letter());
  ASSERT_EQ(does(dispatcher, one.id, cases::Accept{}), "ok");
  ASSERT_EQ(does(dispatcher, one.id, into_two()), "ok");
  EXPECT_EQ(state(one.id).phase, Phase::split);
  const auto references = parts_of(one);
  ASSERT_EQ(references.size(), 2U);
  const std::vector<std::string> bodies{"There is a hole", "And a pipe leaks"};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto holder = desk_.holder(*world_.town, references[i], one.secret).value();
    const auto view = read(holder, *holder.holds).value();
    EXPECT_NE(*holder.holds, one.id);
    EXPECT_EQ(view.submitted.body.value, bodies[i]);
    EXPECT_EQ((*view.submitted.contact).phone, "13900000000");
    EXPECT_EQ((*view.submitted.representatives).front().name, "Wang");
    EXPECT_EQ(view.submitted.people, 7);
    EXPECT_EQ(view.submitted.split_from, one.reference);
    EXPECT_EQ(view.state.phase, Phase::accepted);
    EXPECT_FALSE(read(dispatcher, *holder.holds)->submitted.contact);
    EXPECT_EQ(told(desk_.holder(*world_.town, references[i], file(filing("x"))->secret)), "not_found record_not_found");
  }
  EXPECT_EQ(state({2}).category, fixtures::potholes);
  EXPECT_EQ(state({3}).category, fixtures::pipes);
}

TEST_F(CaseSplit, NoLimitBeginsAnew) {
  // Nor does a part get the limit of its own category, by which it would be late already.
  world_.town->pack.limits.push_back({.code = {"accept-pipes"},
                                      .rule = rules::accept_limit,
                                      .categories = {fixtures::pipes},
                                      .name = {"受理（管网）", "Acceptance (pipes)"},
                                      .starts_at = rules::StartsAt::received,
                                      .terms = {rules::Count::hours, 1},
                                      .article = {"本包设定", "set by this pack"},
                                      .source = {"管网不能等", "Pipes cannot wait"}});
  const auto one = filed(letter());
  world_.clock.pass(std::chrono::hours(24 * 10));
  ASSERT_EQ(does(dispatcher, one.id, cases::Accept{}), "ok");
  world_.clock.pass(std::chrono::hours(24 * 20));
  ASSERT_EQ(does(dispatcher, one.id, into_two()), "ok");
  const auto whole = state(one.id);
  for (const std::int64_t id : {2, 3}) {
    const auto part = state({id});
    for (const auto& rule : {rules::accept_limit, rules::finish_limit}) {
      EXPECT_EQ(cases::find_clock(part, rule)->due, cases::find_clock(whole, rule)->due);
      EXPECT_EQ(cases::find_clock(part, rule)->start, cases::find_clock(whole, rule)->start);
    }
    EXPECT_TRUE(rules::standing_of(*cases::find_clock(part, rules::accept_limit), world_.clock.now()) == rules::Standing::met);
  }
}

TEST_F(CaseSplit, BeforeItIsAcceptedThePartsAreStillToBeAccepted) {
  const auto one = filed(letter());
  ASSERT_EQ(does(dispatcher, one.id, into_two()), "ok");
  EXPECT_EQ(state({2}).phase, Phase::received);
  EXPECT_EQ(does(dispatcher, {2}, cases::NotAccept{fixtures::court, std::string("It is before the court")}), "ok");
}

TEST_F(CaseSplit, WhoIsComplainedOfInTheLetterIsSoInItsParts) {
  auto complaint = letter();
  complaint.submit.about = fixtures::water;
  const auto one = filed(complaint);
  ASSERT_EQ(does(dispatcher, one.id, cases::SetAbout{fixtures::water, "officer", {}}), "ok");
  ASSERT_EQ(does(dispatcher, one.id, into_two()), "ok");
  for (const std::int64_t id : {2, 3}) {
    EXPECT_EQ(told(read(other_officer, {id})), "forbidden may_not_with_others");
    EXPECT_EQ(told(read(officer, {id})), "forbidden may_not_with_others");
  }
}

// Extended by 30 days, and paused where that stops the limit: what the letter was given, its parts have.
TEST_F(CaseSplit, ThePartsHaveTheLimitOfTheLetterAsItStands) {
  const auto one = in_work(letter());
  ASSERT_EQ(does(officer, one.id, cases::AskExtension{30, std::string("A survey first")}), "ok");
  ASSERT_EQ(does(leader, one.id, cases::RuleProposal{.approved = true, .reason = {}}), "ok");
  ASSERT_EQ(does(dispatcher, one.id, cases::SetUrgent{true, std::string("A gas leak")}), "ok");
  ASSERT_EQ(does(dispatcher, one.id, into_two()), "ok");
  const auto letter_state = state(one.id);
  const auto* of_letter = cases::find_clock(letter_state, rules::finish_limit);
  for (const std::int64_t id : {2, 3}) {
    const auto part_state = state({id});
    const auto* of_part = cases::find_clock(part_state, rules::finish_limit);
    ASSERT_NE(of_part, nullptr);
    EXPECT_EQ(of_part->due, of_letter->due);
    EXPECT_EQ(of_part->extended, 30);
    EXPECT_EQ(of_part->start, of_letter->start);
    EXPECT_TRUE(part_state.urgent);
    EXPECT_EQ(cases::find_clock(part_state, rules::urgent_limit)->due.at,
              cases::find_clock(letter_state, rules::urgent_limit)->due.at);
  }
}

// It was accepted in time and came back long after: the parts say both as it was.
TEST_F(CaseSplit, OfALetterThatCameBackThePartsTellItsDaysAsTheyWere) {
  const auto one = in_work(letter());
  ASSERT_EQ(does(officer, one.id, cases::Answer{std::string("Mended")}), "ok");
  world_.clock.pass(std::chrono::hours(24 * 65));
  const cases::Rate unsolved{
      .contacted = true, .solved = false, .satisfaction = cases::Satisfaction::not_satisfied, .words = {}, .shared = false};
  ASSERT_EQ(does(Actor::holder_of(one.id), one.id, unsolved), "ok");
  ASSERT_EQ(does(dispatcher, one.id, into_two()), "ok");
  const auto letter_state = state(one.id);
  for (const std::int64_t id : {2, 3}) {
    const auto part = state({id});
    EXPECT_EQ(cases::find_clock(part, rules::accept_limit)->met, cases::find_clock(letter_state, rules::accept_limit)->met);
    EXPECT_EQ(rules::standing_of(*cases::find_clock(part, rules::accept_limit), world_.clock.now()), rules::Standing::met);
    const auto *mine = cases::find_clock(part, rules::finish_limit),
               *letters = cases::find_clock(letter_state, rules::finish_limit);
    EXPECT_EQ(mine->start, letters->start);
    EXPECT_EQ(mine->began, rules::Began::returned);
    EXPECT_EQ(mine->due, letters->due);
    EXPECT_EQ(part.received, letter_state.received);
  }
}

TEST_F(CaseSplit, WhoKeptOutOfTheLetterKeepsOutOfItsParts) {
  const auto one = filed(letter());
  ASSERT_EQ(does(dispatcher, one.id, cases::Accept{}), "ok");
  ASSERT_EQ(does(second_dispatcher, one.id, cases::Recuse{std::string("My brother")}), "ok");
  ASSERT_EQ(does(dispatcher, one.id, into_two()), "ok");
  for (const std::int64_t id : {2, 3}) {
    EXPECT_EQ(told(read(second_dispatcher, {id})), "forbidden may_not_with_others");
    EXPECT_TRUE(read(dispatcher, {id}).ok());
  }
}

TEST_F(CaseSplit, IsDoneWholeOrNotAtAllAndNamesThePartThatIsWrong) {
  const auto one = filed(letter());
  ASSERT_EQ(does(dispatcher, one.id, cases::Accept{}), "ok");
  const auto size = log_size();
  auto wrong = into_two();
  wrong.parts[1].category = CategoryCode{"nowhere"};
  EXPECT_EQ(does(dispatcher, one.id, wrong), "invalid invalid_fields parts[1].category");
  wrong = into_two();
  wrong.parts[0].body = {};
  EXPECT_EQ(does(dispatcher, one.id, wrong), "invalid invalid_fields parts[0].body");
  wrong = into_two();
  wrong.parts.pop_back();
  EXPECT_EQ(does(dispatcher, one.id, wrong), "invalid invalid_fields parts");
  EXPECT_EQ(told(act_later(dispatcher, one.id, 1, into_two()).get()), "conflict record_moved_on version");
  EXPECT_EQ(does(supervisor, one.id, into_two()), "forbidden may_not_role");
  EXPECT_EQ(does(officer, one.id, into_two()), "forbidden may_not_role");
  EXPECT_EQ(log_size(), size);
  EXPECT_FALSE(world_.store->read(world_.town->id)->find_record({2}));
  ASSERT_EQ(does(dispatcher, one.id, into_two()), "ok");
  EXPECT_EQ(does(dispatcher, one.id, into_two()), "conflict case_wrong_phase");
  EXPECT_FALSE(world_.store->read(world_.town->id)->find_record({4}));
}

TEST_F(CaseSplit, ThatFailsFailsNoneOfItsNeighbours) {
  const auto one = filed(letter());
  auto wrong = into_two();
  wrong.parts[1].category = CategoryCode{"nowhere"};
  Gate gate(world_);
  auto before = file_later(filing("before"));
  auto failing = act_later(dispatcher, one.id, 1, wrong);
  auto after = file_later(filing("after"));
  gate.open();
  EXPECT_TRUE(before.get().ok());
  EXPECT_EQ(told(failing.get()), "invalid invalid_fields parts[1].category");
  EXPECT_TRUE(after.get().ok());
}

TEST_F(CaseSplit, APartCanBeSplitAgainAndOpensWithTheSameSecret) {
  const auto one = filed(letter());
  ASSERT_EQ(does(dispatcher, one.id, into_two()), "ok");
  ASSERT_EQ(does(dispatcher, {2}, into_two()), "ok");
  const auto reference = state({4}).reference;
  EXPECT_EQ(desk_.holder(*world_.town, reference, one.secret)->holds, RecordId{4});
  EXPECT_EQ(state({4}).received, state(one.id).received);
  EXPECT_EQ(state({4}).clocks.front().start, state(one.id).clocks.front().start);
}

}  // namespace
}  // namespace huiyin::app
