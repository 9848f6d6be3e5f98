#include "analysis/topics.h"

#include <algorithm>
#include <random>

#include "analysis/topic_words.h"

namespace huiyin::analysis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr Instant first_day{1'770'000'000'000};
constexpr std::chrono::hours one_day(24);

struct Said {
  std::string subject, body;
};

// Small words of our own: five people about a plant beside one estate, three about a plant elsewhere, two about the same estate's
// lift.
const std::vector<Said> plant_at_lijing{
    {"丽景新城旁的搅拌站夜里施工", "搅拌站建在丽景新城旁边，灰尘和噪音让我们无法睡觉，希望拆走搅拌站。"},
    {"丽景新城小区附近搅拌站灰尘大", "小区旁边的搅拌站从早到晚都有灰尘，孩子咳嗽，请环保部门管管搅拌站。"},
    {"投诉丽景新城附近建搅拌站", "搅拌站噪音扰民，灰尘污染，丽景新城的居民都受不了了。"},
    {"丽景新城的搅拌站是否合法", "请问丽景新城旁的搅拌站有没有环评，噪音和灰尘谁来管。"},
    {"搅拌站扰民，丽景新城居民盼解决", "丽景新城旁的搅拌站噪音大，灰尘大，投诉多次没有解决。"},
};
const std::vector<Said> plant_at_donghe{
    {"东河花园旁的搅拌站夜里施工", "东河花园门口新建搅拌站，灰尘和噪音让人无法睡觉。"},
    {"东河花园附近搅拌站灰尘大", "搅拌站就在东河花园旁边，灰尘多，噪音也大，请管一管。"},
    {"投诉东河花园附近建搅拌站", "东河花园旁的搅拌站噪音扰民，灰尘污染环境。"},
};
const std::vector<Said> lift_at_lijing{
    {"丽景新城三栋电梯总是坏", "丽景新城三栋的电梯一周坏了四次，物业不修电梯，老人上下楼困难。"},
    {"丽景新城电梯故障没人修", "电梯困人，物业只说等配件，丽景新城三栋电梯已经停了十天。"},
};

class Arrivals {
 public:
  CaseNumber add(const Said& said, std::uint32_t likes = 0) {
    ++count_;
    return topics_.add({.id = "c" + std::to_string(count_),
                        .subject = said.subject,
                        .body = said.body,
                        .at = first_day + count_ * one_day,
                        .likes = likes,
                        .person = "p" + std::to_string(count_)});
  }
  std::vector<CaseNumber> add_all(const std::vector<Said>& all) {
    std::vector<CaseNumber> numbers;
    for (const auto& said : all) numbers.push_back(add(said));
    return numbers;
  }
  TopicId topic(CaseNumber number) const { return topics_.topic_of(number).value(); }
  Topics& operator*() { return topics_; }
  Topics* operator->() { return &topics_; }

 private:
  Topics topics_;
  int count_ = 0;
};

TEST(Topics, JoinOneMatterAtOnePlaceAndKeepOtherPlacesAndMattersApart) {
  Arrivals arrivals;
  const auto lijing = arrivals.add_all(plant_at_lijing);
  const auto donghe = arrivals.add_all(plant_at_donghe);
  const auto lifts = arrivals.add_all(lift_at_lijing);
  for (const auto number : lijing) EXPECT_EQ(arrivals.topic(number), arrivals.topic(lijing[0])) << number;
  for (const auto number : donghe) EXPECT_EQ(arrivals.topic(number), arrivals.topic(donghe[0])) << number;
  EXPECT_NE(arrivals.topic(lijing[0]), arrivals.topic(donghe[0]));
  EXPECT_NE(arrivals.topic(lijing[0]), arrivals.topic(lifts[0]));
  EXPECT_EQ(arrivals.topic(lifts[0]), arrivals.topic(lifts[1]));
}

TEST(Topics, AreListedHottestFirstWithNamePlaceAndDays) {
  Arrivals arrivals;
  arrivals.add_all(plant_at_donghe);
  const auto lijing = arrivals.add_all(plant_at_lijing);
  const auto listed = arrivals->list(2, fit_for_everybody);
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_EQ(listed[0].cases, lijing);
  EXPECT_THAT(listed[0].name, HasSubstr("搅拌站"));
  EXPECT_THAT(listed[0].place, HasSubstr("丽景新城"));
  EXPECT_EQ(listed[0].from, first_day + 4 * one_day);
  EXPECT_EQ(listed[0].to, first_day + 8 * one_day);
  EXPECT_EQ(listed[0].people, 5U);
  EXPECT_GT(listed[0].heat, listed[1].heat);
}

TEST(Topics, CountNearCopiesOnce) {
  Arrivals arrivals;
  arrivals.add(plant_at_lijing[0]);
  for (int copy = 0; copy < 3; ++copy) {
    auto said = plant_at_lijing[1];
    said.body += copy % 2 == 0 ? "谢谢。" : "！";
    arrivals.add(said);
  }
  const auto listed = arrivals->list(2, fit_for_everybody);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_THAT(listed[0].cases, SizeIs(4));
  EXPECT_EQ(listed[0].cases_counted, 2U);
  EXPECT_EQ(arrivals->copies(), 2U);
}

TEST(Topics, LikesMakeATopicHotter) {
  Arrivals arrivals;
  arrivals.add(lift_at_lijing[0], 500);
  arrivals.add(lift_at_lijing[1], 300);
  arrivals.add_all(plant_at_donghe);
  const auto listed = arrivals->list(2, fit_for_everybody);
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_THAT(listed[0].name, HasSubstr("电梯"));
  EXPECT_EQ(listed[0].support, 800U);
}

TEST(Topics, MergedByHandStayOneAndLaterArrivalsFollow) {
  Arrivals arrivals;
  const auto lijing = arrivals.add_all({plant_at_lijing.begin(), plant_at_lijing.begin() + 3});
  const auto donghe = arrivals.add_all({plant_at_donghe.begin(), plant_at_donghe.begin() + 2});
  ASSERT_TRUE(arrivals->merge(arrivals.topic(lijing[0]), arrivals.topic(donghe[0])));
  const auto later = arrivals.add(plant_at_donghe[2]);
  EXPECT_EQ(arrivals.topic(later), arrivals.topic(lijing[0]));
  EXPECT_EQ(arrivals.topic(donghe[1]), arrivals.topic(lijing[0]));
  EXPECT_FALSE(arrivals->merge(arrivals.topic(lijing[0]), arrivals.topic(donghe[0]))) << "they are one already";
}

TEST(Topics, SplitByHandAreNeverJoinedAgainByThemselves) {
  Arrivals arrivals;
  const auto lijing = arrivals.add_all({plant_at_lijing.begin(), plant_at_lijing.begin() + 4});
  const auto made = arrivals->split({lijing[2], lijing[3]});
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(arrivals.topic(lijing[2]), *made);
  EXPECT_NE(arrivals.topic(lijing[0]), *made);
  for (int more = 0; more < 6; ++more) arrivals.add(plant_at_lijing[static_cast<std::size_t>(more) % plant_at_lijing.size()]);
  EXPECT_NE(arrivals.topic(lijing[0]), arrivals.topic(lijing[2]));
  EXPECT_EQ(arrivals.topic(lijing[0]), arrivals.topic(lijing[1]));
}

TEST(Topics, RenamedByHandKeepTheName) {
  Arrivals arrivals;
  const auto lijing = arrivals.add_all({plant_at_lijing.begin(), plant_at_lijing.begin() + 2});
  ASSERT_TRUE(arrivals->rename(arrivals.topic(lijing[0]), "丽景新城搅拌站"));
  arrivals.add_all({plant_at_lijing.begin() + 2, plant_at_lijing.end()});
  const auto listed = arrivals->list(2, fit_for_everybody);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0].name, "丽景新城搅拌站");
  EXPECT_TRUE(listed[0].by_hand);
}

TEST(Topics, RefuseDecisionsAboutWhatIsNotThere) {
  Arrivals arrivals;
  const auto lijing = arrivals.add_all(plant_at_lijing);
  const auto donghe = arrivals.add_all(plant_at_donghe);
  EXPECT_FALSE(arrivals->merge(arrivals.topic(lijing[0]), 99));
  EXPECT_FALSE(arrivals->rename(99, "x"));
  EXPECT_FALSE(arrivals->split({})) << "nothing leaves";
  EXPECT_FALSE(arrivals->split({999}));
  EXPECT_FALSE(arrivals->split(lijing)) << "nothing would be left behind";
  EXPECT_FALSE(arrivals->split({lijing[0], donghe[0]})) << "of two topics";
}

// Whatever is merged and split by hand, each case stands in exactly one topic, and what a person last decided of two cases holds.
TEST(Topics, HoldEachCaseOnceWhateverIsDecided) {
  const unsigned seed = 20261201;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  Arrivals arrivals;
  std::vector<Said> all;
  for (const auto* list : {&plant_at_lijing, &plant_at_donghe, &lift_at_lijing})
    all.insert(all.end(), list->begin(), list->end());
  std::vector<CaseNumber> numbers;
  for (int step = 0; step < 200; ++step) {
    const auto any = [&] { return numbers[random() % numbers.size()]; };
    if (numbers.size() < 4 || random() % 2 == 0) {
      numbers.push_back(arrivals.add(all[random() % all.size()]));
    } else if (random() % 2 == 0) {
      const auto one = any();
      const auto other = any();
      arrivals->merge(arrivals.topic(one), arrivals.topic(other));
      ASSERT_EQ(arrivals.topic(one), arrivals.topic(other));
    } else {
      const auto one = any();
      if (const auto made = arrivals->split({one})) {
        ASSERT_EQ(arrivals.topic(one), *made);
      }
    }
    std::vector<CaseNumber> held;
    for (const auto& topic : arrivals->list(1, fit_for_everybody))
      held.insert(held.end(), topic.cases.begin(), topic.cases.end());
    std::sort(held.begin(), held.end());
    ASSERT_EQ(held, numbers) << "step " << step;
  }
}

TEST(TopicNames, ShowNoPrivateData) {
  EXPECT_EQ(fit_for_everybody("请打13900001111找我"), "请打找我");
  EXPECT_EQ(fit_for_everybody("请打１３９００００１１１１找我"), "请打找我");
  EXPECT_EQ(fit_for_everybody("写信到 someone@example.org 谢谢"), "写信到  谢谢");
  EXPECT_THAT(fit_for_everybody("我叫王小明，路灯坏了"), Not(HasSubstr("王小明")));
  EXPECT_EQ(fit_for_everybody("805路公交2026年改道"), "805路公交2026年改道");
}

TEST(CaseWords, FoldWidthCaseAndScript) {
  EXPECT_EQ(folded_letters("Ａ３區，電梯"), folded_letters("a3区 电梯"));
  EXPECT_THAT(folded_letters("，。！"), IsEmpty());
  EXPECT_THAT(folded_letters("路，！灯"), ElementsAre(U'路', 0, U'灯'));
}

}  // namespace
}  // namespace huiyin::analysis
