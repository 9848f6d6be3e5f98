// Contract: the absences of staff.
#include <gmock/gmock.h>

#include "app/absence_rows.h"
#include "storage/store_contract.h"

namespace huiyin::storage {
namespace {

using app::AbsenceRows;
using testing::ElementsAre;
using testing::IsEmpty;

// 1 and 2 of the roads, 3 of the water works, 4 of no unit.
void put_staff(app::WriteView& view) {
  const auto put = [&](const char* login, std::optional<UnitCode> unit) {
    view.put_user({{}, login, login, "x", "officer", std::move(unit), false});
  };
  put("ann", UnitCode{"roads"});
  put("bo", UnitCode{"roads"});
  put("cai", UnitCode{"water"});
  put("dong", {});
}

Absence absence(std::int64_t staff, std::int64_t deputy, int first, int last) {
  return {{staff}, {deputy}, {first}, {last}, {4}, {1'700'000'000'123}};
}

void a_person_has_one_absence_and_a_new_one_takes_its_place(const Ground& ground) {
  ground.write([](app::WriteView& view) {
    put_staff(view);
    view.rows<AbsenceRows>().put(absence(1, 2, 20'000, 20'010));
    view.rows<AbsenceRows>().put(absence(3, 4, -5, 20'010));
  });
  EXPECT_EQ(ground.store.read(ground.here)->rows<AbsenceRows>().find({1}), absence(1, 2, 20'000, 20'010));
  ground.write([](app::WriteView& view) { view.rows<AbsenceRows>().put(absence(1, 3, 20'005, 20'005)); });
  const auto view = ground.store.read(ground.here);
  EXPECT_EQ(view->rows<AbsenceRows>().find({1}), absence(1, 3, 20'005, 20'005));
  EXPECT_EQ(view->rows<AbsenceRows>().find({3}), absence(3, 4, -5, 20'010));
  EXPECT_FALSE(view->rows<AbsenceRows>().find({2}));
}

void an_absence_that_is_ended_is_gone_and_the_others_stay(const Ground& ground) {
  ground.write([](app::WriteView& view) {
    put_staff(view);
    view.rows<AbsenceRows>().put(absence(1, 2, 10, 20));
    view.rows<AbsenceRows>().put(absence(2, 1, 30, 40));
  });
  ground.write([](app::WriteView& view) {
    view.rows<AbsenceRows>().erase({1});
    view.rows<AbsenceRows>().erase({3});  // who has none
  });
  const auto view = ground.store.read(ground.here);
  EXPECT_FALSE(view->rows<AbsenceRows>().find({1}));
  EXPECT_TRUE(view->rows<AbsenceRows>().find({2}));
  EXPECT_THAT(view->rows<AbsenceRows>().list_for_deputy({2}, {15}), IsEmpty());
}

void a_deputy_stands_in_from_the_first_day_to_the_last_both_included(const Ground& ground) {
  ground.write([](app::WriteView& view) {
    put_staff(view);
    view.rows<AbsenceRows>().put(absence(3, 2, 15, 15));
    view.rows<AbsenceRows>().put(absence(1, 2, 10, 20));
    view.rows<AbsenceRows>().put(absence(4, 1, 10, 20));
  });
  const auto view = ground.store.read(ground.here);
  auto& rows = view->rows<AbsenceRows>();
  EXPECT_THAT(rows.list_for_deputy({2}, {9}), IsEmpty());
  EXPECT_THAT(rows.list_for_deputy({2}, {10}), ElementsAre(absence(1, 2, 10, 20)));
  EXPECT_THAT(rows.list_for_deputy({2}, {15}), ElementsAre(absence(1, 2, 10, 20), absence(3, 2, 15, 15)));
  EXPECT_THAT(rows.list_for_deputy({2}, {20}), ElementsAre(absence(1, 2, 10, 20)));
  EXPECT_THAT(rows.list_for_deputy({2}, {21}), IsEmpty());
  EXPECT_THAT(rows.list_for_deputy({9}, {15}), IsEmpty());
}

void absences_that_are_not_over_are_listed_nearest_first(const Ground& ground) {
  ground.write([](app::WriteView& view) {
    put_staff(view);
    view.rows<AbsenceRows>().put(absence(1, 2, 50, 60));
    view.rows<AbsenceRows>().put(absence(2, 1, 10, 20));
    view.rows<AbsenceRows>().put(absence(3, 4, 10, 12));
    view.rows<AbsenceRows>().put(absence(4, 3, 10, 20));
  });
  const auto of = [&](int from, const std::optional<UnitCode>& unit) {
    std::vector<std::int64_t> staff;
    for (const auto& one : ground.store.read(ground.here)->rows<AbsenceRows>().list({from}, unit))
      staff.push_back(one.staff.number);
    return staff;
  };
  EXPECT_THAT(of(0, {}), ElementsAre(2, 3, 4, 1));
  EXPECT_THAT(of(12, {}), ElementsAre(2, 3, 4, 1));
  EXPECT_THAT(of(13, {}), ElementsAre(2, 4, 1));
  EXPECT_THAT(of(0, UnitCode{"roads"}), ElementsAre(2, 1));
  EXPECT_THAT(of(21, UnitCode{"roads"}), ElementsAre(1));
  EXPECT_THAT(of(0, UnitCode{"nowhere"}), IsEmpty());
  EXPECT_THAT(of(61, {}), IsEmpty());
}

}  // namespace

std::span<const ContractCheck> absence_checks() {
  static constexpr std::array checks{
      ContractCheck{"APersonHasOneAbsenceAndANewOneTakesItsPlace", a_person_has_one_absence_and_a_new_one_takes_its_place},
      ContractCheck{"AnAbsenceThatIsEndedIsGoneAndTheOthersStay", an_absence_that_is_ended_is_gone_and_the_others_stay},
      ContractCheck{"ADeputyStandsInFromTheFirstDayToTheLastBothIncluded",
                    a_deputy_stands_in_from_the_first_day_to_the_last_both_included},
      ContractCheck{"AbsencesThatAreNotOverAreListedNearestFirst", absences_that_are_not_over_are_listed_nearest_first},
  };
  return checks;
}

}  // namespace huiyin::storage
