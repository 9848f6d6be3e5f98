// Another pack in force: an operator's act. What a jurisdiction goes by changes at once for whoever starts after it; a server
// that runs goes on with the pack it started with. Every entry of the log names its pack by its hash, and no pack is ever taken
// away.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/committer.h"
#include "app/pack_diff.h"

namespace huiyin::app {

inline constexpr std::size_t stranded_shown_max = 5;

// Open cases that stand where the new pack has nothing.
template <class Code>
struct Stranded {
  Code code;
  std::uint64_t cases = 0;
  std::vector<std::string> references;  // of the first of them
};
struct StrandedCases {
  std::vector<Stranded<UnitCode>> units;
  std::vector<Stranded<CategoryCode>> categories;
  [[nodiscard]] bool none() const { return units.empty() && categories.empty(); }
};
StrandedCases find_stranded(ReadView& view, const PackDiff& diff);

struct PackChange {
  log::Hash before{};  // what is in force as far as the operator knows
  log::Hash after{};
  std::string json;  // of the pack to come
  PackDiff diff;
};

// Puts the pack and makes it the one in force, in one transaction. `conflict` when another one is in force by now, or when open
// cases stand in what disappears; nothing is written then. Whoever writes at the same time waits or goes first.
void put_in_force(Committer& committer, JurisdictionId jurisdiction, PackChange change, std::function<void(Result<void>)> done);

}  // namespace huiyin::app
