// The check of answers on small texts written for it.
#include <random>

#include "analysis/quality/check.h"
#include "base/text.h"

namespace huiyin::quality {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const AnswerCheck& check() {
  static const AnswerCheck one;
  return one;
}

std::vector<std::string> kinds_of(const Answered& answered) {
  std::vector<std::string> kinds;
  for (const auto& remark : check().check(answered).remarks) kinds.emplace_back(name_of(remark.kind));
  return kinds;
}

constexpr std::string_view subject = "请求修复桂花巷路灯";
constexpr std::string_view body = "桂花巷东头的路灯坏了半个月，晚上看不见路，请尽快修复。";

struct ToldAnswer {
  std::string_view answer;
  std::vector<std::string> expected;
};

TEST(AnswerCheck, NotesWhatACarefulReaderWould) {
  const std::vector<ToldAnswer> rows{
      {"您好，您的留言已收悉，感谢您对我们工作的支持！2026年3月2日", {"nothing_done"}},
      {"", {}},
      {"网友：您好！您反映的问题已转区城管局调查处理，如有进展将及时反馈。", {"passed_on"}},
      {"您好！您反映的问题已转交有关部门核实办理。2026年3月2日", {"passed_on"}},
      {"您好！您的建议我们已经知道，下一步将认真考虑，争取早日解决。", {"nothing_done", "promise_without_date"}},
      {"经现场查看，桂花巷东头确有两盏路灯不亮，我们将尽快修复。", {"promise_without_date"}},
      {"首先澄清一下，桂花巷路灯于3月1日已修复，请你搞清楚。", {"cold_tone"}},
      {"您好！不属于我单位职责范围。", {"nothing_done"}},
      {"Dear resident, thank you for your message. Kind regards", {"nothing_done"}},
      {"Hello, your complaint has been forwarded to the department for action. Thank you.", {"passed_on"}},
      {"Our inspector visited the lane and found two lamps dark. They will be mended as soon as possible.",
       {"promise_without_date"}},
  };
  for (const auto& row : rows) EXPECT_EQ(kinds_of({subject, body, row.answer}), row.expected) << row.answer;
}

TEST(AnswerCheck, IsSilentOnConcreteDatedGroundedAnswers) {
  for (
      const std::string_view answer :
      {"您好！3月2日，区城管局工作人员到桂花巷查看，东头两盏路灯因电缆老化不亮，已更换电缆，3月4日恢复照明。如再有问题请拨打区路灯所电话12319。",
       "根据《城市照明管理规定》第二十一条，桂花巷路灯由区路灯所维护。经现场核查，故障属实，将于3月10日前修复，联系人为路灯所值班室。",
       "您好，桂花巷属小区内部道路，根据物业服务合同由物业公司维修，我局已于3月2日约谈物业公司，责令其5日内修复。今后将加强巡查。",
       "经转办，我局收到后于3月3日完成维修，路灯现已恢复正常。感谢监督！",
       "Dear resident, our crew replaced the cable in Laurel Lane on 4 March 2026 and both lamps are lit again. If one fails, call the lamp desk."}) {
    EXPECT_THAT(kinds_of({subject, body, answer}), IsEmpty()) << answer;
  }
}

TEST(AnswerCheck, NotesWhatTheQuestionAskedAndTheAnswerLeaves) {
  EXPECT_THAT(kinds_of({"桂花巷什么时候通自来水？", "请问什么时候通水？",
                        "桂花巷自来水管道工程由区水务公司实施，管径两百毫米，水压满足居民使用。"}),
              ElementsAre("beside_the_point"));
  EXPECT_THAT(kinds_of({"桂花巷什么时候通自来水？", "请问什么时候通水？", "桂花巷自来水管道工程已验收，5月1日通水。"}),
              IsEmpty());
  EXPECT_THAT(kinds_of({"低保被取消的依据是什么", "依据是什么？", "桂花村今年低保对象共有许多户，村里开会评议，您家没有评上。"}),
              ElementsAre("beside_the_point"));
}

TEST(AnswerCheck, ShowsThePassageAndWhatWouldMendIt) {
  const std::string answer = "您好！经现场查看，确有两盏路灯不亮。下一步我们将尽快安排。感谢支持！";
  const auto remarks = check().check({subject, body, answer}).remarks;
  ASSERT_EQ(remarks.size(), 1U);
  EXPECT_EQ(answer.substr(remarks[0].begin, remarks[0].end - remarks[0].begin), "下一步我们将尽快安排。");
  for (const auto language : {Language::zh, Language::en}) {
    EXPECT_FALSE(say(remarks[0].why, language).empty());
    EXPECT_FALSE(say(remarks[0].mend, language).empty());
    EXPECT_FALSE(say(title_of(remarks[0].kind), language).empty());
  }
}

TEST(AnswerCheck, LeavesOutKindsThatAreSwitchedOff) {
  Options options;
  options.rules[static_cast<std::size_t>(Kind::passed_on)].on = false;
  EXPECT_THAT(AnswerCheck(options).check({subject, body, "您反映的问题已转区城管局处理。"}).remarks, IsEmpty());
}

TEST(AnswerCheck, FindsTheSameTextGivenToOthers) {
  Copies copies;
  std::vector<std::size_t> numbers;
  const auto add = [&](std::string_view asked_subject, std::string_view asked, std::string_view answer) {
    const auto checked = check().check({asked_subject, asked, answer});
    return copies.add(checked.core, checked.question);
  };
  const auto same = [](std::string_view matter) {
    return "您好！" + std::string(matter) +
           "的意见我们已充分了解，有关科室将结合年度安排和财力状况统筹推进，请继续关注支持我们的各项事业。";
  };
  numbers.push_back(add("路灯", "桂花巷路灯坏了，晚上很黑，老人摔倒", same("桂花巷路灯")));
  numbers.push_back(add("井盖", "石桥路井盖响，整夜吵，没法睡觉", same("石桥路井盖")));
  numbers.push_back(add("公交", "希望给城东新区加开一条夜间公交", same("夜间公交")));
  numbers.push_back(add("公交", "希望给城东新区加开一条夜间公交", same("夜间公交")));  // asked twice: answered twice
  numbers.push_back(add("噪音", "工地夜里施工", "经查，工地3月1日夜间施工没有许可，已责令停工并罚款两万元。"));
  EXPECT_EQ(copies.others(numbers[0]), 2U);
  EXPECT_EQ(copies.others(numbers[3]), 2U);
  EXPECT_EQ(copies.others(numbers[4]), 0U);
  EXPECT_TRUE(check().copied(2, 0, 3).has_value());
  EXPECT_FALSE(check().copied(1, 0, 3).has_value());
}

TEST(AnswerCheck, PassagesAreWholeCharactersOfTheAnswer) {
  constexpr int rounds = 2000;
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<std::string> pieces{"您好", "！",   "已转",     "区城管局", "处理",     "。",   "3月2日", "尽快",
                                        "将会", "经查", "《条例》", "电话",     "“",        "”",    "UU1",    "感谢您",
                                        "\n",   " ",    "a",        "Dear ",    "will be ", "soon", ". ",     "造谣",
                                        "路灯", "é",    "😀",       "１",       "、",       "今后", "；",     "?"};
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  std::uniform_int_distribution<std::size_t> length(0, 60);
  const auto any = [&] {
    std::string text;
    for (auto left = length(random); left > 0; --left) text += pieces[piece(random)];
    return text;
  };
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    const auto answer = any();
    const auto asked = any();
    const auto checked = check().check({asked, asked, answer});
    for (const auto& remark : checked.remarks) {
      ASSERT_LE(remark.begin, remark.end) << answer;
      ASSERT_LE(remark.end, answer.size()) << answer;
      EXPECT_TRUE(is_text(answer.substr(remark.begin, remark.end - remark.begin))) << answer;
    }
    EXPECT_TRUE(is_text(answer.substr(checked.core_begin, checked.core_end - checked.core_begin))) << answer;
  }
}

}  // namespace
}  // namespace huiyin::quality
