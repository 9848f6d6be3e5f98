// may: one pure, table-driven answer to "may this actor do this act on this record?". Each record type gives its rows (rights());
// nothing outside the table is allowed. Lists ask the same table through visible().
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "domain/actor.h"
#include "domain/rules/pack.h"

namespace huiyin {

// What ties an actor to one record.
struct Bond {
  bool holds_secret = false;
  bool in_unit = false;  // the actor's unit is the one in charge
  bool in_support = false;  // it supports
  bool in_review = false;  // it decides the review that is under way
  bool may_know = false;  // the identity was opened to this person
  bool is_own = false;  // it is about the actor in person: their own account
  bool barred = false;  // the record is about this person or their unit, or they have an interest in it: no row fits
};

enum class When : std::uint8_t { always, holds_secret, in_unit, in_support, in_review, may_know, own };

template <>
struct Names<When> {
  static constexpr std::array<std::string_view, 7> values{"always",    "holds_secret", "in_unit", "in_support",
                                                          "in_review", "may_know",     "own"};
};

struct Right {
  std::string_view act;  // "accept", "read", "read_identity"
  Role role;
  When when;
};

// The role the act is done in (the first row of the table that fits), or why not: `unauthenticated` when the actor brings nothing
// that could fit, `forbidden` with the reason otherwise.
Result<Role> may(const Actor& actor, std::string_view act, const Bond& bond, std::span<const Right> table);

// Whom a record is closed to, written as a read table keeps it: "unit:roads" (and every unit below it), "user:7".
std::string bar_of(const UnitCode& unit);
std::string bar_of(UserId user);
// Those that close records to this actor: by their unit, by each unit above it, by their person.
std::vector<std::string> bars_of(const Actor& actor, const rules::Pack& pack);

// The units that a record is with, by what they do there.
struct UnitsOf {
  std::optional<UnitCode> lead{};
  std::vector<UnitCode> supports{};
  std::optional<UnitCode> review{};
  friend bool operator==(const UnitsOf&, const UnitsOf&) = default;
};

// Which records of a type a staff member finds in lists: the same rows for "read", turned into a filter that a store can apply.
struct Visible {
  bool all = false;
  std::optional<UnitCode> unit{};  // besides: those this unit is in charge of, or as the next two say
  bool supports = false, reviews = false;
  std::vector<std::string> bars{};  // never those that are closed to one of these
  [[nodiscard]] bool nothing() const { return !all && !unit; }
  [[nodiscard]] bool covers(const UnitsOf& units, std::span<const std::string> barred) const;
};
Visible visible(const Actor& actor, const rules::Pack& pack, std::span<const Right> table);

}  // namespace huiyin
