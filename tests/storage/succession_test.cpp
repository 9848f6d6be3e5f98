// A log that ends and another one that goes on from it, on both engines: what is lost is said, what is kept stays byte for byte,
// the old log never goes on, and wherever it is stopped there is one of them, whole.
#include "app/succession.h"

#include <gmock/gmock.h>

#include "app/case_world.h"
#include "app/fsck.h"
#include "log/receipt.h"
#include "storage/published_files.h"
#include "storage/temporary_directory.h"

namespace huiyin::app {
namespace {

using log::SuccessionReason;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SuccessionTest : public CaseWorld, public testing::TestWithParam<storage::Engine> {
 protected:
  SuccessionTest() : CaseWorld(storage::make_store(GetParam())) {
    world_.town->pack.hash = crypto::sha256("{}");
    const auto view = world_.store->write(world_.town->id);
    view->put_pack(world_.town->pack.hash, "{}");
    view->commit();
  }

  // A case of three entries, by whichever desk is at work.
  Filed live(CaseDesk& desk) {
    const auto filed = await<Filed>([&](auto done) { desk.file(*world_.town, filing("a pothole"), std::move(done)); });
    EXPECT_TRUE(filed.ok());
    const std::vector<cases::Command> commands{cases::Accept{}, cases::Assign{fixtures::roads}};
    std::uint64_t version = 1;
    for (const auto& command : commands) {
      const auto done = await<std::uint64_t>(
          [&](auto answer) { desk.act(*world_.town, dispatcher, filed->id, version, command, std::move(answer)); });
      EXPECT_EQ(told(done), "ok");
      ++version;
    }
    return *filed;
  }
  // The server starts, whichever log the database holds by now.
  CaseDesk& start() {
    later_.reset();
    world_.stop();
    reopen();
    world_.start();
    later_.emplace(CaseDesk::Parts{*world_.store, world_.keys, *world_.committer, world_.clock, world_.random});
    return *later_;
  }
  void stop() {
    later_.reset();
    world_.stop();
  }
  // As open_jurisdictions() does.
  void reopen() {
    const auto origin = row().origin;
    auto& town = *world_.town;
    const auto key = world_.keys.log_key({town.id, log::read_log_name(origin).number});
    world_.town = std::make_unique<Jurisdiction>(Jurisdiction{
        town.id, town.slug, origin, town.pack, std::make_unique<fixtures::FixedZone>(), log::NoteSigner(origin, key)});
  }
  JurisdictionRow row() { return world_.store->list_jurisdictions().front(); }
  LogToSucceed parts() { return {*world_.store, world_.keys, notes_, *world_.town, world_.clock}; }
  static void watch(std::uint64_t, std::uint64_t) {}

  Succession plan(SuccessionReason reason, const std::vector<std::string>& heads = {}) {
    return plan_succession(parts(), reason, heads, watch);
  }
  void succeed(SuccessionReason reason, const std::vector<std::string>& heads = {}) {
    stop();
    reopen();
    const auto vkey = succeed_log(parts(), plan(reason, heads), watch);
    reopen();
    EXPECT_EQ(vkey, world_.town->signer.vkey());
  }
  std::string refusal(SuccessionReason reason, const std::vector<std::string>& heads = {}) {
    try {
      (void)plan(reason, heads);
      return "it would";
    } catch (const StoreFailure& fault) {
      return fault.what();
    }
  }
  std::string refusal_to_start() {
    stop();
    reopen();
    return world_.refusal_to_start();
  }
  std::vector<std::string> entries(std::uint64_t from = 0) {
    return world_.store->read(world_.town->id)->list_entries(from, 1'000);
  }
  log::SuccessionEntry named(std::size_t index = 0) { return log::parse_succession_entry(entries().at(index)).value(); }
  log::Hash root_of(const std::vector<std::string>& texts, std::size_t from, std::size_t count) {
    log::Tree tree;
    for (std::size_t i = 0; i < count; ++i) tree.append(log::leaf_hash(as_bytes(texts.at(from + i))));
    return tree.root();
  }
  log::Checkpoint kept_head(std::uint32_t number) {
    return log::parse_checkpoint_text(log::parse_note(world_.keys.last_head(LogId{world_.town->id, number}).value())->text)
        .value();
  }
  std::vector<std::string> faults() { return fsck(*world_.store, world_.keys, *world_.town, watch).faults; }

  storage::TemporaryDirectory directory_;
  storage::PublishedFiles notes_{directory_.path() / "keys"};
  std::optional<CaseDesk> later_;
};

TEST_P(SuccessionTest, GoesOnFromACopyThatIsOlderAndSaysWhatIsLost) {
  const auto first = live(desk_);
  world_.store->backup();
  live(desk_);
  const auto before = entries();
  stop();
  world_.store->restore();
  EXPECT_THAT(refusal_to_start(), AllOf(HasSubstr("backwards"), HasSubstr("huiyin succeed-log")));

  succeed(SuccessionReason::restored);
  EXPECT_EQ(row().origin, "example.org/town/log2");
  EXPECT_EQ(row().id, world_.town->id);
  EXPECT_EQ(named(), (log::SuccessionEntry{"2026-03-01", 3, "example.org/town/log1", SuccessionReason::restored,
                                           root_of(before, 0, 6), 6}));
  EXPECT_EQ(entries(1), std::vector(before.begin(), before.begin() + 3));
  EXPECT_THAT(faults(), IsEmpty());

  auto& desk = start();
  EXPECT_EQ(kept_head(2).origin, "example.org/town/log2");
  // Who filed what survived gets a receipt of the new log, one place further.
  const auto receipt = desk.receipt(*world_.town, Actor::holder_of(first.id), first.id);
  ASSERT_TRUE(receipt.ok());
  EXPECT_EQ(receipt->proof.index, 1U);
  EXPECT_EQ(receipt->entry, before.front());
  live(desk);
  EXPECT_THAT(faults(), IsEmpty());
  EXPECT_EQ(entries().size(), 7U);
}

TEST_P(SuccessionTest, TellsWhoAsksForACaseThatMayBeLost) {
  live(desk_);
  world_.store->backup();
  const auto lost = live(desk_);
  stop();
  world_.store->restore();
  succeed(SuccessionReason::restored);
  auto& desk = start();
  const auto asked = desk.holder(*world_.town, lost.reference, lost.secret);
  ASSERT_FALSE(asked.ok());
  EXPECT_EQ(asked.error().message.key.name, "record_maybe_lost");
}

TEST_P(SuccessionTest, RotatesTheKeyAndTheOldOneNeverSignsAgain) {
  live(desk_);
  const auto before = entries();
  const auto old_key = world_.town->signer.vkey();
  world_.store->backup();
  succeed(SuccessionReason::key_rotation);
  EXPECT_NE(world_.town->signer.vkey(), old_key);
  EXPECT_EQ(named(), (log::SuccessionEntry{"2026-03-01", 3, "example.org/town/log1", SuccessionReason::key_rotation,
                                           root_of(before, 0, 3), 3}));
  EXPECT_EQ(root_of(entries(), 1, 3), kept_head(1).root);
  EXPECT_THAT(faults(), IsEmpty());
  live(start());
  EXPECT_THAT(faults(), IsEmpty());
  EXPECT_EQ(kept_head(1).size, 3U);
  // The copy from just before would be as good as the old log, if nothing outside the database told.
  stop();
  world_.store->restore();
  EXPECT_THAT(refusal_to_start(), HasSubstr("log1 was succeeded by example.org/town/log2"));
}

TEST_P(SuccessionTest, GoesOnFromACopyFromBeforeAnEarlierSuccession) {
  live(desk_);
  const auto before = entries();
  world_.store->backup();
  succeed(SuccessionReason::key_rotation);
  live(start());
  stop();
  world_.store->restore();
  succeed(SuccessionReason::restored);
  EXPECT_EQ(row().origin, "example.org/town/log3");
  EXPECT_EQ(named(0).origin, "example.org/town/log2");
  EXPECT_EQ(named(0).size, 7U);
  EXPECT_EQ(named(0).kept, 4U);  // the entry that the second log began with, and what it repeated
  EXPECT_EQ(named(1).origin, "example.org/town/log1");
  EXPECT_EQ(root_of(entries(), 2, 3), kept_head(1).root);
  EXPECT_EQ(entries(2), before);
  EXPECT_THAT(faults(), IsEmpty());
  live(start());
  EXPECT_THAT(faults(), IsEmpty());
}

// Stopped at each write; whatever is there then starts, and is whole. Where it is still the old log, the same again goes on.
TEST_P(SuccessionTest, LeavesOneLogOrTheOtherWhereverItIsStopped) {
  live(desk_);
  using Kind = StoreFailure::Kind;
  const std::vector<std::pair<std::string, std::uint32_t>> steps{{"keep_head 1", 1},          {"make_log_key 2", 1},
                                                                 {"keep_succession 2", 1},    {"commit", 1},
                                                                 {"answer to the commit", 2}, {"keep_head 3", 3}};
  for (const auto& [step, left] : steps) {
    SCOPED_TRACE(step);
    stop();
    reopen();
    const auto before = entries();
    const auto number = world_.town->log().number;
    world_.keys.before_write = [&](std::string_view name, LogId log) {
      if (step == std::string(name) + " " + std::to_string(log.number)) throw StoreFailure(Kind::full, "stopped");
    };
    const auto planned = plan(SuccessionReason::key_rotation);
    if (step == "commit") world_.store->fail_next(Kind::busy);
    if (step == "answer to the commit") world_.store->lose_next_answer();
    EXPECT_THROW(succeed_log(parts(), planned, watch), StoreFailure);
    world_.keys.before_write = nullptr;
    EXPECT_EQ(log::read_log_name(row().origin).number, left);
    auto& desk = start();  // which signs the head, where nobody had
    EXPECT_EQ(kept_head(left).size, entries().size());
    EXPECT_EQ(left == number ? before : entries(), entries());
    EXPECT_THAT(faults(), IsEmpty());
    live(desk);
    EXPECT_THAT(faults(), IsEmpty());
  }
  // And with entries that the stopped attempts knew nothing of.
  succeed(SuccessionReason::key_rotation);
  EXPECT_EQ(row().origin, "example.org/town/log4");
  EXPECT_EQ(named(2).origin, "example.org/town/log1");
  EXPECT_THAT(faults(), IsEmpty());
  live(start());
}

TEST_P(SuccessionTest, CountsWhatOthersSawWhereTheKeysAreOlderToo) {
  live(desk_);
  world_.store->backup();
  const auto old_head = world_.keys.last_head(world_.town->id);
  live(desk_);
  const auto newest = world_.keys.last_head(world_.town->id).value();  // as a witness has it
  stop();
  world_.store->restore();
  world_.keys.set_head(world_.town->id, old_head);
  EXPECT_THAT(refusal(SuccessionReason::restored), HasSubstr("nothing was lost"));
  EXPECT_EQ(plan(SuccessionReason::restored, {newest}).before.size, 6U);
  succeed(SuccessionReason::restored, {newest});
  EXPECT_EQ(named().size - named().kept, 3U);
  EXPECT_EQ(kept_head(1).size, 6U);
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_P(SuccessionTest, RefusesWhatDoesNotFit) {
  live(desk_);
  world_.store->backup();
  live(desk_);
  stop();
  EXPECT_THAT(refusal(SuccessionReason::restored), HasSubstr("nothing was lost"));
  const auto text = log::checkpoint_text({world_.town->origin, 9, {}});
  const log::NoteSigner stranger(world_.town->origin, crypto::SigningKey(crypto::sha256("a stranger")));
  EXPECT_THAT(refusal(SuccessionReason::key_rotation, {stranger.sign(text)}),
              HasSubstr("not signed by the key of example.org/town/log1"));
  const auto other_history = world_.town->signer.sign(log::checkpoint_text({world_.town->origin, 5, {}}));
  EXPECT_THAT(refusal(SuccessionReason::key_rotation, {other_history}), HasSubstr("no copy of the log"));
  const auto fork = world_.town->signer.sign(log::checkpoint_text({world_.town->origin, 6, {}}));
  EXPECT_THAT(refusal(SuccessionReason::key_rotation, {fork}), HasSubstr("forked already"));
  world_.store->restore();
  EXPECT_THAT(refusal(SuccessionReason::key_rotation), AllOf(HasSubstr("lacks 3 of the 6"), HasSubstr("`restored`")));
  EXPECT_EQ(row().origin, "example.org/town/log1");
}

// A plan is of what it saw: a server that wrote on meanwhile is not cut off.
TEST_P(SuccessionTest, DoesNothingWhenSomebodyWroteSinceThePlan) {
  live(desk_);
  const auto planned = plan(SuccessionReason::key_rotation);
  live(desk_);
  EXPECT_THROW(succeed_log(parts(), planned, watch), StoreFailure);
  EXPECT_EQ(row().origin, "example.org/town/log1");
  EXPECT_THAT(faults(), IsEmpty());
}

// A log of which nothing was written yet, and one over several tiles.
TEST_P(SuccessionTest, TakesLogsOfEverySize) {
  succeed(SuccessionReason::key_rotation);
  EXPECT_EQ(named().size, 0U);
  EXPECT_THAT(faults(), IsEmpty());
  auto& desk = start();
  for (int i = 0; i < 90; ++i) live(desk);
  succeed(SuccessionReason::key_rotation);
  EXPECT_EQ(entries().size(), 272U);
  EXPECT_EQ(root_of(entries(), 1, 271), kept_head(2).root);
  EXPECT_THAT(faults(), IsEmpty());
  live(start());
}

INSTANTIATE_TEST_SUITE_P(Engines, SuccessionTest, testing::Values(storage::Engine::sqlite, storage::Engine::postgres));

}  // namespace
}  // namespace huiyin::app
