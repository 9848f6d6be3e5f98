#include "domain/may.h"

#include <algorithm>

#include "texts/keys.h"

namespace huiyin {
namespace {

bool holds(When when, const Bond& bond) {
  switch (when) {
    case When::always: return true;
    case When::holds_secret: return bond.holds_secret;
    case When::in_unit: return bond.in_unit;
    case When::in_support: return bond.in_support;
    case When::in_review: return bond.in_review;
    case When::may_know: return bond.may_know;
    case When::own: return bond.is_own;
  }
  return false;
}

Message reason(When when) {
  switch (when) {
    case When::always: return {key::may_not_role};
    case When::holds_secret: return {key::may_not_without_secret};
    case When::in_unit:
    case When::in_support:
    case When::in_review: return {key::may_not_with_others};
    case When::may_know: return {key::may_not_unrevealed};
    case When::own: return {key::may_not_other_person};
  }
  return {key::may_not_role};
}

}  // namespace

Result<Role> may(const Actor& actor, std::string_view act, const Bond& bond, std::span<const Right> table) {
  // In the words for everybody else: whom a case complains of does not learn it from the refusal.
  if (bond.barred) return Error{Code::forbidden, {key::may_not_with_others}};
  Message why{key::may_not_role};
  for (const auto& right : table) {
    if (right.act != act || !actor.is(right.role)) continue;
    if (holds(right.when, bond)) return right.role;
    why = reason(right.when);
  }
  if (!actor.user && !actor.holds && !actor.is(Role::system)) return Error{Code::unauthenticated, {key::may_not_unknown}};
  return Error{Code::forbidden, std::move(why)};
}

std::string bar_of(const UnitCode& unit) { return "unit:" + unit.text; }
std::string bar_of(UserId user) { return "user:" + std::to_string(user.number); }

std::vector<std::string> bars_of(const Actor& actor, const rules::Pack& pack) {
  std::vector<std::string> bars;
  if (actor.user) bars.push_back(bar_of(*actor.user));
  if (actor.unit)
    std::ranges::transform(pack.chain_of(*actor.unit), std::back_inserter(bars), [](const auto& unit) { return bar_of(unit); });
  return bars;
}

bool Visible::covers(const UnitsOf& units, std::span<const std::string> barred) const {
  if (std::ranges::find_first_of(barred, bars) != barred.end()) return false;
  if (all) return true;
  if (!unit) return false;
  return units.lead == unit || (supports && std::ranges::find(units.supports, *unit) != units.supports.end()) ||
         (reviews && units.review == unit);
}

Visible visible(const Actor& actor, const rules::Pack& pack, std::span<const Right> table) {
  Visible out;
  for (const auto& right : table) {
    if (right.act != "read" || !actor.is(right.role)) continue;
    if (right.when == When::always) out.all = true;
    if (right.when == When::in_unit) out.unit = actor.unit;
    if (right.when == When::in_support) out.supports = true;
    if (right.when == When::in_review) out.reviews = true;
  }
  if (!out.unit) out.supports = out.reviews = false;
  if (!out.nothing()) out.bars = bars_of(actor, pack);
  return out;
}

}  // namespace huiyin
