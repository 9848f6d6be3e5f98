// Ten thousand lives at random (case_lives.h): none leads where no case may be. HUIYIN_SEED=N lives that one alone; a million are
// lived by bench_lives.
#include "domain/case_lives.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

namespace huiyin::cases {
namespace {

constexpr std::uint64_t lives_tried = 10'000;
constexpr int steps = 50;

TEST(CaseLives, LeadNowhereACaseMayNotBe) {
  const lives::Town town;
  std::map<Phase, int> ended;
  std::set<std::string_view> happened;
  const char* only = std::getenv("HUIYIN_SEED");
  const std::uint64_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 1;
  const std::uint64_t last = only != nullptr ? first : lives_tried;
  for (auto seed = first; seed <= last; ++seed) {
    lives::Life life(seed, town);
    ASSERT_EQ(life.live(steps), "") << "HUIYIN_SEED=" << seed;
    ++ended[life.state().phase];
    for (const auto& [event, at] : life.story()) happened.insert(name_of_alternative(event));
  }
  if (only != nullptr) return;
  // Lives that go nowhere would find nothing.
  EXPECT_GE(ended.size(), Names<Phase>::values.size() - 1) << "some phase was the last of no life";  // `none` may be missing
  [&]<class... Each>(std::type_identity<std::variant<Each...>>) {
    for (const auto name : {Each::name...}) EXPECT_TRUE(happened.contains(name)) << name << " never happened";
  }(std::type_identity<Event>{});
}

}  // namespace
}  // namespace huiyin::cases
