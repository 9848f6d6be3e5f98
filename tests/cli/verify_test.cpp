// `huiyin verify`: the sentences, the exit codes and the JSON, for good files and for forged ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "app/finding_words.h"
#include "base/catalogue.h"
#include "cli/cli.h"
#include "cli/said.h"
#include "log/sample_receipt.h"
#include "storage/temporary_directory.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class NoClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {}; }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override { return {}; }
};

class VerifyTest : public testing::Test {
 protected:
  Said verify(std::vector<std::string> words) {
    words.insert(words.begin(), "verify");
    return run_command(words, clock_, [](Host&) {});
  }
  std::string file(std::string_view name, std::string_view text) {
    const auto path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  std::string receipt(const log::Note& note, bool witnessed) {
    auto made = log_.receipt_under(note);
    made.witnessed = witnessed;
    return file("a.huiyin-receipt", to_text(made));
  }

  storage::TemporaryDirectory folder_;
  log::SampleLog log_;
  NoClock clock_;
};

TEST_F(VerifyTest, SaysWhatWasProvedAndWhatNot) {
  const auto said =
      verify({receipt(log_.witnessed_head(), true), "--vkey", log_.signer.vkey(), "--witness", log_.witness.vkey()});
  EXPECT_EQ(said.code, done) << said.err;
  EXPECT_THAT(said.out, StartsWith("Proved: this entry stands in the log."));
  EXPECT_THAT(said.out, HasSubstr("place 411, counted from 0, among the first 700 entries of the log log.example/town/log1"));
  EXPECT_THAT(said.out, HasSubstr("witness.example/reader (2026-03-01T11:06:40.000Z)"));
  EXPECT_THAT(said.out, HasSubstr("[Not proved] Whether what was reported is true"));
  EXPECT_THAT(said.out, HasSubstr("words: {\"body\":\"晚上停水"));
  EXPECT_THAT(said.out, Not(HasSubstr("[Wrong]")));
}

TEST_F(VerifyTest, WhoNamesWitnessesIsNotContentWithTheLogsOwnWord) {
  const auto file = receipt(log_.signed_head(), false);
  EXPECT_EQ(verify({file, "--vkey", log_.signer.vkey()}).code, done);
  const auto said = verify({file, "--vkey", log_.signer.vkey(), "--witness", log_.witness.vkey()});
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.out, HasSubstr(say(key::finding_not_witnessed, Language::en)));
}

TEST_F(VerifyTest, WithoutAKeyNothingIsProved) {
  const auto said = verify({receipt(log_.witnessed_head(), true), "--language", "zh"});
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.out, StartsWith(say(key::verify_unproved, Language::zh)));
  EXPECT_THAT(said.out, HasSubstr(say(key::finding_signed_by_named_key, Language::zh)));
  EXPECT_THAT(said.out, HasSubstr(say(key::finding_witness_unchecked, Language::zh)));
  EXPECT_THAT(said.out, HasSubstr(say(key::verify_not_when, Language::zh)));
}

TEST_F(VerifyTest, FindsAChangedReceipt) {
  auto changed = log_.receipt_under(log_.signed_head());
  changed.entry.replace(changed.entry.find("2026-03-01"), 10, "2026-02-01");
  const auto said = verify({file("changed", to_text(changed)), "--vkey", log_.signer.vkey()});
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.out, StartsWith("Not proved: this file was changed or made up."));
  EXPECT_THAT(said.out, HasSubstr("[Wrong] The entry does not stand where the file says."));
}

// The same 70,000 entries as in log/receipt_check_test.cpp, as files: one entry was forged together with its level-0 tile.
TEST_F(VerifyTest, FindsAnEntryForgedTogetherWithItsTile) {
  constexpr std::uint64_t index = 69'999;
  log::Tree tree;
  log::TilesInMemory tiles;
  for (std::size_t i = 0; i <= index; ++i) tree.append(log::plain_leaf(i));
  tiles.store(tree);
  const auto head = log_.signer.sign(log::checkpoint_text({log_.signer.name(), tree.size(), tree.root()}));
  const auto proof = [&](std::uint64_t at) {
    return file("a.tlog-proof", to_text(log::ProofFile{at, log::inclusion_proof(at, tree.size(), tiles), head}));
  };
  EXPECT_EQ(verify({proof(300), "--entry", file("entry", "entry 300\n"), "--vkey", log_.signer.vkey()}).code, done);
  const auto forged = log::leaf_hash(as_bytes("forged\n"));
  std::ranges::copy(forged, tiles.tiles.at({0, 1}).begin() + 44 * static_cast<std::ptrdiff_t>(sizeof(log::Hash)));
  EXPECT_EQ(verify({proof(300), "--entry", file("entry", "forged\n"), "--vkey", log_.signer.vkey()}).code, failed);
  EXPECT_EQ(verify({proof(301), "--entry", file("entry", "entry 301\n"), "--vkey", log_.signer.vkey()}).code, failed);
}

TEST_F(VerifyTest, GivesItAllAsJson) {
  const auto said =
      verify({receipt(log_.witnessed_head(), true), "--vkey", log_.signer.vkey(), "--witness", log_.witness.vkey(), "--json"});
  const auto told = boost::json::parse(said.out).as_object();
  EXPECT_EQ(told.at("verdict"), "proved");
  EXPECT_EQ(told.at("findings"), boost::json::parse(R"(["included","signed_by_log","witnessed","disclosed"])"));
  EXPECT_EQ(told.at("index"), 411);
  EXPECT_EQ(told.at("checkpoint").at("origin"), "log.example/town/log1");
  EXPECT_EQ(told.at("checkpoint").at("size"), 700);
  EXPECT_EQ(told.at("witnesses").at(0).at("time"), log::sample_time + 40'000);
  EXPECT_EQ(told.at("disclosed").at(0).at("name"), "t");
}

TEST_F(VerifyTest, SaysWhyAFileOrAKeyCannotBeRead) {
  const auto good = receipt(log_.signed_head(), false);
  const struct {
    std::vector<std::string> words;
    std::string_view says;
  } cases[] = {
      {{(folder_.path() / "none").string()}, "none cannot be read"},
      {{folder_.path().string()}, "cannot be read"},
      {{file("empty", "")}, "not valid JSON"},
      {{file("other", R"({"format":"huiyin-receipt/v2"})")}, "format: 'huiyin-receipt/v2'"},
      {{file("proof", "c2sp.org/tlog-proof@v1\n")}, "not a proof that can be read"},
      {{file("bare", to_text(log_.receipt_under(log_.signed_head()).proof))}, "--entry FILE"},
      {{good, "--entry", good}, "A receipt holds its entry"},
      {{good, "--vkey", "nonsense"}, "--vkey: got “nonsense”, expected the verifier key of a log"},
      {{good, "--vkey", log_.witness.vkey()}, "expected the verifier key of a log"},
      {{good, "--witness", log_.signer.vkey()}, "expected the verifier key of a witness"},
  };
  for (const auto& one : cases) {
    const auto said = verify(one.words);
    EXPECT_EQ(said.code, wrong_usage) << one.says;
    EXPECT_THAT(said.err, HasSubstr(one.says));
  }
}

TEST(FindingWords, EachFindingHasASentenceOfItsOwnInBothLanguages) {
  const app::FindingWords words{"1", "2", "o", "w"};
  for (const auto language : {Language::en, Language::zh}) {
    std::set<std::string> sentences;
    for (const auto finding : log::all_findings()) sentences.insert(say(app::words_of(finding, words), language));
    EXPECT_EQ(sentences.size(), log::all_findings().size());
  }
}

}  // namespace
}  // namespace huiyin::cli
