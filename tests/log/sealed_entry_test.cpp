#include <gtest/gtest.h>

#include "base/random.h"
#include "log/entry.h"

namespace huiyin::log {
namespace {

SealedEntry sealed(std::uint64_t seed) {
  SeededRandom random(seed);
  SealedEntry entry{"2026-03-01", {}, {}};
  for (auto& digest : entry.fine) digest = random.bytes<32>();
  for (auto& digest : entry.sd) digest = random.bytes<32>();
  std::ranges::sort(entry.fine);
  return entry;
}

TEST(SealedEntry, IsWrittenInOneWayAndReadBack) {
  const auto entry = sealed(1);
  const auto text = canonical(entry);
  EXPECT_TRUE(text.starts_with(R"({"day":"2026-03-01","fine":[")")) << text;
  EXPECT_NE(text.find(R"("],"kind":"sealed","sd":[")"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with(R"("],"v":1})")) << text;
  EXPECT_EQ(parse_sealed_entry(text), entry);
  EXPECT_FALSE(parse_entry(text)) << "it is none of the open kind";
}

TEST(SealedEntry, TakesNothingThatIsWrittenOtherwise) {
  const auto text = canonical(sealed(2));
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto shorter = text;
    shorter.erase(i, 1);
    EXPECT_FALSE(parse_sealed_entry(shorter)) << shorter;
  }
  auto swapped = sealed(2);
  std::swap(swapped.fine.front(), swapped.fine.back());
  EXPECT_EQ(canonical(swapped), text) << "the order of the facts tells nothing";
  auto twice = text;
  twice.replace(text.find("fine\":[\"") + 8, 43, text.substr(text.find("fine\":[\"") + 8 + 46, 43));
  EXPECT_FALSE(parse_sealed_entry(twice)) << "a digest that comes twice";
}

}  // namespace
}  // namespace huiyin::log
