// The codec over all events of all records: what goes in comes out, and nothing private shows where it must not.
#include "app/codec.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "app/event_filler.h"
#include "app/sealing.h"
#include "domain/case/case.h"

namespace huiyin::app {
namespace {

// The kinds of fields that the events of the house have, or may yet have.
struct Counted {
  static constexpr std::string_view name = "counted";
  RecordId record;
  JurisdictionId jurisdiction;
  std::optional<UserId> user;
  Day day;
  std::uint64_t count = 0;
  std::vector<Day> days;
  Private<Day> born;
  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.fine("record", self.record);
    fields.fine("jurisdiction", self.jurisdiction);
    fields.kept("user", self.user);
    fields.fine("day", self.day);
    fields.fine("count", self.count);
    fields.fine("days", self.days);
    fields.words("born", self.born);
  }
};
using OtherEvent = std::variant<Counted>;

// Every record type of the house; a new one adds its line.
using AllEvents = testing::Types<cases::Event, OtherEvent>;

template <class Event>
class Codec : public testing::Test {
 public:
  // Each alternative in turn, filled at random many times.
  template <class Check>
  static void each(std::uint64_t seed, const Check& check) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    [&]<class... Each>(std::type_identity<std::variant<Each...>>) {
      (
          [&] {
            SCOPED_TRACE(Each::name);
            for (int round = 0; round < 200; ++round) check(Event(random_event<Each>(random)));
          }(),
          ...);
    }(std::type_identity<Event>{});
  }
};
TYPED_TEST_SUITE(Codec, AllEvents);

template <class Event>
OpenedContent content_of(const EncodedEvent& encoded) {
  return encoded.content;
}

TYPED_TEST(Codec, GivesBackEveryEventAsItWas) {
  TestFixture::each(1, [](const TypeParam& event) {
    const auto encoded = encode(event);
    const auto decoded = decode<TypeParam>(encoded.name, encoded.facts, encoded.content);
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(same_fields(*decoded, event));
  });
}

TYPED_TEST(Codec, LeavesPrivateFieldsEmptyThatNobodyOpened) {
  TestFixture::each(2, [](const TypeParam& event) {
    const auto encoded = encode(event);
    const auto decoded = decode<TypeParam>(encoded.name, encoded.facts);
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(same_fields(*decoded, without_private(event)));
  });
}

TYPED_TEST(Codec, OpensEachClassWithoutTheOthers) {
  TestFixture::each(3, [](const TypeParam& event) {
    const auto encoded = encode(event);
    for (std::size_t open = 0; open < private_classes; ++open) {
      OpenedContent only;
      only[open] = encoded.content[open];
      const auto decoded = decode<TypeParam>(encoded.name, encoded.facts, only);
      ASSERT_TRUE(decoded);
      EXPECT_TRUE(same_fields(*decoded, with_class(event, open)));
    }
  });
}

// A marker in every private and every kept text: none may stand in a fine fact, none of the private ones in the facts.
TYPED_TEST(Codec, ShowsNothingPrivateAndKeepsWhatIsKeptOutOfTheLog) {
  [&]<class... Each>(std::type_identity<std::variant<Each...>>) {
    (
        [&] {
          SCOPED_TRACE(Each::name);
          const auto encoded = encode(TypeParam(marked_event<Each>()));
          EXPECT_THAT(encoded.facts, testing::Not(testing::HasSubstr(private_mark)));
          for (const auto& fact : encoded.fine) {
            EXPECT_THAT(fact.value_json, testing::Not(testing::HasSubstr(private_mark))) << fact.name;
            EXPECT_THAT(fact.value_json, testing::Not(testing::HasSubstr(kept_mark))) << fact.name;
          }
          EXPECT_EQ(fields_named(encoded.fine), fine_names<Each>());
        }(),
        ...);
  }(std::type_identity<TypeParam>{});
}

TYPED_TEST(Codec, RefusesWhatItDidNotWrite) {
  TestFixture::each(4, [](const TypeParam& event) {
    const auto encoded = encode(event);
    EXPECT_FALSE(decode<TypeParam>("no such event", encoded.facts));
    EXPECT_FALSE(decode<TypeParam>(encoded.name, "[]"));
    EXPECT_FALSE(decode<TypeParam>(encoded.name, encoded.facts + "}"));
    EXPECT_FALSE(decode<TypeParam>(encoded.name, encoded.facts, {"[]", "[]", "[]", "[]"}));
  });
  EXPECT_FALSE(decode<cases::Event>("accepted", "{}"));
  EXPECT_FALSE(decode<cases::Event>("assigned", R"({"unit":"Not A Code"})"));
  EXPECT_FALSE(decode<cases::Event>("assigned", R"({"unit":7})"));
  EXPECT_FALSE(decode<cases::Event>("closed", R"({"rated":"yes"})"));
}

// ---- Frozen forms: what is stored today must be read for ever
// -------------------------------------------------------------------

TEST(CodecForm, OfASubmittedCase) {
  cases::Submitted event;
  event.reference = "ABC-DEF-GHJ";
  event.secret_hash = "00ff";
  event.channel = cases::Channel::letter;
  event.language = Language::zh;
  event.category = CategoryCode{"potholes"};
  event.due = {{"accept"}, *instant_from_rfc3339("2026-03-16T15:59:59.999Z"), {rules::Count::calendar_days, 15}};
  event.reachable = {cases::ContactWay::phone};
  event.body = std::string("坑");
  event.place = cases::Place{"Main Street", 30'123'456, -1};
  event.contact = cases::Contact{std::nullopt, "139", std::nullopt};
  const auto encoded = encode(cases::Event(event));
  EXPECT_EQ(encoded.name, "submitted");
  EXPECT_EQ(encoded.facts,
            R"({"category":"potholes","channel":"letter","due":{"at":"2026-03-16T15:59:59.999Z","rule":"accept",)"
            R"("skipped":[],"terms":{"amount":15,"count":"calendar_days","ends_on_workday":false}},)"
            R"("language":"zh","reachable":["phone"],"reference":"ABC-DEF-GHJ","sealed":false,"secret_hash":"00ff"})");
  EXPECT_EQ(encoded.content[0],
            R"({"body":"坑","place":{"address":"Main Street","latitude_microdegrees":30123456,"longitude_microdegrees":-1}})");
  EXPECT_EQ(encoded.content[1], R"({"contact":{"phone":"139"}})");
  EXPECT_EQ(encoded.content[2], std::nullopt);
  EXPECT_EQ(encoded.content[3], std::nullopt);
}

TEST(CodecForm, OfARating) {
  const cases::Rated rated{.shared = true,
                           .contacted = true,
                           .solved = false,
                           .satisfaction = cases::Satisfaction::basically_satisfied,
                           .words = std::string("slow")};
  const auto encoded = encode(cases::Event(rated));
  EXPECT_EQ(encoded.facts, R"({"shared":true})");
  EXPECT_EQ(encoded.content[0], R"({"contacted":true,"satisfaction":"basically_satisfied","solved":false,"words":"slow"})");
  EXPECT_TRUE(encoded.fine.empty());
}

TEST(CodecForm, OfIdsDaysAndCounts) {
  const Counted counted{.record = {7},
                        .jurisdiction = {1},
                        .user = UserId{3},
                        .day = *day_from_iso("2026-02-28"),
                        .count = 18'446'744'073'709'551'615U,
                        .days = {*day_from_iso("1999-12-31")},
                        .born = *day_from_iso("1961-05-04")};
  const auto encoded = encode(OtherEvent(counted));
  EXPECT_EQ(encoded.facts,
            R"({"count":18446744073709551615,"day":"2026-02-28","days":["1999-12-31"],"jurisdiction":1,"record":7,"user":3})");
  EXPECT_EQ(encoded.content[0], R"({"born":"1961-05-04"})");
}

TEST(CodecForm, OfIdsDaysAndCountsIsRefusedWhenItIsNotWhatWasWritten) {
  const auto reads = [](std::string_view day, std::string_view count, std::string_view record) {
    return decode<OtherEvent>(
               "counted", fmt::format(R"({{"count":{},"day":{},"days":[],"jurisdiction":1,"record":{}}})", count, day, record))
        .has_value();
  };
  EXPECT_TRUE(reads(R"("2026-02-28")", "0", "7"));
  EXPECT_FALSE(reads(R"("2026-02-30")", "0", "7"));
  EXPECT_FALSE(reads("20512", "0", "7"));
  EXPECT_FALSE(reads(R"("2026-02-28")", "-1", "7"));
  EXPECT_FALSE(reads(R"("2026-02-28")", "0.5", "7"));
  EXPECT_FALSE(reads(R"("2026-02-28")", "0", R"("7")"));
}

// ---- Sealing
// --------------------------------------------------------------------------------------------------------------------

class Sealing : public testing::Test {
 protected:
  void SetUp() override { crypto::start(); }
  static EventRow row_of(const SealedEvent& sealed) {
    EventRow row;
    row.sealed = sealed.sealed;
    return row;
  }
  SeededRandom random_{5};
  const crypto::SymmetricKey key_ = crypto::SymmetricKey::make(random_);
  const Random128 tag_ = random_.bytes<16>();
};

TEST_F(Sealing, OpensUnderTheRecordsKeyAndFitsItsDigest) {
  const auto encoded = encode(cases::Event(marked_event<cases::Submitted>()));
  const auto sealed = seal_event(encoded, key_, tag_, {1, {}}, random_);
  EXPECT_EQ(sealed.facts, encoded.facts);
  for (std::size_t i = 0; i < private_classes; ++i) {
    const auto text = open_class(row_of(sealed), static_cast<PrivateClass>(i), key_, tag_);
    EXPECT_EQ(text, sealed.plain[i]);
    EXPECT_EQ(text.has_value(), encoded.content[i].has_value());
    if (!text) continue;
    EXPECT_EQ(log::Disclosure{*text}.digest(), sealed.sd[i]);
    const auto disclosed = log::read_disclosure(*text);
    ASSERT_TRUE(disclosed);
    EXPECT_EQ(disclosed->name, private_class_names[i]);
    EXPECT_EQ(disclosed->value_json, encoded.content[i]);
    EXPECT_THAT(std::string(as_text(*sealed.sealed[i])), testing::Not(testing::HasSubstr(private_mark)));
  }
}

TEST_F(Sealing, OpensNowhereElse) {
  const auto sealed = seal_event(encode(cases::Event(marked_event<cases::Submitted>())), key_, tag_, {1, {}}, random_);
  auto row = row_of(sealed);
  const auto other_key = crypto::SymmetricKey::make(random_);
  EXPECT_FALSE(open_class(row, PrivateClass::words, other_key, tag_));
  EXPECT_FALSE(open_class(row, PrivateClass::words, key_, random_.bytes<16>()));
  std::swap(row.sealed[0], row.sealed[1]);  // words and identity changed places
  EXPECT_FALSE(open_class(row, PrivateClass::words, key_, tag_));
  EXPECT_FALSE(open_class(row, PrivateClass::identity, key_, tag_));
}

TEST_F(Sealing, GivesAlwaysFourDigestsNoTwoAlike) {
  const auto one = seal_event(encode(cases::Event(cases::Returned{})), key_, tag_, {1, {}}, random_);
  const auto two = seal_event(encode(cases::Event(cases::Returned{})), key_, tag_, {2, {}}, random_);
  std::vector<log::Hash> all(one.sd.begin(), one.sd.end());
  all.insert(all.end(), two.sd.begin(), two.sd.end());
  std::ranges::sort(all);
  EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
  for (const auto& sealed : one.sealed) EXPECT_FALSE(sealed);
}

TEST_F(Sealing, SaltsEachFactAnew) {
  const auto encoded = encode(cases::Event(cases::Closed{true, {}}));
  const auto one = seal_event(encoded, key_, tag_, {1, {}}, random_), two = seal_event(encoded, key_, tag_, {1, {}}, random_);
  ASSERT_EQ(one.fine.size(), 1U);
  EXPECT_NE(one.fine[0].digest(), two.fine[0].digest());
}

}  // namespace
}  // namespace huiyin::app
