// Contract: the read table of cases. Lists of random rows under random filters are held against a walk over all rows; the
// counters against a recount.
#include <gmock/gmock.h>

#include <map>

#include "app/case/case_rows.h"
#include "base/random.h"
#include "domain/fixtures.h"
#include "storage/store_contract.h"

namespace huiyin::storage {
namespace {

using app::CaseFilter;
using app::CaseRow;
using app::CaseRows;

const std::vector<std::optional<UnitCode>> units{std::nullopt, UnitCode{"roads"}, UnitCode{"water"}, UnitCode{"parks"}};
const std::vector<std::string> bars{"unit:roads", "unit:road", "user:1", "user:11"};
const std::vector<std::optional<CategoryCode>> categories{std::nullopt, CategoryCode{"streets"}, CategoryCode{"pipes"}};
const Visible everything{.all = true, .unit = {}};

cases::Phase random_phase(SeededRandom& random) {
  return static_cast<cases::Phase>(1 + random.below(static_cast<std::uint32_t>(Names<cases::Phase>::values.size()) - 1));
}

template <class T>
std::vector<T> some_of(const std::vector<T>& all, SeededRandom& random) {
  std::vector<T> some;
  std::ranges::copy_if(all, std::back_inserter(some), [&](const T&) { return random.below(4) == 0; });
  return some;
}

// Each unit does at most one thing on a case.
UnitsOf random_units(SeededRandom& random) {
  UnitsOf out;
  for (const auto& unit : units) {
    if (!unit) continue;
    const auto part = random.below(5);
    if (part == 0 && !out.lead) out.lead = unit;
    if (part == 1) out.supports.push_back(*unit);
    if (part == 2 && !out.review) out.review = unit;
  }
  return out;
}

Visible random_visible(SeededRandom& random) {
  Visible visible;
  visible.all = random.below(2) == 0;
  if (random.below(3) != 0) visible.unit = units[random.below(4)];
  if (visible.unit) visible.supports = random.below(2) == 0, visible.reviews = random.below(2) == 0;
  visible.bars = some_of(bars, random);
  return visible;
}

CaseRow random_row(std::int64_t id, SeededRandom& random) {
  CaseRow row;
  row.id = {id};
  row.reference = "REF-" + std::to_string(id);
  row.secret_hash = "hash" + std::to_string(random.below(9));
  row.phase = random_phase(random);
  row.category = categories[random.below(3)];
  row.units = random_units(random);
  row.bars = some_of(bars, random);
  row.received = {random.below(100)};
  row.updated = {100 + random.below(100)};
  if (random.below(4) != 0) row.due = Instant{random.below(20)};  // many alike, so that the order must fall back on the number
  row.returns = static_cast<int>(random.below(3));
  if (random.below(3) == 0) row.secret_of = "REF-" + std::to_string(random.below(9));
  if (random.below(2) == 0) row.handler = UserId{1 + random.below(3)};
  if (random.below(2) == 0) row.watch = Instant{random.below(20)};
  row.urgent = random.below(3) == 0;
  row.provisional = random.below(3) == 0;
  if (random.below(3) == 0) row.proposed = static_cast<cases::Deed>(random.below(Names<cases::Deed>::values.size()));
  if (random.below(4) == 0) row.merged_into = RecordId{1 + random.below(40)};
  return row;
}

CaseFilter random_filter(SeededRandom& random) {
  CaseFilter filter;
  filter.visible = random_visible(random);
  if (random.below(3) == 0) filter.phase = random_phase(random);
  if (random.below(3) == 0) filter.unit = units[random.below(4)];
  if (random.below(3) == 0) filter.category = categories[random.below(3)];
  filter.returned = random.below(4) == 0;
  filter.urgent = random.below(4) == 0;
  filter.proposed = random.below(4) == 0;
  filter.barred = random.below(4) == 0;
  if (random.below(4) == 0) filter.handler = UserId{1 + random.below(3)};
  if (random.below(2) == 0) {
    filter.due_before = Instant{random.below(25)};
    if (random.below(2) == 0) filter.after_due = Instant{random.below(20)}, filter.after = RecordId{random.below(150)};
  } else if (random.below(2) == 0) {
    filter.after = RecordId{random.below(150)};
  }
  filter.count = random.below(4) == 0 ? 1000 : 1 + random.below(30);
  return filter;
}

bool has(const auto& list, const auto& one) { return std::ranges::find(list, one) != list.end(); }

// As Visible says it, in other words than Visible::covers.
bool seen(const Visible& visible, const CaseRow& row) {
  for (const auto& bar : row.bars) {
    if (has(visible.bars, bar)) return false;
  }
  if (visible.all || !visible.unit) return visible.all;
  if (row.units.lead == visible.unit) return true;
  return (visible.supports && has(row.units.supports, *visible.unit)) || (visible.reviews && row.units.review == visible.unit);
}

// What a list is, in plain words.
std::vector<std::int64_t> naive_list(const std::map<std::int64_t, CaseRow>& rows, const CaseFilter& filter) {
  std::vector<CaseRow> chosen;
  for (const auto& [id, row] : rows) {
    bool fits = seen(filter.visible, row);
    if (filter.phase) fits = fits && row.phase == *filter.phase;
    if (filter.unit) fits = fits && row.units.lead == filter.unit;
    if (filter.handler) fits = fits && row.handler == filter.handler;
    if (filter.urgent) fits = fits && row.urgent;
    if (filter.proposed) fits = fits && row.proposed;
    if (filter.barred) fits = fits && !row.bars.empty();
    if (filter.category) fits = fits && row.category == filter.category;
    if (filter.returned) fits = fits && row.returns > 0;
    if (filter.due_before) fits = fits && row.due && *row.due < *filter.due_before;
    if (fits && filter.due_before && filter.after_due) {
      fits = *row.due > *filter.after_due || (*row.due == *filter.after_due && row.id > *filter.after);
    }
    if (!filter.due_before && filter.after) fits = fits && row.id < *filter.after;
    if (fits) chosen.push_back(row);
  }
  std::ranges::sort(chosen, [&](const CaseRow& a, const CaseRow& b) {
    if (!filter.due_before) return a.id > b.id;
    return a.due != b.due ? *a.due < *b.due : a.id < b.id;
  });
  std::vector<std::int64_t> ids;
  for (const auto& row : chosen) {
    if (ids.size() < std::min(filter.count, app::list_rows_max)) ids.push_back(row.id.number);
  }
  return ids;
}

std::vector<std::int64_t> ids_of(const std::vector<CaseRow>& rows) {
  std::vector<std::int64_t> ids;
  for (const auto& row : rows) ids.push_back(row.id.number);
  return ids;
}

// Rows that came, and moved, in several transactions; what they are now.
std::map<std::int64_t, CaseRow> fill(const Ground& ground, SeededRandom& random, std::int64_t count) {
  std::map<std::int64_t, CaseRow> rows;
  ground.write([&](app::WriteView& view) {
    for (std::int64_t id = 1; id <= count; ++id) {
      rows[id] = random_row(id, random);
      view.rows<CaseRows>().put(rows[id]);
    }
  });
  ground.write([&](app::WriteView& view) {
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t id = 1 + random.below(static_cast<std::uint32_t>(count));
      auto moved = random_row(id, random);
      moved.received = rows[id].received;  // stays for ever, as the reference does
      view.rows<CaseRows>().put(moved);
      rows[id] = moved;
    }
  });
  return rows;
}

void rows_come_back_as_they_went_in(const Ground& ground) {
  constexpr std::uint64_t seed = 11;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const auto rows = fill(ground, random, 60);
  const auto view = ground.store.read(ground.here);
  auto& table = view->rows<CaseRows>();
  for (const auto& [id, row] : rows) {
    EXPECT_EQ(table.find({id}), row);
    EXPECT_EQ(table.find_by_reference(row.reference), row);
  }
  EXPECT_FALSE(table.find({61}));
  EXPECT_FALSE(table.find_by_reference("REF-61"));
  EXPECT_FALSE(table.find_by_reference("ref-1"));
}

void the_reference_and_the_arrival_of_a_case_stay(const Ground& ground) {
  CaseRow row;
  row.id = {1};
  row.reference = "ABC-DEF-GHJ";
  row.phase = cases::Phase::received;
  row.received = row.updated = {5};
  ground.write([&](app::WriteView& view) { view.rows<CaseRows>().put(row); });
  auto moved = row;
  moved.reference = "ZZZ-ZZZ-ZZZ";
  moved.received = {9};
  moved.phase = cases::Phase::accepted;
  ground.write([&](app::WriteView& view) { view.rows<CaseRows>().put(moved); });
  row.phase = cases::Phase::accepted;
  const auto view = ground.store.read(ground.here);
  EXPECT_EQ(view->rows<CaseRows>().find({1}), row);
  EXPECT_FALSE(view->rows<CaseRows>().find_by_reference("ZZZ-ZZZ-ZZZ"));
}

void lists_hold_what_a_walk_over_all_rows_finds(const Ground& ground) {
  constexpr std::uint64_t seed = 12;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const auto rows = fill(ground, random, 130);
  const auto view = ground.store.read(ground.here);
  auto& table = view->rows<CaseRows>();
  for (int round = 0; round < 400; ++round) {
    const auto filter = random_filter(random);
    EXPECT_EQ(ids_of(table.list(filter)), naive_list(rows, filter)) << "round " << round;
  }
  EXPECT_EQ(table.list({.visible = everything, .count = 1000}).size(), app::list_rows_max);
}

void pages_of_a_list_leave_nothing_out_and_show_nothing_twice(const Ground& ground) {
  constexpr std::uint64_t seed = 13;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const auto rows = fill(ground, random, 90);
  const auto view = ground.store.read(ground.here);
  auto& table = view->rows<CaseRows>();
  for (const auto& due_before : {std::optional<Instant>(), std::optional(Instant{1000})}) {
    for (const auto& unit : units) {
      CaseFilter filter{.visible = everything, .unit = unit, .due_before = due_before, .count = 7};
      std::vector<std::int64_t> paged;
      for (auto page = table.list(filter); !page.empty(); page = table.list(filter)) {
        for (const auto id : ids_of(page)) paged.push_back(id);
        filter.after = page.back().id;
        if (due_before) filter.after_due = page.back().due;
      }
      const auto whole = naive_list(rows, {.visible = everything, .unit = unit, .due_before = due_before, .count = 100});
      EXPECT_EQ(paged, whole);
    }
  }
}

void counters_equal_a_recount(const Ground& ground) {
  constexpr std::uint64_t seed = 14;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  auto rows = fill(ground, random, 40);
  ground.write([&](app::WriteView& view) {  // one phase is emptied: it is no longer named
    for (auto& [id, row] : rows) {
      if (row.phase != cases::Phase::in_work) continue;
      row.phase = cases::Phase::answered;
      view.rows<CaseRows>().put(row);
    }
  });
  const auto view = ground.store.read(ground.here);
  std::vector<Visible> all{everything, Visible{.unit = UnitCode{"roads"}}, Visible{.unit = UnitCode{"nowhere"}}, Visible{}};
  for (int i = 0; i < 100; ++i) all.push_back(random_visible(random));
  for (const auto& visible : all) {
    std::map<cases::Phase, std::uint64_t> recount;
    for (const auto& [id, row] : rows) {
      if (seen(visible, row)) ++recount[row.phase];
    }
    const std::vector<std::pair<cases::Phase, std::uint64_t>> expected(recount.begin(), recount.end());
    EXPECT_EQ(view->rows<CaseRows>().count_by_phase(visible), expected);
  }
}

void a_row_put_again_and_again_is_indexed_as_it_is_now(const Ground& ground) {
  constexpr std::uint64_t seed = 16;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const auto rows = fill(ground, random, 60);
  const auto view = ground.store.read(ground.here);
  auto& table = view->rows<CaseRows>();
  EXPECT_THAT(table.list_miscounts(10), testing::IsEmpty());
  for (const auto& [id, row] : rows) {
    EXPECT_TRUE(table.is_indexed(row)) << id;
    auto other = row;
    other.units.review = UnitCode{"elsewhere"};
    EXPECT_FALSE(table.is_indexed(other)) << id;
  }
}

// ---- Whom a case is closed to
// ---------------------------------------------------------------------------------------------------

// The filter that a store applies, made of the table of rights for any actor, finds what the domain says they may see.
void lists_and_counters_show_each_actor_what_the_domain_says(const Ground& ground) {
  constexpr std::uint64_t seed = 17;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  auto pack = fixtures::town_pack();
  pack.units.push_back({{"parks"}, fixtures::water, {"绿化", "Parks"}});
  const auto rows = fill(ground, random, 90);
  const auto view = ground.store.read(ground.here);
  auto& table = view->rows<CaseRows>();
  for (int round = 0; round < 200; ++round) {
    Actor actor;
    for (const auto role : {Role::dispatcher, Role::officer, Role::leader, Role::signer, Role::supervisor, Role::steward}) {
      if (random.below(4) == 0) actor.roles.push_back(role);
    }
    actor.user = UserId{random.below(2) == 0 ? 1 : 11};
    actor.unit = units[random.below(4)];
    const auto visible = huiyin::visible(actor, pack, cases::Case::rights());
    std::vector<std::int64_t> expected;
    std::map<cases::Phase, std::uint64_t> counts;
    for (const auto& [id, row] : rows) {
      if (!visible.covers(row.units, row.bars)) continue;
      expected.insert(expected.begin(), id);
      ++counts[row.phase];
    }
    EXPECT_EQ(ids_of(table.list({.visible = visible, .count = 1000})), expected) << "round " << round;
    EXPECT_THAT(table.count_by_phase(visible), testing::ElementsAreArray(counts)) << "round " << round;
  }
}

void a_case_is_in_no_list_of_those_it_is_closed_to(const Ground& ground) {
  CaseRow row;
  row.id = {1};
  row.reference = "ABC-DEF-GHJ";
  row.phase = cases::Phase::in_work;
  row.category = categories[1];
  row.units = {UnitCode{"roads"}, {UnitCode{"water"}}, {}};
  row.due = Instant{5};
  row.handler = UserId{1};
  row.urgent = true;
  row.proposed = cases::Deed::merge;
  row.returns = 1;
  row.bars = {"unit:roads", "user:7"};
  ground.write([&](app::WriteView& view) { view.rows<CaseRows>().put(row); });
  const auto view = ground.store.read(ground.here);
  auto& table = view->rows<CaseRows>();
  const std::vector<CaseFilter> ways{
      {},
      {.visible = {}, .phase = cases::Phase::in_work},
      {.visible = {}, .unit = UnitCode{"roads"}},
      {.visible = {}, .category = categories[1]},
      {.visible = {}, .due_before = Instant{9}},
      {.visible = {}, .unit = UnitCode{"roads"}, .due_before = Instant{9}},
      {.visible = {}, .returned = true},
      {.visible = {}, .urgent = true},
      {.visible = {}, .proposed = true},
      {.visible = {}, .handler = UserId{1}},
  };
  struct Reader {
    Visible visible;
    bool sees;
  };
  const std::vector<Reader> readers{
      {{.all = true}, true},
      {{.all = true, .bars = {"user:71", "unit:road"}}, true},
      {{.all = true, .bars = {"user:7"}}, false},
      {{.all = true, .bars = {"user:1", "unit:team", "unit:roads"}}, false},
      {{.unit = UnitCode{"roads"}, .bars = {"user:2"}}, true},
      {{.unit = UnitCode{"roads"}, .bars = {"user:2", "unit:roads"}}, false},
      {{.unit = UnitCode{"water"}, .bars = {"user:2"}}, false},
      {{.unit = UnitCode{"water"}, .supports = true, .bars = {"user:2"}}, true},
      {{.unit = UnitCode{"water"}, .supports = true, .bars = {"user:7"}}, false},
  };
  for (std::size_t i = 0; i < readers.size(); ++i) {
    SCOPED_TRACE("reader " + std::to_string(i));
    for (auto filter : ways) {
      filter.visible = readers[i].visible;
      EXPECT_EQ(table.list(filter).size(), readers[i].sees ? 1U : 0U);
    }
    EXPECT_EQ(table.count_by_phase(readers[i].visible).size(), readers[i].sees ? 1U : 0U);
  }
}

// ---- What the program itself looks for
// ------------------------------------------------------------------------------------------

std::vector<std::int64_t> numbers_of(const std::vector<RecordId>& records) {
  std::vector<std::int64_t> numbers;
  for (const auto record : records) numbers.push_back(record.number);
  return numbers;
}
std::vector<std::int64_t> numbers_of(const std::vector<app::Watched>& watched) {
  std::vector<std::int64_t> numbers;
  for (const auto& one : watched) numbers.push_back(one.id.number);
  return numbers;
}

void the_program_finds_what_it_has_to_look_at(const Ground& ground) {
  constexpr std::uint64_t seed = 18;
  SCOPED_TRACE("seed " + std::to_string(seed));
  SeededRandom random(seed);
  const auto rows = fill(ground, random, 60);
  std::vector<std::pair<Instant, std::int64_t>> watched;
  std::vector<std::int64_t> provisional, settled;
  constexpr std::string_view alive = "received accepted assigned in_work merged handing_over";
  for (const auto& [id, row] : rows) {
    if (row.watch && *row.watch <= Instant{9}) watched.emplace_back(*row.watch, id);
    if (row.provisional && id > 20) provisional.push_back(id);
    if (row.merged_into && alive.find(name_of(rows.at(row.merged_into->number).phase)) == std::string_view::npos)
      settled.push_back(id);
  }
  std::ranges::sort(watched);
  std::vector<std::int64_t> in_turn;
  for (const auto& [watch, id] : watched) in_turn.push_back(id);
  const auto first = [](const std::vector<std::int64_t>& all, std::ptrdiff_t count) {
    return std::vector(all.begin(), all.begin() + count);
  };
  const auto view = ground.store.read(ground.here);
  auto& table = view->rows<CaseRows>();
  ASSERT_GT(in_turn.size(), 4U);
  ASSERT_GT(provisional.size(), 4U);
  ASSERT_GT(settled.size(), 4U);
  EXPECT_EQ(numbers_of(table.list_watched({9}, {}, 100)), in_turn);
  EXPECT_EQ(numbers_of(table.list_watched({9}, {}, 3)), first(in_turn, 3));
  const app::Watched third{watched[2].first, {watched[2].second}};
  EXPECT_EQ(numbers_of(table.list_watched({9}, third, 100)), std::vector(in_turn.begin() + 3, in_turn.end()));
  EXPECT_EQ(numbers_of(table.list_provisional({20}, 100)), provisional);
  EXPECT_EQ(numbers_of(table.list_provisional({20}, 3)), first(provisional, 3));
  EXPECT_EQ(numbers_of(table.list_settled_mergers({0}, 100)), settled);
  EXPECT_EQ(numbers_of(table.list_settled_mergers({0}, 3)), first(settled, 3));
  EXPECT_EQ(numbers_of(table.list_settled_mergers({settled[2]}, 100)), std::vector(settled.begin() + 3, settled.end()));
  const auto elsewhere = ground.store.read(ground.there);
  EXPECT_THAT(elsewhere->rows<CaseRows>().list_watched({9}, {}, 100), testing::IsEmpty());
  EXPECT_THAT(elsewhere->rows<CaseRows>().list_provisional({0}, 100), testing::IsEmpty());
  EXPECT_THAT(elsewhere->rows<CaseRows>().list_settled_mergers({0}, 100), testing::IsEmpty());
}

void who_may_see_nothing_sees_nothing(const Ground& ground) {
  SeededRandom random(15);
  fill(ground, random, 10);
  const auto view = ground.store.read(ground.here);
  EXPECT_TRUE(view->rows<CaseRows>().list({.visible = {}}).empty());
  EXPECT_TRUE(view->rows<CaseRows>().list({.visible = {}, .unit = UnitCode{"roads"}}).empty());
  EXPECT_TRUE(view->rows<CaseRows>().list({.visible = {}, .due_before = Instant{1000}}).empty());
  EXPECT_TRUE(view->rows<CaseRows>().count_by_phase({}).empty());
}

}  // namespace

std::span<const ContractCheck> case_checks() {
  static constexpr std::array checks{
      ContractCheck{"RowsComeBackAsTheyWentIn", rows_come_back_as_they_went_in},
      ContractCheck{"TheReferenceAndTheArrivalOfACaseStay", the_reference_and_the_arrival_of_a_case_stay},
      ContractCheck{"ListsHoldWhatAWalkOverAllRowsFinds", lists_hold_what_a_walk_over_all_rows_finds},
      ContractCheck{"PagesOfAListLeaveNothingOutAndShowNothingTwice", pages_of_a_list_leave_nothing_out_and_show_nothing_twice},
      ContractCheck{"CountersEqualARecount", counters_equal_a_recount},
      ContractCheck{"ARowPutAgainAndAgainIsIndexedAsItIsNow", a_row_put_again_and_again_is_indexed_as_it_is_now},
      ContractCheck{"ListsAndCountersShowEachActorWhatTheDomainSays", lists_and_counters_show_each_actor_what_the_domain_says},
      ContractCheck{"ACaseIsInNoListOfThoseItIsClosedTo", a_case_is_in_no_list_of_those_it_is_closed_to},
      ContractCheck{"TheProgramFindsWhatItHasToLookAt", the_program_finds_what_it_has_to_look_at},
      ContractCheck{"WhoMaySeeNothingSeesNothing", who_may_see_nothing_sees_nothing},
  };
  return checks;
}

}  // namespace huiyin::storage
