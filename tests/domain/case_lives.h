// Lives at random: anybody does anything at any time, sensible or not, from months before the last known holiday to a year after
// it. One seed, one life. For the tests of the domain, for those that live over a store, and for the bench.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "domain/case_faults.h"
#include "domain/fixtures.h"
#include "texts/keys.h"

namespace huiyin::cases::lives {

constexpr RecordId record{5};
constexpr std::uint32_t seldom = 20;
inline const CategoryCode sealed_matter{"sealed"};

// A limit of one category's own: 24 hours for the pipes, of which 12 more may be given.
inline const RuleCode finish_pipes{"finish-pipes"};
inline rules::Limit finish_pipes_limit() {
  return {.code = finish_pipes,
          .rule = rules::finish_limit,
          .categories = {fixtures::pipes},
          .name = {"办结（管网）", "Completion (pipes)"},
          .starts_at = rules::StartsAt::accepted,
          .terms = {rules::Count::hours, 24},
          .article = {"本包设定", "set by this pack"},
          .source = {"管网不能等", "Pipes cannot wait"},
          .extension = rules::Extension{12, {"经批准", "with approval"}},
          .stopped_by = {fixtures::hearing},
          .remind_before = 4};
}

// The town with everything that a pack can ask for.
inline rules::Pack full_pack() {
  auto pack = fixtures::town_pack();
  pack.categories.push_back({sealed_matter, {}, {"举报", "Accusation"}, {}, {}, rules::Publication::sealed});
  pack.units.push_back({{"assembly"}, {}, {"人大", "Assembly"}});
  for (auto& limit : pack.limits) {
    if (limit.code == rules::finish_limit || limit.code == rules::urgent_limit) limit.stopped_by = {fixtures::hearing};
    if (limit.code == rules::finish_limit) limit.terms.ends_on_workday = true;  // so that it can be provisional
    limit.remind_before = limit.code == rules::urgent_limit ? 1 : 3;
  }
  pack.limits.push_back(finish_pipes_limit());
  pack.limits.push_back({.code = {"finish-potholes"},
                         .rule = rules::finish_limit,
                         .categories = {fixtures::potholes},
                         .name = {"答复", "Answer"},
                         .starts_at = rules::StartsAt::received,
                         .terms = {rules::Count::working_days, 20},
                         .article = {"", ""},
                         .source = {"", ""},
                         .extension = rules::Extension{20, {"", ""}},
                         .stopped_by = {fixtures::hearing}});
  // Long to ask and short to send, or else hardly a life would come to it.
  fixtures::let_correct(pack, {fixtures::potholes, fixtures::pipes, fixtures::land});
  for (auto& limit : pack.limits) {
    if (limit.rule == rules::ask_correction_limit) limit.terms.amount = 60;
    if (limit.rule == rules::correction_limit) limit.terms = {rules::Count::hours, 2};
  }
  return pack;
}
// The same a year later, when the holidays of 2027 are known.
inline rules::Pack later_pack() {
  auto pack = full_pack();
  pack.calendar.special.push_back({fixtures::day("2027-01-01"), fixtures::day("2027-01-03"), false, {"元旦", "New Year's Day"}});
  pack.calendar.special.push_back({fixtures::day("2027-02-05"), fixtures::day("2027-02-13"), false, {"春节", "Spring Festival"}});
  pack.calendar.known_until = fixtures::day("2027-12-31");
  return pack;
}

inline std::vector<Actor> everybody() {
  using enum Role;
  std::vector<Actor> all{Actor::program(), Actor::anyone(), Actor::holder_of(record), Actor::holder_of({6})};
  std::int64_t number = 0;
  const auto add = [&](std::vector<Role> roles, std::optional<UnitCode> unit) {
    all.push_back({std::move(roles), UserId{++number}, std::move(unit), {}});
  };
  for (int i = 0; i < 2; ++i) add({dispatcher}, {});
  for (const auto& unit : {fixtures::roads, fixtures::road_team, fixtures::water, fixtures::council, UnitCode{"assembly"}}) {
    for (int i = 0; i < 2; ++i) add({officer}, unit);
    add({leader}, unit);
  }
  add({signer}, fixtures::roads);
  add({supervisor}, {});
  add({steward}, {});
  add({dispatcher, officer}, fixtures::water);
  add({officer, leader, signer}, fixtures::road_team);
  // Two who moved: who dealt with a case here may meet it again there.
  for (const auto& unit : {fixtures::roads, fixtures::water}) {
    const auto moved = std::ranges::find_if(all, [&](const auto& one) { return one.unit == unit && one.is(officer); })->user;
    all.push_back({{officer}, moved, fixtures::council, {}});
  }
  return all;
}

struct Town {
  rules::Pack pack = full_pack(), later = later_pack();
  fixtures::FixedZone zone{};
  std::vector<Actor> people = everybody();
};

// Draws what a life is made of.
class Chance {
 public:
  Chance(std::uint64_t seed, const Town& town) : random_(seed), town_(town) {}

  bool one_in(std::uint32_t sides) { return random_.below(sides) == 0; }
  std::uint32_t below(std::uint32_t bound) { return random_.below(bound); }
  template <class List>
  const auto& pick(const List& list) {
    return list[random_.below(static_cast<std::uint32_t>(std::size(list)))];
  }
  const Actor& person() { return pick(town_.people); }
  // From no time at all to months.
  std::chrono::milliseconds wait() {
    constexpr std::uint32_t minute = 60'000, hour = 60 * minute, day = 24 * hour;
    switch (random_.below(10)) {
      case 0: return std::chrono::milliseconds(0);
      case 1: return std::chrono::milliseconds(random_.below(3'000));
      case 2:
      case 3: return std::chrono::milliseconds(random_.below(hour));
      case 4:
      case 5: return std::chrono::milliseconds(random_.below(day));
      case 6:
      case 7: return std::chrono::milliseconds(random_.below(7 * day));
      case 8: return std::chrono::milliseconds(random_.below(25 * day));
      default: return std::chrono::hours(24 * random_.below(100));
    }
  }
  Instant beginning() { return fixtures::at("2025-01-01T00:00:00Z") + std::chrono::hours(random_.below(24 * 700)); }

  // Filled in at random: mostly so that it could be right. `proposed` is what a ruling is about.
  Command command(std::size_t index, const State& state, Instant now, const std::optional<Proposed>& proposed) {
    return make(std::make_index_sequence<std::variant_size_v<Command>>{}, index, state, now, proposed);
  }

 private:
  using Words = Private<std::string>;
  struct Filling;

  template <std::size_t... Indexes>
  Command make(std::index_sequence<Indexes...>, std::size_t index, const State& state, Instant now,
               const std::optional<Proposed>& proposed) {
    Command command;
    ((Indexes == index ? (void)(command = Command(std::variant_alternative_t<Indexes, Command>{})) : (void)0), ...);
    std::visit([&](auto& one) { fill(one, state, now, proposed); }, command);
    return command;
  }

  Words words() {
    if (one_in(20)) return {};
    if (one_in(40)) return std::string("Call 13912345678");
    return std::string("Because it is so");
  }
  UnitCode unit() {
    static const std::vector<UnitCode> units{fixtures::roads,   fixtures::road_team,  fixtures::water,
                                             fixtures::council, UnitCode{"assembly"}, UnitCode{"nowhere"}};
    return pick(units);
  }
  RoadCode road() { return one_in(10) ? RoadCode{"nowhere"} : fixtures::court; }
  std::optional<CategoryCode> category() {
    static const std::vector<std::optional<CategoryCode>> categories{fixtures::potholes, fixtures::land, fixtures::land,
                                                                     fixtures::pipes,    sealed_matter,  CategoryCode{"nowhere"},
                                                                     std::nullopt};
    return pick(categories);
  }
  OtherCase other_case(const State& state) {
    if (one_in(2)) return {RecordId{77}, Phase::in_work, false, state.category, bars_of(state)};
    return {RecordId{77}, static_cast<Phase>(random_.below(static_cast<std::uint32_t>(Names<Phase>::values.size()))), one_in(8),
            category(), one_in(4) ? std::vector<std::string>{"unit:roads"} : bars_of(state)};
  }
  Colleague colleague() {
    const auto& person = pick(town_.people);
    return {person.user.value_or(UserId{99}), person.unit, person.is(Role::officer)};
  }
  std::optional<Outcome> outcome(const State& state) {
    const bool stated = town_.pack.answer_for(state.category).states_outcome != one_in(20);
    return stated ? std::optional(static_cast<Outcome>(random_.below(3))) : std::nullopt;
  }
  Private<std::vector<PartText>> parts(const State& state) {
    if (one_in(20)) return {};
    std::vector<PartText> out;
    for (const auto& part : town_.pack.answer_for(state.category).parts) out.push_back({part.code, "As it stands"});
    return out;
  }

  void fill(Submit& one, const State&, Instant, const std::optional<Proposed>&) {
    one.reference = "ABC-DEF-GHJ";
    one.secret_hash = "00ff";
    one.category = category();
    one.body = one_in(4) ? Words(std::string("There is a gas leak")) : words();
    if (one_in(8)) one.about = unit();
    if (one_in(8)) one.people = 12;
    if (one_in(8)) one.representatives = std::vector<Contact>(1 + below(6));
  }
  // Whatever has words, a reason, a unit, a road: the same for all.
  template <class One>
  void fill(One& one, const State& state, Instant now, const std::optional<Proposed>& proposed) {
    if constexpr (requires {
                    { one.words } -> std::same_as<Words&>;
                  })
      one.words = words();
    if constexpr (requires {
                    { one.reason } -> std::same_as<Words&>;
                  })
      one.reason = words();
    if constexpr (requires {
                    { one.unit } -> std::same_as<UnitCode&>;
                  })
      one.unit = unit();
    if constexpr (requires {
                    { one.road } -> std::same_as<RoadCode&>;
                  })
      one.road = road();
    if constexpr (requires {
                    { one.parts } -> std::same_as<Private<std::vector<PartText>>&>;
                  })
      one.parts = parts(state);
    if constexpr (requires {
                    { one.outcome } -> std::same_as<std::optional<Outcome>&>;
                  })
      one.outcome = outcome(state);
    special(one, state, now, proposed);
  }
  template <class One>
  void special(One&, const State&, Instant, const std::optional<Proposed>&) {}

  void special(Accept& one, const State&, Instant, const std::optional<Proposed>&) {
    if (one_in(2)) one.category = category();
  }
  void special(Rule& one, const State&, Instant, const std::optional<Proposed>&) {
    one.upheld = one_in(2);
    if (one_in(3)) one.unit = unit();
  }
  void special(Pause& one, const State&, Instant, const std::optional<Proposed>&) {
    one.reason = one_in(20) ? PauseCode{"nowhere"} : one_in(3) ? fixtures::mediation : fixtures::hearing;
  }
  void special(AskExtension& one, const State&, Instant, const std::optional<Proposed>&) {
    one.amount = static_cast<int>(below(32));
  }
  void special(Rate& one, const State&, Instant, const std::optional<Proposed>&) {
    one.solved = one_in(2);
    one.shared = one_in(2);
  }
  void special(Promise& one, const State&, Instant now, const std::optional<Proposed>&) {
    one.until = town_.zone.day_of(now) + static_cast<int>(below(100));
  }
  void special(Fulfil& one, const State&, Instant, const std::optional<Proposed>&) { one.promise = static_cast<int>(below(4)); }
  void special(DecideReview& one, const State&, Instant, const std::optional<Proposed>&) {
    one.outcome = static_cast<ReviewOutcome>(below(3));
  }
  void special(Merge& one, const State& state, Instant, const std::optional<Proposed>&) {
    one.into = one_in(20) ? state.reference : "XYZ-XYZ-XYZ";
    if (!one_in(20)) one.found = other_case(state);
  }
  void special(Split& one, const State&, Instant, const std::optional<Proposed>&) {
    one.parts.resize(1 + below(11));
    for (std::size_t i = 0; i < one.parts.size(); ++i) one.into.push_back("part");
  }
  void special(ProveHandOver& one, const State&, Instant, const std::optional<Proposed>&) { one.taken = one_in(2); }
  void special(RuleProposal& one, const State& state, Instant, const std::optional<Proposed>& proposed) {
    one.approved = !one_in(3);
    one.proposed = proposed;
    if (!one_in(20)) one.found = other_case(state);
  }
  void special(SetAbout& one, const State&, Instant, const std::optional<Proposed>&) {
    if (one_in(2)) one.unit = unit();
    if (one_in(2)) one.found = colleague();
  }
  void special(TakeAnswer& one, const State& state, Instant, const std::optional<Proposed>&) {
    if (!one_in(8)) one.bars = bars_of(state);
    if (!one_in(8)) one.by = colleague().user;
    if (!one_in(8)) one.signed_by = colleague().user;
  }
  void special(ChangeHandler& one, const State&, Instant, const std::optional<Proposed>&) { one.found = colleague(); }
  void special(SetUrgent& one, const State& state, Instant, const std::optional<Proposed>&) { one.urgent = !state.urgent; }

  SeededRandom random_;
  const Town& town_;
};

inline std::size_t index_of(std::string_view name) {
  static const auto names = []<class... Each>(std::type_identity<std::variant<Each...>>) {
    return std::vector<std::string_view>{Each::name...};
  }(std::type_identity<Command>{});
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

class Life {
 public:
  Life(std::uint64_t seed, const Town& town) : town_(town), chance_(seed, town), now_(chance_.beginning()) {}

  // What went wrong, with the events up to it; empty when nothing did.
  std::string live(int steps) {
    for (int i = 0; i < steps && faults_.empty(); ++i) step();
    if (faults_.empty() && replayed() != state_) faults_.emplace_back("its events tell of another state");
    std::string out;
    for (const auto& fault : faults_) out += fault + "; ";
    if (!out.empty()) out += "after" + told();
    return out;
  }
  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] const std::vector<std::pair<Event, Instant>>& story() const { return story_; }

 private:
  [[nodiscard]] const rules::Pack& pack() const {
    static const auto known = fixtures::at("2026-11-15T00:00:00Z");
    return now_ < known ? town_.pack : town_.later;
  }
  [[nodiscard]] Situation by(const Actor& actor) const { return {actor, pack(), town_.zone, now_, now_}; }

  void step() {
    now_ = now_ + chance_.wait();
    if (state_.phase != Phase::none && chance_.one_in(2)) program();
    if (!faults_.empty()) return;
    const auto& actor = somebody();
    check_rights(actor);
    if (state_.phase == Phase::none) return attempt(actor, index_of(Submit::name), {});
    const auto acts = offered(state_, record, actor, by(actor));
    if (chance_.one_in(3)) {
      for (const auto act : acts) check_offer(actor, act);
    }
    const bool tries_anything = chance_.one_in(6) || acts.empty();
    const auto index = tries_anything ? chance_.below(std::variant_size_v<Command>) : index_of(chance_.pick(acts));
    if (!ends_much(index) || chance_.one_in(seldom)) attempt(actor, index, acts);
  }
  // Mostly somebody who can do something.
  const Actor& somebody() {
    for (int tries = 0; tries < 3; ++tries) {
      const auto& actor = chance_.person();
      if (may(actor, "read", bond(state_, record, actor, pack()), Case::rights()).ok()) return actor;
    }
    return chance_.person();
  }
  // Else most lives would end early, or nobody would be left to deal with them.
  static bool ends_much(std::size_t index) {
    static constexpr std::array<std::string_view, 7> names{"withdraw",   "split",     "recuse", "set_about",
                                                           "not_accept", "hand_over", "note"};
    return std::ranges::any_of(names, [&](std::string_view name) { return index == index_of(name); });
  }

  void attempt(const Actor& actor, std::size_t index, const std::vector<std::string_view>& acts) {
    const auto command = chance_.command(index, state_, now_, proposed_);
    const auto tie = bond(state_, record, actor, pack());
    if (!may(actor, act_of(state_, command), tie, Case::rights()).ok()) return;
    const auto name = name_of_alternative(command);
    const auto events = decide(state_, command, by(actor));
    if (!events.ok()) {
      fault(events.error().code == Code::internal, "refused as a fault of ours: ", name);
      return;
    }
    const bool for_screens = name != Submit::name && !actor.is(Role::system);
    fault(for_screens && std::ranges::find(acts, name) == acts.end(), "allowed and not offered: ", name);
    take(actor, *events);
  }

  void take(const Actor& actor, const std::vector<Event>& events) {
    const auto before = state_;
    for (const auto& event : events) {
      state_ = evolve(std::move(state_), event, now_);
      story_.emplace_back(event, now_);
      if (const auto* proposed = std::get_if<Proposed>(&event)) proposed_ = *proposed;
    }
    for (auto& one : faults_of_step(before, events, state_, actor)) faults_.push_back(std::move(one));
    for (auto& one : faults_of(state_, pack())) faults_.push_back(std::move(one));
  }

  // The recount and the watcher, after which nothing is left for them.
  void program() {
    const auto actor = Actor::program();
    for (const Command& command : {Command(Recount{}), Command(Watch{})}) {
      const auto events = decide(state_, command, by(actor));
      fault(!events.ok(), "the program could not ", name_of_alternative(command));
      if (!events.ok()) return;
      take(actor, *events);
      const auto again = decide(state_, command, by(actor));
      fault(!again.ok() || !again->empty(), "not done by doing it: ", name_of_alternative(command));
    }
    const auto next = next_watch(state_);
    fault(next && *next <= now_, "to be watched in the past", "");
  }

  void check_rights(const Actor& actor) {
    const auto tie = bond(state_, record, actor, pack());
    const auto reads = may(actor, "read", tie, Case::rights()).ok();
    const auto listed = visible(actor, pack(), Case::rights()).covers(units_of(state_), bars_of(state_));
    fault(!actor.holds && reads != listed, "listed and read differ", "");
    fault(tie.may_know && !reads, "knows whom it may not read about", "");
    if (!tie.barred) return;
    const auto& act = chance_.pick(Case::rights()).act;
    fault(may(actor, act, tie, Case::rights()).ok(), "closed to them and yet they may ", act);
    fault(!offered(state_, record, actor, by(actor)).empty(), "closed to them and offered to them", "");
  }

  // What is offered is refused for what is written in it and for nothing else. Approving has reasons of its own; declining has
  // none.
  void check_offer(const Actor& actor, std::string_view act) {
    auto command = chance_.command(index_of(act), state_, now_, proposed_);
    if (auto* ruling = std::get_if<RuleProposal>(&command)) ruling->approved = false;
    // Where what is written is answered with a conflict.
    const auto* assign = std::get_if<Assign>(&command);
    if (assign != nullptr && assign->unit == state_.unit) return;
    const auto events = decide(state_, command, by(actor));
    static constexpr std::array alone{key::case_sealed_alone, key::case_merge_other_answer, key::case_merge_other_bars};
    if (!events.ok() && std::ranges::find(alone, events.error().message.key) != alone.end()) return;
    fault(!events.ok() && events.error().code != Code::invalid, "offered and refused: ", act);
  }

  void fault(bool is_one, std::string_view what, std::string_view which) {
    if (is_one) faults_.push_back(std::string(what) + std::string(which));
  }
  [[nodiscard]] State replayed() const {
    State state;
    for (const auto& [event, at] : story_) state = evolve(std::move(state), event, at);
    return state;
  }
  [[nodiscard]] std::string told() const {
    std::string out;
    for (const auto& [event, at] : story_) out += "\n  " + to_rfc3339(at) + " " + std::string(name_of_alternative(event));
    return out;
  }

  const Town& town_;
  Chance chance_;
  Instant now_;
  State state_{};
  std::vector<std::pair<Event, Instant>> story_{};
  std::optional<Proposed> proposed_{};
  Faults faults_{};
};

}  // namespace huiyin::cases::lives
