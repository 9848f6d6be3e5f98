// Several nodes on one store limit a client as one would, and write down no more than they must.
#include "http/request_exchange.h"

#include <gmock/gmock.h>

#include "app/test_clock.h"
#include "app/test_keys.h"
#include "storage/test_store.h"

namespace huiyin::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr unsigned per_minute = 60;  // a tenth of it: 6
constexpr std::string_view wang = "203.0.113.9", li = "203.0.113.10";

struct Node {
  Node(app::Store& store, app::Keys& keys, const Clock& on, std::string name)
      : clock(on),
        exchange(store, keys, on, std::move(name), limit, [this](std::string_view fault) { faults.emplace_back(fault); }) {}

  const Clock& clock;
  std::vector<std::string> faults{};
  RateLimit limit{per_minute};
  RequestExchange exchange;

  bool lets(std::string_view client) { return !limit.refuse(client, clock.monotonic()); }
  // How many of `count` pass at this moment.
  int passed(std::string_view client, int count) {
    int passing = 0;
    for (int i = 0; i < count; ++i) passing += lets(client) ? 1 : 0;
    return passing;
  }
};

struct Nodes {
  std::unique_ptr<storage::TestStore> store = (crypto::start(), storage::make_store());
  app::TestKeys keys;
  app::TestClock clock{*instant_from_rfc3339("2026-03-01T09:00:20Z")};
  Node one{*store, keys, clock, "one"}, two{*store, keys, clock, "two"};

  Nodes() { exchange(); }
  void exchange() {
    one.exchange.round();
    two.exchange.round();
  }
  // What is written down, as yet another node sees it.
  std::vector<app::RequestCount> written() { return store->exchange_request_counts("observer", 0, {}); }

  // How many pass within that time of a client that asks every `pause`, of each of `over` in turn.
  int passed_in(milliseconds length, milliseconds pause, const std::vector<Node*>& over) {
    int passing = 0;
    std::size_t turn = 0;
    for (milliseconds at{}, next_exchange = exchange_every; at < length; at += pause) {
      for (; at >= next_exchange; next_exchange += exchange_every) exchange();
      passing += over[turn++ % over.size()]->lets(wang) ? 1 : 0;
      clock.pass(pause);
    }
    return passing;
  }
};

TEST(RequestExchange, LimitsAClientSpreadOverTwoNodesAsOnOne) {
  constexpr auto length = minutes(10);
  Nodes apart, together;
  const auto on_one = apart.passed_in(length, milliseconds(100), {&apart.one});
  const auto on_two = together.passed_in(length, milliseconds(100), {&together.one, &together.two});
  EXPECT_EQ(on_one, 11 * per_minute - 1);
  EXPECT_NEAR(on_two, on_one, per_minute / busy_part * 2) << "a tenth of the limit for each node";
}

TEST(RequestExchange, LimitsAClientWhoseEvenPaceIsWithinTheLimitOfEachNode) {
  Nodes nodes;
  const auto passed = nodes.passed_in(minutes(10), milliseconds(600), {&nodes.one, &nodes.two});  // 50 a minute each
  EXPECT_NEAR(passed, 11 * per_minute, per_minute / busy_part * 2);
}

TEST(RequestExchange, TakesBackLaterWhatWentOverTheLimitWithinASecond) {
  Nodes nodes;
  EXPECT_EQ(nodes.one.passed(wang, 100), 60);
  EXPECT_EQ(nodes.two.passed(wang, 100), 60);
  nodes.exchange();
  nodes.exchange();
  nodes.clock.pass(seconds(60));
  EXPECT_FALSE(nodes.one.lets(wang));
  EXPECT_FALSE(nodes.two.lets(wang));
  nodes.clock.pass(seconds(1));
  EXPECT_TRUE(nodes.one.lets(wang));
  EXPECT_TRUE(nodes.two.lets(wang));
}

TEST(RequestExchange, KeepsNobodyOutForMoreThanAMinuteAfterItsLimitIsUsed) {
  Nodes nodes;
  EXPECT_EQ(nodes.one.passed(wang, 60), 60);
  const auto now = nodes.clock.now();
  nodes.store->exchange_request_counts(
      "three", 0, std::vector{app::RequestCount{nodes.one.exchange.hash_of(wang, now), now.ms / 60'000, 6'000}});
  nodes.exchange();
  EXPECT_EQ(nodes.one.limit.refuse(wang, nodes.clock.monotonic()), seconds(61));
}

TEST(RequestExchange, HoldsWhatAClientAskedElsewhereAgainstItOnceItIsBusyHere) {
  Nodes nodes;
  EXPECT_EQ(nodes.one.passed(wang, 60), 60);
  nodes.exchange();
  EXPECT_EQ(nodes.two.passed(wang, 6), 6);
  EXPECT_EQ(nodes.two.passed(li, 6), 6);
  nodes.exchange();
  EXPECT_EQ(nodes.two.passed(wang, 60), 0);
  EXPECT_EQ(nodes.two.passed(li, 60), 54);
}

TEST(RequestExchange, ForgetsWhatAClientAskedElsewhereAsFastAsItsBucketFills) {
  Nodes nodes;
  EXPECT_EQ(nodes.one.passed(wang, 60), 60);
  nodes.exchange();
  for (int second = 0; second < 30; ++second) {
    nodes.clock.pass(seconds(1));
    nodes.exchange();
  }
  EXPECT_EQ(nodes.two.passed(wang, 6), 6);
  nodes.exchange();
  EXPECT_EQ(nodes.two.passed(wang, 60), 24);
}

TEST(RequestExchange, WritesNothingOfQuietClients) {
  Nodes nodes;
  EXPECT_EQ(nodes.one.passed(wang, 5), 5);
  nodes.exchange();
  EXPECT_THAT(nodes.written(), testing::IsEmpty());
  EXPECT_TRUE(nodes.one.lets(wang));
  nodes.exchange();
  const auto written = nodes.written();
  ASSERT_THAT(written, testing::SizeIs(1));
  EXPECT_EQ(written.front().requests, 6U);
  EXPECT_EQ(written.front().client, nodes.two.exchange.hash_of(wang, nodes.clock.now()));
}

TEST(RequestExchange, WritesNothingOfAClientThatAsksALittleForLong) {
  Nodes nodes;
  for (int i = 0; i < 50; ++i) {
    EXPECT_TRUE(nodes.one.lets(wang));
    nodes.clock.pass(seconds(12));
    nodes.exchange();
  }
  EXPECT_THAT(nodes.written(), testing::IsEmpty());
}

TEST(RequestExchange, WritesNoMoreOfAClientThatHasBecomeQuiet) {
  Nodes nodes;
  EXPECT_EQ(nodes.one.passed(wang, 60), 60);
  nodes.exchange();
  nodes.clock.pass(minutes(2));
  nodes.exchange();
  EXPECT_EQ(nodes.one.passed(wang, 5), 5);
  nodes.exchange();
  const auto written = nodes.written();
  ASSERT_THAT(written, testing::SizeIs(1));
  EXPECT_EQ(written.front().requests, 60U);
}

TEST(RequestExchange, ErasesAfterThreeMinutes) {
  Nodes nodes;
  EXPECT_EQ(nodes.one.passed(wang, 60), 60);
  nodes.exchange();
  nodes.clock.pass(minutes(2));
  nodes.exchange();
  EXPECT_THAT(nodes.written(), testing::SizeIs(1));
  nodes.clock.pass(minutes(1));
  nodes.two.exchange.round();  // any node does
  EXPECT_THAT(nodes.written(), testing::IsEmpty());
}

TEST(RequestExchange, CallsAClientOtherwiseEveryDay) {
  Nodes nodes;
  const auto at = [](std::string_view text) { return *instant_from_rfc3339(text); };
  const auto name = [&](std::string_view client, std::string_view time) { return nodes.one.exchange.hash_of(client, at(time)); };
  EXPECT_EQ(name(wang, "2026-03-01T00:00:00Z"), name(wang, "2026-03-01T23:59:59Z"));
  EXPECT_EQ(name(wang, "2026-03-01T00:00:00Z"), nodes.two.exchange.hash_of(wang, at("2026-03-01T00:00:00Z")));
  EXPECT_NE(name(wang, "2026-03-01T23:59:59Z"), name(wang, "2026-03-02T00:00:00Z"));
  EXPECT_NE(name(wang, "2026-03-01T00:00:00Z"), name(li, "2026-03-01T00:00:00Z"));
}

TEST(RequestExchange, GoesOnAloneWhileTheStoreIsAwayAndSaysSoOnce) {
  Nodes nodes;
  const auto fail = [&] {
    nodes.store->fail_next(app::StoreFailure::Kind::busy);
    nodes.one.exchange.round();
  };
  EXPECT_EQ(nodes.one.passed(wang, 30), 30);
  for (int i = 0; i < 3; ++i) fail();
  EXPECT_THAT(nodes.one.faults, testing::ElementsAre(testing::HasSubstr("limits by itself")));
  EXPECT_EQ(nodes.one.passed(wang, 40), 30);
  nodes.exchange();
  EXPECT_THAT(nodes.written(), testing::ElementsAre(testing::Field(&app::RequestCount::requests, 30U)))
      << "what could not be told is forgotten";
  EXPECT_EQ(nodes.two.passed(wang, 6), 6);
  nodes.exchange();
  EXPECT_EQ(nodes.two.passed(wang, 60), 24);
  fail();
  EXPECT_THAT(nodes.one.faults, testing::SizeIs(2));
}

TEST(RequestExchange, ChargesNobodyForWhatItFindsAtItsBeginningOrAfterSilence) {
  Nodes nodes;
  EXPECT_EQ(nodes.one.passed(wang, 60), 60);
  EXPECT_EQ(nodes.one.passed(li, 30), 30);
  nodes.one.exchange.round();
  Node late(*nodes.store, nodes.keys, nodes.clock, "late");
  EXPECT_EQ(late.passed(wang, 6), 6);
  late.exchange.round();
  EXPECT_EQ(late.passed(wang, 60), 54);

  nodes.clock.pass(exchange_silence_max + seconds(1));
  nodes.one.exchange.round();
  EXPECT_EQ(nodes.two.passed(li, 6), 6);
  nodes.two.exchange.round();
  EXPECT_EQ(nodes.two.passed(li, 60), 54);
}

TEST(RequestExchange, ExchangesByItselfUntilItsEnd) {
  Nodes nodes;
  for (int i = 0; i < 20; ++i) {
    RateLimit limit(per_minute);
    RequestExchange exchange(*nodes.store, nodes.keys, nodes.clock, "three", limit, [](std::string_view) {});
    exchange.start();
    EXPECT_FALSE(limit.refuse(wang, nodes.clock.monotonic()));
  }
}

TEST(RateLimit, TellsOfItsBusyClientsWhatIsNew) {
  RateLimit limit(per_minute);
  const auto told = [&](milliseconds now) {
    std::vector<std::pair<std::string, double>> out;
    for (const auto& [client, requests] : limit.take_busy(now)) out.emplace_back(client, requests);
    return out;
  };
  using testing::ElementsAre;
  using testing::Pair;
  const auto ask = [&](int count, milliseconds now) {
    for (int i = 0; i < count; ++i) limit.refuse(wang, now);
  };
  ask(5, seconds(0));
  EXPECT_THAT(told(seconds(1)), testing::IsEmpty());
  ask(2, seconds(2));
  EXPECT_THAT(told(seconds(2)), ElementsAre(Pair(wang, 7)));
  ask(1, seconds(3));
  EXPECT_THAT(told(seconds(3)), ElementsAre(Pair(wang, 1)));
  ask(9, seconds(59));
  EXPECT_THAT(told(seconds(61)), ElementsAre(Pair(wang, 9)));
  ask(3, seconds(119));
  EXPECT_THAT(told(seconds(119)), ElementsAre(Pair(wang, 3)));
  EXPECT_THAT(told(seconds(121)), testing::IsEmpty());
  ask(5, seconds(121));  // a quiet minute
  ask(6, seconds(185));
  EXPECT_THAT(told(seconds(186)), ElementsAre(Pair(wang, 6)));
}

TEST(RateLimit, TellsOfSoManyClientsAtMost) {
  RateLimit limit(1);
  for (std::size_t i = 0; i < 2 * busy_clients_max; ++i) EXPECT_FALSE(limit.refuse(std::to_string(i), seconds(0)));
  EXPECT_THAT(limit.take_busy(seconds(0)), testing::SizeIs(busy_clients_max));
}

TEST(RateLimit, SurvivesAFloodOfStrangers) {
  RateLimit limit(1);
  for (std::size_t i = 0; i <= limited_clients_max; ++i) EXPECT_FALSE(limit.refuse(std::to_string(i), seconds(0)));
  EXPECT_THAT(limit.take_busy(seconds(0)), testing::SizeIs(1));
  limit.charge({{"0", 1}}, seconds(0));  // forgotten
  EXPECT_FALSE(limit.refuse("0", seconds(0)));
}

}  // namespace
}  // namespace huiyin::http
