// The absences of staff in memory: every question is a walk over all of them.
#include <algorithm>

#include "storage/memory_tables.h"

namespace huiyin::storage {
namespace {

class MemoryAbsenceRows final : public app::AbsenceRows {
 public:
  explicit MemoryAbsenceRows(TablesOf<MemoryStore::Tables> tables) : tables_(std::move(tables)) {}

  std::optional<Absence> find(UserId staff) override {
    const auto& absences = tables_.seen().absences;
    const auto found = absences.find(staff);
    return found == absences.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<Absence> list_for_deputy(UserId deputy, Day day) override {
    return list_those([&](const Absence& one) { return one.deputy == deputy && one.covers(day); });
  }
  std::vector<Absence> list(Day from, const std::optional<UnitCode>& unit) override {
    const auto& users = tables_.seen().users;
    auto out = list_those([&](const Absence& one) { return one.last >= from && (!unit || users.at(one.staff).unit == unit); });
    std::ranges::sort(out, {}, [](const Absence& one) { return std::pair(one.first, one.staff); });
    return out;
  }
  void put(const Absence& absence) override {
    const auto& users = tables_.seen().users;
    for (const auto id : {absence.staff, absence.deputy, absence.set_by})
      constrain(users.contains(id), "absence: the user is there");
    constrain(absence.staff != absence.deputy, "absence: the deputy is another");
    constrain(absence.first <= absence.last, "absence: the last day is not before the first");
    tables_.changed().absences[absence.staff] = absence;
  }
  void erase(UserId staff) override { tables_.changed().absences.erase(staff); }

 private:
  template <class Fits>
  std::vector<Absence> list_those(Fits fits) {
    std::vector<Absence> out;
    for (const auto& [staff, absence] : tables_.seen().absences) {
      if (fits(absence) && out.size() < app::absences_at_once_max) out.push_back(absence);
    }
    return out;
  }

  TablesOf<MemoryStore::Tables> tables_;
};

}  // namespace

std::unique_ptr<app::Rows> make_memory_absence_rows(TablesOf<MemoryStore::Tables> tables) {
  return std::make_unique<MemoryAbsenceRows>(std::move(tables));
}

}  // namespace huiyin::storage
