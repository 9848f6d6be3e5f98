#include "domain/may.h"

#include "texts/keys.h"

namespace huiyin {
namespace {

bool holds(When when, const Bond& bond) {
  switch (when) {
    case When::always: return true;
    case When::holds_secret: return bond.holds_secret;
    case When::in_unit: return bond.in_unit;
    case When::own: return bond.is_own;
  }
  return false;
}

Message reason(When when) {
  switch (when) {
    case When::always: return {key::may_not_role};
    case When::holds_secret: return {key::may_not_without_secret};
    case When::in_unit: return {key::may_not_other_unit};
    case When::own: return {key::may_not_other_person};
  }
  return {key::may_not_role};
}

}  // namespace

Result<Role> may(const Actor& actor, std::string_view act, const Bond& bond, std::span<const Right> table) {
  Message why{key::may_not_role};
  for (const auto& right : table) {
    if (right.act != act || !actor.is(right.role)) continue;
    if (holds(right.when, bond)) return right.role;
    why = reason(right.when);
  }
  if (!actor.user && !actor.holds && !actor.is(Role::system)) return Error{Code::unauthenticated, {key::may_not_unknown}};
  return Error{Code::forbidden, std::move(why)};
}

Visible visible(const Actor& actor, std::span<const Right> table) {
  Visible out;
  for (const auto& right : table) {
    if (right.act != "read" || !actor.is(right.role)) continue;
    if (right.when == When::always) out.all = true;
    if (right.when == When::in_unit) out.unit = actor.unit;
  }
  return out;
}

}  // namespace huiyin
