// A leaver's cases, handed to a colleague: whose, which, to whom, and what came of each. For leaders.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/case/case_desk.h"
#include "app/staff_desk.h"
#include "pages/form.h"
#include "pages/setting.h"

namespace huiyin::pages {

struct HandoverPage {
  const app::SignedIn& staff;
  std::vector<Member> officers{};  // of the unit; also those whose account is disabled
  std::string of{};                // the login of the one who leaves; empty: still to be chosen
  std::vector<app::CaseListItem> items{};  // in work with them
  Typed typed{};
};

// A case, and why it stays where it was; nothing: the other has it.
struct HandoverOutcome {
  app::CaseListItem item;
  std::optional<Error> refused{};
};

struct HandoverResult {
  const app::SignedIn& staff;
  Member to;
  std::vector<HandoverOutcome> outcomes{};
  bool more = false;  // there were more than fit into one go
};

std::string handover_page(const Setting& here, const HandoverPage& page);
std::string handover_result_page(const Setting& here, const HandoverResult& result);

}  // namespace huiyin::pages
