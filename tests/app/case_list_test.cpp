// Lists of cases with their titles, and the counters beside them: of what each reader may see.
#include <gmock/gmock.h>

#include "app/case_world.h"

namespace huiyin::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class CaseList : public testing::Test, protected CaseWorld {
 protected:
  // 1: received; 2: with roads; 3: with water; 4: with roads, in work.
  void SetUp() override {
    for (const auto* body : {"First", "Second", "Third", "Fourth"}) (void)file(filing(body)).value();
    for (const std::int64_t id : {2, 3, 4}) EXPECT_EQ(act(dispatcher, {id}, 1, cases::Accept{}), "2");
    for (const std::int64_t id : {2, 3, 4}) {
      EXPECT_EQ(act(dispatcher, {id}, 2, cases::Assign{id == 3 ? fixtures::water : fixtures::roads}), "3");
    }
    EXPECT_EQ(act(officer, {4}, 3, cases::Start{}), "4");
  }
  std::vector<std::string> titles(const Actor& actor, CaseFilter filter) {
    std::vector<std::string> out;
    const auto items = desk_.list(*world_.town, actor, std::move(filter)).value();
    for (const auto& item : items) out.push_back(item.title);
    return out;
  }
};

TEST_F(CaseList, ShowsEachReaderTheirOwnNewestFirst) {
  EXPECT_THAT(titles(dispatcher, {}), ElementsAre("Fourth", "Third", "Second", "First"));
  EXPECT_THAT(titles(officer, {}), ElementsAre("Fourth", "Second"));
  EXPECT_THAT(titles(other_officer, {}), ElementsAre("Third"));
  EXPECT_EQ(told(desk_.list(*world_.town, steward, {})), "forbidden may_not_role");
  EXPECT_EQ(told(desk_.list(*world_.town, Actor::anyone(), {})), "unauthenticated may_not_unknown");
  EXPECT_EQ(told(desk_.list(*world_.town, Actor::holder_of({1}), {})), "forbidden may_not_without_secret");
  EXPECT_THAT(desk_.list(*world_.village, dispatcher, {}).value(), IsEmpty());
}

TEST_F(CaseList, CannotBeWidenedByTheFilterThatWasAskedFor) {
  CaseFilter greedy;
  greedy.visible = {.all = true, .unit = {}};
  EXPECT_THAT(titles(officer, greedy), ElementsAre("Fourth", "Second"));
  EXPECT_THAT(titles(officer, {.visible = {}, .unit = fixtures::water}), IsEmpty());
}

TEST_F(CaseList, TakesFiltersAndACursor) {
  EXPECT_THAT(titles(dispatcher, {.visible = {}, .phase = cases::Phase::assigned}), ElementsAre("Third", "Second"));
  EXPECT_THAT(titles(dispatcher, {.visible = {}, .unit = fixtures::water}), ElementsAre("Third"));
  EXPECT_THAT(titles(dispatcher, {.visible = {}, .after = RecordId{3}}), ElementsAre("Second", "First"));
  EXPECT_THAT(titles(dispatcher, {.visible = {}, .count = 1}), ElementsAre("Fourth"));
  const auto due = read(dispatcher, {1}).value().state.clocks.front().due.at;
  EXPECT_THAT(titles(dispatcher, {.visible = {}, .due_before = due + std::chrono::milliseconds(1)}), ElementsAre("First"));
}

TEST_F(CaseList, CallsACaseByItsSubjectOrItsFirstWords) {
  auto with_subject = filing("Words");
  with_subject.submit.subject = std::string("Subject");
  (void)file(with_subject).value();
  std::string words;
  for (int i = 0; i < 100; ++i) words += "坑";
  (void)file(filing(words)).value();
  auto silent = filing("");
  silent.submit.place = cases::Place{"Main Street 1", {}, {}};
  (void)file(silent).value();
  const auto first = titles(dispatcher, {.visible = {}, .count = 3});
  EXPECT_EQ(first[2], "Subject");
  EXPECT_EQ(first[1], words.substr(0, 60 * std::string_view("坑").size()));
  EXPECT_EQ(first[0], "");
}

TEST_F(CaseList, StillShowsTheRowOfACaseThatCannotBeOpened) {
  world_.keys.destroy("2026-03");
  EXPECT_THAT(titles(dispatcher, {.visible = {}, .count = 1}), ElementsAre(""));
}

TEST_F(CaseList, CountsWhatTheReaderMaySee) {
  EXPECT_THAT(desk_.count_by_phase(*world_.town, dispatcher).value(),
              ElementsAre(Pair(cases::Phase::received, 1), Pair(cases::Phase::assigned, 2), Pair(cases::Phase::in_work, 1)));
  EXPECT_THAT(desk_.count_by_phase(*world_.town, officer).value(),
              ElementsAre(Pair(cases::Phase::assigned, 1), Pair(cases::Phase::in_work, 1)));
  EXPECT_EQ(told(desk_.count_by_phase(*world_.town, steward)), "forbidden may_not_role");
}

}  // namespace
}  // namespace huiyin::app
