// Disclosures: the digest of SD-JWT, texts kept to the byte, and what strangers may put into one.
#include "log/disclosure.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"

namespace huiyin::log {
namespace {

std::string text_of(std::string_view encoded) { return std::string(as_text(*from_base64url(encoded))); }

// RFC 9901 section 4.2.3 (log.md).
TEST(Disclosure, HasTheDigestOfTheStandardsExample) {
  constexpr std::string_view encoded = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
  const Disclosure disclosure{text_of(encoded)};
  EXPECT_EQ(disclosure.text, R"(["_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius"])");
  EXPECT_EQ(disclosure.encoded(), encoded);
  EXPECT_EQ(to_base64url(disclosure.digest()), "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
  EXPECT_EQ(read_disclosure(disclosure.text), (Disclosed{"family_name", "\"Möbius\""}));
}

// The same fact in other spellings has other digests (RFC 9901 section 4.2.1): the text is what counts.
TEST(Disclosure, TellsSpellingsOfOneFactApart) {
  constexpr std::string_view encoded[] = {
      "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNXHUwMGY2Yml1cyJd",
      "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd",
      "WwoiXzI2YmM0TFQtYWM2cTJLSTZjQlc1ZXMiLAoiZmFtaWx5X25hbWUiLAoiTcO2Yml1cyIKXQ",
  };
  std::vector<Hash> digests;
  for (const auto one : encoded) {
    const Disclosure disclosure{text_of(one)};
    EXPECT_EQ(disclosure.encoded(), one);
    const auto read = read_disclosure(disclosure.text);
    ASSERT_TRUE(read) << disclosure.text;
    EXPECT_EQ(read->name, "family_name");
    digests.push_back(disclosure.digest());
  }
  std::ranges::sort(digests);
  EXPECT_EQ(std::ranges::adjacent_find(digests), digests.end());
}

TEST(Disclosure, IsWrittenWithoutSpaces) {
  std::array<std::uint8_t, salt_bytes> salt{};
  for (std::size_t i = 0; i < salt.size(); ++i) salt[i] = static_cast<std::uint8_t>(i);
  const auto disclosure = disclose(salt, "due", R"({"at":"2026-03-31","rule":"r-60d"})");
  EXPECT_EQ(disclosure.text, R"(["AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","due",{"at":"2026-03-31","rule":"r-60d"}])");
  EXPECT_EQ(disclosure.digest(), crypto::sha256(disclosure.encoded()));
  EXPECT_EQ(read_disclosure(disclosure.text), (Disclosed{"due", R"({"at":"2026-03-31","rule":"r-60d"})"}));
}

TEST(Disclosure, GivesBackWhateverWasPutIn) {
  SeededRandom random(1);
  std::string deep(15, '[');  // with the disclosure's own array the deepest that is read
  deep += std::string(15, ']');
  for (const std::string value : {R"("")",
                                  "null",
                                  "true",
                                  "0",
                                  "-1",
                                  "1.50",
                                  "1E30",
                                  "[]",
                                  "{}",
                                  R"("],\"x\":[")",
                                  R"("\\")",
                                  R"("\"")",
                                  R"("\\\"")",
                                  R"(["a",["b","c"],"]"])",
                                  R"({"]":"[","\"":","})",
                                  R"("\u005d\u0022,")",
                                  R"("\ud83d\ude00")",
                                  "\"案件，已办结。]\"",
                                  R"([ 1 , 2 ])",
                                  R"({"a":1,"a":2})",
                                  R"("\u0000")"}) {
    for (const std::string name : {"t", "a\"b", "a\\", "]", ",", "名", "a,b]", "_sd_", "....", "\n"}) {
      const auto disclosure = disclose(random.bytes<salt_bytes>(), name, value);
      EXPECT_EQ(read_disclosure(disclosure.text), (Disclosed{name, value})) << disclosure.text;
      EXPECT_EQ(text_of(disclosure.encoded()), disclosure.text);
    }
  }
  EXPECT_EQ(read_disclosure(disclose(random.bytes<salt_bytes>(), "deep", deep).text), (Disclosed{"deep", deep}));
}

TEST(Disclosure, FindsTheValueInItsOwnTextByPlace) {
  SeededRandom random(2);
  for (const std::string value : {"0", "{}", R"({"body":"\",]路灯"})"}) {
    const auto text = disclose(random.bytes<salt_bytes>(), "words", value).text;
    EXPECT_EQ(value_of(text, "words"), value);
    EXPECT_FALSE(value_of(text, "word"));
    EXPECT_FALSE(value_of(text, "words\""));
    EXPECT_FALSE(value_of(text, "identity"));
    for (std::size_t length = 0; length < text.size(); ++length) {
      const auto cut = value_of(std::string_view(text).substr(0, length), "words");
      EXPECT_TRUE(!cut || text[length - 1] == ']') << length;
    }
  }
  EXPECT_FALSE(value_of(R"(["s","words",1])", "words"));
}

TEST(Disclosure, ReadsOtherSpacingAndOtherSalts) {
  EXPECT_EQ(read_disclosure(R"([ "" , "a" ,  [ 1 ]  ])"), (Disclosed{"a", "[ 1 ]"}));
  EXPECT_EQ(read_disclosure("[\n\"s\\\"],\\\\\",\r\n\t\"\\u0061\\\"\",\t{}\n]"), (Disclosed{"a\"", "{}"}));
}

TEST(Disclosure, RefusesWhatIsNone) {
  const std::string too_deep = R"(["s","a",)" + std::string(16, '[') + std::string(16, ']') + "]";
  const std::string too_long = R"(["s","a",")" + std::string(disclosure_bytes_max, 'x') + R"("])";
  for (const auto& text : std::vector<std::string>{"",
                                                   "[",
                                                   "]",
                                                   "[]",
                                                   "null",
                                                   "{}",
                                                   R"("a")",
                                                   R"(["s"])",
                                                   R"(["s","a"])",
                                                   R"(["s","a",1,2])",
                                                   R"([1,"a",1])",
                                                   R"(["s",1,1])",
                                                   R"(["s",null,1])",
                                                   R"(["s","",1])",
                                                   R"(["s","_sd",1])",
                                                   R"(["s","...",1])",
                                                   R"(["s","\u005fsd",1])",
                                                   R"(["s","\u0000",1])",
                                                   R"( ["s","a",1])",
                                                   R"(["s","a",1] )",
                                                   R"(["s","a",1]])",
                                                   R"(["s","a",1][])",
                                                   R"(["s","a",1,])",
                                                   R"(["s","a",])",
                                                   R"(["s","a",01])",
                                                   R"(["s","a",1E400])",
                                                   R"(["s","a",NaN])",
                                                   R"(["s","a",'x'])",
                                                   R"(["s","a",1 /* why */])",
                                                   R"(["s",a,1])",
                                                   "[\"s\",\"a\",\"\xFF\"]",
                                                   "[\"s\",\"a\xC0\x80\",1]",
                                                   "[\"s\",\"a\",\"\n\"]",
                                                   R"(["s","a","\ud83d"])",
                                                   "\xEF\xBB\xBF[\"s\",\"a\",1]",
                                                   "[\"s\",\"a\",1\xE3\x80\x80]",
                                                   too_deep,
                                                   too_long}) {
    EXPECT_FALSE(read_disclosure(text)) << text.substr(0, 100);
  }
}

}  // namespace
}  // namespace huiyin::log
