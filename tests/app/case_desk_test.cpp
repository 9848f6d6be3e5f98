// The use cases of a case, from the first word to the last, as each kind of reader sees them.
#include "app/case/case_desk.h"

#include <gmock/gmock.h>

#include "app/audit.h"
#include "app/case_world.h"
#include "log/checkpoint.h"
#include "log/entry.h"

namespace huiyin::app {
namespace {

using std::chrono::hours;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CaseDeskTest : public testing::Test, protected CaseWorld {
 protected:
  void TearDown() override { EXPECT_THAT(audit(*world_.store, world_.keys, *world_.town), IsEmpty()); }
};

TEST_F(CaseDeskTest, TheLifeOfACaseThatCameBackOnce) {
  const auto filed = file(filing("A hole in the road")).value();
  const auto id = filed.id;
  const auto holder = desk_.holder(*world_.town, filed.reference, filed.secret).value();
  EXPECT_EQ(filed.version, 1U);
  EXPECT_EQ(filed.state.phase, cases::Phase::received);
  EXPECT_EQ(act(dispatcher, id, 1, cases::Accept{}), "2");
  EXPECT_EQ(act(dispatcher, id, 2, cases::Assign{fixtures::roads}), "3");
  EXPECT_EQ(act(officer, id, 3, cases::Start{}), "4");
  EXPECT_EQ(act(officer, id, 4, cases::Note{std::string("Seen on site")}), "5");
  EXPECT_EQ(act(officer, id, 5, cases::Answer{std::string("It was filled")}), "6");
  EXPECT_EQ(act(officer, id, 6, cases::Close{}), "conflict case_rating_open");
  EXPECT_EQ(act(holder, id, 6, cases::Rate{true, false, cases::Satisfaction::not_satisfied, std::string("Still there"), false}),
            "8");
  EXPECT_EQ(read(officer, id).value().state.phase, cases::Phase::in_work);
  EXPECT_EQ(read(officer, id).value().state.returns, 1);
  EXPECT_EQ(act(officer, id, 8, cases::Answer{std::string("Filled again")}), "9");
  EXPECT_EQ(act(holder, id, 9, cases::Rate{true, true, cases::Satisfaction::satisfied, std::string("Good"), true}), "10");
  EXPECT_EQ(act(officer, id, 10, cases::Close{}), "11");
  EXPECT_EQ(read(holder, id).value().state.phase, cases::Phase::closed);
  EXPECT_EQ(kinds_in_log(), (std::vector<std::string>{"case.submitted", "case.accepted", "case.assigned", "case.started",
                                                      "case.noted", "case.answered", "case.rated", "case.returned",
                                                      "case.answered", "case.rated", "case.closed"}));
  for (const auto& entry : world_.store->read(world_.town->id)->list_entries(0, 99)) {
    for (const auto* word : {"hole in", "Seen on", "was filled", "Still there", filed.reference.c_str()})
      EXPECT_THAT(entry, Not(HasSubstr(word)));
  }
}

// ---- Who sees what
// --------------------------------------------------------------------------------------------------------------

// A case with a contact, a note, an answer, and a first rating that is not shared.
struct Sight {
  std::string words, contact, note, answer, rating;
};

class CaseSight : public CaseDeskTest {
 protected:
  void SetUp() override {
    auto with_contact = filing("A hole in the road");
    with_contact.submit.contact = cases::Contact{"Li", "13900000000", std::nullopt};
    filed_ = file(with_contact).value();
    holder_ = desk_.holder(*world_.town, filed_.reference, filed_.secret).value();
    const std::vector<std::pair<Actor, cases::Command>> steps{
        {dispatcher, cases::Accept{}},
        {dispatcher, cases::Assign{fixtures::roads}},
        {officer, cases::Start{}},
        {officer, cases::Note{std::string("Seen on site")}},
        {officer, cases::Answer{std::string("It was filled")}},
        {holder_, cases::Rate{true, false, cases::Satisfaction::not_satisfied, std::string("Still there"), false}}};
    for (const auto& [actor, command] : steps) {
      const auto version = read(dispatcher, filed_.id).value().version;
      EXPECT_TRUE(act_later(actor, filed_.id, version, command).get().ok());
    }
    EXPECT_EQ(read(dispatcher, filed_.id).value().version, 8U);
  }
  // What of the private content one reader finds in the story.
  Sight seen_by(const Actor& actor) {
    Sight sight;
    const auto view = read(actor, filed_.id).value();
    sight.words = view.submitted.body.value.value_or("-");
    sight.contact = view.submitted.contact ? (*view.submitted.contact).phone.value_or("-") : "-";
    sight.note = sight.answer = sight.rating = "-";
    for (const auto& one : view.story) {
      if (const auto* noted = std::get_if<cases::Noted>(&one.event)) sight.note = noted->words.value.value_or("hidden");
      if (const auto* answered = std::get_if<cases::Answered>(&one.event))
        sight.answer = answered->words.value.value_or("hidden");
      if (const auto* rated = std::get_if<cases::Rated>(&one.event)) sight.rating = rated->words.value.value_or("hidden");
      if (const auto* rated = std::get_if<cases::Rated>(&one.event); rated != nullptr && sight.rating == "hidden") {
        EXPECT_FALSE(rated->satisfaction || rated->contacted || rated->solved);
      }
    }
    return sight;
  }
  Filed filed_;
  Actor holder_;
};

TEST_F(CaseSight, IsWhatEachReaderMaySee) {
  const std::string words = "A hole in the road", note = "Seen on site", answer = "It was filled";
  const std::vector<std::pair<Actor, Sight>> rows{{holder_, {words, "13900000000", "-", answer, "Still there"}},
                                                  {officer, {words, "-", note, answer, "hidden"}},
                                                  {dispatcher, {words, "-", note, answer, "hidden"}},
                                                  {Actor::program(), {words, "-", "-", answer, "hidden"}}};
  for (const auto& [actor, expected] : rows) {
    const auto sight = seen_by(actor);
    SCOPED_TRACE(name_of(actor.roles.front()));
    EXPECT_EQ(sight.words, expected.words);
    EXPECT_EQ(sight.contact, expected.contact);
    EXPECT_EQ(sight.note, expected.note);
    EXPECT_EQ(sight.answer, expected.answer);
    EXPECT_EQ(sight.rating, expected.rating);
  }
}

TEST_F(CaseSight, OfARatingIsGivenToTheUnitWhenItWasShared) {
  EXPECT_EQ(act(officer, filed_.id, 8, cases::Answer{std::string("Filled again")}), "9");
  EXPECT_EQ(act(holder_, filed_.id, 9, cases::Rate{true, true, cases::Satisfaction::satisfied, std::string("Good"), true}), "10");
  EXPECT_EQ(seen_by(officer).rating, "Good");
  const auto story = read(officer, filed_.id).value().story;
  EXPECT_EQ(*std::get<cases::Rated>(story.back().event).satisfaction, cases::Satisfaction::satisfied);
}

TEST_F(CaseSight, IsRefusedToOthersWithTheReason) {
  const std::vector<std::pair<Actor, std::string>> rows{{other_officer, "forbidden may_not_with_others"},
                                                        {steward, "forbidden may_not_role"},
                                                        {Actor::anyone(), "unauthenticated may_not_unknown"},
                                                        {Actor::holder_of({99}), "forbidden may_not_without_secret"}};
  for (const auto& [actor, expected] : rows) {
    EXPECT_EQ(told(read(actor, filed_.id)), expected);
    EXPECT_EQ(act(actor, filed_.id, 8, cases::Note{std::string("Hello")}),
              expected == rows[3].second ? "forbidden may_not_role" : expected);
  }
  EXPECT_EQ(told(read(dispatcher, {99})), "not_found record_not_found");
  EXPECT_EQ(told(desk_.read(*world_.village, dispatcher, filed_.id)), "not_found record_not_found");
}

TEST_F(CaseSight, NamesStaffToStaffOnly) {
  EXPECT_THAT(read(dispatcher, filed_.id).value().story[1].actor_name, "Dispatcher");
  EXPECT_THAT(read(holder_, filed_.id).value().story[1].actor_name, IsEmpty());
}

TEST_F(CaseSight, OffersWhatTheReaderCanDoNow) {
  EXPECT_THAT(read(officer, filed_.id).value().offered, ElementsAre("note", "answer", "object", "ask", "pause", "ask_extension",
                                                                    "promise", "hand_over", "reveal", "recuse"));
  EXPECT_THAT(read(holder_, filed_.id).value().offered, ElementsAre("withdraw"));
}

TEST_F(CaseSight, EndsWhenTheWrappingKeyIsDestroyed) {
  world_.keys.destroy("2026-03");
  EXPECT_EQ(told(read(officer, filed_.id)), "unavailable committer_damaged");
  EXPECT_EQ(act(officer, filed_.id, 8, cases::Note{std::string("Hello")}), "unavailable committer_damaged");
  world_.keys.destroy("");
}

// ---- The secret
// -----------------------------------------------------------------------------------------------------------------

TEST_F(CaseDeskTest, TheSecretOpensItsOwnCaseOnlyHoweverItIsTyped) {
  const auto one = file(filing("One")).value(), two = file(filing("Two")).value();
  const auto holder = [&](std::string_view reference, std::string_view secret) {
    const auto actor = desk_.holder(*world_.town, reference, secret);
    return actor.ok() ? std::to_string(actor->holds->number) : told(actor);
  };
  std::string small = one.secret;
  for (auto& letter : small) letter = static_cast<char>(std::tolower(letter));
  std::string bare;
  std::ranges::copy_if(one.secret, std::back_inserter(bare), [](char letter) { return letter != '-'; });
  auto wrong = one.secret;
  wrong.front() = wrong.front() == 'A' ? 'B' : 'A';
  const std::string nothing = "not_found record_not_found";
  EXPECT_EQ(holder(one.reference, one.secret), "1");
  EXPECT_EQ(holder(one.reference, small), "1");
  EXPECT_EQ(holder(one.reference, bare), "1");
  EXPECT_EQ(holder(one.reference, two.secret), nothing);
  EXPECT_EQ(holder(two.reference, one.secret), nothing);
  EXPECT_EQ(holder(one.reference, wrong), nothing);
  EXPECT_EQ(holder(one.reference, ""), nothing);
  EXPECT_EQ(holder("", one.secret), nothing);
  EXPECT_EQ(told(desk_.holder(*world_.village, one.reference, one.secret)), nothing);
  EXPECT_EQ(desk_.find(*world_.town, one.reference).value(), one.id);
  EXPECT_EQ(told(desk_.find(*world_.village, one.reference)), nothing);
}

TEST_F(CaseDeskTest, TheSecretIsStoredNowhere) {
  const auto filed = file(filing("One")).value();
  const auto view = world_.store->read(world_.town->id);
  const auto row = view->rows<CaseRows>().find(filed.id).value();
  const auto normal = normalise_case_secret(filed.secret).value();
  EXPECT_THAT(row.secret_hash, Not(HasSubstr(normal)));
  for (const auto& event : view->list_events(filed.id, 0)) {
    EXPECT_THAT(event.facts, Not(HasSubstr(normal)));
    EXPECT_THAT(event.facts, Not(HasSubstr(filed.secret)));
  }
}

// ---- Commands that meet
// ---------------------------------------------------------------------------------------------------------

TEST_F(CaseDeskTest, TheSecondCommandOfABatchIsDecidedOnTheStateAfterTheFirst) {
  const auto id = file(filing("One")).value().id;
  Gate gate(world_);
  auto accept = act_later(dispatcher, id, 1, cases::Accept{});
  auto again = act_later(dispatcher, id, 1, cases::NotAccept{fixtures::court, std::string("because")});
  auto next = act_later(dispatcher, id, 2, cases::Assign{fixtures::roads});
  gate.open();
  EXPECT_EQ(accept.get().value(), 2U);
  EXPECT_EQ(next.get().value(), 3U);
  const auto late = again.get();
  EXPECT_EQ(told(late), "conflict record_moved_on version");
  ASSERT_EQ(late.error().fields[0].expected.arguments.size(), 2U);
  EXPECT_EQ(late.error().fields[0].expected.arguments[0].key.name, "event_accepted");
}

TEST_F(CaseDeskTest, AVersionFromTheFutureIsRefusedToo) {
  const auto id = file(filing("One")).value().id;
  EXPECT_EQ(act(dispatcher, id, 7, cases::Accept{}), "conflict record_moved_on version");
  EXPECT_EQ(act(dispatcher, {99}, 1, cases::Accept{}), "not_found record_not_found");
}

TEST_F(CaseDeskTest, WhoMayNotActLearnsNothingOfWhatHappenedMeanwhile) {
  const auto id = file(filing("One")).value().id;
  EXPECT_EQ(act(dispatcher, id, 1, cases::Accept{}), "2");
  EXPECT_EQ(act(officer, id, 1, cases::Start{}), "forbidden may_not_with_others");
}

TEST_F(CaseDeskTest, WhatIsRefusedLeavesNothingBehind) {
  EXPECT_EQ(told(file(filing(""))), "invalid invalid_fields body");
  auto strange = filing("One");
  strange.submit.category = CategoryCode{"nowhere"};
  EXPECT_EQ(told(file(strange)), "invalid invalid_fields category");
  EXPECT_EQ(world_.store->read(world_.town->id)->head().size, 0U);
  EXPECT_FALSE(world_.store->read(world_.town->id)->find_record({1}));
}

// ---- Receipts
// -------------------------------------------------------------------------------------------------------------------

// As a stranger checks it: the entry under the signed head, and every disclosure in the entry.
std::string verified(const Receipt& receipt) {
  const auto note = log::parse_note(receipt.proof.checkpoint);
  const auto verifier = log::NoteVerifier::parse(receipt.verifier_key);
  const auto checkpoint = note && verifier ? log::open_checkpoint(*note, *verifier) : std::nullopt;
  if (!checkpoint) return "not signed";
  const auto leaf = log::leaf_hash(as_bytes(receipt.entry));
  if (!log::verify_inclusion(leaf, receipt.proof.index, checkpoint->size, receipt.proof.hashes, checkpoint->root))
    return "not in the log";
  const auto entry = log::parse_entry(receipt.entry);
  if (!entry) return "no entry";
  for (const auto& disclosure : receipt.disclosures) {
    const auto digest = crypto::sha256(disclosure);
    if (std::ranges::find(entry->fine, digest) == entry->fine.end() && std::ranges::find(entry->sd, digest) == entry->sd.end()) {
      return "a disclosure of another entry";
    }
  }
  return "verified over " + std::to_string(checkpoint->size);
}

TEST_F(CaseDeskTest, EveryFilingGetsAReceiptThatStaysTrueAsTheLogGrows) {
  std::vector<Filed> all;
  for (std::size_t i = 0; i < 20; ++i) {
    all.push_back(file(filing("Case " + std::to_string(i))).value());
    EXPECT_EQ(verified(all.back().receipt.value()), "verified over " + std::to_string(i + 1));
  }
  EXPECT_EQ(verified(*all[3].receipt), "verified over 4");  // the old one, kept
  for (const auto& filed : all) {
    const auto fresh = desk_.receipt(*world_.town, Actor::holder_of(filed.id), filed.id).value();
    EXPECT_EQ(verified(fresh), "verified over 20");
    EXPECT_EQ(fresh.entry, filed.receipt->entry);
    EXPECT_EQ(fresh.disclosures, filed.receipt->disclosures);
  }
}

TEST_F(CaseDeskTest, ABatchOfFilingsGetsReceiptsUnderOneHead) {
  Gate gate(world_);
  std::vector<std::future<Result<Filed>>> later;
  for (int i = 0; i < 5; ++i) later.push_back(file_later(filing("Case " + std::to_string(i))));
  gate.open();
  for (auto& one : later) EXPECT_EQ(verified(*one.get().value().receipt), "verified over 5");
}

TEST_F(CaseDeskTest, AReceiptSaysWhatWasSaidAndIsForTheHolderAlone) {
  const auto filed = file(filing("A hole in the road")).value();
  std::map<std::string, std::string> disclosed;
  for (const auto& encoded : filed.receipt->disclosures) {
    const auto text = from_base64url(encoded).value();
    const auto one = log::read_disclosure(as_text(text)).value();
    disclosed[one.name] = one.value_json;
  }
  EXPECT_EQ(disclosed["words"], R"({"body":"A hole in the road"})");
  EXPECT_EQ(disclosed["category"], R"("potholes")");
  EXPECT_EQ(disclosed["channel"], R"("web")");
  EXPECT_EQ(disclosed["t"], R"("2026-03-01T01:00:00.000Z")");
  EXPECT_EQ(told(desk_.receipt(*world_.town, officer, filed.id)), "forbidden may_not_unrevealed");
  EXPECT_EQ(told(desk_.receipt(*world_.town, Actor::holder_of({9}), filed.id)), "forbidden may_not_without_secret");
  EXPECT_EQ(told(desk_.receipt(*world_.town, Actor::holder_of({9}), {9})), "not_found record_not_found");
}

}  // namespace
}  // namespace huiyin::app
