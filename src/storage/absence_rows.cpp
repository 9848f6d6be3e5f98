#include "storage/absence_rows.h"

#include "sql.h"

namespace huiyin::storage {
namespace {

Day day_of(std::int64_t number) { return {static_cast<std::int32_t>(number)}; }

Absence absence_of(Query& row) {
  return {{row.integer(0)}, {row.integer(1)}, day_of(row.integer(2)), day_of(row.integer(3)), {row.integer(4)}, {row.integer(5)}};
}

std::vector<Absence> absences_of(Query& query) {
  std::vector<Absence> absences;
  while (query.step()) absences.push_back(absence_of(query));
  return absences;
}

class AbsenceRows final : public app::AbsenceRows {
 public:
  AbsenceRows(Connection& connection, JurisdictionId jurisdiction)
      : connection_(connection), jurisdiction_(jurisdiction.number) {}

  std::optional<Absence> find(UserId staff) override {
    auto query = here(sql::absence_find_absence_sql);
    query.bind("$staff", staff.number);
    if (!query.step()) return std::nullopt;
    return absence_of(query);
  }
  std::vector<Absence> list_for_deputy(UserId deputy, Day day) override {
    auto query = here(sql::absence_list_for_deputy_sql);
    query.bind("$deputy", deputy.number).bind("$day", day.number);
    return absences_of(query);
  }
  std::vector<Absence> list(Day from, const std::optional<UnitCode>& unit) override {
    auto query = here(sql::absence_list_absences_sql);
    query.bind("$from", from.number).bind("$in_unit", unit ? std::optional(unit->text) : std::nullopt);
    return absences_of(query);
  }
  void put(const Absence& absence) override {
    auto query = here(sql::absence_put_absence_sql);
    query.bind("$staff", absence.staff.number).bind("$deputy", absence.deputy.number);
    query.bind("$first_day", absence.first.number).bind("$last_day", absence.last.number);
    query.bind("$set_by", absence.set_by.number).bind("$set_at", absence.set_at.ms).run();
  }
  void erase(UserId staff) override { here(sql::absence_erase_absence_sql).bind("$staff", staff.number).run(); }

 private:
  // Every statement names its jurisdiction.
  Query here(std::string_view statement) {
    auto& cursor = connection_.cursor(statement);
    cursor.bind("$jurisdiction", jurisdiction_);
    return Query(cursor);
  }

  Connection& connection_;
  std::int64_t jurisdiction_;
};

}  // namespace

std::unique_ptr<app::Rows> make_absence_rows(Connection& connection, JurisdictionId jurisdiction) {
  return std::make_unique<AbsenceRows>(connection, jurisdiction);
}

}  // namespace huiyin::storage
