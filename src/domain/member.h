// Member: one of the staff as colleagues know them. What they sign in with is not part of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/actor.h"

namespace huiyin {

struct Member {
  UserId id;
  std::string login, name;
  std::vector<Role> roles;
  std::optional<UnitCode> unit{};
  bool disabled = false;

  [[nodiscard]] bool is(Role role) const { return std::ranges::find(roles, role) != roles.end(); }
};

}  // namespace huiyin
