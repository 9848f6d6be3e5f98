// A row of the staff as the member it stands for. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/store.h"
#include "domain/member.h"

namespace huiyin::app {

std::string roles_text(const std::vector<Role>& roles);
std::vector<Role> roles_of(std::string_view text);
Member member_of(const UserRow& row);

}  // namespace huiyin::app
