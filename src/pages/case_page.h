// A case as its requester sees it: where it stands, what was answered, and the question whether it is solved.
#pragma once

#include <string>

#include "app/case/case_desk.h"
#include "pages/form.h"
#include "pages/setting.h"

namespace huiyin::pages {

struct CasePage {
  const app::CaseView& view;
  std::string tried{};                  // the act that was not taken
  Typed typed{};                        // as typed for it
  std::optional<std::uint64_t> seen{};  // the version it was typed on, when somebody was faster
};

std::string case_page(const Setting& here, const CasePage& page);

}  // namespace huiyin::pages
