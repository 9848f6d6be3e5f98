// A case lived through in a test, command by command, as the Committer would: decide, then evolve. And decisions written as text.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "domain/case/case.h"
#include "domain/fixtures.h"

namespace huiyin::cases {

// "rated,returned", or "invalid invalid_fields category", or "conflict case_wrong_phase".
inline std::string told(const Result<std::vector<Event>>& result) {
  std::string text;
  if (result.ok()) {
    for (const auto& event : *result) text += (text.empty() ? "" : ",") + std::string(name_of_alternative(event));
    return text;
  }
  text = std::string(huiyin::name_of(result.error().code)) + " " + std::string(result.error().message.key.name);
  for (const auto& field : result.error().fields) text += " " + field.field;
  return text;
}

inline Submit filing() {
  Submit submit;
  submit.reference = "ABC-DEF-GHJ";
  submit.secret_hash = "00ff";
  submit.category = fixtures::potholes;
  submit.body = std::string("A hole in the road");
  return submit;
}

inline const Rate unsolved{.contacted = true,
                           .solved = false,
                           .satisfaction = Satisfaction::not_satisfied,
                           .words = {},
                           .shared = false};
inline const Rate solved{.contacted = true, .solved = true, .satisfaction = Satisfaction::satisfied, .words = {}, .shared = true};

struct Life {
  rules::Pack pack = fixtures::town_pack();
  fixtures::FixedZone zone{};
  Actor actor = Actor::program();
  State state{};

  [[nodiscard]] Result<std::vector<Event>> would(const Command& command, Instant at) const {
    return decide(state, command, {actor, pack, zone, at, at});
  }
  std::vector<Event> take(const Command& command, std::string_view when) { return take(command, fixtures::at(when)); }
  std::vector<Event> take(const Command& command, Instant at) {
    auto events = would(command, at);
    EXPECT_TRUE(events.ok()) << told(events);
    if (!events.ok()) return {};
    for (const auto& event : *events) state = evolve(std::move(state), event, at);
    return *events;
  }
  // Lives up to that phase, all within the first hours of 2026-03-01 (local time).
  static Life up_to(Phase phase) {
    Life life;
    const std::vector<std::pair<Phase, Command>> way{{Phase::received, filing()},
                                                     {Phase::accepted, Accept{}},
                                                     {Phase::assigned, Assign{fixtures::roads}},
                                                     {Phase::in_work, Start{}},
                                                     {Phase::answered, Answer{std::string("It was filled")}},
                                                     {Phase::rated, solved},
                                                     {Phase::closed, Close{}}};
    auto at = fixtures::at("2026-03-01T09:00:00+08:00");
    if (phase == Phase::not_accepted) {
      life.take(filing(), at);
      life.take(NotAccept{fixtures::court, std::string("A matter for a court")}, at);
      return life;
    }
    if (phase == Phase::withdrawn) {
      life.take(filing(), at);
      life.take(Withdraw{}, at);
      return life;
    }
    for (const auto& [reached, command] : way) {
      if (life.state.phase == phase) break;
      life.take(command, at);
      EXPECT_EQ(life.state.phase, reached);
      at = at + std::chrono::minutes(10);
    }
    return life;
  }
};

// For the printing of a failing test.
inline void PrintTo(Phase phase, std::ostream* out) { *out << name_of(phase); }

}  // namespace huiyin::cases
