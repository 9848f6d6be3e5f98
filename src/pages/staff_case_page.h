// A case as staff see it: the words, the clocks, the story with its notes, who has to do with it, and a form for each act that
// may be done now (staff_acts.h).
#pragma once

#include <optional>
#include <string>

#include "app/case/case_desk.h"
#include "app/staff_desk.h"
#include "pages/form.h"
#include "pages/setting.h"

namespace huiyin::pages {

inline constexpr std::size_t split_blocks_usual = 3;

struct StaffCasePage {
  const app::SignedIn& staff;
  const app::CaseView& view;
  std::string done{};                   // the act that was just done
  std::string tried{};                  // the act that was not taken
  Typed typed{};                        // with what, and why not
  std::optional<std::uint64_t> seen{};  // the version it was tried on
  std::vector<Option> colleagues{};     // other officers of the unit: login, name
  std::size_t split_blocks = split_blocks_usual;  // how many parts the form of a split has room for
};

std::string staff_case_page(const Setting& here, const StaffCasePage& page);

}  // namespace huiyin::pages
