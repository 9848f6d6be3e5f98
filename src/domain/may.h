// may: one pure, table-driven answer to "may this actor do this act on this record?". Each record type gives its rows (rights());
// nothing outside the table is allowed. Lists ask the same table through visible().
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "domain/actor.h"

namespace huiyin {

// What ties an actor to one record.
struct Bond {
  bool holds_secret = false;
  bool in_unit = false;  // the actor's unit is the one in charge
  bool is_own = false;  // it is about the actor in person: their own account
};

enum class When : std::uint8_t { always, holds_secret, in_unit, own };

template <>
struct Names<When> {
  static constexpr std::array<std::string_view, 4> values{"always", "holds_secret", "in_unit", "own"};
};

struct Right {
  std::string_view act;  // "accept", "read", "read_identity"
  Role role;
  When when;
};

// The role the act is done in (the first row of the table that fits), or why not: `unauthenticated` when the actor brings nothing
// that could fit, `forbidden` with the reason otherwise.
Result<Role> may(const Actor& actor, std::string_view act, const Bond& bond, std::span<const Right> table);

// Which records of a type a staff member finds in lists: the same rows for "read", turned into a filter that a store can apply.
struct Visible {
  bool all = false;
  std::optional<UnitCode> unit{};  // besides: those this unit is in charge of
  [[nodiscard]] bool nothing() const { return !all && !unit; }
  [[nodiscard]] bool covers(const std::optional<UnitCode>& in_charge) const { return all || (unit && in_charge == unit); }
};
Visible visible(const Actor& actor, std::span<const Right> table);

}  // namespace huiyin
