// Who may do what with a case. Nothing outside this table is allowed. A steward has no row: setting up accounts and packs opens
// no content. Only its requester reads the identity: opening it for staff, with a reason that the requester sees, is an act still
// to come.
#include "domain/case/case.h"

namespace huiyin::cases {

std::span<const Right> Case::rights() {
  static constexpr std::array<Right, 39> table{{
      {"submit", Role::requester, When::always},
      {"submit", Role::system, When::always},
      {"read", Role::requester, When::holds_secret},
      {"read", Role::dispatcher, When::always},
      {"read", Role::officer, When::in_unit},
      {"read", Role::system, When::always},
      {"read_identity", Role::requester, When::holds_secret},
      {"read_notes", Role::dispatcher, When::always},
      {"read_notes", Role::officer, When::in_unit},
      {"read_rating", Role::requester, When::holds_secret},
      {"accept", Role::dispatcher, When::always},
      {"accept", Role::system, When::always},
      {"not_accept", Role::dispatcher, When::always},
      {"assign", Role::dispatcher, When::always},
      {"assign", Role::system, When::always},
      {"start", Role::officer, When::in_unit},
      {"start", Role::system, When::always},
      {"note", Role::dispatcher, When::always},
      {"note", Role::officer, When::in_unit},
      {"answer", Role::officer, When::in_unit},
      {"answer", Role::system, When::always},
      {"rate", Role::requester, When::holds_secret},
      {"close", Role::dispatcher, When::always},
      {"close", Role::officer, When::in_unit},
      {"close", Role::system, When::always},
      {"object", Role::officer, When::in_unit},
      {"rule", Role::dispatcher, When::always},
      {"ask", Role::officer, When::in_unit},
      {"reply", Role::requester, When::holds_secret},
      {"withdraw", Role::requester, When::holds_secret},
      {"reopen", Role::requester, When::holds_secret},
      {"pause", Role::officer, When::in_unit},
      {"resume", Role::officer, When::in_unit},
      {"ask_extension", Role::officer, When::in_unit},
      {"rule_extension", Role::leader, When::in_unit},
      {"read", Role::leader, When::in_unit},
      {"read_notes", Role::leader, When::in_unit},
      {"note", Role::leader, When::in_unit},
      {"resume", Role::leader, When::in_unit},
  }};
  return table;
}

Bond bond(const State& state, RecordId id, const Actor& actor) {
  return {.holds_secret = actor.holds == id, .in_unit = actor.unit && state.unit == actor.unit};
}

}  // namespace huiyin::cases
