// Contract: what a view sees and when, what is undone, what is refused, and that jurisdictions never see each other.
#include <gmock/gmock.h>

#include "app/absence_rows.h"
#include "app/case/case_rows.h"
#include "storage/store_contract.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

app::RecordRow first_record() { return {{}, "case", {1}, 0, {}, "2026-03", {1}}; }
app::UserRow user_row() { return {{}, "wang", "Wang", "$argon2id$", "officer", UnitCode{"roads"}, false}; }
app::EventRow event_of(std::uint64_t number, std::uint64_t log_index) {
  app::EventRow row;
  row.record = {1};
  row.number = number;
  row.name = "submitted";
  row.role = "requester";
  row.facts = "{}";
  row.log_index = log_index;
  return row;
}
app::CaseRow case_row(std::int64_t id, std::string reference) {
  app::CaseRow row;
  row.id = {id};
  row.reference = std::move(reference);
  row.phase = cases::Phase::received;
  row.received = row.updated = {1};
  return row;
}

Absence absence(std::int64_t staff, std::int64_t deputy) { return {{staff}, {deputy}, {10}, {20}, {staff}, {1}}; }

// One of everything, and a second member of staff to be a deputy.
void put_one_of_each(app::WriteView& view) {
  view.put_record(first_record());
  view.put_event(event_of(1, 0));
  view.put_entry(0, "entry");
  view.put_tile({0, 0}, Bytes(32, 1));
  view.put_head({1, {1}, {1}});
  view.put_user(user_row());
  view.put_session({{1}, {1}, {1}, {2}});
  view.put_idempotency({{1}, {2}, {1}, {3}, {4}});
  view.put_import("source", "1", {1});
  view.put_pack({1}, "{}");
  view.rows<app::CaseRows>().put(case_row(1, "ABC-DEF-GHJ"));
  auto other = user_row();
  other.login = "ann";
  view.put_user(other);
  view.rows<app::AbsenceRows>().put(absence(1, 2));
}

// How much of put_one_of_each() shows: 0 for nothing, 19 for all.
int seen(app::ReadView& view) {
  auto& rows = view.rows<app::CaseRows>();
  auto& absences = view.rows<app::AbsenceRows>();
  const Visible everything{.all = true, .unit = {}};
  return view.find_record({1}).has_value() + static_cast<int>(view.list_events({1}, 0).size()) +
         static_cast<int>(view.list_events_by_index(0, 9).size()) + static_cast<int>(view.list_disclosures(0, 9).size()) +
         view.find_entry(0).has_value() + (view.head().size == 1) + view.find_user("wang").has_value() +
         static_cast<int>(view.list_users().size()) + view.find_session({1}).has_value() +
         view.find_idempotency({1}).has_value() + view.find_import("source", "1").has_value() + view.find_pack({1}).has_value() +
         rows.find({1}).has_value() + static_cast<int>(rows.list({.visible = everything}).size()) +
         static_cast<int>(rows.count_by_phase(everything).size()) + absences.find({1}).has_value() +
         static_cast<int>(absences.list({0}, {}).size()) + static_cast<int>(absences.list_for_deputy({2}, {10}).size());
}
constexpr int all_of_it = 19;

// A snapshot is taken with the first question at the latest: before it, what others commit may still show.
void a_read_view_sees_what_was_committed_when_it_was_first_asked(const Ground& ground) {
  const auto before = ground.store.read(ground.here);
  EXPECT_EQ(before->head().size, 0U);
  {
    const auto writing = ground.store.write(ground.here);
    put_one_of_each(*writing);
    EXPECT_EQ(seen(*writing), all_of_it);
    EXPECT_EQ(seen(*ground.store.read(ground.here)), 0);  // nothing shows before the commit
    writing->commit();
  }
  EXPECT_EQ(seen(*before), 0);
  EXPECT_EQ(seen(*ground.store.read(ground.here)), all_of_it);
}

void a_read_view_may_live_on_while_others_come_and_go(const Ground& ground) {
  ground.write([](app::WriteView& view) { view.put_record(first_record()); });
  const auto one = ground.store.read(ground.here);
  EXPECT_TRUE(one->find_record({1}));
  ground.write([](app::WriteView& view) { view.put_record(first_record()); });
  const auto two = ground.store.read(ground.here);
  EXPECT_TRUE(one->find_record({1}) && !one->find_record({2}));
  EXPECT_TRUE(two->find_record({2}));
}

void a_write_view_without_commit_undoes_everything(const Ground& ground) {
  put_one_of_each(*ground.store.write(ground.here));
  EXPECT_EQ(seen(*ground.store.read(ground.here)), 0);
  ground.write(put_one_of_each);  // and the numbers begin again at 1
  EXPECT_EQ(seen(*ground.store.read(ground.here)), all_of_it);
}

void jurisdictions_never_see_each_other(const Ground& ground) {
  ground.write(put_one_of_each);
  EXPECT_EQ(seen(*ground.store.read(ground.there)), 0);
  const Ground other{ground.store, ground.there, ground.here};
  other.write([](app::WriteView& view) {  // erasing and changing here leaves the neighbour's alone
    view.update_record({1}, 9, {});
    view.erase_session({1});
    view.erase_expired({1'000'000});
    view.rows<app::AbsenceRows>().erase({1});
    view.put_tile({0, 0}, Bytes(32, 2));
    view.put_head({7, {}, {}});
  });
  const auto view = ground.store.read(ground.here);
  EXPECT_EQ(seen(*view), all_of_it);
  EXPECT_EQ(view->find_record({1})->version, 0U);
  EXPECT_EQ(view->tile({0, 0}, 1), Bytes(32, 1));
  other.write([](app::WriteView& again) {  // the same numbers, logins and references again
    EXPECT_EQ(again.put_record(first_record()), RecordId{1});
    EXPECT_EQ(again.put_user(user_row()), UserId{1});
    again.put_event(event_of(1, 0));
    again.put_entry(0, "entry");
    again.put_import("source", "1", {1});
    again.rows<app::CaseRows>().put(case_row(1, "ABC-DEF-GHJ"));
    auto other_user = user_row();
    other_user.login = "ann";
    EXPECT_EQ(again.put_user(other_user), UserId{2});
    again.rows<app::AbsenceRows>().put(absence(1, 2));
  });
}

struct Refused {
  std::string_view what;
  void (*act)(app::WriteView&);
};

const std::vector<Refused> refused{
    {"an event of a record that is not there",
     [](app::WriteView& view) {
       auto row = event_of(1, 5);
       row.record = {99};
       view.put_event(row);
     }},
    {"two events with one number", [](app::WriteView& view) { view.put_event(event_of(1, 5)); }},
    {"two events at one place in the log", [](app::WriteView& view) { view.put_event(event_of(2, 0)); }},
    {"an event numbered 0", [](app::WriteView& view) { view.put_event(event_of(0, 5)); }},
    {"two entries at one index", [](app::WriteView& view) { view.put_entry(0, "another"); }},
    {"a login twice", [](app::WriteView& view) { view.put_user(user_row()); }},
    {"a session of nobody", [](app::WriteView& view) { view.put_session({{2}, {99}, {1}, {2}}); }},
    {"a token twice", [](app::WriteView& view) { view.put_session({{1}, {1}, {1}, {2}}); }},
    {"an external id twice", [](app::WriteView& view) { view.put_import("source", "1", {2}); }},
    {"an absence of nobody", [](app::WriteView& view) { view.rows<app::AbsenceRows>().put(absence(99, 1)); }},
    {"an absence with nobody for deputy", [](app::WriteView& view) { view.rows<app::AbsenceRows>().put(absence(2, 99)); }},
    {"an absence set by nobody",
     [](app::WriteView& view) {
       auto row = absence(2, 1);
       row.set_by = {99};
       view.rows<app::AbsenceRows>().put(row);
     }},
    {"a deputy of oneself", [](app::WriteView& view) { view.rows<app::AbsenceRows>().put(absence(2, 2)); }},
    {"an absence that ends before it begins",
     [](app::WriteView& view) {
       auto row = absence(2, 1);
       row.last = {9};
       view.rows<app::AbsenceRows>().put(row);
     }},
    {"a reference twice", [](app::WriteView& view) { view.rows<app::CaseRows>().put(case_row(2, "ABC-DEF-GHJ")); }},
};

template <class Act>
std::optional<StoreFailure::Kind> kind_of_failure(Act act) {
  try {
    act();
    return std::nullopt;
  } catch (const StoreFailure& fault) {
    return fault.kind();
  }
}

// The failure ends the transaction, nothing half done; and the next one is well.
void what_the_schema_forbids_is_a_constraint_failure(const Ground& ground) {
  ground.write(put_one_of_each);
  for (const auto& [what, act] : refused) {
    const auto kind = kind_of_failure([&] {
      const auto view = ground.store.write(ground.here);
      view->put_pack({2}, "{}");
      act(*view);
      view->commit();
    });
    EXPECT_EQ(kind, StoreFailure::Kind::constraint) << what;
    const auto view = ground.store.read(ground.here);
    EXPECT_FALSE(view->find_pack({2})) << what;
    EXPECT_EQ(seen(*view), all_of_it) << what;
  }
  const auto twice = [&](std::string slug, std::string origin) {
    return kind_of_failure([&] { ground.store.put_jurisdiction({{}, std::move(slug), std::move(origin), {}, {}}); });
  };
  EXPECT_EQ(twice("here", "elsewhere"), StoreFailure::Kind::constraint);
  EXPECT_EQ(twice("elsewhere", "example.org/here/log1"), StoreFailure::Kind::constraint);
  EXPECT_EQ(ground.store.list_jurisdictions().size(), 2U);
  ground.write([](app::WriteView& view) { view.put_record(first_record()); });
}

void a_jurisdiction_that_nobody_made_has_no_log(const Ground& ground) {
  EXPECT_EQ(kind_of_failure([&] { (void)ground.store.read({99})->head(); }), StoreFailure::Kind::damaged);
  EXPECT_EQ(kind_of_failure([&] { (void)ground.store.write({99}); }), StoreFailure::Kind::damaged);
  ground.write(put_one_of_each);
}

struct Taking {
  std::string_view holder;
  std::int64_t now, until;
  bool expected;
};

void a_lease_is_one_holders_until_it_runs_out(const Ground& ground) {
  for (const auto& [holder, now, until, expected] : std::vector<Taking>{{"one", 10, 20, true},
                                                                        {"two", 19, 30, false},
                                                                        {"one", 19, 25, true},
                                                                        {"two", 24, 30, false},
                                                                        {"two", 25, 30, true},
                                                                        {"one", 26, 40, false}}) {
    ground.write([&](app::WriteView& view) {
      EXPECT_EQ(view.take_lease("chore", holder, {now}, {until}), expected) << holder << " at " << now;
    });
  }
  ground.write([](app::WriteView& view) { EXPECT_TRUE(view.take_lease("another chore", "one", {26}, {40})); });
  const Ground other{ground.store, ground.there, ground.here};
  other.write([](app::WriteView& view) { EXPECT_TRUE(view.take_lease("chore", "one", {26}, {40})); });
}

void a_lease_that_was_not_committed_was_not_taken(const Ground& ground) {
  EXPECT_TRUE(ground.store.write(ground.here)->take_lease("chore", "one", {10}, {20}));
  ground.write([](app::WriteView& view) { EXPECT_TRUE(view.take_lease("chore", "two", {10}, {20})); });
}

void a_log_that_was_moved_is_read_but_not_written(const Ground& ground) {
  ground.write(put_one_of_each);
  EXPECT_EQ(ground.store.read(ground.here)->moved_to(), std::nullopt);
  ground.write([](app::WriteView& view) { view.close_log("elsewhere"); });
  EXPECT_EQ(ground.store.read(ground.here)->moved_to(), "elsewhere");
  try {
    (void)ground.store.write(ground.here);
    ADD_FAILURE() << "it may still be written";
  } catch (const StoreFailure& fault) {
    EXPECT_EQ(fault.kind(), StoreFailure::Kind::moved);
    EXPECT_THAT(fault.what(), testing::HasSubstr("elsewhere"));
  }
  EXPECT_EQ(seen(*ground.store.read(ground.here)), all_of_it);
  const Ground other{ground.store, ground.there, ground.here};
  other.write(put_one_of_each);  // the neighbour's goes on
}

}  // namespace

std::span<const ContractCheck> transaction_checks() {
  static constexpr std::array checks{
      ContractCheck{"AReadViewSeesWhatWasCommittedWhenItWasFirstAsked",
                    a_read_view_sees_what_was_committed_when_it_was_first_asked},
      ContractCheck{"AReadViewMayLiveOnWhileOthersComeAndGo", a_read_view_may_live_on_while_others_come_and_go},
      ContractCheck{"AWriteViewWithoutCommitUndoesEverything", a_write_view_without_commit_undoes_everything},
      ContractCheck{"JurisdictionsNeverSeeEachOther", jurisdictions_never_see_each_other},
      ContractCheck{"WhatTheSchemaForbidsIsAConstraintFailure", what_the_schema_forbids_is_a_constraint_failure},
      ContractCheck{"AJurisdictionThatNobodyMadeHasNoLog", a_jurisdiction_that_nobody_made_has_no_log},
      ContractCheck{"ALeaseIsOneHoldersUntilItRunsOut", a_lease_is_one_holders_until_it_runs_out},
      ContractCheck{"ALeaseThatWasNotCommittedWasNotTaken", a_lease_that_was_not_committed_was_not_taken},
      ContractCheck{"ALogThatWasMovedIsReadButNotWritten", a_log_that_was_moved_is_read_but_not_written},
  };
  return checks;
}

}  // namespace huiyin::storage
