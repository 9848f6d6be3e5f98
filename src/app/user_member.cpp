#include "app/user_member.h"

namespace huiyin::app {

std::string roles_text(const std::vector<Role>& roles) {
  std::string text;
  for (const auto role : roles) {
    if (!text.empty()) text += ' ';
    text += name_of(role);
  }
  return text;
}

std::vector<Role> roles_of(std::string_view text) {
  std::vector<Role> roles;
  while (!text.empty()) {
    const auto space = text.find(' ');
    if (const auto role = from_name<Role>(text.substr(0, space))) roles.push_back(*role);
    text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
  }
  return roles;
}

Member member_of(const UserRow& row) { return {row.id, row.login, row.name, roles_of(row.roles), row.unit, row.disabled}; }

}  // namespace huiyin::app
