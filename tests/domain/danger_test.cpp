#include "domain/rules/danger.h"

#include <gtest/gtest.h>

namespace huiyin::rules {
namespace {

struct DangerRow {
  std::string_view text;
  bool tells;
};

TEST(Danger, IsToldByLatinWordsAsWholesAndByChineseOnesAnywhere) {
  const Danger danger{{"gas leak", "fire", "煤气泄漏", "CO中毒"}, {}};
  const std::vector<DangerRow> rows{{"There is a gas leak.", true},
                                    {"GAS LEAK!!", true},
                                    {"gas leak", true},
                                    {"gas leakproof", false},
                                    {"gas leakproof pipes, and a gas leak", true},
                                    {"biogas leak", false},
                                    {"gas  leak", false},
                                    {"They fired him", false},
                                    {"fire", true},
                                    {"fire2", false},
                                    {"着火fire了", true},
                                    {"我家煤气泄漏了", true},
                                    {"煤气漏了", false},
                                    {"co中毒", true},
                                    {"NaCO中毒", false},
                                    {"楼里co中毒者", true},
                                    {"", false},
                                    {"ga", false}};
  for (const auto& [text, tells] : rows) EXPECT_EQ(tells_of_danger(danger, text), tells) << text;
}

TEST(Danger, IsNeverToldWithoutWords) {
  EXPECT_FALSE(tells_of_danger({}, "fire"));
  EXPECT_FALSE(tells_of_danger({{""}, {}}, "fire"));
}

}  // namespace
}  // namespace huiyin::rules
