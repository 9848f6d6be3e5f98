// Ids, time, text, bytes and crypto: small, and everything else rests on them.
#include <gtest/gtest.h>

#include <set>

#include "base/base64url.h"
#include "base/bytes.h"
#include "base/crypto.h"
#include "base/id.h"
#include "base/random.h"
#include "base/text.h"
#include "base/time.h"

namespace huiyin {
namespace {

TEST(CaseReference, ReadsBackWhatItWritesHoweverItIsTyped) {
  SeededRandom random(1);
  for (int i = 0; i < 200; ++i) {
    const auto made = CaseReference::make(20'781 + i, random);
    auto typed = made.text();
    ASSERT_EQ(typed.size(), 11U);
    EXPECT_EQ(CaseReference::parse(typed), made);
    std::erase(typed, '-');
    for (char& c : typed) c = static_cast<char>(std::tolower(c));
    EXPECT_EQ(CaseReference::parse(" " + typed), made);
  }
}

TEST(CaseReference, FindsEverySingleWrongSymbolAndEverySwap) {
  SeededRandom random(2);
  const std::string symbols = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  auto text = CaseReference::make(20'781, random).text();
  std::erase(text, '-');
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char other : symbols) {
      auto wrong = text;
      wrong[i] = other;
      EXPECT_EQ(CaseReference::parse(wrong).has_value(), wrong == text) << wrong;
    }
    if (i + 1 < text.size() && text[i] != text[i + 1]) {
      auto swapped = text;
      std::swap(swapped[i], swapped[i + 1]);
      EXPECT_FALSE(CaseReference::parse(swapped)) << swapped;
    }
  }
}

TEST(CaseSecret, HasEnoughSymbolsAndNoRepeats) {
  SeededRandom random(3);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto secret = make_case_secret(random);
    EXPECT_EQ(secret.size(), 19U);
    EXPECT_TRUE(normalise_case_secret(secret));
    EXPECT_TRUE(seen.insert(secret).second);
  }
  EXPECT_FALSE(normalise_case_secret("too short"));
}

TEST(Instant, ReadsRfc3339AndNothingElse) {
  struct Row {
    const char* text;
    std::int64_t ms;
  };
  for (const auto& row :
       {Row{"1970-01-01T00:00:00Z", 0}, Row{"2026-03-01T08:30:00.5+08:00", 1772325000500}, Row{"1969-12-31T23:59:59.999Z", -1}}) {
    ASSERT_TRUE(instant_from_rfc3339(row.text)) << row.text;
    EXPECT_EQ(instant_from_rfc3339(row.text)->ms, row.ms) << row.text;
  }
  EXPECT_EQ(to_rfc3339(Instant{1772325000500}), "2026-03-01T00:30:00.500Z");
  EXPECT_EQ(to_rfc3339(Instant{-1}), "1969-12-31T23:59:59.999Z");
  for (const auto* bad :
       {"", "2026-02-30T00:00:00Z", "2026-03-01", "2026-03-01T24:00:00Z", "2026-03-01T00:00:00", "2026-03-01T00:00:00Zx",
        "1026-03-01T00:00:00Z", "1900-01-01T00:00:00+00:01", "2199-12-31T23:59:59.999-00:01", "2199-12-31T23:59:60Z"}) {
    EXPECT_FALSE(instant_from_rfc3339(bad)) << bad;
  }
}

TEST(Day, ReadsBackWhatItWrites) {
  EXPECT_EQ(to_iso(day_of_civil(2024, 2, 29)), "2024-02-29");
  EXPECT_EQ(day_from_iso("2024-02-29"), day_of_civil(2024, 2, 29));
  EXPECT_FALSE(day_from_iso("2023-02-29"));
}

TEST(Text, RefusesWhatIsNotUtf8) {
  for (const auto* good : {"", "abc", "路灯", "😀"}) EXPECT_TRUE(is_text(good)) << good;
  for (const auto* bad : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xe8\xb7", "\xf5\x80\x80\x80"}) EXPECT_FALSE(is_text(bad)) << bad;
  EXPECT_FALSE(is_text(std::string_view("a\0b", 3)));
}

TEST(Text, IsShownWithoutWhatMovesTheCursorOrTurnsTheWriting) {
  EXPECT_EQ(printable("a\x1b[2Jb\x7f"), "a [2Jb ");
  EXPECT_EQ(printable("\xC2\x9B"
                      "31mred"),
            " 31mred");  // CSI as one C1 letter
  EXPECT_EQ(printable("abc\xE2\x80\xAE"
                      "fed\xE2\x81\xA6"),
            "abc fed ");
  EXPECT_EQ(printable("回音 é €"), "回音 é €");
  EXPECT_EQ(shortened("\xE2\x80\xAE"
                      "x"),
            " x");
}

TEST(Text, CountsAndCutsByCharacter) {
  EXPECT_EQ(count_characters("a路😀"), 3U);
  EXPECT_EQ(first_characters("a路😀b", 2), "a路");
  EXPECT_EQ(trimmed(" \t　路 灯　\n"), "路 灯");
}

TEST(Bytes, WritesAndReadsTheThreeForms) {
  const Bytes bytes{0xFB, 0xFF, 0x00, 0x10};
  EXPECT_EQ(to_hex(bytes), "fbff0010");
  EXPECT_EQ(to_base64(bytes), "+/8AEA==");
  EXPECT_EQ(to_base64url(bytes), "-_8AEA");
  EXPECT_EQ(from_hex("fbff0010"), bytes);
  EXPECT_EQ(from_base64("+/8AEA=="), bytes);
  EXPECT_EQ(from_base64url("-_8AEA"), bytes);
  EXPECT_FALSE(from_hex("fbf"));
  EXPECT_FALSE(from_base64("+/8AEA"));
  EXPECT_FALSE(from_base64("+/8AEB=="));
  EXPECT_FALSE(from_base64url("+_8AEA"));
  // Letters beyond ASCII, some of which libsodium takes for its own.
  for (int letter = 0x80; letter <= 0xFF; ++letter) {
    const std::string text{'A', static_cast<char>(letter), 'A', 'A'};
    EXPECT_FALSE(from_base64(text)) << letter;
    EXPECT_FALSE(from_base64url(text)) << letter;
    EXPECT_FALSE(from_hex(text)) << letter;
  }
}

TEST(Bytes, ReadsBase64urlOfAKnownLengthAsStrictly) {
  for (const auto* text :
       {"", "-_8AEA", "-_8AEB", "-_8AE", "-_8AEAA", "+_8AEA", "-_8A", "-_8=", "-_8", "-_9", "-_", "-w", "-", "\x80_8A"}) {
    for (std::size_t size = 0; size < 6; ++size) {
      Bytes room(size);
      const auto expected = from_base64url(text);
      const bool fits = expected && expected->size() == size;
      EXPECT_EQ(read_base64url(text, room), fits) << text << " " << size;
      if (fits) {
        EXPECT_EQ(room, *expected) << text;
      }
    }
  }
}

TEST(Bytes, Base64ComesBackFromEachLengthWithEachLetter) {
  Bytes bytes;
  for (unsigned i = 0; i < 256; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    bytes.push_back(static_cast<std::uint8_t>(i * 37));
  }
}

TEST(Crypto, KnownAnswers) {
  crypto::start();
  EXPECT_EQ(to_hex(crypto::sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(crypto::sha256_parts({as_bytes("a"), as_bytes("bc")}), crypto::sha256("abc"));
}

TEST(Crypto, OpensOnlyWithTheRightKeyAndBinding) {
  crypto::start();
  SeededRandom random(4);
  const auto key = crypto::SymmetricKey::make(random);
  const auto sealed = crypto::seal(key, as_bytes("words"), as_bytes("record 1"), random);
  ASSERT_TRUE(crypto::open(key, sealed, as_bytes("record 1")));
  EXPECT_EQ(as_text(*crypto::open(key, sealed, as_bytes("record 1"))), "words");
  EXPECT_FALSE(crypto::open(key, sealed, as_bytes("record 2")));
  EXPECT_FALSE(crypto::open(crypto::SymmetricKey::make(random), sealed, as_bytes("record 1")));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= 1;
    EXPECT_FALSE(crypto::open(key, changed, as_bytes("record 1"))) << i;
  }
  EXPECT_FALSE(crypto::open(key, Bytes(10), {}));
}

TEST(Crypto, SignaturesAndPasswords) {
  crypto::start();
  SeededRandom random(5);
  const crypto::SigningKey key(random.bytes<32>());
  auto signature = key.sign(as_bytes("text"));
  EXPECT_TRUE(crypto::verify(key.public_key(), as_bytes("text"), signature));
  EXPECT_FALSE(crypto::verify(key.public_key(), as_bytes("Text"), signature));
  signature[0] ^= 1;
  EXPECT_FALSE(crypto::verify(key.public_key(), as_bytes("text"), signature));
  const auto hash = crypto::password_hash("correct horse");
  EXPECT_TRUE(crypto::password_matches(hash, "correct horse"));
  EXPECT_FALSE(crypto::password_matches(hash, "wrong"));
}

}  // namespace
}  // namespace huiyin
