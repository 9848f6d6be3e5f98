// The Committer: batches, neighbours that fail, and answers that come only after the commit.
#include "app/committer.h"

#include <gmock/gmock.h>

#include "app/audit.h"
#include "app/case/case_rows.h"
#include "app/desk.h"
#include "app/world.h"
#include "texts/keys.h"

namespace huiyin::app {
namespace {

using testing::IsEmpty;

// A case that was raised, written by hand.
void raise(World& world, Ledger& ledger) {
  const auto key = crypto::SymmetricKey::make(world.random);
  const auto tag = world.random.bytes<16>();
  auto row = ledger.create_record("case", tag, world.keys.wrap(key, tag, ledger.now()));
  cases::Submitted event;
  event.reference = "REF-" + std::to_string(row.id.number);
  event.due = {{"accept"}, ledger.now()};
  event.body = std::string("A hole in the road");
  const auto state = evolve(cases::State{}, event, ledger.now());
  ledger.append(
      row, {seal_event(encode(cases::Event(event)), key, tag, {1, {}}, world.random), {}, Role::requester, {}, ledger.now()});
  ledger.view().rows<CaseRows>().put(row_of(row.id, state));
}

TestJob::Act raising(World& world) {
  return [&world](Ledger& ledger) {
    raise(world, ledger);
    return Result<void>();
  };
}
Result<void> refusal() { return Error{Code::conflict, {key::case_already_with_unit}}; }

std::uint64_t log_size(World& world) { return world.store->read(world.town->id)->head().size; }

class CommitterTest : public testing::Test {
 protected:
  World world_;
};

TEST_F(CommitterTest, WritesWhatWaitsInOneBatch) {
  Gate gate(world_);
  const auto batches = world_.committer->batches(), jobs = world_.committer->jobs();
  std::vector<std::future<Outcome>> outcomes;
  for (int i = 0; i < 20; ++i) outcomes.push_back(submit(world_, raising(world_)));
  EXPECT_EQ(world_.committer->waiting(), 20U);
  gate.open();
  for (auto& outcome : outcomes) {
    const auto ended = outcome.get();
    EXPECT_EQ(told(ended.result), "ok");
    EXPECT_EQ(ended.head.size, 20U);  // the head that covers all of them
  }
  EXPECT_EQ(world_.committer->batches(), batches + 1);
  EXPECT_EQ(world_.committer->jobs(), jobs + 20);
  EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty());
}

struct FaultyRow {
  std::string_view what;
  std::function<Result<void>(World&, Ledger&)> act;
  std::string expected;
};

const std::vector<FaultyRow> faulty{
    {"refused before anything was written", [](World&, Ledger&) { return refusal(); }, "conflict case_already_with_unit"},
    {"refused after it had written",
     [](World& world, Ledger& ledger) {
       raise(world, ledger);
       return refusal();
     },
     "conflict case_already_with_unit"},
    {"against a constraint, before it had written to the log",
     [](World&, Ledger& ledger) -> Result<void> {
       ledger.view().put_import("source", "1", {1});
       ledger.view().put_import("source", "1", {1});
       return {};
     },
     "internal committer_failed"},
    {"against a constraint, after it had written to the log",
     [](World& world, Ledger& ledger) -> Result<void> {
       raise(world, ledger);
       ledger.view().put_session({{}, {99}, {}, {}});
       return {};
     },
     "internal committer_failed"},
};

TEST_F(CommitterTest, AJobThatFailsLeavesItsNeighboursAlone) {
  std::uint64_t size = 0;
  for (const auto& [what, act, expected] : faulty) {
    SCOPED_TRACE(what);
    Gate gate(world_);
    auto before = submit(world_, raising(world_));
    auto failing = submit(world_, [&](Ledger& ledger) { return act(world_, ledger); });
    auto after = submit(world_, raising(world_));
    gate.open();
    EXPECT_EQ(told(before.get().result), "ok");
    EXPECT_EQ(told(after.get().result), "ok");
    EXPECT_EQ(told(failing.get().result), expected);
    EXPECT_EQ(log_size(world_), size += 2);
    EXPECT_FALSE(world_.store->read(world_.town->id)->find_import("source", "1"));
    EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty());
  }
  EXPECT_TRUE(world_.committer->ready().ok());
}

TEST_F(CommitterTest, SeveralThatFailInOneBatchFailEachForItself) {
  Gate gate(world_);
  std::vector<std::future<Outcome>> outcomes;
  for (int round = 0; round < 3; ++round) {
    for (const auto& row : faulty) outcomes.push_back(submit(world_, [&](Ledger& ledger) { return row.act(world_, ledger); }));
    outcomes.push_back(submit(world_, raising(world_)));
  }
  gate.open();
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const auto place = i % (faulty.size() + 1);
    EXPECT_EQ(told(outcomes[i].get().result), place < faulty.size() ? faulty[place].expected : "ok");
  }
  EXPECT_EQ(log_size(world_), 3U);
  EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty());
}

TEST_F(CommitterTest, GoesOnAfterARestartWhereItStopped) {
  for (int i = 0; i < 3; ++i) submit(world_, raising(world_)).get();
  world_.restart();
  EXPECT_EQ(world_.committer->head(world_.town->id)->size, 3U);
  EXPECT_EQ(world_.committer->head(world_.village->id), std::nullopt);
  submit(world_, raising(world_)).get();
  EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty());
}

TEST_F(CommitterTest, GrowsALogOverManyTiles) {
  std::vector<std::future<Outcome>> outcomes;
  for (int i = 0; i < 600; ++i) outcomes.push_back(submit(world_, raising(world_)));
  for (auto& outcome : outcomes) EXPECT_EQ(told(outcome.get().result), "ok");
  EXPECT_EQ(log_size(world_), 600U);
  EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty());
}

TEST_F(CommitterTest, DividesWhatWaitsIntoBatchesOfLimitedSize) {
  Gate gate(world_);
  const auto batches = world_.committer->batches();
  std::vector<std::future<Outcome>> outcomes;
  for (std::size_t i = 0; i < batch_jobs_max + 1; ++i) outcomes.push_back(submit(world_, raising(world_)));
  gate.open();
  for (auto& outcome : outcomes) EXPECT_EQ(told(outcome.get().result), "ok");
  EXPECT_EQ(world_.committer->batches(), batches + 2);
}

TEST_F(CommitterTest, CountsAJobOnceHoweverOftenItRan) {
  Gate gate(world_);
  const auto jobs = world_.committer->jobs();
  auto one = submit(world_, raising(world_));
  auto two = submit(world_, [&](Ledger& ledger) { return faulty[3].act(world_, ledger); });
  gate.open();
  one.get(), two.get();
  EXPECT_EQ(world_.committer->jobs(), jobs + 2);
}

TEST_F(CommitterTest, RefusesWhatDoesNotFitIntoTheQueue) {
  Gate gate(world_);
  std::vector<std::future<Outcome>> outcomes;
  for (std::size_t i = 0; i < queue_jobs_max; ++i) outcomes.push_back(submit(world_, [](Ledger&) { return Result<void>(); }));
  auto refused = submit(world_, raising(world_));
  EXPECT_EQ(told(refused.get().result), "overloaded committer_overloaded");  // at once, while the others wait
  gate.open();
  for (auto& outcome : outcomes) EXPECT_EQ(told(outcome.get().result), "ok");
  EXPECT_EQ(told(submit(world_, raising(world_)).get().result), "ok");
}

TEST_F(CommitterTest, FinishesWhatWaitsWhenItEndsAndTakesNothingMore) {
  std::future<Outcome> waiting, late;
  {
    Gate gate(world_);
    waiting = submit(world_, raising(world_));
    world_.committer->stop();
    late = submit(world_, raising(world_));
    gate.open();
  }
  world_.stop();
  EXPECT_EQ(told(waiting.get().result), "ok");
  EXPECT_EQ(told(late.get().result), "overloaded committer_overloaded");
}

TEST_F(CommitterTest, KeepsTheLogsOfTwoJurisdictionsApartAndEachInOrder) {
  Gate gate(world_);
  const auto batches = world_.committer->batches();
  std::vector<int> order;
  std::vector<std::future<Outcome>> outcomes;
  for (int i = 0; i < 6; ++i) {
    auto job = std::make_unique<TestJob>(i % 2 == 0 ? world_.town->id : world_.village->id, [this, &order, i](Ledger& ledger) {
      order.push_back(i);
      raise(world_, ledger);
      return Result<void>();
    });
    outcomes.push_back(job->outcome());
    world_.committer->submit(std::move(job));
  }
  gate.open();
  for (auto& outcome : outcomes) EXPECT_EQ(outcome.get().head.size, 3U);
  EXPECT_THAT(order, testing::ElementsAre(0, 2, 4, 1, 3, 5));
  EXPECT_EQ(world_.committer->batches(), batches + 2);
  EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty());
  EXPECT_THAT(audit(*world_.store, world_.keys, *world_.village), IsEmpty());
}

TEST_F(CommitterTest, AFullDiskFailsTheJobWithAWordAndNothingElse) {
  world_.store->fail_next(StoreFailure::Kind::full);
  EXPECT_EQ(told(submit(world_, raising(world_)).get().result), "unavailable committer_disk_full");
  world_.store->fail_next(StoreFailure::Kind::read_only);
  EXPECT_EQ(told(submit(world_, raising(world_)).get().result), "unavailable committer_read_only");
  EXPECT_EQ(world_.told_faults().size(), 2U);
  EXPECT_EQ(told(submit(world_, raising(world_)).get().result), "ok");  // there is room again
  EXPECT_EQ(log_size(world_), 1U);
  EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty());
}

TEST_F(CommitterTest, ACommitThatFailedOnceIsTriedAgainJobByJob) {
  Gate gate(world_);
  int runs = 0;
  auto one = submit(world_, raising(world_));
  auto two = submit(world_, [&](Ledger& ledger) {
    if (++runs == 1) world_.store->fail_next(StoreFailure::Kind::other);
    raise(world_, ledger);
    return Result<void>();
  });
  gate.open();
  EXPECT_EQ(told(one.get().result), "ok");
  EXPECT_EQ(told(two.get().result), "ok");
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(log_size(world_), 2U);
  EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty());
}

// An answer that cannot be given after the commit (its receipt cannot be read) must not run anything twice.
class JobWhoseAnswerFails final : public Job {
 public:
  JobWhoseAnswerFails(World& world, int& runs) : world_(world), runs_(runs) {}
  [[nodiscard]] JurisdictionId jurisdiction() const override { return world_.town->id; }
  Result<void> run(Ledger& ledger) override {
    ++runs_;
    raise(world_, ledger);
    return {};
  }
  void committed(const SignedHead&) override { throw StoreFailure(StoreFailure::Kind::other, "the answer could not be read"); }
  void failed(Error) override { ADD_FAILURE() << "it was committed"; }

 private:
  World& world_;
  int& runs_;
};

TEST_F(CommitterTest, AnAnswerThatFailsAfterTheCommitRunsNothingTwice) {
  Gate gate(world_);
  int runs = 0;
  auto before = submit(world_, raising(world_));
  world_.committer->submit(std::make_unique<JobWhoseAnswerFails>(world_, runs));
  auto after = submit(world_, raising(world_));
  gate.open();
  EXPECT_EQ(told(before.get().result), "ok");
  EXPECT_EQ(told(after.get().result), "ok");
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(log_size(world_), 3U);
}

TEST_F(CommitterTest, WritesManyThingsFromManyThreads) {
  constexpr int threads = 8, each = 25;
  std::vector<std::jthread> crowd;
  std::atomic<int> good{0};
  for (int i = 0; i < threads; ++i) {
    crowd.emplace_back([&] {
      for (int n = 0; n < each; ++n) good += submit(world_, raising(world_)).get().result.ok() ? 1 : 0;
    });
  }
  crowd.clear();
  EXPECT_EQ(good, threads * each);
  EXPECT_EQ(log_size(world_), static_cast<std::uint64_t>(threads * each));
  EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty());
}

}  // namespace
}  // namespace huiyin::app
