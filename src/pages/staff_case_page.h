// A case as staff see it: the words, the clocks, the story with its notes, and a form for each act that may be done now.
#pragma once

#include <optional>
#include <string>

#include "app/case/case_desk.h"
#include "app/staff_desk.h"
#include "pages/form.h"
#include "pages/setting.h"

namespace huiyin::pages {

struct StaffCasePage {
  const app::SignedIn& staff;
  const app::CaseView& view;
  std::string done{};                   // the act that was just done
  std::string tried{};                  // the act that was not taken
  Typed typed{};                        // with what, and why not
  std::optional<std::uint64_t> seen{};  // the version it was tried on
};

std::string staff_case_page(const Setting& here, const StaffCasePage& page);

}  // namespace huiyin::pages
