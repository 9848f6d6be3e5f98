// Absence (请假代理): from one day to another a member of staff is away, and a colleague, the deputy, acts with their roles
// beside the own ones. Days are those of the jurisdiction's time zone, both included.
//
// Roles are lent, not handed on: the deputy of a deputy gets that one's own roles and no more. What a steward may do is never
// lent: setting up accounts stays with the person. And the deputy stays who they are: what they approve they approve
// as themselves, another person than who proposed it (docs/decisions/0013). Pure functions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "domain/may.h"
#include "domain/member.h"

namespace huiyin {

inline constexpr int absence_days_max = 366;

struct Absence {
  UserId staff;  // who is away; one absence at a time
  UserId deputy;
  Day first, last;  // both included
  UserId set_by;
  Instant set_at;

  [[nodiscard]] bool covers(Day day) const { return first <= day && day <= last; }
  [[nodiscard]] bool meets(Day from, Day until) const { return first <= until && from <= last; }
  friend bool operator==(const Absence&, const Absence&) = default;
};

// Who may set and end an absence ("set_absence"), and see it ("read_absence").
std::span<const Right> absence_rights();

// Of the same unit; for somebody without a unit: of a role that both have. Neither account is disabled.
bool can_stand_in(const Member& deputy, const Member& absent);

struct AbsenceAsked {
  const Member& absent;
  const Member& deputy;
  Day first, last;
  UserId set_by;
  std::optional<Absence> deputy_away{};  // the one the deputy has, whenever it is
};
// Each field that is wrong: deputy, last_day.
std::vector<FieldError> faults_of(const AbsenceAsked& asked, Day today);

// Who acts, with the own roles and those of the ones they can stand in for.
Actor actor_of(const Member& member, std::span<const Member> absent);

}  // namespace huiyin
