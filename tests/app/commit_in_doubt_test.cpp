// The connection goes while a commit is under way: the log tells whether it was done, before anybody is told anything. And what
// others write to the same log meanwhile.
#include <gmock/gmock.h>

#include <set>

#include "app/case_world.h"
#include "log/checkpoint.h"

namespace huiyin::app {
namespace {

using testing::HasSubstr;

class CommitInDoubt : public testing::Test, protected CaseWorld {
 protected:
  std::uint64_t size() { return world_.store->read(world_.town->id)->head().size; }
};

TEST_F(CommitInDoubt, ThatWasDoneIsAnsweredAsDone) {
  ASSERT_TRUE(file(filing("before")).ok());
  world_.store->lose_next_answer();
  const auto filed = file(filing("in doubt"));
  ASSERT_TRUE(filed.ok()) << told(filed);
  EXPECT_EQ(size(), 2U);
  EXPECT_TRUE(file(filing("after")).ok());
  EXPECT_EQ(size(), 3U);
  EXPECT_THAT(world_.told_faults(), testing::ElementsAre(HasSubstr("while a commit was under way")));
}

TEST_F(CommitInDoubt, ThatWasNotDoneIsToldSoAndMayBeTriedAgain) {
  ASSERT_TRUE(file(filing("before")).ok());
  world_.store->fail_next(StoreFailure::Kind::in_doubt);
  const auto body = filing("in doubt");
  EXPECT_EQ(told(file(once(body, "a key of sixteen or more", "in doubt"))), "unavailable committer_busy");
  EXPECT_EQ(size(), 1U);
  const auto again = file(once(body, "a key of sixteen or more", "in doubt"));
  ASSERT_TRUE(again.ok()) << told(again);
  EXPECT_EQ(size(), 2U);
}

// Nothing in the log tells of a session.
TEST_F(CommitInDoubt, ThatLeavesNoTraceInTheLogIsToldAsInDoubt) {
  world_.store->lose_next_answer();
  const auto outcome = submit(world_, [](Ledger& ledger) {
                         ledger.view().put_pack({9}, "{}");
                         return Result<void>();
                       }).get();
  EXPECT_EQ(told(outcome.result), "unavailable committer_in_doubt");
  EXPECT_TRUE(world_.committer->ready().ok());
}

// Two programs on one store, each with its own Committer.
class TwoNodes : public testing::Test, protected CaseWorld {
 protected:
  Committer other_committer_{{*world_.store, world_.keys, world_.clock, world_.random, [](std::string_view) {}},
                             {world_.town.get(), world_.village.get()}};
  CaseDesk other_desk_{{*world_.store, world_.keys, other_committer_, world_.clock, world_.random}};
  Result<Filed> file_there(const std::string& body) {
    return await<Filed>([&](auto answer) { other_desk_.file(*world_.town, filing(body), std::move(answer)); });
  }
};

TEST_F(TwoNodes, WriteOneLogByTurns) {
  std::set<std::string> references;
  for (int i = 0; i < 40; ++i) {
    const auto filed = i % 3 == 0 ? file_there(std::to_string(i)) : file(filing(std::to_string(i)));
    ASSERT_TRUE(filed.ok()) << told(filed);
    references.insert(filed->reference);
  }
  EXPECT_EQ(references.size(), 40U);
  EXPECT_EQ(world_.store->read(world_.town->id)->head().size, 40U);
}

TEST_F(TwoNodes, WriteOneLogAtOnce) {
  constexpr int each = 50;
  std::atomic<int> good{0};
  {
    std::vector<std::jthread> crowd;
    for (int i = 0; i < 4; ++i) {
      crowd.emplace_back([&, i] {
        for (int n = 0; n < each; ++n) good += (i % 2 == 0 ? file_there("there") : file(filing("here"))).ok() ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(good, 4 * each);
  EXPECT_EQ(world_.store->read(world_.town->id)->head().size, 4U * each);
}

TEST_F(TwoNodes, GiveReceiptsForWhatTheOtherWrote) {
  ASSERT_TRUE(file(filing("here")).ok());
  const auto there = file_there("there");
  ASSERT_TRUE(there.ok());
  const auto receipt = desk_.receipt(*world_.town, Actor::holder_of(there->id), there->id);
  ASSERT_TRUE(receipt.ok()) << told(receipt);
  EXPECT_EQ(receipt->proof.index, 1U);
  const auto checkpoint = log::parse_note(receipt->proof.checkpoint);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(log::parse_checkpoint_text(checkpoint->text)->size, 2U);
  EXPECT_EQ(world_.committer->head(world_.town->id)->size, 2U);
}

}  // namespace
}  // namespace huiyin::app
