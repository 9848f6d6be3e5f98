#include <gtest/gtest.h>

#include "log/entry.h"
#include "log/log_name.h"

namespace huiyin::log {
namespace {

SuccessionEntry succession() { return {"2026-12-01", 5, "answers.example.org/linshi/log1", SuccessionReason::restored, {}, 7}; }

constexpr std::string_view written =
    R"({"day":"2026-12-01","kept":5,"kind":"log.succeeded","origin":"answers.example.org/linshi/log1","reason":"restored",)"
    R"("root":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","size":7,"v":1})";

TEST(SuccessionEntry, IsWrittenInOneWayAndReadBack) {
  EXPECT_EQ(canonical(succession()), written);
  EXPECT_EQ(parse_succession_entry(written), succession());
  EXPECT_EQ(parse_any_entry(written), AnyEntry(succession()));
  EXPECT_FALSE(parse_entry(written));
  EXPECT_FALSE(parse_sealed_entry(written));
  auto rotated = succession();
  rotated.reason = SuccessionReason::key_rotation;
  rotated.kept = rotated.size;
  EXPECT_EQ(parse_succession_entry(canonical(rotated)), rotated);
}

TEST(SuccessionEntry, TakesNothingThatIsWrittenOtherwise) {
  for (std::size_t i = 0; i < written.size(); ++i) {
    auto shorter = std::string(written);
    shorter.erase(i, 1);
    const auto read = parse_succession_entry(shorter);
    // A letter less of the name is another name, no other spelling of this one.
    EXPECT_EQ(read ? canonical(*read) : shorter, shorter);
  }
  const auto with = [](std::string_view what, std::string_view other) {
    auto text = std::string(written);
    text.replace(text.find(what), what.size(), other);
    return parse_succession_entry(text).has_value();
  };
  EXPECT_FALSE(with("\"kept\":5", "\"kept\":8")) << "more than there were";
  EXPECT_FALSE(with("\"kept\":5", "\"kept\":05"));
  EXPECT_FALSE(with("\"kept\":5", "\"kept\":-5"));
  EXPECT_FALSE(with("\"size\":7", "\"size\":9007199254740992")) << "2^53";
  EXPECT_FALSE(with("restored", "key-rotation")) << "loses nothing";
  EXPECT_FALSE(with("restored", "bored"));
  EXPECT_FALSE(with("linshi", "lin shi"));
  EXPECT_FALSE(with("linshi", "lin+shi"));
  EXPECT_FALSE(with("linshi", "lin\\\\shi"));
  EXPECT_FALSE(with("linshi", std::string(origin_bytes_max, 'a')));
  EXPECT_FALSE(with("2026-12-01", "2026-13-01"));
  EXPECT_FALSE(with("\"v\":1", "\"v\":2"));
  EXPECT_FALSE(with("}", "} "));
}

TEST(LogName, CountsOnFromOneLogToTheNext) {
  EXPECT_EQ(read_log_name("a.example/town/log1"), (LogName{"a.example/town", 1}));
  EXPECT_EQ(read_log_name("a.example/town/log12"), (LogName{"a.example/town", 12}));
  EXPECT_EQ(origin_of({"a.example/town", 12}), "a.example/town/log12");
  for (const auto* other : {"a.example/town", "a.example/town/log", "a.example/town/log0", "a.example/town/log01",
                            "a.example/town/log1x", "a.example/town/log99999"})
    EXPECT_EQ(read_log_name(other), (LogName{other, 1})) << other;
  struct Row {
    const char *after, *before;
    bool can;
  };
  for (const auto& [after, before, can] :
       {Row{"a/t/log2", "a/t/log1", true}, Row{"a/t/log3", "a/t/log1", true}, Row{"a/t/log1", "a/t/log1", false},
        Row{"a/t/log1", "a/t/log2", false}, Row{"a/u/log2", "a/t/log1", false}, Row{"a/t/log2", "a/t", false}})
    EXPECT_EQ(can_succeed(after, before), can) << after << ' ' << before;
}

}  // namespace
}  // namespace huiyin::log
