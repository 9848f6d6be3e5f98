// The absences of staff: one a person, and only the newest. They stand beside the log, as accounts and sessions do.
#pragma once

#include <optional>
#include <vector>

#include "app/store.h"
#include "domain/absence.h"

namespace huiyin::app {

inline constexpr std::size_t absences_at_once_max = 500;  // as the statements say

class AbsenceRows : public Rows {
 public:
  static constexpr std::string_view record_type = "absence";  // of no record: a name among the tables
  virtual std::optional<Absence> find(UserId staff) = 0;  // also one that is over
  // Those for which `deputy` stands in on this day, by who is away.
  virtual std::vector<Absence> list_for_deputy(UserId deputy, Day day) = 0;
  // Those that are not over before `from`, nearest first: of a unit, or of all.
  virtual std::vector<Absence> list(Day from, const std::optional<UnitCode>& unit) = 0;
  // In a WriteView only.
  virtual void put(const Absence& absence) = 0;  // instead of the one there was
  virtual void erase(UserId staff) = 0;
};

}  // namespace huiyin::app
