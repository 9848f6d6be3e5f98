// Absences and deputies, for staff: the own one, for whom one acts today, and, for a leader or a steward, those of others.
#pragma once

#include <string>

#include "app/staff_desk.h"
#include "pages/form.h"
#include "pages/setting.h"

namespace huiyin::pages {

// Up to here people are chosen from a list, beyond it by their user name.
inline constexpr std::size_t people_to_choose_max = 200;

struct AbsencePage {
  const app::SignedIn& staff;
  const app::AbsenceList& list;
  std::string done{};  // "set", "ended"
  Typed own{}, other{};  // what was typed into the form for oneself, and into that for others
};

std::string absence_page(const Setting& here, const AbsencePage& page);

// On the desk, for whom the member of staff acts today; empty when for nobody.
Html deputy_line(const Setting& here, const app::SignedIn& staff);

}  // namespace huiyin::pages
