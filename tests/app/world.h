// A town at work: store, keys, clock, randomness and a Committer, all in the test's hand; and ways to wait for answers.
#pragma once

#include <gmock/gmock.h>

#include <future>
#include <utility>

#include "app/committer.h"
#include "app/test_clock.h"
#include "app/test_keys.h"
#include "domain/fixtures.h"
#include "storage/test_store.h"

namespace huiyin::app {

// Calls what answers through a callback, and waits for the answer.
template <class T, class Act>
Result<T> await(Act act) {
  const auto answer = std::make_shared<std::promise<Result<T>>>();
  auto later = answer->get_future();
  act([answer](Result<T> result) { answer->set_value(std::move(result)); });
  return later.get();
}

template <class T>
std::string told(const Result<T>& result) {
  if (result.ok()) return "ok";
  std::string text = std::string(name_of(result.error().code)) + " " + std::string(result.error().message.key.name);
  for (const auto& field : result.error().fields) text += " " + field.field;
  return text;
}

struct World {
  explicit World(std::unique_ptr<storage::TestStore> given = storage::make_store()) : store((crypto::start(), std::move(given))) {
    town = make_jurisdiction("town");
    village = make_jurisdiction("village");
    start();
  }

  // The server starts, and ends.
  void start() {
    committer = std::make_unique<Committer>(Committer::Parts{*store, keys, clock, random,
                                                             [this](std::string_view fault) {
                                                               const std::scoped_lock lock(faults_mutex);
                                                               faults.emplace_back(fault);
                                                             }},
                                            std::vector<const Jurisdiction*>{town.get(), village.get()});
  }
  void stop() { committer.reset(); }
  // Of the town's log, as a server without witnesses publishes it.
  [[nodiscard]] std::function<std::optional<SignedHead>()> newest_head() {
    return [this] { return committer->head(town->id); };
  }
  void restart() {
    stop();
    start();
  }
  // What the start says when it refuses.
  std::string refusal_to_start() {
    try {
      restart();
      return "it started";
    } catch (const StoreFailure& fault) {
      return fault.what();
    }
  }
  std::vector<std::string> told_faults() {
    const std::scoped_lock lock(faults_mutex);
    return faults;
  }

  std::unique_ptr<storage::TestStore> store;
  TestKeys keys;
  TestClock clock{fixtures::at("2026-03-01T09:00:00+08:00")};
  SharedRandom random{1};
  std::unique_ptr<Jurisdiction> town, village;
  std::mutex faults_mutex;
  std::vector<std::string> faults;  // for the operator
  std::unique_ptr<Committer> committer;

 private:
  std::unique_ptr<Jurisdiction> make_jurisdiction(const std::string& slug) {
    const auto origin = "example.org/" + slug + "/log1";
    const auto pack = fixtures::town_pack();
    const auto id = store->put_jurisdiction({{}, slug, origin, pack.hash, {}});
    const auto view = store->write(id);
    view->put_pack(pack.hash, "town");  // its text, whose hash the fixture has
    view->commit();
    return std::make_unique<Jurisdiction>(Jurisdiction{id, slug, origin, pack, std::make_unique<fixtures::FixedZone>(),
                                                       log::NoteSigner(origin, keys.log_key({id}))});
  }
};

// ---- Jobs of tests
// --------------------------------------------------------------------------------------------------------------

struct Outcome {
  Result<void> result;
  SignedHead head;
};

// Runs any act in the transaction; tells how it ended.
class TestJob final : public Job {
 public:
  using Act = std::function<Result<void>(Ledger&)>;
  TestJob(JurisdictionId jurisdiction, Act act) : jurisdiction_(jurisdiction), act_(std::move(act)) {}
  std::future<Outcome> outcome() { return outcome_.get_future(); }
  [[nodiscard]] JurisdictionId jurisdiction() const override { return jurisdiction_; }
  Result<void> run(Ledger& ledger) override { return act_(ledger); }
  void committed(const SignedHead& head) override { outcome_.set_value({{}, head}); }
  void failed(Error error) override { outcome_.set_value({std::move(error), {}}); }

 private:
  JurisdictionId jurisdiction_;
  Act act_;
  std::promise<Outcome> outcome_;
};

inline std::future<Outcome> submit(World& world, TestJob::Act act) {
  auto job = std::make_unique<TestJob>(world.town->id, std::move(act));
  auto outcome = job->outcome();
  world.committer->submit(std::move(job));
  return outcome;
}

// Holds the Committer's thread inside a batch of its own, so that what is submitted meanwhile makes up the next one.
class Gate {
 public:
  explicit Gate(World& world) {
    done_ = submit(world, [this, opened = opened_.get_future().share()](Ledger&) {
      if (!std::exchange(is_in_, true)) entered_.set_value();  // a job may run again
      opened.wait();
      return Result<void>();
    });
    entered_.get_future().wait();
  }
  void open() {
    opened_.set_value();
    done_.wait();
  }

 private:
  std::promise<void> entered_, opened_;
  bool is_in_ = false;
  std::future<Outcome> done_;
};

}  // namespace huiyin::app
