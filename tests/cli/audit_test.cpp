// `huiyin audit` over a folder: the sentences, the exit codes, the JSON, and what it remembers from one time to the next.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "app/audit_words.h"
#include "base/catalogue.h"
#include "cli/cli.h"
#include "cli/said.h"
#include "log/published_body.h"
#include "storage/audit_folder.h"
#include "storage/temporary_directory.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class SettableClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return time; }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override { return {}; }
  Instant time = *instant_from_rfc3339("2026-05-01T08:00:00Z");
};

class AuditCommandTest : public testing::Test {
 protected:
  AuditCommandTest() {
    for (unsigned record = 0; record < 10; ++record) body_.live(record, "2026-03-01", "housing");
    write(body_.publish());
  }

  Said audit(std::vector<std::string> words) {
    words.insert(words.begin(), "audit");
    return run_command(words, clock_, [](Host& host) {
      host.log_at = [](const std::string&) { return nullptr; };
      host.audit_state = [](const fs::path& folder) { return storage::audit_folder(folder); };
    });
  }
  // With the state folder, each time.
  Said again() { return audit({site(), "--state", state().string()}); }
  Said again(const std::string& option, const std::string& value) {
    return audit({site(), "--state", state().string(), option, value});
  }
  [[nodiscard]] std::string site() const { return (folder_.path() / "site").string(); }
  [[nodiscard]] fs::path state() const { return folder_.path() / "state"; }

  void write(const log::FilesInMemory& files) const {
    fs::remove_all(site());
    for (const auto& [name, bytes] : files.files) write(fs::path(site()) / name, bytes);
  }
  static void write(const fs::path& file, std::string_view bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
  static std::string read(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  }
  std::vector<std::string> kept() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(state())) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
  }

  storage::TemporaryDirectory folder_;
  log::PublishedBody body_;
  SettableClock clock_;
};

TEST_F(AuditCommandTest, SaysWhatWasProvedAndWhatNot) {
  const auto said = audit({site(), "--vkey", body_.signer.vkey()});
  EXPECT_EQ(said.code, done) << said.err;
  EXPECT_THAT(said.out, StartsWith("Audit of the log log.example/town/log1\nEverything holds."));
  EXPECT_THAT(said.out, HasSubstr("Entries: 30, in 10 records, and 0 sealed ones; from 2026-03-01 to 2026-03-01"));
  EXPECT_THAT(said.out, HasSubstr("[Proved] The published figures follow to the letter from the first 30 entries"));
  EXPECT_THAT(said.out, HasSubstr("[Not proved] Whether this is the same log as before"));
  EXPECT_THAT(said.out, Not(HasSubstr("The key came from the log itself")));
  EXPECT_THAT(said.err, IsEmpty());
}

TEST_F(AuditCommandTest, SaysPlainlyThatTheKeyIsTheLogsOwnWord) {
  const auto said = audit({site(), "--language", "zh"});
  EXPECT_EQ(said.code, done) << said.err;
  EXPECT_THAT(said.out, HasSubstr(say(key::audit_holds, Language::zh)));
  EXPECT_THAT(said.out, HasSubstr(say(key::audit_open_key, Language::zh)));
  fs::remove(fs::path(site()) / "vkey");
  const auto none = audit({site()});
  EXPECT_EQ(none.code, wrong_usage);
  EXPECT_THAT(none.err, HasSubstr("The log names no key that can be read."));
}

TEST_F(AuditCommandTest, NamesWhatItFinds) {
  auto files = body_.publish();
  auto& figures = files.files["figures.json"];
  figures.replace(figures.find("\"answered\":10"), 13, "\"answered\":11");
  write(files);
  const auto said = audit({site(), "--vkey", body_.signer.vkey()});
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.out, HasSubstr("Something here is not as it should be. Findings: 1"));
  EXPECT_THAT(said.out, HasSubstr("  [Wrong] A published figure does not follow from the log.\n"
                                  "    - figures.json, cells 2026-03 housing answered\n"
                                  "      expected: 10\n"
                                  "      found: 11\n"));
  EXPECT_THAT(said.out, Not(HasSubstr("The published figures follow to the letter")));
  EXPECT_THAT(said.out, HasSubstr("All that must be disclosed is")) << "which still holds";
}

TEST_F(AuditCommandTest, GivesItAllAsJson) {
  auto told = boost::json::parse(audit({site(), "--json"}).out).as_object();
  EXPECT_EQ(told.at("holds"), true);
  EXPECT_EQ(told.at("key_from"), "log");
  EXPECT_EQ(told.at("checkpoint").at("size"), 30);
  EXPECT_EQ(told.at("read").at("figures_size"), 30);
  auto files = body_.publish();
  files.files.at("tile/0/000.p/30")[33] ^= 1;
  write(files);
  const auto said = audit({site(), "--json"});
  EXPECT_EQ(said.code, failed);
  told = boost::json::parse(said.out).as_object();
  EXPECT_EQ(told.at("holds"), false);
  EXPECT_EQ(told.at("counts"), boost::json::parse(R"({"tile_differs":1})"));
  EXPECT_EQ(told.at("findings").at(0).at("what"), "tile_differs");
  EXPECT_EQ(told.at("findings").at(0).at("file"), "tile/0/000.p/30");
  EXPECT_EQ(told.at("findings").at(0).at("entry"), 1);
}

TEST_F(AuditCommandTest, CouldNotBeMade) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {site() + "/nowhere"}, {site(), "--vkey", "x"}, {site(), "--witness", body_.signer.vkey()}, {"http://user@host/x"}}) {
    const auto said = audit(words);
    EXPECT_EQ(said.code, wrong_usage) << words.back();
    EXPECT_THAT(said.out, IsEmpty());
    EXPECT_THAT(said.err, HasSubstr("The audit could not be made."));
  }
  fs::remove(fs::path(site()) / "checkpoint");
  EXPECT_THAT(audit({site()}).err, HasSubstr("There is no checkpoint here"));
  EXPECT_EQ(audit({}).code, wrong_usage);
}

TEST_F(AuditCommandTest, RemembersAndSeesThatTheLogGoesOn) {
  const auto first = again();
  EXPECT_EQ(first.code, done) << first.err;
  EXPECT_THAT(first.out, HasSubstr("This was the first audit with this state folder."));
  EXPECT_THAT(first.out, HasSubstr("The checkpoint was kept in the state folder."));
  EXPECT_THAT(kept(), ElementsAre("checkpoint-00000000000000000030", "vkey"));
  EXPECT_EQ(read(state() / "vkey"), body_.signer.vkey() + "\n");
  EXPECT_EQ(read(state() / kept().front()), "2026-05-01T08:00:00.000Z\n" + body_.publish().files["checkpoint"]);
  body_.live(50, "2026-03-02", "housing");
  write(body_.publish());
  clock_.time = clock_.time + std::chrono::hours(24);
  const auto second = again();
  EXPECT_EQ(second.code, done) << second.out;
  EXPECT_THAT(second.out, HasSubstr("The log begins with the 30 entries that you audited on 2026-05-01T08:00:00.000Z."));
  EXPECT_THAT(second.out, HasSubstr("The key is the one that the log itself named at your first audit"));
  EXPECT_THAT(kept(), ElementsAre("checkpoint-00000000000000000030", "checkpoint-00000000000000000033", "vkey"));
}

TEST_F(AuditCommandTest, KeepsTheEvidenceOfALogThatWentBack) {
  const auto younger = body_.publish();
  body_.live(50, "2026-03-02", "housing");
  auto older = body_.publish();
  write(older);
  ASSERT_EQ(again().code, done);
  write(younger);
  for (int times = 0; times < 2; ++times) {
    const auto said = again();
    EXPECT_EQ(said.code, failed);
    EXPECT_THAT(said.out, HasSubstr("This log broke its word"));
    EXPECT_THAT(said.out, HasSubstr("[Wrong] The log is shorter than when you last saw it"));
    EXPECT_THAT(said.out, HasSubstr("The state folder stays as it was"));
    ASSERT_EQ(kept().size(), 3U);
  }
  const auto evidence = state() / kept()[1];
  EXPECT_THAT(evidence.filename().string(), StartsWith("evidence-"));
  EXPECT_EQ(read(evidence / "kept-checkpoint"), older.files["checkpoint"]);
  EXPECT_EQ(read(evidence / "shown-checkpoint"), younger.files.at("checkpoint"));
  EXPECT_EQ(read(evidence / "vkey"), body_.signer.vkey() + "\n");
}

TEST_F(AuditCommandTest, CatchesAnotherHistoryAnotherLogAndAnotherKey) {
  ASSERT_EQ(again().code, done);
  const auto good = body_.publish();
  log::PublishedBody other;
  for (unsigned record = 0; record < 20; ++record) other.live(record + 7, "2026-03-01", "housing");
  write(other.publish());
  EXPECT_THAT(again().out, HasSubstr("its history was rewritten"));

  auto renamed = good;
  renamed.files["checkpoint"] = log::NoteSigner("log.example/city/log1", log::sample_key(1))
                                    .sign(log::checkpoint_text({"log.example/city/log1", 0, log::empty_root()}));
  write(renamed);
  EXPECT_THAT(again().out, HasSubstr("The checkpoint is of another log than the one you ask about."));

  auto rekeyed = good;
  rekeyed.files["vkey"] = log::NoteSigner(body_.signer.name(), log::sample_key(7)).vkey() + "\n";
  write(rekeyed);
  const auto said = again();
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.out, HasSubstr("The log names another key than the one you kept."));

  fs::remove(fs::path(site()) / "vkey");
  EXPECT_THAT(again().out, Not(HasSubstr("names another key"))) << "it names none";

  write(good);
  EXPECT_EQ(again().code, done);
  const auto key = log::NoteSigner(body_.signer.name(), log::sample_key(7)).vkey();
  EXPECT_THAT(again("--vkey", key).err, HasSubstr("but the state folder was begun with " + body_.signer.vkey()));
  EXPECT_EQ(again("--vkey", body_.signer.vkey()).code, done);
}

// Who gives the key of another log has been shown one history only.
TEST_F(AuditCommandTest, AccusesNobodyOverAWrongKey) {
  const auto key = log::NoteSigner("log.example/city/log1", log::sample_key(1)).vkey();
  const auto said = again("--vkey", key);
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.out, AllOf(HasSubstr("The checkpoint is of another log"), Not(HasSubstr("broke its word"))));
  EXPECT_FALSE(fs::exists(state()));
}

TEST_F(AuditCommandTest, KeepsNothingOfALogInWhichSomethingIsWrong) {
  auto files = body_.publish();
  files.files.at("figures.json") += ' ';
  write(files);
  const auto said = again();
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.out, HasSubstr("The state folder stays as it was, since something is wrong."));
  EXPECT_FALSE(fs::exists(state()));
}

TEST_F(AuditCommandTest, RefusesAStateFolderThatIsDamaged) {
  ASSERT_EQ(again().code, done);
  write(state() / "checkpoint-00000000000000000031", "half");
  const auto said = again();
  EXPECT_EQ(said.code, wrong_usage);
  EXPECT_THAT(said.err, HasSubstr("checkpoint-00000000000000000031 cannot be read, or is damaged"));
}

TEST_F(AuditCommandTest, TellsWhoVouches) {
  auto files = body_.publish();
  files.files["checkpoint"] = body_.witnessed(files.files["checkpoint"], log::sample_time + 86'400);
  write(files);
  EXPECT_THAT(audit({site(), "--witness", body_.witness.vkey()}).out,
              HasSubstr("Vouched for by witness.example/reader (2026-03-02T00:00:00.000Z)"));
  write(body_.publish());
  EXPECT_THAT(audit({site(), "--witness", body_.witness.vkey()}).out,
              HasSubstr("[Not proved] None of the witnesses that you named vouches for this checkpoint."));
}

TEST_F(AuditCommandTest, SaysHowFarItIsWhenAsked) {
  EXPECT_THAT(audit({site(), "--progress"}).err, HasSubstr("30 of 30 entries\n"));
}

TEST(AuditWords, AreOfEachFindingAndOfNoOther) {
  std::set<std::string_view> keys;
  for (const auto fault : log::all_audit_faults()) {
    EXPECT_EQ(app::words_of(fault).name, "audit_fault_" + std::string(name_of(fault)));
    keys.insert(app::words_of(fault).name);
  }
  EXPECT_EQ(keys.size(), log::audit_faults);
}

}  // namespace
}  // namespace huiyin::cli
