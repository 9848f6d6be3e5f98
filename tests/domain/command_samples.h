// One of each command, as the variant has them: a new one fails to compile nowhere and is tried everywhere.
#pragma once

#include <vector>

#include "domain/case/case.h"

namespace huiyin::cases {

inline std::vector<Command> one_of_each_command() {
  return []<class... Each>(std::type_identity<std::variant<Each...>>) {
    return std::vector<Command>{Command(Each{})...};
  }(std::type_identity<Command>{});
}

}  // namespace huiyin::cases
