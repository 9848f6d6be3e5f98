// Once: the same key and request find what was done before, for a day, and nobody else can read the reply.
#include "app/once.h"

#include <gmock/gmock.h>

#include "app/world.h"

namespace huiyin::app {
namespace {

class OnceTest : public testing::Test {
 protected:
  World world_;
  std::unique_ptr<WriteView> view_ = world_.store->write(world_.town->id);
  log::Tree tree_;
  const Instant now_ = world_.clock.now();
  const OnceKey asked_{"a key", crypto::sha256("a request")};

  Ledger ledger(Instant now) { return {*world_.town, *view_, tree_, now, world_.random}; }
  void keep() {
    auto at_work = ledger(now_);
    Once(asked_).keep(at_work, {7}, "the reply", world_.random);
  }
  std::string find(const OnceKey& key, Instant now) {
    auto at_work = ledger(now);
    const auto before = Once(key).find(at_work);
    if (!before.ok()) return told(before);
    if (!*before) return "free";
    return std::to_string((*before)->record.number) + " " + (*before)->reply.value_or("sealed");
  }
};

TEST_F(OnceTest, FindsWhatWasKeptUntilItsDayIsOver) {
  EXPECT_EQ(find(asked_, now_), "free");
  keep();
  EXPECT_EQ(find(asked_, now_), "7 the reply");
  EXPECT_EQ(find(asked_, now_ + idempotency_kept - std::chrono::milliseconds(1)), "7 the reply");
  EXPECT_EQ(find(asked_, now_ + idempotency_kept), "free");
}

TEST_F(OnceTest, TellsOneKeyAndOneRequestFromAnother) {
  keep();
  EXPECT_EQ(find({"another key", asked_.request}, now_), "free");
  EXPECT_EQ(find({"a key", crypto::sha256("another request")}, now_), "conflict idempotency_other_request");
}

TEST_F(OnceTest, KeepsNeitherKeyNorReplyInClear) {
  keep();
  const auto row = view_->find_idempotency(crypto::sha256("huiyin idempotency row:a key"));
  ASSERT_TRUE(row);
  EXPECT_EQ(std::string(as_text(row->sealed)).find("reply"), std::string::npos);
}

TEST_F(OnceTest, GivesTheRecordWithoutAReplyThatDoesNotOpen) {
  keep();
  auto row = view_->find_idempotency(crypto::sha256("huiyin idempotency row:a key")).value();
  row.key_hash = crypto::sha256("huiyin idempotency row:another key");
  view_->put_idempotency(row);
  EXPECT_EQ(find({"another key", asked_.request}, now_), "7 sealed");
}

}  // namespace
}  // namespace huiyin::app
