// What the Committer refuses to write upon: a database that went backwards, a head it cannot keep, a clock that jumped.
#include <gmock/gmock.h>

#include "app/audit.h"
#include "app/world.h"
#include "log/checkpoint.h"

namespace huiyin::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;

// One entry more in the log; `salt` makes histories differ.
Result<void> append(World& world, Ledger& ledger) {
  const auto key = crypto::SymmetricKey::make(world.random);
  const auto tag = world.random.bytes<16>();
  auto row = ledger.create_record("case", tag, world.keys.wrap(key, tag, ledger.now()));
  SealedEvent event;
  event.name = "noted";
  event.facts = "{}";
  ledger.append(row, {event, {}, Role::officer, {}, ledger.now()});
  return {};
}

class CommitterGuard : public testing::Test {
 protected:
  Outcome write() {
    return submit(world_, [this](Ledger& ledger) { return append(world_, ledger); }).get();
  }
  void write(int count) {
    for (int i = 0; i < count; ++i) EXPECT_EQ(told(write().result), "ok");
  }
  Instant newest() { return world_.store->read(world_.town->id)->head().t; }
  std::uint64_t size() { return world_.store->read(world_.town->id)->head().size; }
  std::uint64_t kept_size() {
    const auto note = log::parse_note(world_.keys.last_head(world_.town->id).value());
    return log::parse_checkpoint_text(note.value().text).value().size;
  }

  World world_;
};

// ---- The head
// -------------------------------------------------------------------------------------------------------------------

TEST_F(CommitterGuard, KeepsEachHeadOutsideTheDatabaseBeforeItAnswers) {
  for (std::uint64_t i = 1; i <= 3; ++i) {
    const auto outcome = write();
    EXPECT_EQ(outcome.head.size, i);
    EXPECT_EQ(world_.keys.last_head(world_.town->id), outcome.head.note);
    EXPECT_EQ(world_.committer->head(world_.town->id)->note, outcome.head.note);
  }
}

TEST_F(CommitterGuard, DoesNotStartOnADatabaseThatWentBackwards) {
  write(1);
  world_.store->backup();
  write(2);
  world_.stop();
  world_.store->restore();
  EXPECT_THAT(world_.refusal_to_start(), testing::AllOf(HasSubstr("1 entries"), HasSubstr("over 3"), HasSubstr("backwards")));
}

// Two histories from one beginning: the first was signed, the second is in the database.
TEST_F(CommitterGuard, DoesNotStartOnADatabaseWithAnotherHistory) {
  write(1);
  world_.store->backup();
  write(2);
  const auto signed_first = world_.keys.last_head(world_.town->id);
  world_.stop();
  for (const int more : {2, 5}) {  // as long as the signed one, and longer
    world_.store->restore();
    world_.keys.set_head(world_.town->id, std::nullopt);
    world_.start();
    write(more);
    world_.stop();
    world_.keys.set_head(world_.town->id, signed_first);
    EXPECT_THAT(world_.refusal_to_start(), HasSubstr("differs from the signed head within the first 3"));
  }
}

TEST_F(CommitterGuard, DoesNotStartWithAHeadOfAnotherKeyOrAnotherLog) {
  write(1);
  world_.stop();
  const auto text = log::checkpoint_text({world_.town->origin, 1, {}});
  const log::NoteSigner stranger(world_.town->origin, crypto::SigningKey(crypto::sha256("a stranger")));
  const auto other_log = world_.town->signer.sign(log::checkpoint_text({"example.org/other/log1", 1, {}}));
  for (const auto& note : {stranger.sign(text), other_log, std::string("no note")}) {
    world_.keys.set_head(world_.town->id, note);
    EXPECT_THAT(world_.refusal_to_start(), HasSubstr("not signed by this log's key"));
  }
}

TEST_F(CommitterGuard, DoesNotStartOnTilesThatDoNotLeadToTheHead) {
  write(3);
  world_.stop();
  {
    const auto view = world_.store->write(world_.town->id);
    auto head = view->head();
    head.root[0] ^= 1U;
    view->put_head(head);
    view->commit();
  }
  EXPECT_THAT(world_.refusal_to_start(), HasSubstr("do not lead to its head"));
}

// The power went between the commit and the keeping of its head: nobody was answered, so nothing is lost by going on.
TEST_F(CommitterGuard, StartsWhenTheDatabaseIsAheadAndKeepsItsHeadAtOnce) {
  write(2);
  const auto before = world_.keys.last_head(world_.town->id);
  write(1);
  world_.stop();
  world_.keys.set_head(world_.town->id, before);
  world_.start();
  EXPECT_EQ(kept_size(), 3U);  // the head that receipts will be given under
  write(1);
  EXPECT_EQ(kept_size(), 4U);
}

TEST_F(CommitterGuard, WritesNothingMoreOnADatabaseThatWentBackwardsMeanwhile) {
  write(1);
  world_.store->backup();
  write(1);
  world_.store->restore();
  EXPECT_EQ(told(write().result), "unavailable committer_head_differs");
  EXPECT_EQ(told(world_.committer->ready()), "unavailable committer_head_differs");
  EXPECT_EQ(told(write().result), "unavailable committer_head_differs");
  EXPECT_EQ(size(), 1U);
  EXPECT_THAT(world_.told_faults(), testing::ElementsAre(HasSubstr("backwards")));  // once
  world_.committer->confirm_time();  // heals a clock, nothing else
  EXPECT_EQ(told(write().result), "unavailable committer_head_differs");
}

TEST_F(CommitterGuard, WritesNothingMoreOnADatabaseThatDiffersMeanwhile) {
  write(1);
  {
    const auto view = world_.store->write(world_.town->id);
    auto head = view->head();
    head.root[0] ^= 1U;
    view->put_head(head);
    view->commit();
  }
  EXPECT_EQ(told(write().result), "unavailable committer_head_differs");
  EXPECT_THAT(world_.told_faults(), testing::ElementsAre(HasSubstr("differs")));
}

TEST_F(CommitterGuard, WritesNothingMoreWhenAHeadCannotBeKept) {
  write(1);
  world_.keys.set_full(true);
  EXPECT_EQ(told(write().result), "ok");  // it is committed, so it is answered
  EXPECT_EQ(told(world_.committer->ready()), "unavailable committer_head_not_kept");
  EXPECT_EQ(told(write().result), "unavailable committer_head_not_kept");
  EXPECT_EQ(size(), 2U);
  world_.keys.set_full(false);
  world_.restart();
  EXPECT_EQ(kept_size(), 2U);
  write(1);
}

// ---- The clock
// ------------------------------------------------------------------------------------------------------------------

struct JumpRow {
  std::chrono::milliseconds jump;
  std::string expected;
};

TEST_F(CommitterGuard, RefusesAJumpOfMoreThanAnHourUntilTheTimeIsConfirmed) {
  const std::string refused = "unavailable committer_clock_jumped";
  for (const auto& [jump, expected] : std::vector<JumpRow>{{hours(1), "ok"},
                                                           {hours(1) + std::chrono::milliseconds(1), refused},
                                                           {-hours(1), "ok"},
                                                           {-hours(1) - std::chrono::milliseconds(1), refused},
                                                           {hours(24 * 365), refused},
                                                           {-hours(24 * 365), refused}}) {
    SCOPED_TRACE(jump.count());
    World world;
    const auto write = [&] { return submit(world, [&](Ledger& ledger) { return append(world, ledger); }).get(); };
    EXPECT_EQ(told(write().result), "ok");
    world.clock.jump(jump);
    EXPECT_EQ(told(write().result), expected);
    EXPECT_EQ(told(write().result), expected);
    EXPECT_EQ(told(world.committer->ready()), expected);
    world.committer->confirm_time();
    EXPECT_EQ(told(world.committer->ready()), "ok");
    EXPECT_EQ(told(write().result), "ok");
  }
}

TEST_F(CommitterGuard, GoesOnWhenTheClockComesRightByItself) {
  write(1);
  world_.clock.jump(hours(2));
  EXPECT_EQ(told(write().result), "unavailable committer_clock_jumped");
  world_.clock.jump(-hours(2));
  EXPECT_EQ(told(write().result), "ok");
  EXPECT_EQ(told(world_.committer->ready()), "ok");
}

TEST_F(CommitterGuard, TimeThatPassesIsNoJump) {
  write(1);
  world_.clock.pass(hours(24 * 30));
  EXPECT_EQ(told(write().result), "ok");
  EXPECT_EQ(newest(), world_.clock.now());
}

TEST_F(CommitterGuard, AConfirmedTimeIsTheMeasureOfTheNextJump) {
  write(1);
  world_.clock.jump(hours(2));
  (void)write();
  world_.committer->confirm_time();
  write(1);
  world_.clock.jump(hours(2));
  EXPECT_EQ(told(write().result), "unavailable committer_clock_jumped");
}

TEST_F(CommitterGuard, TheTimeOfTheLogNeverRunsBackwards) {
  write(1);
  const auto first = newest();
  world_.clock.jump(-minutes(30));
  write(1);
  EXPECT_EQ(newest(), first);
  world_.clock.pass(minutes(29));
  write(1);
  EXPECT_EQ(newest(), first);
  world_.clock.pass(minutes(2));
  write(1);
  EXPECT_EQ(newest(), first + minutes(1));
  const auto events = world_.store->read(world_.town->id)->list_events_by_index(0, 9);
  EXPECT_TRUE(std::ranges::is_sorted(events, {}, &EventRow::t));
}

TEST_F(CommitterGuard, AStartOnAClockFarBehindTheLogWaitsForTheConfirmation) {
  write(1);
  const auto first = newest();
  world_.stop();
  world_.clock.jump(-hours(2));
  world_.start();
  EXPECT_EQ(told(write().result), "unavailable committer_clock_jumped");
  world_.committer->confirm_time();
  EXPECT_EQ(told(write().result), "ok");
  EXPECT_EQ(newest(), first);
}

}  // namespace
}  // namespace huiyin::app
