// Of every kind of event there is: nothing private, nothing that is kept in the house and no finer fact reaches the log in clear,
// and its entry has as many digests whatever the event says.
#include <gmock/gmock.h>

#include "app/event_filler.h"
#include "app/filled_log.h"
#include "domain/case/case.h"

namespace huiyin::app {
namespace {

using testing::HasSubstr;
using testing::Not;

class LogSecrecy : public testing::Test {
 protected:
  // The entry of an event, as the real ledger writes it; a first event before it, so that this one has a chain.
  std::string entry_of(const EncodedEvent& event, bool sealed) {
    std::string text;
    const auto outcome = submit(world_, [&](Ledger& ledger) {
                           const auto tag = world_.random.bytes<16>();
                           auto record = ledger.create_record("case", tag, {"2026-03", {1, 2}});
                           const Standpoint place{fixtures::potholes, fixtures::road_team, sealed};
                           const auto at = fixtures::at("2025-12-24T18:00:00+08:00");
                           const auto first = plain_event("submitted", tag, 1, world_.random);
                           ledger.append(record, {first, place, Role::requester, {}, at});
                           const auto fresh =
                               seal_event(event, crypto::SymmetricKey::make(world_.random), tag, {2, UserId{5}}, world_.random);
                           const auto written = ledger.append(record, {fresh, place, Role::officer, UserId{5}, at});
                           text = written.entry;
                           for (const auto& fact : written.fine) disclosed_.push_back(fact);
                           return Result<void>();
                         }).get();
    EXPECT_TRUE(outcome.result.ok());
    return text;
  }
  // Of an event whose every field is full, and one of the same kind that says nothing.
  void compare(const EncodedEvent& full, const EncodedEvent& silent, std::size_t facts) {
    SCOPED_TRACE(full.name);
    const auto text = entry_of(full, false);
    const auto entry = log::parse_entry(text);
    ASSERT_TRUE(entry);
    // All that stands in clear, made from what may stand there; the rest of the text is digests.
    log::Entry clear;
    clear.kind = "case." + full.told_as.value_or(full.name);
    clear.day = "2026-03-01";
    clear.area = "streets";
    clear.unit = "roads";
    clear.role = "officer";
    clear.rec = entry->rec;
    clear.n = 2;
    clear.prev = entry->prev;
    clear.pack = entry->pack;
    clear.fine = entry->fine;
    clear.sd = entry->sd;
    EXPECT_EQ(text, canonical(clear));
    for (const auto mark : {private_mark, kept_mark, std::string_view("marked"), std::string_view("potholes"),
                            std::string_view("road-team"), std::string_view("2025-12-24")})
      EXPECT_THAT(text, Not(HasSubstr(mark)));
    // As many digests of the other, and none of them the same.
    const auto other = log::parse_entry(entry_of(silent, false));
    ASSERT_TRUE(other);
    EXPECT_EQ(entry->fine.size(), facts + 2);  // and t, at
    EXPECT_EQ(other->fine.size(), entry->fine.size());
    std::set<log::Hash> digests;
    for (const auto* one : {&*entry, &*other}) {
      digests.insert(one->fine.begin(), one->fine.end());
      digests.insert(one->sd.begin(), one->sd.end());
    }
    EXPECT_EQ(digests.size(), 2 * (entry->fine.size() + entry->sd.size()));
    // Of a sealed case not even this much.
    const auto hidden = entry_of(full, true);
    EXPECT_TRUE(log::parse_sealed_entry(hidden));
    EXPECT_EQ(hidden.size(), entry_of(silent, true).size());
  }
  template <class One>
  void walk() {
    compare(encode(cases::Event(marked_event<One>())), encode(cases::Event(One{})), fine_names<One>().size());
  }
  template <class... Each>
  void walk_all(std::type_identity<std::variant<Each...>>) {
    (walk<Each>(), ...);
  }

  World world_;
  const crypto::SymmetricKey key_{crypto::sha256("a record's key")};
  std::vector<std::string> disclosed_;
};

TEST_F(LogSecrecy, HoldsForEveryKindOfEventOfACase) {
  walk_all(std::type_identity<cases::Event>{});
  EXPECT_GT(disclosed_.size(), 100U);
  for (const auto& fact : disclosed_) {  // and for what is disclosed later
    EXPECT_THAT(fact, Not(HasSubstr(private_mark)));
    EXPECT_THAT(fact, Not(HasSubstr(kept_mark)));
  }
}

TEST_F(LogSecrecy, DecoysAreWhatTheHolderOfTheKeyExpectsAndNobodyElse) {
  const crypto::SymmetricKey other(crypto::sha256("another key"));
  EXPECT_EQ(decoy_digest(key_, {2, {}}, "urgent"), decoy_digest(key_, {2, {}}, "urgent"));
  EXPECT_NE(decoy_digest(key_, {2, {}}, "urgent"), decoy_digest(key_, {3, {}}, "urgent"));
  EXPECT_NE(decoy_digest(key_, {2, {}}, "urgent"), decoy_digest(key_, {2, {}}, "about"));
  EXPECT_NE(decoy_digest(key_, {2, {}}, "urgent"), decoy_digest(other, {2, {}}, "urgent"));
}

}  // namespace
}  // namespace huiyin::app
