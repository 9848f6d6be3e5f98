// The one shape of a record type: what the Committer, the codec and the router ask of it. To know one is to know all.
#pragma once

#include <concepts>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "domain/may.h"
#include "domain/situation.h"

namespace huiyin {

// The clear half of a log entry: where in the two trees a record stands, null while unknown.
struct Standpoint {
  std::optional<CategoryCode> category;
  std::optional<UnitCode> unit;
  bool sealed = false;  // nothing of it in clear: its entries are all digests
};

// T names the types; the functions are found beside them:
//   struct Type { using State, Command, Event; static constexpr std::string_view name; };
//   decide(State, Command, Situation) -> Result<vector<Event>>   pure; refuses with invalid, conflict or forbidden
//   evolve(State, Event, at) -> State                            pure, total: whatever decide let through
//   bond(State, RecordId, Actor, Pack) -> Bond; Type::rights() -> rows for may
//   act_of(State, Command) -> the act that may() is asked for: the command's name, or a finer one
//   standpoint(State) -> Standpoint
// Every alternative of Command and Event has `static constexpr std::string_view name` and a static `describe(self, fields)`.
template <class T>
concept RecordType = requires(const typename T::State& state, const typename T::Command& command, const typename T::Event& event,
                              const Situation& situation, const Actor& actor, const rules::Pack& pack, RecordId id, Instant at) {
  { T::name } -> std::convertible_to<std::string_view>;
  { decide(state, command, situation) } -> std::same_as<Result<std::vector<typename T::Event>>>;
  { evolve(state, event, at) } -> std::same_as<typename T::State>;
  { bond(state, id, actor, pack) } -> std::same_as<Bond>;
  { act_of(state, command) } -> std::same_as<std::string_view>;
  { T::rights() } -> std::same_as<std::span<const Right>>;
  { standpoint(state) } -> std::same_as<Standpoint>;
};

template <class Variant>
std::string_view name_of_alternative(const Variant& alternative) {
  return std::visit([](const auto& one) { return std::string_view(std::remove_cvref_t<decltype(one)>::name); }, alternative);
}

}  // namespace huiyin
