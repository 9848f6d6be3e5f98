// An export: the files of the log, whole or not at all, and never over another log's.
#include "app/log_export.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "app/filled_log.h"
#include "app/published_log.h"
#include "log/bundle.h"
#include "log/checkpoint.h"
#include "storage/published_files.h"
#include "storage/temporary_directory.h"

namespace huiyin::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class LogExport : public testing::Test {
 protected:
  LogExport() {
    world_.town->pack.hash = crypto::sha256("{}");
    const auto view = world_.store->write(world_.town->id);
    view->put_pack(world_.town->pack.hash, "{}");
    view->commit();
  }
  ExportReport run() {
    return export_log({*world_.store, world_.keys, notes_, *world_.town}, out_, [](auto, auto) {});
  }
  // What it says when it refuses.
  std::string refusal(const Jurisdiction& jurisdiction) {
    try {
      export_log({*world_.store, world_.keys, notes_, jurisdiction}, out_, [](auto, auto) {});
      return "it wrote";
    } catch (const StoreFailure& fault) {
      return fault.what();
    }
  }
  std::string refusal() { return refusal(*world_.town); }
  std::string read(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(out_ / name, std::ios::binary).rdbuf();
    return text.str();
  }
  void overwrite(const std::string& name, std::string_view text) { std::ofstream(out_ / name, std::ios::binary) << text; }
  std::map<std::string, std::string> all() {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(out_)) {
      if (entry.is_regular_file())
        files[fs::relative(entry.path(), out_).string()] = read(fs::relative(entry.path(), out_).string());
    }
    return files;
  }

  World world_;
  storage::TemporaryDirectory directory_;
  storage::PublishedFiles notes_{directory_.path() / "keys"};
  fs::path out_ = directory_.path() / "site" / "log";
};

// Where witnesses vouch, what they have not seen yet is not published, nor exported.
TEST_F(LogExport, GoesNoFurtherThanThePublishedHead) {
  append_entries(world_, 200);
  fs::create_directories(directory_.path() / "keys" / std::to_string(world_.town->id.number));
  notes_.keep_published(world_.town->log(), world_.committer->head(world_.town->id)->note);
  append_entries(world_, 100);
  EXPECT_EQ(run().entries, 200U);
}

TEST_F(LogExport, WritesWhatIsServed) {
  append_entries(world_, 300);
  const auto report = run();
  EXPECT_EQ(report.entries, 300U);
  const PublishedLog served({*world_.store, world_.newest_head(), *world_.town});
  std::vector<std::string> names;
  for (const auto& [name, bytes] : all()) {
    names.push_back(name);
    if (name.starts_with("tile/")) {
      EXPECT_EQ(bytes, served.tile(name).value().bytes) << name;
    }
  }
  EXPECT_THAT(names, testing::UnorderedElementsAre("checkpoint", "vkey", "figures.json", "packs/" + to_hex(crypto::sha256("{}")),
                                                   "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000",
                                                   "tile/entries/001.p/44"));
  EXPECT_EQ(read("checkpoint"), served.checkpoint().value());
  EXPECT_EQ(read("vkey"), served.verifier_key());
  EXPECT_EQ(fs::status(out_ / "tile/0/000").permissions() & fs::perms::others_read, fs::perms::others_read);
}

TEST_F(LogExport, GoesOnWhereAnotherEndedAndMendsWhatWasCutShort) {
  append_entries(world_, 257);
  const auto first = run();
  EXPECT_EQ(first.files_kept, 0U);
  append_entries(world_, 300);
  fs::remove(out_ / "checkpoint");  // it was stopped before the end
  overwrite("tile/entries/000", "half a fi");
  const auto second = run();
  EXPECT_EQ(second.entries, 557U);
  EXPECT_GE(second.files_kept, 3U);  // the key, the rules, the first tile of hashes
  const auto mended = all();
  fs::remove_all(out_);
  run();
  for (const auto& [name, bytes] : all()) EXPECT_EQ(mended.at(name), bytes) << name;
  EXPECT_EQ(run().files_written, 0U);
}

TEST_F(LogExport, WritesOnlyWhereNothingElseIs) {
  append_entries(world_, 3);
  fs::create_directories(out_);
  overwrite("holiday.jpg", "x");
  EXPECT_THAT(refusal(), HasSubstr("is not empty and holds no export of a log"));
  fs::remove(out_ / "holiday.jpg");
  EXPECT_EQ(refusal(), "it wrote");
  // Another log.
  world_.keys.set_head(world_.village->id,
                       world_.village->signer.sign(log::checkpoint_text({"example.org/village/log1", 0, log::empty_root()})));
  EXPECT_THAT(refusal(*world_.village), HasSubstr("holds the export of another log"));
  // A later state of this one, and one that went another way.
  const auto good = read("checkpoint");
  const auto& signer = world_.town->signer;
  overwrite("checkpoint", signer.sign(log::checkpoint_text({world_.town->origin, 4, crypto::sha256("x")})));
  EXPECT_THAT(refusal(), HasSubstr("is ahead: it holds 4 entries, this log has 3"));
  overwrite("checkpoint", signer.sign(log::checkpoint_text({world_.town->origin, 2, crypto::sha256("x")})));
  EXPECT_THAT(refusal(), HasSubstr("differs from this log within its first 2 entries"));
  overwrite("checkpoint", "no note");
  EXPECT_THAT(refusal(), HasSubstr("is not signed by this log's key"));
  overwrite("checkpoint", good);
  EXPECT_EQ(run().files_written, 0U);
}

TEST_F(LogExport, OfNothingPublishedIsRefused) { EXPECT_THAT(refusal(), HasSubstr("nothing has been published")); }

TEST_F(LogExport, EndsAtTheSignedHead) {
  append_entries(world_, 2);
  append_unsigned_entry(world_);
  EXPECT_EQ(run().entries, 2U);
  EXPECT_EQ(log::parse_bundle(as_bytes(read("tile/entries/000.p/2"))).value().size(), 2U);
}

TEST_F(LogExport, OfALogThatWentBackwardsIsRefusedBeforeAnythingIsWritten) {
  append_entries(world_, 2);
  world_.keys.set_head(world_.town->id,
                       world_.town->signer.sign(log::checkpoint_text({world_.town->origin, 5, crypto::sha256("x")})));
  EXPECT_THAT(refusal(), HasSubstr("a head over 5 entries was signed, but the database has 2"));
  world_.keys.set_head(world_.town->id,
                       world_.town->signer.sign(log::checkpoint_text({world_.town->origin, 2, crypto::sha256("x")})));
  EXPECT_THAT(refusal(), HasSubstr("the entries do not lead to the signed head"));
  EXPECT_TRUE(fs::is_empty(out_));
}

}  // namespace
}  // namespace huiyin::app
