#include "analysis/similar.h"

#include <random>

namespace huiyin::analysis {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string plant =
    "搅拌站建在丽景新城旁边，灰尘和噪音让我们无法睡觉。孩子整夜咳嗽，老人血压升高。我们多次向社区反映，没有任何答复，希望拆走搅拌站。";
const std::string lift = "丽景新城三栋的电梯一周坏了四次，物业不修电梯，老人上下楼困难，请督促物业尽快维修。";
const std::string lamp = "学府路的路灯坏了半个月，晚上漆黑一片，学生放学很不安全，请尽快修好路灯。";

SimilarIndex index_of_three() {
  SimilarIndex index;
  index.add({.id = "plant", .subject = "丽景新城旁的搅拌站", .body = plant, .at = Instant{0}});
  index.add({.id = "lift", .subject = "丽景新城电梯坏了", .body = lift, .at = Instant{0}, .solved = true});
  index.add({.id = "lamp", .subject = "学府路路灯", .body = lamp, .at = Instant{0}, .solved = true});
  return index;
}

TEST(SimilarIndex, FindsALightlyEditedCopyFirst) {
  const auto index = index_of_three();
  auto edited = "领导您好，" + plant + "谢谢！";
  edited.replace(edited.find("老人血压升高"), std::string("老人血压升高").size(), "老人睡不着");
  const auto found =
      index.find({.id = "new", .subject = "搅拌站扰民", .body = edited, .at = Instant{std::int64_t{86'400'000} * 3}}, 5);
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found[0].id, "plant");
  EXPECT_EQ(found[0].kind, Similarity::near_copy);
  EXPECT_EQ(found[0].days_apart, 3);
}

TEST(SimilarIndex, FindsTheSameMatterInOtherWordsWithItsGrounds) {
  const auto index = index_of_three();
  const auto found =
      index.find({.id = "new", .subject = "丽景新城的搅拌站灰尘大", .body = "丽景新城门口的搅拌站噪音和灰尘太大，请管一管。"}, 5);
  ASSERT_THAT(found, Not(IsEmpty()));
  EXPECT_EQ(found[0].id, "plant");
  EXPECT_EQ(found[0].kind, Similarity::same_matter);
  EXPECT_THAT(found[0].places, Contains(HasSubstr("丽景新城")));
  EXPECT_THAT(found[0].phrases, Contains(HasSubstr("搅拌站")));
}

TEST(SimilarIndex, FindsNothingLikeATextAboutSomethingElse) {
  EXPECT_THAT(index_of_three().find({.id = "new", .subject = "公积金", .body = "请问公积金贷款额度怎么计算，需要哪些材料？"}, 5),
              IsEmpty());
}

TEST(SimilarIndex, NeverFindsTheQueryItself) {
  EXPECT_THAT(index_of_three().find({.id = "lamp", .subject = "学府路路灯", .body = lamp}, 5), IsEmpty());
}

TEST(SimilarIndex, ForgetsWhatIsRemovedAndReplacesWhatComesAgain) {
  auto index = index_of_three();
  EXPECT_TRUE(index.remove("plant"));
  EXPECT_FALSE(index.remove("plant"));
  EXPECT_THAT(index.find({.id = "new", .subject = "", .body = plant}, 5),
              Not(Contains(testing::Field(&SimilarFound::id, "plant"))));
  index.add({.id = "lamp", .subject = "搅拌站", .body = plant});
  EXPECT_EQ(index.size(), 2U);
  const auto found = index.find({.id = "new", .subject = "", .body = plant}, 5);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].id, "lamp");
}

// What is left answers alike before and after the index gives back the room of what was removed.
TEST(SimilarIndex, AnswersAlikeAfterManyRemovals) {
  const unsigned seed = 7;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<std::string> words{"路灯", "电梯", "噪音", "公交", "学校", "垃圾", "停车",
                                       "漏水", "施工", "拆迁", "工资", "油烟", "绿化", "信号"};
  SimilarIndex index;
  std::vector<std::string> bodies;
  for (int at = 0; at < 1'500; ++at) {
    std::string body = "第" + std::to_string(at) + "号小区";
    for (int word = 0; word < 20; ++word) body += words[random() % words.size()];
    index.add({.id = std::to_string(at), .body = body});
    bodies.push_back(body);
  }
  for (int at = 0; at < 1'500; ++at) {
    if (at % 3 != 0) index.remove(std::to_string(at));
  }
  EXPECT_EQ(index.size(), 500U);
  for (std::size_t at = 0; at < bodies.size(); at += 3) {
    const auto found = index.find({.id = "new", .body = bodies[at]}, 1);
    ASSERT_THAT(found, SizeIs(1)) << at;
    EXPECT_EQ(found[0].id, std::to_string(at));
  }
}

TEST(SimilarIndex, TakesAnyText) {
  const unsigned seed = 11;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  auto index = index_of_three();
  for (int round = 0; round < 200; ++round) {
    std::string text(random() % 300, ' ');
    for (auto& byte : text) byte = static_cast<char>(random());
    index.add({.id = "odd", .subject = text, .body = text});
    ASSERT_LE(index.find({.id = "new", .subject = text, .body = plant}, 3).size(), 3U);
  }
  EXPECT_EQ(index.size(), 4U);
}

}  // namespace
}  // namespace huiyin::analysis
