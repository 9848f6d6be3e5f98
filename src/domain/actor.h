// Actor: who asks, in which roles. The same person can be a dispatcher and an officer; nobody is a role twice.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "domain/names.h"

namespace huiyin {

enum class Role : std::uint8_t {
  requester,   // raises, follows, judges; known by the case's secret alone
  dispatcher,  // accepts, assigns
  officer,     // handles the cases of a unit
  leader,      // answers for a unit; approves what one person may not do alone
  signer,      // signs the answers of a unit that go out under its name (签发)
  supervisor,  // checks all units (监督); deals with no case
  steward,     // sets up users, packs, keys; sees no content by that right
  system,      // the program itself: imports, automatic acts
};

template <>
struct Names<Role> {
  static constexpr std::array<std::string_view, 8> values{"requester", "dispatcher", "officer", "leader",
                                                          "signer",    "supervisor", "steward", "system"};
};

struct Actor {
  std::vector<Role> roles{};
  std::optional<UserId> user{};      // staff
  std::optional<UnitCode> unit{};    // the unit an officer, a leader or a signer works in
  std::optional<RecordId> holds{};   // the one record whose secret was shown
  std::vector<UserId> deputises{};   // for whom they act today, with these ones' roles among their own (domain/absence.h)

  [[nodiscard]] bool is(Role role) const { return std::ranges::find(roles, role) != roles.end(); }
  // Somebody who brings words and nothing else: may file.
  static Actor anyone() { return {{Role::requester}}; }
  static Actor holder_of(RecordId record) { return {.roles = {Role::requester}, .holds = record}; }
  static Actor program() { return {{Role::system}}; }
};

}  // namespace huiyin
