#include "pages/role_words.h"

#include "texts/keys.h"

namespace huiyin::pages {

Key word_of(Role role) {
  switch (role) {
    case Role::requester: return key::role_requester;
    case Role::dispatcher: return key::role_dispatcher;
    case Role::officer: return key::role_officer;
    case Role::leader: return key::role_leader;
    case Role::signer: return key::role_signer;
    case Role::supervisor: return key::role_supervisor;
    case Role::steward: return key::role_steward;
    case Role::system: return key::role_system;
  }
  return key::role_system;
}

}  // namespace huiyin::pages
