// A witness over HTTP: every status of the specification, and what it keeps before it answers.
#include <gmock/gmock.h>

#include "http/witness_routes.h"
#include "http/worker_pool.h"
#include "log/tree.h"
#include "storage/files.h"
#include "storage/temporary_directory.h"
#include "storage/witness_files.h"
#include "test_server.h"

namespace huiyin::http::test {
namespace {

using testing::StartsWith;

class WitnessServer : public testing::Test {
 protected:
  WitnessServer() {
    crypto::start();
    start();
  }
  void start() {
    server_.reset();
    witness_.reset();
    files_ = std::make_unique<storage::WitnessFiles>(folder_.path() / "witness");
    log::WitnessPolicy policy;
    policy.logs.push_back({signer_.name(), {*log::NoteVerifier::parse(signer_.vkey())}});
    witness_ = std::make_unique<app::Witness>(policy, files_->cosigner("witness.example", random_), *files_, clock_);
    server_ = std::make_unique<TestServer>(witness_routes(*witness_, workers_));
  }
  // A head of a log that holds nothing but a number of the same entry.
  std::string body(std::uint64_t old_size, std::uint64_t size, std::string entry = "an entry") {
    log::Tree tree;
    const auto leaf = log::leaf_hash(as_bytes(entry));
    for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf);
    log::AddCheckpoint request{old_size, {}, signer_.sign(log::checkpoint_text({signer_.name(), size, tree.root()}))};
    if (old_size == 1 && size == 2) request.proof = {leaf};
    return to_text(request);
  }
  Answer post(const std::string& text) { return ask(server_->port, "POST", "/add-checkpoint", {}, text); }
  Answer get(std::string_view origin) { return ask(server_->port, "GET", "/" + app::witness_log_name(origin) + "/checkpoint"); }

  storage::TemporaryDirectory folder_;
  SeededRandom random_{1};
  FakeClock clock_;
  log::NoteSigner signer_{"log.example/town/log1", crypto::SigningKey(std::array<std::uint8_t, 32>{1})};
  WorkerPool workers_{1, 8};
  std::unique_ptr<storage::WitnessFiles> files_;
  std::unique_ptr<app::Witness> witness_;
  std::unique_ptr<TestServer> server_;
};

TEST_F(WitnessServer, CosignsAndShowsWhatItCosigned) {
  EXPECT_EQ(get(signer_.name()).status, 404U);
  auto answer = post(body(0, 1));
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_THAT(answer.body, StartsWith("\u2014 witness.example "));
  answer = post(body(1, 2));
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto note = log::parse_note(get(signer_.name()).body);
  ASSERT_TRUE(note);
  const std::vector keys{*log::NoteVerifier::parse(signer_.vkey()), *log::NoteVerifier::parse(witness_->vkey())};
  const auto good = log::verify_note(*note, keys);
  ASSERT_TRUE(good);
  ASSERT_EQ(good->size(), 2U);
  EXPECT_EQ(good->back().time, static_cast<std::uint64_t>(clock_.now().ms / 1000));
  EXPECT_EQ(log::parse_checkpoint_text(note->text)->size, 2U);
}

TEST_F(WitnessServer, RefusesEachWrongWithItsOwnStatus) {
  EXPECT_EQ(post("").status, 400U);
  EXPECT_EQ(post("nonsense\n").status, 400U);
  EXPECT_EQ(post(body(3, 2)).status, 400U);
  auto unsigned_head = body(0, 2);
  unsigned_head.replace(unsigned_head.find("\n2\n"), 3, "\n4\n");
  EXPECT_EQ(post(unsigned_head).status, 403U);
  const log::NoteSigner stranger("log.example/other", crypto::SigningKey(std::array<std::uint8_t, 32>{9}));
  EXPECT_EQ(post(to_text(log::AddCheckpoint{0, {}, stranger.sign(log::checkpoint_text({stranger.name(), 0, log::empty_root()}))}))
                .status,
            404U);
  EXPECT_EQ(get("log.example/other").status, 404U);
  EXPECT_EQ(ask(server_->port, "GET", "/nonsense/checkpoint").status, 404U);
  EXPECT_EQ(ask(server_->port, "GET", "/add-checkpoint").status, 405U);
  EXPECT_EQ(post(std::string(log::add_checkpoint_bytes_max + 1, 'x')).status, 413U);
  ASSERT_EQ(post(body(0, 1)).status, 200U);
  const auto conflict = post(body(0, 2));
  EXPECT_EQ(conflict.status, 409U);
  EXPECT_EQ(conflict.body, "1\n");
  EXPECT_EQ(conflict.header("content-type"), "text/x.tlog.size");
}

TEST_F(WitnessServer, NeverCosignsAForkNorForgetsAcrossARestart) {
  ASSERT_EQ(post(body(0, 1)).status, 200U);
  EXPECT_EQ(post(body(1, 1, "another entry")).status, 422U);
  EXPECT_EQ(post(body(1, 2, "another entry")).status, 422U);
  const auto key = witness_->vkey();
  const auto shown = get(signer_.name()).body;
  start();
  EXPECT_EQ(witness_->vkey(), key);
  EXPECT_EQ(get(signer_.name()).body, shown);
  EXPECT_EQ(post(body(0, 2)).status, 409U);
  EXPECT_EQ(post(body(1, 2, "another entry")).status, 422U);
  EXPECT_EQ(post(body(1, 2)).status, 200U);
}

TEST_F(WitnessServer, DoesNotStartOverHeadsThatItDidNotCosign) {
  ASSERT_EQ(post(body(0, 1)).status, 200U);
  const auto file = folder_.path() / "witness/heads" / (app::witness_log_name(signer_.name()) + ".checkpoint");
  storage::replace_file(file, signer_.sign(log::checkpoint_text({signer_.name(), 0, log::empty_root()})));
  EXPECT_THROW(start(), std::runtime_error);
}

TEST_F(WitnessServer, KeepsItsNameWithItsKey) {
  EXPECT_THAT(files_->cosigner("", random_).name(), "witness.example");
  EXPECT_THROW(files_->cosigner("other.example", random_), std::runtime_error);
  storage::WitnessFiles fresh(folder_.path() / "fresh");
  EXPECT_THROW(fresh.cosigner("", random_), std::runtime_error);
  EXPECT_THROW(fresh.cosigner("no name", random_), std::runtime_error);
}

}  // namespace
}  // namespace huiyin::http::test
