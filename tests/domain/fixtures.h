// A small town for the tests: its pack, its time zone (UTC+8, no change of clocks) and a way to write instants.
#pragma once

#include <chrono>
#include <string_view>

#include "base/crypto.h"
#include "base/time.h"
#include "domain/rules/pack.h"
#include "domain/rules/zone.h"

namespace huiyin::fixtures {

class FixedZone final : public rules::Zone {
 public:
  explicit FixedZone(std::chrono::hours offset = std::chrono::hours(8)) : offset_(offset) {}
  [[nodiscard]] Day day_of(Instant at) const override {
    const auto local = (at + std::chrono::milliseconds(offset_)).ms;
    return {static_cast<std::int32_t>((local - (local % day_ms + day_ms) % day_ms) / day_ms)};
  }
  [[nodiscard]] Instant start_of(Day day) const override {
    return Instant{day.number * day_ms} - std::chrono::milliseconds(offset_);
  }

 private:
  static constexpr std::int64_t day_ms = 86'400'000;
  std::chrono::hours offset_;
};

inline Instant at(std::string_view rfc3339) { return instant_from_rfc3339(rfc3339).value(); }

inline const UnitCode roads{"roads"}, road_team{"road-team"}, water{"water"};
inline const CategoryCode streets{"streets"}, potholes{"potholes"}, pipes{"pipes"};
inline const RoadCode court{"court"};
inline constexpr int accept_days = 15, finish_days = 60, rating_days = 10;

// Two units with a team below one, two areas with a leaf below one, the two limits of 信访工作条例, one road.
inline rules::Pack town_pack() {
  rules::Pack pack;
  pack.name = "town";
  pack.title = {"小镇", "Town"};
  pack.zone = "Asia/Shanghai";
  pack.hash = crypto::sha256("town");
  pack.units = {{roads, {}, {"道路", "Roads"}}, {road_team, roads, {"养路队", "Road team"}}, {water, {}, {"水务", "Water"}}};
  pack.categories = {{streets, {}, {"街道", "Streets"}, {}, roads, rules::Publication::facts},
                     {potholes, streets, {"坑洼", "Potholes"}, {}, road_team, rules::Publication::facts},
                     {pipes, {}, {"管网", "Pipes"}, {}, water, rules::Publication::facts}};
  pack.limits = {{{"accept"}, {"受理", "Acceptance"}, rules::StartsAt::received, accept_days, {"", ""}},
                 {{"finish"}, {"办结", "Completion"}, rules::StartsAt::accepted, finish_days, {"", ""}}};
  pack.roads = {{court, {"法院", "Court"}, {"", ""}, {"", ""}}};
  pack.rating_days = rating_days;
  return pack;
}

}  // namespace huiyin::fixtures
