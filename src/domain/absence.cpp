#include "domain/absence.h"

#include "texts/keys.h"

namespace huiyin {
namespace {

// Setting an absence is the person's own affair; of somebody who fell ill it is the leader's, and in the end the steward's.
constexpr std::array<Right, 14> rights{{
    {"set_absence", Role::dispatcher, When::own},
    {"set_absence", Role::officer, When::own},
    {"set_absence", Role::leader, When::in_unit},
    {"set_absence", Role::leader, When::own},
    {"set_absence", Role::signer, When::own},
    {"set_absence", Role::supervisor, When::own},
    {"set_absence", Role::steward, When::always},
    {"read_absence", Role::dispatcher, When::own},
    {"read_absence", Role::officer, When::own},
    {"read_absence", Role::leader, When::in_unit},
    {"read_absence", Role::leader, When::own},
    {"read_absence", Role::signer, When::own},
    {"read_absence", Role::supervisor, When::own},
    {"read_absence", Role::steward, When::always},
}};

bool is_lent(Role role) { return role != Role::steward; }

std::optional<FieldError> fault_of_deputy(const AbsenceAsked& asked, Day today) {
  const auto& [absent, deputy, first, last, set_by, away] = asked;
  const auto wrong = [&](Message expected) { return FieldError{"deputy", deputy.login, std::move(expected)}; };
  if (deputy.id == absent.id) return wrong({key::expected_deputy_other});
  if (!can_stand_in(deputy, absent)) return wrong({key::expected_deputy_colleague});
  // Or a deputy could lengthen the own deputyship, and anybody take up the roles of whoever is said to be ill.
  if (set_by == deputy.id) return wrong({key::expected_deputy_not_setter});
  if (away && away->meets(std::max(first, today), last)) {
    return wrong(
        {key::expected_deputy_present, {{"name", deputy.name}, {"first", to_iso(away->first)}, {"last", to_iso(away->last)}}});
  }
  return std::nullopt;
}

std::optional<FieldError> fault_of_days(const AbsenceAsked& asked, Day today) {
  const auto& [absent, deputy, first, last, set_by, away] = asked;
  const auto wrong = [&](Message expected) { return FieldError{"last_day", to_iso(last), std::move(expected)}; };
  if (last < first) return wrong({key::expected_day_from, {{"day", to_iso(first)}}});
  if (last < today) return wrong({key::expected_day_from, {{"day", to_iso(today)}}});
  if (last - first >= absence_days_max) {
    return wrong(
        {key::expected_day_until, {{"day", to_iso(first + (absence_days_max - 1))}, {"days", std::to_string(absence_days_max)}}});
  }
  return std::nullopt;
}

}  // namespace

std::span<const Right> absence_rights() { return rights; }

bool can_stand_in(const Member& deputy, const Member& absent) {
  if (deputy.id == absent.id || deputy.disabled || absent.disabled) return false;
  if (absent.unit) return deputy.unit == absent.unit;
  return std::ranges::any_of(absent.roles, [&](Role role) { return deputy.is(role); });
}

std::vector<FieldError> faults_of(const AbsenceAsked& asked, Day today) {
  std::vector<FieldError> wrong;
  if (auto fault = fault_of_deputy(asked, today)) wrong.push_back(*std::move(fault));
  if (auto fault = fault_of_days(asked, today)) wrong.push_back(*std::move(fault));
  return wrong;
}

Actor actor_of(const Member& member, std::span<const Member> absent) {
  Actor actor{member.roles, member.id, member.unit};
  for (const auto& one : absent) {
    if (!can_stand_in(member, one)) continue;
    actor.deputises.push_back(one.id);
    for (const auto role : one.roles) {
      if (is_lent(role) && !actor.is(role)) actor.roles.push_back(role);
    }
  }
  return actor;
}

}  // namespace huiyin
