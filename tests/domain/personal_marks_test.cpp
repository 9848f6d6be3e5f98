// Numbers of persons, as people write them, and numbers that are none. All made up; the check digits are right where it says so.
#include "domain/rules/personal_marks.h"

#include <gtest/gtest.h>

namespace huiyin::rules {
namespace {

struct MarkRow {
  std::string_view text;
  std::string_view found;  // "" for nothing
};

std::string told(std::string_view text) {
  const auto mark = find_personal_mark(text);
  if (!mark) return "";
  return (mark->kind == PersonalMark::Kind::phone ? "phone " : "identity ") + mark->masked;
}

TEST(PersonalMarks, AreFoundAsPeopleWriteThem) {
  const std::vector<MarkRow> rows{{"13912345678", "phone 139…78"},
                                  {"Call 139 1234 5678 at night", "phone 139…78"},
                                  {"139-1234-5678", "phone 139…78"},
                                  {"+8613912345678", "phone 139…78"},
                                  {"+86 139 1234 5678", "phone 139…78"},
                                  {"0086-139-1234-5678", "phone 139…78"},
                                  {"on 2026-03-01 13912345678", "phone 139…78"},
                                  {"3 13912345678 4", "phone 139…78"},
                                  {"13912345678xiang", "phone 139…78"},
                                  {"No. 7 11010519491231002X", "identity 110…2X"},
                                  {"电话：１３９１２３４５６７８。", "phone 139…78"},
                                  {"他的电话13912345678他说", "phone 139…78"},
                                  {"13912345678.", "phone 139…78"},
                                  {"11010519491231002X", "identity 110…2X"},
                                  {"11010519491231002x", "identity 110…2X"},
                                  {"110105 19491231 002X", "identity 110…2X"},
                                  {"身份证１１０１０５１９４９１２３１００２Ｘ", "identity 110…2X"},
                                  {"440524188001010014", "identity 440…14"},
                                  {"one 12345 and then 13912345678", "phone 139…78"}};
  for (const auto& [text, found] : rows) EXPECT_EQ(told(text), found) << text;
}

TEST(PersonalMarks, AreNotSeenInOtherNumbers) {
  for (const auto text : {"",
                          "x",
                          "X",
                          "12345",
                          "110",
                          "12912345678",
                          "2391234567",
                          "1391234567",
                          "139123456789",
                          "110105194912310021",  // wrong check digit
                          "1101051949123100211",
                          "00861391234567",
                          "2026-03-01",
                          "2026-03-01 09:00:00",
                          "010-12345678",
                          "Order 20260301139123456780",
                          "139,1234,5678",
                          "139--12345678",
                          "1391234567X",
                          "A-139",
                          "-",
                          "- - -"})
    EXPECT_EQ(told(text), "") << text;
}

// A number cut off by a letter of several bytes, or by the end of the text within one.
TEST(PersonalMarks, OfBrokenTextsAreLookedForWithoutHarm) {
  for (const auto text : {std::string_view("\xEF"), std::string_view("\xEF\xBC"), std::string_view("139\xEF\xBC"),
                          std::string_view("\xEF\xBC\xEF\xBC"), std::string_view("1391234567\xFF")})
    EXPECT_EQ(told(text), "");
  EXPECT_EQ(told("13912345678\xEF\xBC"), "phone 139…78");
}

TEST(PersonalMarks, TheFirstIsTold) { EXPECT_EQ(told("13912345678 or 13800000000"), "phone 139…78"); }

}  // namespace
}  // namespace huiyin::rules
