#include <future>
#include <iostream>

#include "base/catalogue.h"
#include "cli/cli.h"
#include "cli/say_error.h"

namespace huiyin::cli {

int add_user(Site& site, Host& host, const UserOptions& options) {
  app::NewUser user{options.login, options.name, {}, {}, std::nullopt};
  for (const auto& name : options.roles) {
    const auto role = from_name<Role>(name);
    if (!role) {
      host.err << "huiyin: there is no role called '" << name << "': dispatcher, officer, steward\n";
      return wrong_usage;
    }
    user.roles.push_back(*role);
  }
  if (!options.unit.empty()) user.unit = UnitCode{options.unit};
  std::getline(host.in, user.password);
  std::promise<Result<UserId>> answer;
  site.staff.add_user(site.jurisdiction, std::move(user), [&](Result<UserId> result) { answer.set_value(std::move(result)); });
  const auto result = answer.get_future().get();
  if (!result.ok()) return say_error(host, result.error());
  host.out << "added " << options.login << '\n';
  return done;
}

}  // namespace huiyin::cli
