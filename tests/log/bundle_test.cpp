// Entry bundles: what is written is read back, and what is no bundle is refused with the place of the fault.
#include "log/bundle.h"

#include <gmock/gmock.h>

#include "base/catalogue.h"

namespace huiyin::log {
namespace {

std::string fault_of(const Bytes& bytes) {
  const auto read = parse_bundle(bytes);
  return read.ok() ? "none" : say(read.error().message, Language::en);
}

TEST(Bundle, WritesEachEntryBehindItsLengthInTwoBytes) {
  const std::vector<std::string> entries{"ab", "", std::string(258, 'x')};
  const auto bytes = write_bundle(entries);
  EXPECT_EQ(to_hex(ByteView(bytes).first(8)), "0002616200000102");
  EXPECT_EQ(bytes.size(), 2U + 2 + 2 + 2 + 258);
  EXPECT_THAT(parse_bundle(bytes).value(), testing::ElementsAre("ab", "", std::string(258, 'x')));
}

TEST(Bundle, TakesTheLongestEntryAndTheMost) {
  const std::vector<std::string> longest{std::string(bundle_entry_bytes_max, 'x')};
  EXPECT_EQ(parse_bundle(write_bundle(longest)).value().front().size(), bundle_entry_bytes_max);
  const std::vector<std::string> most(bundle_entries_max, "e");
  EXPECT_EQ(parse_bundle(write_bundle(most)).value().size(), bundle_entries_max);
}

TEST(Bundle, NamesWhatIsWrong) {
  auto too_many = write_bundle(std::vector<std::string>(bundle_entries_max, "e"));
  too_many.insert(too_many.end(), {0, 1, 'e'});
  struct {
    Bytes bytes;
    std::string_view words;
  } const table[] = {
      {{}, "holds no entry"},
      {{0}, "Entry 0 of the bundle is cut short: 2 bytes were expected, 1 are left"},
      {{0, 1, 'a', 0, 3, 'b', 'c'}, "Entry 1 of the bundle is cut short: 3 bytes were expected, 2 are left"},
      {{0, 1, 'a', 1}, "Entry 1 of the bundle is cut short: 2 bytes were expected, 1 are left"},
      {too_many, "more than 256 entries"},
  };
  for (const auto& [bytes, words] : table) EXPECT_THAT(fault_of(bytes), testing::HasSubstr(words));
}

}  // namespace
}  // namespace huiyin::log
