// Filing a case more than once, by mistake or by chance: Idempotency-Keys, references that are taken, imports repeated.
#include <gmock/gmock.h>

#include "app/audit.h"
#include "app/case_world.h"

namespace huiyin::app {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

class CaseFiling : public testing::Test, protected CaseWorld {
 protected:
  void TearDown() override { EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty()); }
  std::uint64_t log_size() { return world_.store->read(world_.town->id)->head().size; }
};

// ---- Idempotency-Keys
// -----------------------------------------------------------------------------------------------------------

TEST_F(CaseFiling, TheSameKeyAndRequestGetTheSameAnswer) {
  const auto first = file(once(filing("One"), "key", "request")).value();
  const auto again = file(once(filing("One"), "key", "request")).value();
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.reference, first.reference);
  EXPECT_EQ(again.secret, first.secret);
  EXPECT_EQ(again.version, 1U);
  ASSERT_TRUE(again.receipt);
  EXPECT_EQ(again.receipt->entry, first.receipt->entry);
  EXPECT_EQ(log_size(), 1U);
  EXPECT_TRUE(desk_.holder(*world_.town, again.reference, again.secret).ok());
}

TEST_F(CaseFiling, TheSameKeyWithAnotherRequestIsAConflict) {
  (void)file(once(filing("One"), "key", "request")).value();
  EXPECT_EQ(told(file(once(filing("Two"), "key", "another request"))), "conflict idempotency_other_request");
  EXPECT_EQ(log_size(), 1U);
  EXPECT_TRUE(file(once(filing("Two"), "another key", "another request")).ok());
}

TEST_F(CaseFiling, TwoAtOnceUnderOneKeyMakeOneCase) {
  Gate gate(world_);
  auto one = file_later(once(filing("One"), "key", "request"));
  auto two = file_later(once(filing("One"), "key", "request"));
  auto other = file_later(once(filing("Two"), "key", "another request"));
  gate.open();
  const auto first = one.get().value(), second = two.get().value();
  EXPECT_EQ(first.reference, second.reference);
  EXPECT_EQ(first.secret, second.secret);
  EXPECT_TRUE(second.receipt);
  EXPECT_EQ(told(other.get()), "conflict idempotency_other_request");
  EXPECT_EQ(log_size(), 1U);
}

TEST_F(CaseFiling, AKeyIsFreeAgainAfterItsDay) {
  const auto first = file(once(filing("One"), "key", "request")).value();
  world_.clock.pass(idempotency_kept - std::chrono::milliseconds(1));
  EXPECT_EQ(file(once(filing("One"), "key", "request")).value().id, first.id);
  world_.clock.pass(std::chrono::milliseconds(1));
  EXPECT_NE(file(once(filing("One"), "key", "request")).value().id, first.id);
}

TEST_F(CaseFiling, ARefusedRequestDoesNotUseUpItsKey) {
  EXPECT_EQ(told(file(once(filing(""), "key", "request"))), "invalid invalid_fields body");
  EXPECT_TRUE(file(once(filing("One"), "key", "another request")).ok());
}

// ---- References
// -----------------------------------------------------------------------------------------------------------------

// Gives the same bytes again when it is told to; or the same bytes for ever.
class RepeatingRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    const std::scoped_lock lock(mutex_);
    if (stuck_) std::ranges::fill(out, std::uint8_t{0x77});
    else random_.fill(out);
  }
  void rewind() {
    const std::scoped_lock lock(mutex_);
    random_ = SeededRandom(42);
  }
  void stick() {
    const std::scoped_lock lock(mutex_);
    stuck_ = true;
  }

 private:
  std::mutex mutex_;
  SeededRandom random_{42};
  bool stuck_ = false;
};

class CaseReferences : public CaseFiling {
 protected:
  Result<Filed> file(const std::string& body) {
    return await<Filed>([&](auto done) { repeating_.file(*world_.town, filing(body), done); });
  }
  RepeatingRandom random_;
  CaseDesk repeating_{{*world_.store, world_.keys, *world_.committer, world_.clock, random_}};
};

TEST_F(CaseReferences, OneThatIsTakenIsDrawnAgain) {
  const auto one = file("One").value();
  random_.rewind();
  const auto two = file("Two").value();
  EXPECT_NE(one.reference, two.reference);
  EXPECT_EQ(desk_.holder(*world_.town, two.reference, two.secret).value().holds, two.id);
  EXPECT_EQ(read(Actor::holder_of(two.id), two.id).value().submitted.body, Private<std::string>(std::string("Two")));
}

TEST_F(CaseReferences, AreNotDrawnForEver) {
  random_.stick();
  EXPECT_TRUE(file("One").ok());
  EXPECT_EQ(told(file("Two")), "overloaded record_reference_taken");
  EXPECT_EQ(log_size(), 1U);
}

// ---- Imports
// --------------------------------------------------------------------------------------------------------------------

class CaseImport : public CaseFiling {
 protected:
  static Imported imported(const std::string& external_id) {
    Imported one;
    one.submit = filing("From the old system").submit;
    one.submit.channel = cases::Channel::import;
    one.at = fixtures::at("2025-01-05T10:00:00+08:00");
    one.source = "old system";
    one.external_id = external_id;
    return one;
  }
  static Imported answered(const std::string& external_id, std::string_view when) {
    auto one = imported(external_id);
    one.answered = {{}, {fixtures::roads}, {std::string("It was filled")}, fixtures::at(when)};
    return one;
  }
  std::string import(Imported one) { return shown(import_later(std::move(one)).get()); }
  static std::string shown(const Result<bool>& result) { return result.ok() ? *result ? "new" : "known" : told(result); }
  std::future<Result<bool>> import_later(Imported one) {
    const auto answer = std::make_shared<std::promise<Result<bool>>>();
    auto later = answer->get_future();
    desk_.import(*world_.town, std::move(one), [answer](Result<bool> result) { answer->set_value(std::move(result)); });
    return later;
  }
};

TEST_F(CaseImport, TakesTheSameRowOnce) {
  EXPECT_EQ(import(imported("A-1")), "new");
  EXPECT_EQ(import(imported("A-1")), "known");
  EXPECT_EQ(import(imported("A-2")), "new");
  auto elsewhere = imported("A-1");
  elsewhere.source = "another system";
  EXPECT_EQ(import(elsewhere), "new");
  EXPECT_EQ(log_size(), 3U);
}

TEST_F(CaseImport, TakesTheSameRowOnceWithinABatch) {
  Gate gate(world_);
  auto one = import_later(imported("A-1")), two = import_later(imported("A-1"));
  gate.open();
  EXPECT_EQ(shown(one.get()), "new");
  EXPECT_EQ(shown(two.get()), "known");
  EXPECT_EQ(log_size(), 1U);
}

TEST_F(CaseImport, BringsAnAnsweredCaseWithItsOwnTimes) {
  EXPECT_EQ(import(answered("A-1", "2025-01-15T10:00:00+08:00")), "new");
  EXPECT_THAT(kinds_in_log(), ElementsAre("case.submitted", "case.accepted", "case.assigned", "case.started", "case.answered"));
  const auto view = read(dispatcher, {1}).value();
  EXPECT_EQ(view.state.phase, cases::Phase::answered);
  EXPECT_EQ(view.state.last_at, fixtures::at("2025-01-15T10:00:00+08:00"));
  for (const auto& event : view.story) {
    EXPECT_EQ(event.t, world_.clock.now());
    EXPECT_EQ(event.role, "system");
  }
  EXPECT_TRUE(std::get<cases::Accepted>(view.story[1].event).on_time);
  EXPECT_EQ(import(answered("A-2", "2025-02-15T10:00:00+08:00")), "new");
  EXPECT_FALSE(std::get<cases::Accepted>(read(dispatcher, {2}).value().story[1].event).on_time);
}

TEST_F(CaseImport, TakesAllOfACaseOrNothing) {
  auto broken = answered("A-1", "2025-01-15T10:00:00+08:00");
  broken.answered->assign.unit = UnitCode{"nowhere"};
  Gate gate(world_);
  auto before = import_later(imported("A-2")), failing = import_later(broken), after = import_later(imported("A-3"));
  gate.open();
  EXPECT_EQ(shown(before.get()), "new");
  EXPECT_EQ(shown(failing.get()), "invalid invalid_fields unit");
  EXPECT_EQ(shown(after.get()), "new");
  EXPECT_EQ(log_size(), 2U);
  EXPECT_EQ(import(answered("A-1", "2025-01-15T10:00:00+08:00")), "new");
}

TEST_F(CaseImport, RefusesAnAnswerBeforeTheQuestion) {
  EXPECT_EQ(import(answered("A-1", "2025-01-04T10:00:00+08:00")), "conflict case_at_before_last");
  EXPECT_EQ(log_size(), 0U);
}

TEST_F(CaseImport, GivesNobodyASecret) {
  EXPECT_EQ(import(imported("A-1")), "new");
  const auto reference = read(dispatcher, {1}).value().state.reference;
  EXPECT_EQ(told(desk_.holder(*world_.town, reference, "AAAA-AAAA-AAAA-AAAA")), "not_found record_not_found");
  EXPECT_TRUE(desk_.find(*world_.town, reference).ok());
}

TEST_F(CaseFiling, LivesOnAfterARestart) {
  auto first = filing("A hole in the road");
  first.submit.contact = cases::Contact{"Li", "13900000000", std::nullopt};
  const auto filed = file(once(first, "key", "request")).value();
  EXPECT_EQ(file(once(first, "key", "request")).value().secret, filed.secret);
  const auto holder = desk_.holder(*world_.town, filed.reference, filed.secret).value();
  EXPECT_EQ(act(dispatcher, filed.id, 1, cases::Accept{}), "2");
  EXPECT_EQ(act(dispatcher, filed.id, 1, cases::Accept{}), "conflict record_moved_on version");
  EXPECT_EQ(act(dispatcher, filed.id, 2, cases::Assign{fixtures::roads}), "3");
  EXPECT_EQ(act(officer, filed.id, 3, cases::Start{}), "4");
  EXPECT_EQ(act(officer, filed.id, 4, cases::Answer{std::string("It was filled")}), "5");
  EXPECT_EQ(act(holder, filed.id, 5, cases::Rate{true, false, cases::Satisfaction::not_satisfied, {}, false}), "7");
  EXPECT_EQ((*read(holder, filed.id).value().submitted.contact).phone, "13900000000");
  world_.restart();
  EXPECT_EQ(read(officer, filed.id).value().state.returns, 1);
  EXPECT_EQ(desk_.list(*world_.town, officer, {}).value().front().title, "A hole in the road");
}

}  // namespace
}  // namespace huiyin::app
