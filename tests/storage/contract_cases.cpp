// Contract: the read table of cases. Lists of random rows under random filters are held against a walk over all rows; the
// counters against a recount.
#include <gmock/gmock.h>

#include <map>

#include "app/case/case_rows.h"
#include "base/random.h"
#include "storage/store_contract.h"

namespace huiyin::storage {
namespace {

using app::CaseFilter;
using app::CaseRow;
using app::CaseRows;

const std::vector<std::optional<UnitCode>> units{std::nullopt, UnitCode{"roads"}, UnitCode{"water"}};
const std::vector<std::optional<CategoryCode>> categories{std::nullopt, CategoryCode{"streets"}, CategoryCode{"pipes"}};
const Visible everything{.all = true, .unit = {}};

cases::Phase random_phase(SeededRandom& random) {
  return static_cast<cases::Phase>(1 + random.below(static_cast<std::uint32_t>(Names<cases::Phase>::values.size()) - 1));
}

CaseRow random_row(std::int64_t id, SeededRandom& random) {
  CaseRow row;
  row.id = {id};
  row.reference = "REF-" + std::to_string(id);
  row.secret_hash = "hash" + std::to_string(random.below(9));
  row.phase = random_phase(random);
  row.category = categories[random.below(3)];
  row.unit = units[random.below(3)];
  row.received = {random.below(100)};
  row.updated = {100 + random.below(100)};
  if (random.below(4) != 0) row.due = Instant{random.below(20)};  // many alike, so that the order must fall back on the number
  row.returns = static_cast<int>(random.below(3));
  return row;
}

CaseFilter random_filter(SeededRandom& random) {
  CaseFilter filter;
  filter.visible.all = random.below(2) == 0;
  if (random.below(3) != 0) filter.visible.unit = units[random.below(3)];
  if (random.below(3) == 0) filter.phase = random_phase(random);
  if (random.below(3) == 0) filter.unit = units[random.below(3)];
  if (random.below(3) == 0) filter.category = categories[random.below(3)];
  filter.returned = random.below(4) == 0;
  if (random.below(2) == 0) {
    filter.due_before = Instant{random.below(25)};
    if (random.below(2) == 0) filter.after_due = Instant{random.below(20)}, filter.after = RecordId{random.below(150)};
  } else if (random.below(2) == 0) {
    filter.after = RecordId{random.below(150)};
  }
  filter.count = random.below(4) == 0 ? 1000 : 1 + random.below(30);
  return filter;
}

bool seen(const Visible& visible, const CaseRow& row) {
  return visible.all || (visible.unit.has_value() && row.unit == visible.unit);
}

// What a list is, in plain words.
std::vector<std::int64_t> naive_list(const std::map<std::int64_t, CaseRow>& rows, const CaseFilter& filter) {
  std::vector<CaseRow> chosen;
  for (const auto& [id, row] : rows) {
    bool fits = seen(filter.visible, row);
    if (filter.phase) fits = fits && row.phase == *filter.phase;
    if (filter.unit) fits = fits && row.unit == filter.unit;
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
  CaseRow row{{1}, "ABC-DEF-GHJ", "00", cases::Phase::received, {}, {}, {5}, {5}, {}, 0};
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
  for (const auto& visible : {everything, Visible{.unit = UnitCode{"roads"}}, Visible{.unit = UnitCode{"nowhere"}}, Visible{}}) {
    std::map<cases::Phase, std::uint64_t> recount;
    for (const auto& [id, row] : rows) {
      if (seen(visible, row)) ++recount[row.phase];
    }
    const std::vector<std::pair<cases::Phase, std::uint64_t>> expected(recount.begin(), recount.end());
    EXPECT_EQ(view->rows<CaseRows>().count_by_phase(visible), expected);
  }
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
      ContractCheck{"WhoMaySeeNothingSeesNothing", who_may_see_nothing_sees_nothing},
  };
  return checks;
}

}  // namespace huiyin::storage
