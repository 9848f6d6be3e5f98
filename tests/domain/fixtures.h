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
inline const PauseCode hearing{"hearing"}, mediation{"mediation"};
inline const AnswerCode reply{"reply"}, opinion{"opinion"};
inline const PartCode claim{"claim"}, basis{"basis"};
inline const CategoryCode land{"land"};  // answered by a formal opinion
inline const UnitCode council{"council"};  // above all others but itself in no tree
inline constexpr int accept_days = 15, finish_days = 60, rating_days = 10;

inline Day day(std::string_view iso) { return day_from_iso(iso).value(); }

// China's holidays and make-up workdays of 2025 and 2026, as the notices of the State Council have them.
inline rules::Calendar town_calendar() {
  const auto off = [](std::string_view first, std::string_view last, rules::LocalText name) {
    return rules::SpecialDays{day(first), day(last), false, std::move(name)};
  };
  const auto works = [](std::string_view one) {
    return rules::SpecialDays{day(one), day(one), true, {"调休上班", "Make-up workday"}};
  };
  rules::Calendar calendar;
  calendar.known_from = day("2025-01-01");
  calendar.known_until = day("2026-12-31");
  const rules::LocalText new_year{"元旦", "New Year's Day"}, spring{"春节", "Spring Festival"}, qingming{"清明节", "Qingming"},
      labour{"劳动节", "Labour Day"}, dragon{"端午节", "Dragon Boat Festival"}, moon{"中秋节", "Mid-Autumn Festival"},
      national{"国庆节", "National Day"};
  calendar.special = {off("2025-01-01", "2025-01-01", new_year),
                      works("2025-01-26"),
                      off("2025-01-28", "2025-02-04", spring),
                      works("2025-02-08"),
                      off("2025-04-04", "2025-04-06", qingming),
                      works("2025-04-27"),
                      off("2025-05-01", "2025-05-05", labour),
                      off("2025-05-31", "2025-06-02", dragon),
                      works("2025-09-28"),
                      off("2025-10-01", "2025-10-08", national),
                      works("2025-10-11"),
                      off("2026-01-01", "2026-01-03", new_year),
                      works("2026-01-04"),
                      works("2026-02-14"),
                      off("2026-02-15", "2026-02-23", spring),
                      works("2026-02-28"),
                      off("2026-04-04", "2026-04-06", qingming),
                      off("2026-05-01", "2026-05-05", labour),
                      works("2026-05-09"),
                      off("2026-06-19", "2026-06-21", dragon),
                      works("2026-09-20"),
                      off("2026-09-25", "2026-09-27", moon),
                      off("2026-10-01", "2026-10-07", national),
                      works("2026-10-10")};
  return calendar;
}

// The limits of 信访工作条例, and two of the town's own.
inline std::vector<rules::Limit> town_limits() {
  using rules::Count;
  using rules::StartsAt;
  constexpr auto days = Count::calendar_days;
  std::vector<rules::Limit> limits;
  const auto add = [&](const RuleCode& code, rules::LocalText name, StartsAt start, rules::Terms terms, std::string number) {
    rules::LocalText article{"《信访工作条例》第" + number + "条", "Regulations, article " + number};
    limits.push_back({code, code, {}, std::move(name), start, terms, std::move(article), {"", ""}});
    return &limits.back();
  };
  add(rules::accept_limit, {"受理", "Acceptance"}, StartsAt::received, {days, accept_days}, "22");
  add(rules::object_limit, {"异议", "Objection"}, StartsAt::assigned, {Count::working_days, 5}, "23");
  add(rules::finish_limit, {"办结", "Completion"}, StartsAt::accepted, {days, finish_days}, "34")->extension = {30, {"", ""}};
  add(rules::ask_review_limit, {"请求复查", "Asking for a review"}, StartsAt::answered, {days, 30, true}, "35");
  add(rules::review_limit, {"复查", "Review"}, StartsAt::review_asked, {days, 30}, "35");
  add(rules::ask_rereview_limit, {"请求复核", "Asking for a re-review"}, StartsAt::reviewed, {days, 30, true}, "36");
  add(rules::rereview_limit, {"复核", "Re-review"}, StartsAt::rereview_asked, {days, 30}, "36")->stopped_by = {hearing};
  add(rules::reopen_limit, {"重新打开", "Opening again"}, StartsAt::closed, {days, 30, true}, "0");
  add(rules::urgent_limit, {"紧急事项", "Danger to life"}, StartsAt::received, {Count::hours, 2}, "0");
  return limits;
}

// Two units with a team below one, two areas with a leaf below one, all limits that the program keeps, one road.
inline rules::Pack town_pack() {
  rules::Pack pack;
  pack.name = "town";
  pack.title = {"小镇", "Town"};
  pack.zone = "Asia/Shanghai";
  pack.hash = crypto::sha256("town");
  pack.units = {{roads, {}, {"道路", "Roads"}},
                {road_team, roads, {"养路队", "Road team"}},
                {water, {}, {"水务", "Water"}},
                {council, {}, {"政府", "Council"}}};
  pack.categories = {{streets, {}, {"街道", "Streets"}, {}, roads, rules::Publication::facts},
                     {potholes, streets, {"坑洼", "Potholes"}, {}, road_team, rules::Publication::facts},
                     {pipes, {}, {"管网", "Pipes"}, {}, water, rules::Publication::facts},
                     {land, {}, {"土地", "Land"}, {}, roads, rules::Publication::facts, opinion}};
  pack.limits = town_limits();
  pack.pauses = {{hearing, {"听证", "hearing"}, {"", ""}}, {mediation, {"调解", "mediation"}, {"", ""}}};
  pack.calendar = town_calendar();
  pack.roads = {{court, {"法院", "Court"}, {"", ""}, {"", ""}}};
  pack.answers = {{reply, {"答复", "Reply"}, {}, false, false, false, {"", ""}},
                  {opinion,
                   {"信访处理意见书", "Opinion"},
                   {{claim, {"诉求", "Claim"}, {"", ""}}, {basis, {"依据", "Legal basis"}, {"", ""}}},
                   true,
                   true,
                   true,
                   {"", ""}}};
  pack.danger = {{"gas leak", "煤气泄漏"}, {{"119", {"消防", "Fire brigade"}}}};
  pack.representatives_max = 5;
  pack.rating_days = rating_days;
  return pack;
}

// Of these categories a correction may be asked for within 7 working days of the receipt, and has 5 to come in.
inline void let_correct(rules::Pack& pack, const std::vector<CategoryCode>& categories) {
  const auto add = [&](const char* code, const RuleCode& rule, rules::StartsAt start, int amount) {
    pack.limits.push_back({.code = {code},
                           .rule = rule,
                           .categories = categories,
                           .name = {"补正", "Correction"},
                           .starts_at = start,
                           .terms = {rules::Count::working_days, amount},
                           .article = {"《政府信息公开条例》第三十条", "Open information, article 30"},
                           .source = {"", ""}});
  };
  add("ask-correction-own", rules::ask_correction_limit, rules::StartsAt::received, 7);
  add("correction-own", rules::correction_limit, rules::StartsAt::correction_asked, 5);
  pack.pauses.push_back({rules::correction_pause, {"等待补正", "waiting for a correction"}, {"", ""}});
  for (auto& limit : pack.limits) {
    if (limit.rule == rules::finish_limit) limit.stopped_by.push_back(rules::correction_pause);
  }
}

}  // namespace huiyin::fixtures
