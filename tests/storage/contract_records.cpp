// Contract: records, their events, the log's entries, tiles and head.
#include <gmock/gmock.h>

#include "storage/store_contract.h"

namespace huiyin::storage {
namespace {

using app::EventRow;
using app::RecordRow;
using app::StoreFailure;
using testing::ElementsAre;

const Bytes nul_bytes{0, 1, 0, 255, 0};

RecordRow record_row(std::uint8_t tag) { return {{}, "case", {tag, 0, 7}, 0, {}, "2026-03", nul_bytes}; }

EventRow event_row(RecordId record, std::uint64_t number, std::uint64_t log_index) {
  EventRow row;
  row.record = record;
  row.number = number;
  row.name = "submitted";
  row.at = {1'000};
  row.t = {2'000};
  row.role = "requester";
  row.facts = "{}";
  row.log_index = log_index;
  return row;
}

bool same(const EventRow& a, const EventRow& b) {
  const auto all = [](const EventRow& row) {
    return std::tie(row.record, row.number, row.name, row.at, row.t, row.role, row.actor, row.facts, row.disclosures, row.sealed,
                    row.log_index);
  };
  return all(a) == all(b);
}

void records_come_back_as_they_went_in(const Ground& ground) {
  const crypto::Hash leaf{9, 0, 9};
  ground.write([&](app::WriteView& view) {
    EXPECT_EQ(view.put_record(record_row(1)).number, 1);
    EXPECT_EQ(view.put_record(record_row(2)).number, 2);
    view.update_record({2}, 3, leaf);
    EXPECT_EQ(view.find_record({2})->version, 3U);  // it reads what it wrote
  });
  const auto view = ground.store.read(ground.here);
  const auto first = view->find_record({1}), second = view->find_record({2});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id, RecordId{1});
  EXPECT_EQ(first->type, "case");
  EXPECT_EQ(first->tag, record_row(1).tag);
  EXPECT_EQ(first->version, 0U);
  EXPECT_EQ(first->last_leaf, crypto::Hash{});
  EXPECT_EQ(first->wrapping, "2026-03");
  EXPECT_EQ(first->wrapped_key, nul_bytes);
  EXPECT_EQ(second->version, 3U);
  EXPECT_EQ(second->last_leaf, leaf);
  EXPECT_FALSE(view->find_record({3}));
}

void events_come_back_as_they_went_in(const Ground& ground) {
  auto full = event_row({1}, 2, 1);
  full.name = "noted";
  full.at = {-1'234'567};  // before 1970
  full.t = latest_instant;
  full.actor = UserId{77};
  full.facts = "{\"a\":\"'; \\\"\\n 回音 \\u0000\"}";
  full.disclosures = {"[\"salt\",\"category\",\"x\"]", "[\"salt\",\"due\",{}]"};
  full.sealed[0] = nul_bytes;
  full.sealed[1] = Bytes();  // nothing said is another thing than something empty
  full.sealed[3] = Bytes(1'000'000, 0);
  ground.write([&](app::WriteView& view) {
    view.put_record(record_row(1));
    view.put_event(event_row({1}, 1, 0));
    view.put_event(full);
  });
  const auto view = ground.store.read(ground.here);
  const auto all = view->list_events({1}, 0);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(same(all[0], event_row({1}, 1, 0)));
  EXPECT_TRUE(same(all[1], full));
  EXPECT_FALSE(all[1].sealed[2]);
  EXPECT_TRUE(same(*view->find_event({1}, 2), full));
  EXPECT_EQ(view->list_events({1}, 1).size(), 1U);
  EXPECT_TRUE(view->list_events({1}, 2).empty());
  EXPECT_TRUE(view->list_events({2}, 0).empty());
  EXPECT_FALSE(view->find_event({1}, 3));
  EXPECT_FALSE(view->find_event({2}, 1));
}

void events_are_found_by_their_place_in_the_log(const Ground& ground) {
  auto telling = event_row({2}, 1, 1);
  telling.disclosures = {"[\"salt\",\"category\",\"x\"]", "[\"salt\",\"due\",{}]"};
  ground.write([&](app::WriteView& view) {
    view.put_record(record_row(1));
    view.put_record(record_row(2));
    view.put_event(telling);
    view.put_event(event_row({1}, 1, 0));
    view.put_event(event_row({1}, 2, 2));
  });
  const auto view = ground.store.read(ground.here);
  const auto places = [&](std::uint64_t from, std::size_t count) {
    std::vector<std::uint64_t> out;
    for (const auto& row : view->list_events_by_index(from, count)) out.push_back(row.log_index);
    return out;
  };
  EXPECT_THAT(places(0, 10), ElementsAre(0, 1, 2));
  EXPECT_THAT(places(1, 1), ElementsAre(1));
  EXPECT_THAT(places(3, 10), ElementsAre());
  const auto facts = view->list_disclosures(1, 2);
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(facts[0].log_index, 1U);
  EXPECT_EQ(facts[0].disclosures, telling.disclosures);
  EXPECT_EQ(facts[1].log_index, 2U);
  EXPECT_THAT(facts[1].disclosures, ElementsAre());
  EXPECT_EQ(view->list_disclosures(0, 1).size(), 1U);
  EXPECT_TRUE(view->list_disclosures(3, 10).empty());
}

void big_texts_stay_whole(const Ground& ground) {
  std::string big = "{\"text\":\"";
  while (big.size() < 2'000'000) big += "很长的话 ";
  big += "\"}";
  auto row = event_row({1}, 1, 0);
  row.facts = big;
  row.disclosures = {big, big};
  ground.write([&](app::WriteView& view) {
    view.put_record(record_row(1));
    view.put_event(row);
    view.put_entry(0, big);
    view.put_pack({}, big);
  });
  const auto view = ground.store.read(ground.here);
  EXPECT_TRUE(same(*view->find_event({1}, 1), row));
  EXPECT_EQ(view->find_entry(0), big);
  EXPECT_EQ(view->find_pack({}), big);
}

void the_log_begins_empty_and_grows(const Ground& ground) {
  const auto before = ground.store.read(ground.here)->head();
  EXPECT_EQ(before.size, 0U);
  EXPECT_EQ(before.root, log::empty_root());
  const crypto::Hash root{1, 0, 2};
  ground.write([&](app::WriteView& view) {
    view.put_entry(0, "first");
    view.put_entry(1, "second");
    view.put_entry(2, "third");
    view.put_head({3, root, {5'000}});
  });
  const auto view = ground.store.read(ground.here);
  EXPECT_EQ(view->head().size, 3U);
  EXPECT_EQ(view->head().root, root);
  EXPECT_EQ(view->head().t, Instant{5'000});
  EXPECT_EQ(view->find_entry(1), "second");
  EXPECT_FALSE(view->find_entry(3));
  EXPECT_THAT(view->list_entries(1, 10), ElementsAre("second", "third"));
  EXPECT_THAT(view->list_entries(0, 2), ElementsAre("first", "second"));
  EXPECT_THAT(view->list_entries(9, 2), ElementsAre());
}

void tiles_grow_in_place_and_a_missing_one_is_damage(const Ground& ground) {
  const Bytes one(32, 0), two(64, 7);
  ground.write([&](app::WriteView& view) { view.put_tile({0, 0}, one), view.put_tile({1, 5}, one); });
  ground.write([&](app::WriteView& view) { view.put_tile({0, 0}, two); });
  const auto view = ground.store.read(ground.here);
  EXPECT_EQ(view->tile({0, 0}, 2), two);
  EXPECT_GE(view->tile({0, 0}, 1).size(), 32U);  // at least that many
  EXPECT_EQ(view->tile({1, 5}, 1), one);
  for (const auto& [id, width] :
       {std::pair(log::TileId{0, 0}, 3U), std::pair(log::TileId{0, 1}, 1U), std::pair(log::TileId{1, 0}, 1U)}) {
    try {
      (void)view->tile(id, width);
      ADD_FAILURE() << "tile " << id.level << "/" << id.number;
    } catch (const StoreFailure& fault) {
      EXPECT_EQ(fault.kind(), StoreFailure::Kind::damaged);
    }
  }
}

void beginnings_come_for_many_records_at_once(const Ground& ground) {
  ground.write([&](app::WriteView& view) {
    for (std::uint8_t i = 1; i <= 3; ++i) {
      const auto id = view.put_record(record_row(i));
      if (i < 3) view.put_event(event_row(id, 1, i));
    }
    view.put_event(event_row({1}, 2, 9));
  });
  const auto view = ground.store.read(ground.here);
  EXPECT_TRUE(view->list_beginnings({}).empty());
  const std::array<RecordId, 4> wanted{RecordId{3}, RecordId{2}, RecordId{99}, RecordId{1}};  // 3 has no event, 99 is not there
  auto found = view->list_beginnings(wanted);
  std::ranges::sort(found, {}, [](const app::Beginning& one) { return one.record.id; });
  ASSERT_EQ(found.size(), 2U);
  for (std::int64_t i = 0; i < 2; ++i) {
    const auto& [record, event] = found[static_cast<std::size_t>(i)];
    EXPECT_EQ(record.id, RecordId{i + 1});
    EXPECT_EQ(record.tag, record_row(static_cast<std::uint8_t>(i + 1)).tag);
    EXPECT_EQ(record.wrapped_key, nul_bytes);
    EXPECT_TRUE(same(event, *view->find_event(record.id, 1)));
  }
  EXPECT_TRUE(ground.store.read(ground.there)->list_beginnings(wanted).empty());
}

std::string origin_in_store(const Ground& ground, JurisdictionId id) {
  for (const auto& row : ground.store.list_jurisdictions()) {
    if (row.id == id) return row.origin;
  }
  return {};
}

// All stands further in the log, of this jurisdiction alone, and with the commit.
void a_log_that_is_succeeded_makes_room_for_its_first_entries(const Ground& ground) {
  const auto before = origin_in_store(ground, ground.here), there = origin_in_store(ground, ground.there);
  const auto fill = [](app::WriteView& view) {
    const auto record = view.put_record(record_row(1));
    for (std::uint64_t i = 0; i < 3; ++i) {
      view.put_event(event_row(record, i + 1, i));
      view.put_entry(i, "entry " + std::to_string(i));
    }
    view.put_tile({0, 0}, Bytes(3 * sizeof(log::Hash), 7));
    view.put_head({3, {}, {2'000}});
  };
  ground.write(fill);
  {
    const auto view = ground.store.write(ground.there);
    fill(*view);
    view->commit();
  }
  {
    const auto view = ground.store.write(ground.here);
    EXPECT_TRUE(view->succeed_log(before, "example.org/here/log2", 2));
  }
  EXPECT_EQ(origin_in_store(ground, ground.here), before);  // it was not committed
  ground.write([&](app::WriteView& view) {
    EXPECT_FALSE(view.succeed_log("example.org/other/log1", "example.org/other/log2", 1));
    EXPECT_TRUE(view.succeed_log(before, "example.org/here/log2", 2));
    EXPECT_FALSE(view.succeed_log(before, "example.org/here/log2", 2));
    view.put_entry(0, "first");
    view.put_entry(1, "second");
    view.put_head({5, {1}, {3'000}});
  });
  EXPECT_EQ(origin_in_store(ground, ground.here), "example.org/here/log2");
  EXPECT_EQ(origin_in_store(ground, ground.there), there);
  const auto view = ground.store.read(ground.here);
  EXPECT_THAT(view->list_entries(0, 9), ElementsAre("first", "second", "entry 0", "entry 1", "entry 2"));
  EXPECT_EQ(view->find_event({1}, 1)->log_index, 2U);
  EXPECT_EQ(view->list_events_by_index(0, 9).size(), 3U);
  EXPECT_EQ(view->list_events_by_index(4, 9).size(), 1U);
  EXPECT_EQ(view->head().size, 5U);
  EXPECT_THROW(view->tile({0, 0}, 1), StoreFailure);
  const auto other = ground.store.read(ground.there);
  EXPECT_THAT(other->list_entries(0, 9), ElementsAre("entry 0", "entry 1", "entry 2"));
  EXPECT_EQ(other->find_event({1}, 1)->log_index, 0U);
  EXPECT_EQ(other->tile({0, 0}, 3).size(), 3 * sizeof(log::Hash));
}

}  // namespace

std::span<const ContractCheck> record_checks() {
  static constexpr std::array checks{
      ContractCheck{"ALogThatIsSucceededMakesRoomForItsFirstEntries", a_log_that_is_succeeded_makes_room_for_its_first_entries},
      ContractCheck{"BeginningsComeForManyRecordsAtOnce", beginnings_come_for_many_records_at_once},
      ContractCheck{"RecordsComeBackAsTheyWentIn", records_come_back_as_they_went_in},
      ContractCheck{"EventsComeBackAsTheyWentIn", events_come_back_as_they_went_in},
      ContractCheck{"EventsAreFoundByTheirPlaceInTheLog", events_are_found_by_their_place_in_the_log},
      ContractCheck{"BigTextsStayWhole", big_texts_stay_whole},
      ContractCheck{"TheLogBeginsEmptyAndGrows", the_log_begins_empty_and_grows},
      ContractCheck{"TilesGrowInPlaceAndAMissingOneIsDamage", tiles_grow_in_place_and_a_missing_one_is_damage},
  };
  return checks;
}

}  // namespace huiyin::storage
