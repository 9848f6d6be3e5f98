// The frozen entry format, written out to the byte: a change here is a change of what was signed, and must not happen.
#include "log/entry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <random>

#include "base/canonical_json.h"
#include "base/random.h"

namespace huiyin::log {
namespace {

Hash filled(std::uint8_t byte) {
  Hash hash;
  hash.fill(byte);
  return hash;
}

Entry first_entry() {
  Entry entry;
  entry.kind = "case.submitted";
  entry.day = "2026-03-01";
  entry.area = "water";
  entry.role = "requester";
  for (std::size_t i = 0; i < entry.rec.size(); ++i) entry.rec[i] = static_cast<std::uint8_t>(i);
  entry.n = 1;
  entry.pack = filled(0x11);
  entry.fine = {filled(0xFF), filled(0x00)};
  entry.sd = {filled(0xA0), filled(0xA1), filled(0xA2), filled(0xA3)};
  return entry;
}

constexpr std::string_view first_text =
    R"({"area":"water","day":"2026-03-01",)"
    R"("fine":["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","__________________________________________8"],)"
    R"("kind":"case.submitted","n":1,"pack":"ERERERERERERERERERERERERERERERERERERERERERE","prev":null,)"
    R"("rec":"AAECAwQFBgcICQoLDA0ODw","role":"requester",)"
    R"("sd":["oKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKA","oaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaE",)"
    R"("oqKioqKioqKioqKioqKioqKioqKioqKioqKioqKioqI","o6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6M"],)"
    R"("unit":null,"v":1})";

Entry later_entry() {
  auto entry = first_entry();
  entry.kind = "case.returned";
  entry.day = "2199-12-31";
  entry.area = std::nullopt;
  entry.unit = "unit-7";
  entry.n = entry_number_max;
  entry.prev = filled(0x22);
  entry.fine.clear();
  return entry;
}

constexpr std::string_view later_text =
    R"({"area":null,"day":"2199-12-31","fine":[],"kind":"case.returned","n":9007199254740991,)"
    R"("pack":"ERERERERERERERERERERERERERERERERERERERERERE","prev":"IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI",)"
    R"("rec":"AAECAwQFBgcICQoLDA0ODw","role":"requester",)"
    R"("sd":["oKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKA","oaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaE",)"
    R"("oqKioqKioqKioqKioqKioqKioqKioqKioqKioqKioqI","o6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6Ojo6M"],)"
    R"("unit":"unit-7","v":1})";

// What canonical() makes of it: `fine` in its written order.
Entry as_written(Entry entry) {
  std::ranges::sort(entry.fine);
  return entry;
}

std::string replaced(std::string_view what, std::string_view with, std::string_view in = first_text) {
  std::string text(in);
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

TEST(Entry, HasExactlyTheseBytes) {
  EXPECT_EQ(canonical(first_entry()), first_text);
  EXPECT_EQ(canonical(later_entry()), later_text);
  EXPECT_EQ(to_hex(leaf_hash(as_bytes(first_text))), "b5078013381b10ab90c5787786ed51bcddd443dfba8c8dddce5de1642ffea083");
}

TEST(Entry, ComesBackFromItsBytes) {
  EXPECT_EQ(parse_entry(first_text), as_written(first_entry()));
  EXPECT_EQ(parse_entry(later_text), later_entry());
}

TEST(Entry, IsCanonicalJson) {
  for (const auto text : {first_text, later_text}) EXPECT_EQ(canonical_json(boost::json::parse(text)), text);
}

TEST(Entry, RoundTripsWhateverIsValid) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const auto word = [&](std::string_view letters, std::size_t length_max) {
    std::string text = "a";
    for (auto more = random.below(static_cast<std::uint32_t>(length_max)); more > 0; --more) {
      text += letters[random.below(static_cast<std::uint32_t>(letters.size()))];
    }
    return text;
  };
  constexpr std::string_view code_letters = "abcxyz019-._";
  for (int round = 0; round < 2'000; ++round) {
    Entry entry;
    entry.kind = word("abcXYZ019._", 64);
    entry.day = "20" + std::to_string(10 + random.below(90)) + "-0" + std::to_string(1 + random.below(9)) + "-" +
                std::to_string(10 + random.below(19));
    if (random.below(2) == 0) entry.area = word(code_letters, 64);
    if (random.below(2) == 0) entry.unit = word(code_letters, 64);
    entry.role = word(code_letters, 64);
    random.fill(entry.rec);
    entry.n = 1 + random.below(3);
    if (entry.n > 1) entry.prev = random.bytes<32>();
    entry.pack = random.bytes<32>();
    for (auto facts = random.below(fine_facts_max + 1); facts > 0; --facts) entry.fine.push_back(random.bytes<32>());
    for (auto& digest : entry.sd) digest = random.bytes<32>();
    ASSERT_TRUE(is_valid(entry));
    const auto text = canonical(entry);
    ASSERT_LE(text.size(), entry_bytes_max);
    ASSERT_EQ(parse_entry(text), as_written(entry)) << text;
    // Any one byte changed: refused, or another entry that is written just so.
    auto changed = text;
    changed[random.below(static_cast<std::uint32_t>(text.size()))] = static_cast<char>(random.below(256));
    if (const auto read = parse_entry(changed)) {
      ASSERT_EQ(canonical(*read), changed);
    }
  }
}

TEST(Entry, IsReadInOneSpellingOnly) {
  for (std::size_t length = 0; length < first_text.size(); ++length)
    EXPECT_FALSE(parse_entry(first_text.substr(0, length))) << length;
  const std::string whole(first_text);
  for (const auto& text : std::vector<std::string>{
           // spaces and what stands around
           whole + "\n", " " + whole, whole + " ", replaced(":", ": "), replaced(",", ", "), replaced("{", "{ "), whole + whole,
           "\xEF\xBB\xBF" + whole, whole + std::string(1, '\0'), "[" + whole + "]",
           // keys: order, doubles, missing and additional ones, other letters
           replaced(R"("area":"water","day":"2026-03-01")", R"("day":"2026-03-01","area":"water")"),
           replaced(R"("unit":null,"v":1)", R"("v":1,"unit":null)"), replaced(R"("n":1)", R"("n":1,"n":1)"),
           replaced(R"("area":"water",)", R"("area":"water","area":"water",)"), replaced(R"("area":"water",)", ""),
           replaced(R"(,"v":1)", ""), replaced(R"(,"prev":null)", ""), replaced(R"("v":1)", R"("v":1,"w":1)"),
           replaced(R"("unit":null,)", R"("t":1,"unit":null,)"), replaced(R"("area")", R"("Area")"),
           replaced(R"("v":1)", R"("V":1)"), replaced(R"("area")", R"("\u0061rea")"), replaced(R"("area")", R"('area')"),
           // escapes and letters that need them
           replaced("water", R"(w\u0061ter)"), replaced("water", "Water"), replaced("water", "水"),
           replaced("water", R"(wa\"ter)"), replaced("water", ""), replaced("water", "-water"), replaced("water", "wa ter"),
           replaced("water", std::string(65, 'w')), replaced("case.submitted", ""), replaced("case.submitted", "case submitted"),
           replaced("case.submitted", "case-submitted"), replaced("case.submitted", std::string(65, 'k')),
           replaced("requester", "Requester"), replaced("requester", ""), replaced(R"("requester")", "null"),
           // numbers
           replaced(R"("n":1)", R"("n":01)"), replaced(R"("n":1)", R"("n":+1)"), replaced(R"("n":1)", R"("n":1.0)"),
           replaced(R"("n":1)", R"("n":1e0)"), replaced(R"("n":1)", R"("n":"1")"), replaced(R"("n":1)", R"("n":-1)"),
           replaced(R"("n":1)", R"("n":0)"), replaced(R"("n":1)", R"("n":)"), replaced(R"("n":1)", R"("n":null)"),
           replaced("9007199254740991", "9007199254740992", later_text),
           replaced("9007199254740991", "18446744073709551617", later_text), replaced(R"("v":1)", R"("v":2)"),
           replaced(R"("v":1)", R"("v":1.0)"), replaced(R"("v":1)", R"("v":"1")"),
           // days
           replaced("2026-03-01", "2026-02-30"), replaced("2026-03-01", "2026-3-1"), replaced("2026-03-01", "20260301"),
           replaced("2026-03-01", "1899-12-31"), replaced("2026-03-01", "2200-01-01"), replaced(R"("2026-03-01")", "null"),
           // the chain: prev is null for n = 1 and only then
           replaced(R"("n":1)", R"("n":2)"), replaced(R"("n":9007199254740991)", R"("n":1)", later_text)}) {
    EXPECT_FALSE(parse_entry(text)) << text;
  }
}

TEST(Entry, RefusesHashesInAnotherFormOrOrder) {
  constexpr std::string_view zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  constexpr std::string_view ones = "__________________________________________8";
  constexpr std::string_view pack = "ERERERERERERERERERERERERERERERERERERERERERE";
  const auto list = [](std::string_view a, std::string_view b) { return '"' + std::string(a) + "\",\"" + std::string(b) + '"'; };
  const auto fine = list(zeros, ones);
  for (const auto& text : std::vector<std::string>{
           replaced(fine, list(ones, zeros)), replaced(fine, list(zeros, zeros)), replaced(fine, fine + ","),
           replaced(fine, "," + fine), replaced('[' + fine + ']', "null"), replaced('[' + fine + ']', "[null]"),
           replaced('[' + fine + ']', "[\"\"]"), replaced('[' + fine + ']', "{}"), replaced(pack, std::string(pack) + "="),
           replaced(pack, pack.substr(0, 42)), replaced(pack, std::string(pack) + "R"),
           replaced(pack, "ERERERERERERERERERERERERERERERERERERERERERF"), replaced(pack, to_hex(filled(0x11))),
           replaced(pack, ""), replaced('"' + std::string(pack) + '"', "null"),
           replaced(ones, "//////////////////////////////////////////8"),
           replaced("AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODw=="),
           replaced("AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODxA"),
           replaced("AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0O"),
           replaced("AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODx"),
           // four salted digests, neither three nor five
           replaced(R"("sd":["oKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKA",)", R"("sd":[)"),
           replaced(R"("sd":[)", R"("sd":["oKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKA",)"),
           replaced(R"("oKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKA")", "null")}) {
    EXPECT_FALSE(parse_entry(text)) << text;
  }
}

TEST(Entry, StaysWithinFourKibibytes) {
  auto largest = later_entry();
  largest.area = largest.unit = largest.role = std::string(64, 'a');
  largest.kind = std::string(64, 'k');
  SeededRandom random(1);
  for (std::size_t i = 0; i < fine_facts_max; ++i) largest.fine.push_back(random.bytes<32>());
  ASSERT_TRUE(is_valid(largest));
  EXPECT_LE(canonical(largest).size(), entry_bytes_max);
  largest.fine.push_back(random.bytes<32>());
  EXPECT_FALSE(is_valid(largest));
  // A text that would be read but for its size and the number of its facts.
  std::string facts;
  for (std::size_t i = 0; i < 100; ++i) {
    Hash hash{};
    hash[0] = static_cast<std::uint8_t>(i);
    facts += (i == 0 ? "\"" : ",\"") + to_base64url(hash) + '"';
  }
  const auto text = replaced("[]", "[" + facts + "]", later_text);
  EXPECT_GT(text.size(), entry_bytes_max);
  EXPECT_FALSE(parse_entry(text));
  EXPECT_FALSE(parse_entry(std::string(1'000'000, '[')));
}

TEST(Entry, IsInvalidInEachOfTheseWays) {
  const auto spoilt = [](auto spoil) {
    auto entry = first_entry();
    spoil(entry);
    return is_valid(entry);
  };
  EXPECT_TRUE(spoilt([](Entry&) {}));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.kind = "a\"b"; }));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.day = "2026-13-01"; }));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.area = ""; }));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.unit = "Unit"; }));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.role = ""; }));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.n = 0; }));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.n = 2; }));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.prev = Hash{}; }));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.fine = {Hash{}, Hash{}}; }));
  EXPECT_FALSE(spoilt([](Entry& entry) { entry.n = entry_number_max + 1, entry.prev = Hash{}; }));
}

}  // namespace
}  // namespace huiyin::log
