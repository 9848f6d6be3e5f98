// The personal data finder. Every number here is invented: regions that no identity number has, telephone ranges that are kept
// for fiction or given to nobody, cards of no bank.
#include "analysis/personal/finder.h"

#include <random>

#include "analysis/personal/digits.h"
#include "base/text.h"

namespace huiyin::personal {
namespace {

const Finder& finder() {
  static const Finder one;
  return one;
}

std::string masked(std::string_view text, Language language = Language::zh) {
  return finder().mask(text, masks_of(language)).text;
}

struct Row {
  std::string_view text, expected;
};

void expect_masked(const std::vector<Row>& rows, Language language = Language::zh) {
  for (const auto& row : rows) EXPECT_EQ(masked(row.text, language), row.expected) << row.text;
}

TEST(PersonalFinder, FindsMobileNumbersHoweverTheyAreWritten) {
  expect_masked({{"电话13800000001。", "电话[电话]。"},
                 {"请打138 0000 0001或138-0000-0002", "请打[电话]或[电话]"},
                 {"+86 13800000001", "[电话]"},
                 {"+86-138-0000-0001，谢谢", "[电话]，谢谢"},
                 {"008613800000001", "[电话]"},
                 {"8613800000001", "[电话]"},
                 {"（86）13800000001", "[电话]"},
                 {"手机：１３８０００００００１", "手机：[电话]"},
                 {"１３８－００００－０００１", "[电话]"},
                 {"一三八零零零零零零零一", "[电话]"},
                 {"幺三八〇〇〇〇〇〇〇一，", "[电话]，"},
                 {"1三8零零零零零零零1打给我", "[电话]打给我"},
                 {"1 3 8 0 0 0 0 0 0 0 1", "[电话]"},
                 {"tel13800000001", "tel[电话]"},
                 {"13800000001转8012", "[电话]"},
                 {"13800000001、13800000002/13800000003", "[电话]、[电话]/[电话]"},
                 {"我13800000001一直打不通", "我[电话]一直打不通"}});
}

TEST(PersonalFinder, FindsLandlinesWithAreaCodesAndExtensions) {
  expect_masked({{"0731-80000001", "[电话]"},
                 {"0731—80000001", "[电话]"},
                 {"（0731）80000001", "[电话]"},
                 {"(010) 8000 0001", "[电话]"},
                 {"01080000001", "[电话]"},
                 {"073180000001", "[电话]"},
                 {"0731-80000001转8012", "[电话]"},
                 {"0731-80000001-8012", "[电话]"},
                 {"0731 8000-0001 分机 12", "[电话]"},
                 {"+86 731 8000 0001", "[电话]"},
                 {"0745-2000001", "[电话]"},
                 {"联系电话：80000001", "联系电话：[电话]"},
                 {"电话号码是8000-0001", "电话号码是[电话]"},
                 {"拨打 2000001 咨询", "拨打 [电话] 咨询"}});
}

TEST(PersonalFinder, FindsNumbersOfOtherCountries) {
  expect_masked({{"Call me on 07700 900123.", "Call me on [phone]."},
                 {"+44 (0)20 7946 0958", "[phone]"},
                 {"020 7946 0958", "[phone]"},
                 {"(212) 555-0123", "[phone]"},
                 {"212-555-0123", "[phone]"},
                 {"+1 212 555 0123 ext. 45", "[phone]"},
                 {"1-212-555-0123", "[phone]"},
                 {"phone: 2125550123", "phone: [phone]"},
                 {"tel. 555-0123", "tel. [phone]"},
                 {"+49 30 901820 x", "[phone] x"}},
                Language::en);
}

TEST(PersonalFinder, LeavesNumbersThatRingNobody) {
  for (const std::string_view text : {"请拨打12345或0731-12345",
                                      "110、119、12333热线",
                                      "400-800-0001",
                                      "1-800-555-0199",
                                      "订单号13800000001",
                                      "订单编号：13800000001",
                                      "快递单号为138000000012",
                                      "受理编号 20190307001234",
                                      "〔2019〕12号",
                                      "长政发[2018]31号",
                                      "2019-03-07",
                                      "2019年3月7日",
                                      "20190307",
                                      "990101900307001",
                                      "13800000001元",
                                      "金额1380000000.01元",
                                      "注册资本13800000001万元",
                                      "1,380,000,000,123",
                                      "2013-2016年",
                                      "950路公交车、W113路",
                                      "3.14159265358979",
                                      "V13800000001",
                                      "DD-13800000001",
                                      "order no. 13800000001",
                                      "reference number 212-555-0123",
                                      "invoice # 4111111111111111",
                                      "IP 192.168.100.200",
                                      "gb 50099-2011",
                                      "电话20190307",
                                      "1-2-3",
                                      "楚1003执异68号",
                                      "9:00-17:30",
                                      "北纬28.228209，东经112.938814"}) {
    EXPECT_EQ(masked(text), text);
  }
}

TEST(PersonalFinder, FindsIdentityNumbersByTheirCheckDigitAndDay) {
  expect_masked({{"身份证990101199003070015。", "身份证[身份证号]。"},
                 {"990101199003070015", "[身份证号]"},
                 {"990101 19900307 0015", "[身份证号]"},
                 {"99010119900307004X", "[身份证号]"},
                 {"99010119900307004x", "[身份证号]"},
                 {"９９０１０１１９９００３０７００１５", "[身份证号]"},
                 {"身份证号码为990101900307001，", "身份证号码为[身份证号]，"},
                 {"身份证号：990101199003070016", "身份证号：[身份证号]"},  // mistyped, yet a word says what it is
                 {"990101199003070016", "990101199003070016"},              // no check digit agrees
                 {"990101199013070018", "990101199013070018"},              // no such month
                 {"订单990101900307001", "订单990101900307001"}});
}

TEST(PersonalFinder, FindsBankCardsByTheirCheckDigitOrTheWordBefore) {
  expect_masked({{"6200000000000005", "[银行账号]"},
                 {"6200 0000 0000 0005", "[银行账号]"},
                 {"6200000000000001230", "[银行账号]"},
                 {"4111-1111-1111-1111", "[银行账号]"},
                 {"6200000000000006", "6200000000000006"},
                 {"账号：6200000000000006", "账号：[银行账号]"},
                 {"订单号6200000000000005", "订单号6200000000000005"}});
}

TEST(PersonalFinder, FindsMailAccountsPassportsAndPlates) {
  expect_masked({{"发到a.b-c@example.org谢谢", "发到[邮箱]谢谢"},
                 {"邮箱：ｎａｍｅ＠example.com。", "邮箱：[邮箱]。"},
                 {"a@b", "a@b"},
                 {"@@@@", "@@@@"},
                 {"13800000001@example.com", "[邮箱]"},
                 {"微信：abc_12345，QQ号：123456", "微信：[社交账号]，QQ号：[社交账号]"},
                 {"用微信支付", "用微信支付"},
                 {"护照号码E00000001", "护照号码[证件号]"},
                 {"港澳通行证：C00000001", "港澳通行证：[证件号]"},
                 {"型号E00000001", "型号E00000001"},
                 {"湘A00001停在路边", "[车牌]停在路边"},
                 {"湘A·D00001", "[车牌]"},
                 {"车牌号为楚AA0001的车", "车牌号为[车牌]的车"},
                 {"京A座", "京A座"}});
}

TEST(PersonalFinder, FindsDoorsAndLeavesStreets) {
  expect_masked({{"我家住湘江路12号3栋2单元501室。", "我家住湘江路[住址]。"},
                 {"金桥小区3栋2单元501室漏水", "金桥小区[住址]漏水"},
                 {"金桥小区3栋501漏水", "金桥小区[住址]漏水"},
                 {"金桥小区B2栋2-501", "金桥小区[住址]"},
                 {"金桥小区五栋二单元502", "金桥小区[住址]"},
                 {"４栋１０１房", "[住址]"},
                 {"本人住在湘江路12号，", "本人住在湘江路[住址]，"},
                 {"户籍地石桥村3组12号", "户籍地石桥村[住址]"},
                 {"湘江路12号的餐馆排油烟", "湘江路12号的餐馆排油烟"},
                 {"9栋西边的垃圾站", "9栋西边的垃圾站"},
                 {"人社局517室", "人社局517室"},
                 {"办公室在湘江路8号人社局3楼517室", "办公室在湘江路8号人社局3楼517室"},
                 {"地铁3号线", "地铁3号线"},
                 {"10月20号上午", "10月20号上午"},
                 {"3栋200多户居民", "3栋200多户居民"},
                 {"500户", "500户"}});
  expect_masked({{"I live at 12 Elm Road.", "I live at [address]."},
                 {"My address is 221B Baker Street, London", "My address is [address], London"},
                 {"Flat 3, 12 Elm Road", "[address]"},
                 {"1200 Main Street, Apt 4B is cold", "[address] is cold"},
                 {"a pothole at 1200 Main Street", "a pothole at 1200 Main Street"},
                 {"in 2019 New Street lights", "in 2019 New Street lights"}},
                Language::en);
}

TEST(PersonalFinder, FindsNamesThatIntroduceThemselves) {
  expect_masked({{"我叫张三，家住城东", "我叫[姓名]，家住城东"},
                 {"我叫张小三是城东人", "我叫[姓名]是城东人"},
                 {"我叫黄某", "我叫黄某"},
                 {"我名叫欧阳小三。", "我名叫[姓名]。"},
                 {"姓名：李四 电话：13800000001", "姓名：[姓名] 电话：[电话]"},
                 {"联系人：王五13800000001", "联系人：[姓名][电话]"},
                 {"本人张三，现住城东", "本人[姓名]，现住城东"},
                 {"我是李四。", "我是[姓名]。"},
                 {"我叫买买提·艾力，", "我叫[姓名]，"},
                 {"我叫李四家里停水", "我叫[姓名]家里停水"},
                 {"投诉人：赵六", "投诉人：[姓名]"}});
  expect_masked({{"My name is John Smith, and", "My name is [name], and"},
                 {"my name is john smith and i live here", "my name is [name] and i live here"},
                 {"Contact person: Mary O'Neil.", "Contact person: [name]."},
                 {"I am John Smith", "I am [name]"},
                 {"I'm Mary Ann Jones.", "I'm [name]."}},
                Language::en);
}

TEST(PersonalFinder, LeavesOfficesPlacesAndPeopleNobodyNames) {
  for (const std::string_view text : {"我是高新区居民",
                                      "我是黄花镇的居民",
                                      "我是江西人",
                                      "本人于2019年购房",
                                      "本人常年在外打工",
                                      "本人向贵局反映",
                                      "本人和家人",
                                      "我是单亲妈妈",
                                      "我是一名教师",
                                      "我叫了救护车",
                                      "我叫车去医院",
                                      "我是金碧小区业主",
                                      "张局长",
                                      "李书记您好",
                                      "联系人事科",
                                      "本人从事",
                                      "本人在校",
                                      "我是高三学生",
                                      "我是安置户",
                                      "我是程序员",
                                      "本人曾多次投诉",
                                      "区人社局",
                                      "联系人：",
                                      "我是房东",
                                      "I am writing to complain",
                                      "I am Very angry",
                                      "my name is not important",
                                      "This is the Water Department",
                                      "I am from New York",
                                      "Dear Mr Mayor"}) {
    EXPECT_EQ(masked(text), text);
  }
}

TEST(PersonalFinder, MaskingAgainChangesNothing) {
  const std::string text = "我叫张三，电话13800000001，住湘江路12号3栋502室，邮箱a@example.org，身份证990101199003070015。";
  for (const auto language : {Language::zh, Language::en}) {
    const auto masks = masks_of(language);
    const auto once = finder().mask(text, masks);
    EXPECT_EQ(finder().mask(once.text, masks).text, once.text);
    EXPECT_EQ(once.counts, (std::array<std::size_t, kind_count>{1, 1, 0, 0, 1, 0, 0, 1, 1}));
  }
}

// Words that mean something to the finder, in any order.
std::string any_text(std::mt19937& random) {
  static const std::vector<std::string> pieces{"1",           "3",
                                               "8",           "0",
                                               "13800000001", "0731",
                                               "-",           " ",
                                               "(",           ")",
                                               "（",          "+",
                                               "86",          "+44",
                                               ".",           "@",
                                               "a",           "Z",
                                               "example.org", "我叫",
                                               "本人",        "我是",
                                               "张",          "三",
                                               "欧阳",        "·",
                                               "，",          "。",
                                               "：",          "电话",
                                               "身份证",      "990101199003070015",
                                               "账号",        "6200000000000005",
                                               "路",          "号",
                                               "栋",          "单元",
                                               "室",          "家住",
                                               "一",          "三",
                                               "八",          "零",
                                               "X",           "转",
                                               "ext",         "湘A",
                                               "00001",       "My name is ",
                                               "John ",       "Smith ",
                                               "12 Elm Road", "Flat 3, ",
                                               "I live at ",  "订单号",
                                               "[电话]",      "[",
                                               "]",           "é",
                                               "😀",          "\n",
                                               "微信",        "护照",
                                               "E00000001",   "QQ",
                                               "/",           "小区",
                                               "１",          "３",
                                               "〇"};
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  std::uniform_int_distribution<std::size_t> length(0, 40);
  std::string text;
  for (auto left = length(random); left > 0; --left) text += pieces[piece(random)];
  return text;
}

TEST(PersonalFinder, NeverOverlapsNorCutsACharacterAndMasksForGood) {
  constexpr int rounds = 3000;
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto masks = masks_of(Language::zh);
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    const auto text = any_text(random);
    std::size_t from = 0;
    for (const auto& finding : finder().find(text)) {
      EXPECT_LE(from, finding.begin) << text;
      EXPECT_LT(finding.begin, finding.end) << text;
      EXPECT_TRUE(is_text(std::string_view(text).substr(finding.begin, finding.end - finding.begin))) << text;
      from = finding.end;
    }
    EXPECT_LE(from, text.size());
    const auto once = finder().mask(text, masks).text;
    EXPECT_TRUE(is_text(once)) << text;
    EXPECT_EQ(finder().mask(once, masks).text, once) << text;
    EXPECT_TRUE(finder().find(once).empty()) << text;
  }
}

TEST(PersonalFinder, TakesTimeInStepWithLength) {
  // Nothing here is a finding, and everything nearly one. A search that goes back would take hours over it.
  for (const std::string_view piece :
       {"1-", "@", "a@", "(", "+1 ", "电话", "我叫", "3栋", "一", "Flat 3, ", "12 Elm ", "my name is ", "1 ", "湘A"}) {
    std::string text;
    while (text.size() < 400'000) text += piece;
    EXPECT_GE(finder().find(text).size(), 0U);
  }
}

TEST(PersonalFinder, SaysWhy) {
  const auto findings = finder().find("990101199003070015，金桥小区3栋502室，电话8000-0001");
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].why, Why::check_digit);
  EXPECT_EQ(findings[1].why, Why::door);
  EXPECT_EQ(findings[2].why, Why::word_before);
  for (const auto& finding : findings) EXPECT_FALSE(say(reason_of(finding.why), Language::zh).empty());
}

TEST(IdentityNumber, HasTheCheckDigitOfTheStandard) {
  EXPECT_TRUE(has_identity_check_digit("11010519491231002X"));  // the example of GB 11643-1999 itself, nobody's number
  EXPECT_FALSE(has_identity_check_digit("110105194912310021"));
  EXPECT_FALSE(has_identity_check_digit("11010519491231002"));
}

}  // namespace
}  // namespace huiyin::personal
