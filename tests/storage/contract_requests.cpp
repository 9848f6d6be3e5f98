// Contract: what the nodes tell each other of their clients. And on a database server, that it waits for no writer.
#include <gmock/gmock.h>

#include "storage/store_contract.h"
#include "storage/test_store.h"

namespace huiyin::storage {
namespace {

constexpr crypto::Hash wang{1}, li{2};

struct RequestLine {
  crypto::Hash client;
  std::int64_t minute;
  std::uint64_t requests;
  friend bool operator==(const RequestLine&, const RequestLine&) = default;
};

std::vector<RequestLine> exchange(app::Store& store, std::string_view node, std::int64_t since,
                                  const std::vector<app::RequestCount>& counted = {}) {
  std::vector<RequestLine> rows;
  for (const auto& count : store.exchange_request_counts(node, since, counted))
    rows.push_back({count.client, count.minute, count.requests});
  return rows;
}

void nodes_learn_what_the_others_counted_but_not_their_own(const Ground& ground) {
  EXPECT_THAT(exchange(ground.store, "one", 8, {{wang, 10, 5}, {li, 10, 7}}), testing::IsEmpty());
  EXPECT_THAT(exchange(ground.store, "two", 8, {{wang, 10, 3}}),
              testing::UnorderedElementsAre(RequestLine{wang, 10, 5}, RequestLine{li, 10, 7}));
  EXPECT_THAT(exchange(ground.store, "one", 8), testing::ElementsAre(RequestLine{wang, 10, 3}));
}

void what_a_node_counts_adds_up_over_exchanges_and_nodes(const Ground& ground) {
  exchange(ground.store, "one", 8, {{wang, 10, 5}});
  exchange(ground.store, "one", 8, {{wang, 10, 6}, {wang, 11, 1}});
  exchange(ground.store, "two", 8, {{wang, 11, 2}});
  EXPECT_THAT(exchange(ground.store, "three", 8),
              testing::UnorderedElementsAre(RequestLine{wang, 10, 11}, RequestLine{wang, 11, 3}));
}

void what_was_counted_before_the_minute_asked_for_is_erased(const Ground& ground) {
  exchange(ground.store, "one", 8, {{wang, 10, 5}, {wang, 11, 6}});
  EXPECT_THAT(exchange(ground.store, "two", 11), testing::ElementsAre(RequestLine{wang, 11, 6}));
  EXPECT_THAT(exchange(ground.store, "two", 8), testing::ElementsAre(RequestLine{wang, 11, 6}));
}

TEST(RequestCounts, WaitForNoWriterOnADatabaseServer) {
  crypto::start();
  const auto store = make_store(Engine::postgres);
  const auto ground = prepare(*store);
  const auto view = store->write(ground.here);
  view->put_pack({1}, "{}");
  exchange(*store, "one", 8, {{wang, 10, 5}});
  EXPECT_THAT(exchange(*store, "two", 8), testing::ElementsAre(RequestLine{wang, 10, 5}));
  view->commit();
}

}  // namespace

std::span<const ContractCheck> request_checks() {
  static constexpr std::array checks{
      ContractCheck{"NodesLearnWhatTheOthersCountedButNotTheirOwn", nodes_learn_what_the_others_counted_but_not_their_own},
      ContractCheck{"WhatANodeCountsAddsUpOverExchangesAndNodes", what_a_node_counts_adds_up_over_exchanges_and_nodes},
      ContractCheck{"WhatWasCountedBeforeTheMinuteAskedForIsErased", what_was_counted_before_the_minute_asked_for_is_erased},
  };
  return checks;
}

}  // namespace huiyin::storage
