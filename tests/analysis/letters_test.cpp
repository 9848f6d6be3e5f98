#include "analysis/letters.h"

#include "analysis/features.h"
#include "analysis/near_copies.h"
#include "analysis/sample_messages.h"

namespace huiyin::analysis {
namespace {

std::vector<Token> cut(std::string_view text) {
  std::vector<Token> tokens;
  sample_letters()->cut(text, tokens);
  return tokens;
}

std::vector<std::uint32_t> codes(std::string_view text) {
  std::vector<std::uint32_t> found;
  for (const auto& token : cut(text)) found.push_back(token.code);
  return found;
}

TEST(Letters, AreAlikeInAllTheirForms) {
  struct Row {
    const char *one, *other;
    bool alike;
  };
  for (const auto& [one, other, alike] : std::vector<Row>{
           {"路灯", "路燈", true},           // traditional
           {"ABC", "ａｂｃ", true},          // full width, case
           {"Straße 5", "STRASSE 77", false},  // the first letter of a fold alone
           {"12345", "７", true},            // a number is a number
           {"B2", "b99", true},
           {"道路", "路道", false},
           {"a b", "ab", false},
       })
    EXPECT_EQ(codes(one) == codes(other), alike) << one << " and " << other;
}

TEST(Letters, AreCutIntoHanCharactersWordsAndBreaks) {
  const auto tokens = cut("，修 road3 吧！！好");
  ASSERT_EQ(tokens.size(), 7U);
  EXPECT_EQ(tokens[0].code, U'修');
  EXPECT_EQ(tokens[1].code, break_code);
  EXPECT_TRUE(tokens[2].has_digit);
  EXPECT_EQ(tokens[2].end - tokens[2].begin, 5U);
  EXPECT_EQ(tokens[4].code, U'吧');
  EXPECT_EQ(tokens[5].code, break_code) << "one for both marks";
  EXPECT_EQ(tokens[6].end, 25U);
}

TEST(Letters, LookAtNoMoreThanTheirLimit) {
  std::string text;
  for (std::size_t i = 0; i < tokens_max + 10; ++i) text += "路";
  EXPECT_EQ(cut(text).size(), tokens_max);
}

TEST(Features, CountRunsOfEachBlockAndDoNotCrossBreaks) {
  FeatureReader reader(*sample_letters());
  const auto features = reader.read({"路灯坏", "路灯，路灯"});
  const auto tokens = reader.tokens();
  const auto count = [&](std::size_t first, std::size_t length, bool in_subject) {
    const auto hash = hash_of(tokens.subspan(first, length), in_subject);
    const auto found = std::ranges::find(features, hash, &Feature::hash);
    return found == features.end() ? 0 : found->count;
  };
  EXPECT_EQ(count(0, 1, true), 1U) << "路 in the subject";
  EXPECT_EQ(count(0, 3, true), 1U) << "路灯坏 in the subject";
  EXPECT_EQ(count(0, 2, false), 4U) << "路灯: twice for the subject, and both of the body";
  EXPECT_EQ(count(1, 2, false), 2U) << "灯坏";
  EXPECT_EQ(count(0, 3, false), 0U) << "no runs of three in the whole text";
  EXPECT_EQ(reader.subject_tokens(), 3U);
}

TEST(Features, AreTheSameWhateverWasReadBefore) {
  FeatureReader fresh(*sample_letters());
  FeatureReader used(*sample_letters());
  std::string much;
  for (char32_t one = 0x4E00; one < 0x4E00 + 9000; ++one) {
    much += static_cast<char>(0xE0U | one >> 12U);
    much += static_cast<char>(0x80U | (one >> 6U & 0x3FU));
    much += static_cast<char>(0x80U | (one & 0x3FU));
  }
  EXPECT_GT(used.read({"", much}).size(), 15'000U);
  const auto one = fresh.read({"路灯坏", "请修"});
  const auto other = used.read({"路灯坏", "请修"});
  EXPECT_TRUE(std::ranges::equal(one, other, {}, &Feature::hash, &Feature::hash));
  EXPECT_EQ(used.read({"", ""}).size(), 0U);
}

TEST(NearCopies, AreGroupedAndOthersNot) {
  const std::string text = "我家门前的路灯从上个月起一直没有亮，晚上走路很不安全，请有关部门尽快派人来修一修";
  std::vector<Sketch> sketches;
  for (const auto& one : {text, text + "，谢谢", std::string("孩子今年上小学，希望学校早一点公布学区划分的办法和报名的时间")})
    sketches.push_back(sketch_of(cut(one)));
  const auto groups = groups_of(sketches);
  EXPECT_EQ(groups[0], groups[1]);
  EXPECT_NE(groups[0], groups[2]);
}

}  // namespace
}  // namespace huiyin::analysis
