// The queue of a member of staff: what there is, what is due, what came back. Server-paged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/case/case_desk.h"
#include "app/staff_desk.h"
#include "pages/setting.h"

namespace huiyin::pages {

inline constexpr std::size_t list_page_rows = 50;

// What was asked for, as it stands in the address.
struct ListQuery {
  std::optional<cases::Phase> phase{};
  std::optional<UnitCode> unit{};
  std::optional<CategoryCode> category{};
  bool due_first = false;
  bool returned = false;
  bool urgent = false;
  bool proposed = false;  // waits for somebody's approval
  bool mine = false;      // taken up by the reader
  friend bool operator==(const ListQuery&, const ListQuery&) = default;
};

struct StaffListPage {
  const app::SignedIn& staff;
  ListQuery query{};
  std::vector<std::pair<cases::Phase, std::uint64_t>> counts{};
  std::vector<app::CaseListItem> urgent{};  // shown above all others; only where nothing is asked for
  std::vector<app::CaseListItem> without_dispatcher{};  // likewise
  std::vector<app::CaseListItem> items{};
  bool sees_all_units = false;
  bool first_page = true;
  std::string done{};   // an act after which the reader sees the case no more
  std::string older{};  // the cursor of the next page; empty at the end
};

// Nothing is asked for: the list as it is first seen.
bool is_plain(const ListQuery& query);
// "?phase=received&due=1", ready for an address; "" when nothing is asked for.
std::string query_text(const ListQuery& query, std::string_view cursor);

std::string staff_list_page(const Setting& here, const StaffListPage& page);

}  // namespace huiyin::pages
