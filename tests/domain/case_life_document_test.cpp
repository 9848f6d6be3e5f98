// The life of a case, drawn from the code: docs/case-life.md. Every state that differs in what can be done next is reached from
// the filing on by trying everything that anybody may do. HUIYIN_UPDATE=1 writes the document anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <deque>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "domain/case_life.h"

namespace huiyin::cases {
namespace {

const UnitCode assembly{"assembly"};

const std::vector<Actor>& everybody() {
  using namespace people;
  static const Actor assembly_officer{{Role::officer}, UserId{71}, assembly, {}};
  static const Actor council_leader{{Role::leader}, UserId{72}, fixtures::council, {}};
  static const std::vector<Actor> all{
      Actor::holder_of({5}), dispatcher,   other_dispatcher, officer,          mate,           leader,     signer,
      water_officer,         water_leader, reviewer,         assembly_officer, council_leader, supervisor, Actor::program()};
  return all;
}

std::vector<Command> filings() {
  auto nameless = filing();
  nameless.category.reset();
  auto complaint = filing();
  complaint.about = fixtures::council;
  return {filing(), filing_about_land(), nameless, complaint};
}

// Everything that can be done, each in its different outcomes.
std::vector<Command> all_deeds() {
  const std::string words = "Because it is so";
  const std::vector<PartText> parts{{fixtures::claim, words}, {fixtures::basis, words}};
  return {Accept{fixtures::potholes},
          Accept{fixtures::land},
          not_accepting,
          Assign{fixtures::roads},
          Assign{fixtures::water},
          Start{},
          Note{words},
          Answer{words},
          Answer{words, Outcome::explained, parts},
          solved,
          unsolved,
          Close{},
          Object{words},
          Rule{true, {}, words},
          Rule{true, fixtures::water, words},
          Rule{false, {}, words},
          Ask{words},
          AskCorrection{words},
          Reply{words},
          Withdraw{},
          Reopen{words},
          Pause{fixtures::hearing, words},
          Resume{},
          AskExtension{1, words},
          Support{fixtures::water},
          ReleaseSupport{fixtures::water, words},
          Contribute{words},
          Promise{words, fixtures::day("2026-12-01")},
          Fulfil{1, words},
          asking_review,
          AssignReview{fixtures::council},
          AssignReview{assembly},
          DecideReview{ReviewOutcome::upheld, words},
          DecideReview{ReviewOutcome::revised, words},
          DecideReview{ReviewOutcome::set_aside, words},
          merging(),
          SplitBack{words},
          splitting(),
          giving_away,
          taken,
          not_taken,
          ReopenByStaff{words},
          Reveal{words},
          Lapse{words},
          approved,
          declined,
          TakeBack{},
          SetAbout{fixtures::roads, "", {}},
          SetAbout{},
          Recuse{words},
          ChangeHandler{"mate", Colleague{UserId{12}, fixtures::roads, true}},
          SetUrgent{true, words},
          SetUrgent{false, words},
          Watch{},
          Recount{},
          TakeAnswer{fixtures::water, {}, words, {}},
          TakeAnswer{fixtures::roads, {}, words, {}}};
}

// What decides about what can be done next; two states alike in it are tried once.
std::string kind_of(const State& state) {
  std::ostringstream out;
  const auto code = [&](const auto& one) { out << (one ? one->text : "") << ' '; };
  const auto name = [&](const auto& one) { out << (one ? name_of(*one) : "") << ' '; };
  code(state.category);
  code(state.unit);
  code(state.about_unit);
  name(std::optional(state.phase));
  name(state.before);
  name(state.reviewed);
  name(state.proposal ? std::optional(state.proposal->deed) : std::nullopt);
  name(state.review ? std::optional(state.review->level) : std::nullopt);
  code(state.review ? state.review->unit : std::nullopt);
  out << state.handler.has_value() << state.objection_open << state.pause.has_value() << has_open_part(state) << state.final
      << state.correction_open << state.correction_until.has_value();
  return out.str();
}

using Roles = std::set<Role>;
struct Way {
  Phase from{};
  std::string act;
  Phase to{};
  auto operator<=>(const Way&) const = default;
};

class Explorer {
 public:
  Explorer() {
    pack_.units.push_back({assembly, {}, {"人大", "Assembly"}});
    fixtures::let_correct(pack_, {fixtures::potholes});
    Node unborn;
    unborn.state.last_at = fixtures::at("2026-03-01T09:00:00+08:00");
    for (const auto& command : filings()) {
      attempt(unborn, unborn.state.last_at, Actor::anyone(), command);
      for (const auto& actor : everybody()) attempt(unborn, unborn.state.last_at, actor, command);
    }
    while (!waiting_.empty()) {
      const auto node = std::move(waiting_.front());
      waiting_.pop_front();
      explore(node);
    }
  }
  std::map<Way, Roles> ways;

 private:
  struct Node {
    State state;
    std::optional<Proposed> proposed;
  };

  void explore(const Node& node) {
    static const auto commands = all_deeds();
    for (const auto wait : {std::chrono::hours(1), std::chrono::hours(24 * 12)}) {  // in time to object; past the rating days
      for (const auto& actor : everybody()) {
        for (const auto& command : commands) attempt(node, node.state.last_at + wait, actor, command);
      }
    }
  }
  void attempt(const Node& node, Instant at, const Actor& actor, Command command) {
    const auto act = act_of(node.state, command);
    const auto role = may(actor, act, bond(node.state, RecordId{5}, actor, pack_), Case::rights());
    if (!role.ok()) return;
    auto* ruling = std::get_if<RuleProposal>(&command);
    if (ruling != nullptr) ruling->proposed = node.proposed, ruling->found = merging().found;
    const auto events = decide(node.state, command, {actor, pack_, zone_, at, at});
    if (!events.ok() || events->empty()) return;
    auto next = node;
    for (const auto& event : *events) {
      if (const auto* one = std::get_if<Proposed>(&event)) next.proposed = *one;
      next.state = evolve(std::move(next.state), event, at);
    }
    const bool refuses = ruling != nullptr && !ruling->approved;
    ways[{node.state.phase, refuses ? "refuse a proposal" : std::string(act), next.state.phase}].insert(*role);
    if (seen_.insert(kind_of(next.state)).second) waiting_.push_back(std::move(next));
  }

  rules::Pack pack_ = fixtures::town_pack();
  fixtures::FixedZone zone_{};
  std::set<std::string> seen_;
  std::deque<Node> waiting_;
};

template <class List, class Name>
std::string joined(const List& list, Name name) {
  std::string out;
  for (const auto& one : list) out += (out.empty() ? "" : ", ") + std::string(name(one));
  return out;
}
std::string words_of(const Roles& roles) {
  return joined(roles, [](Role role) { return name_of(role); });
}

std::string diagram(const std::map<Way, Roles>& ways) {
  std::map<std::pair<Phase, Phase>, std::vector<std::string>> arrows;
  for (const auto& [way, roles] : ways) {
    if (way.from != way.to) arrows[{way.from, way.to}].push_back(way.act);
  }
  std::string out = "```mermaid\nstateDiagram-v2\n";
  for (const auto& [ends, acts] : arrows) {
    const auto from = ends.first == Phase::none ? "[*]" : std::string(name_of(ends.first));
    out += "  " + from + " --> " + std::string(name_of(ends.second)) + ": " + joined(acts, [](const auto& act) { return act; }) +
           "\n";
  }
  for (std::size_t i = 0; i < Names<Phase>::values.size(); ++i) {
    if (is_over(static_cast<Phase>(i))) out += "  " + std::string(name_of(static_cast<Phase>(i))) + " --> [*]\n";
  }
  return out + "```\n";
}

std::string document() {
  const auto ways = Explorer().ways;
  std::string out =
      "# The life of a case\n\nMade from `src/domain/case/` by a test that tries everything anybody may do in every state it can "
      "reach.\nWho may is [rights.md](rights.md); when, and what it is refused for, stands in the code beside each command.\n\n"
      "## Phases\n\n" +
      diagram(ways) + "\n## What leads from one to another\n\n| from | act | to | who |\n|---|---|---|---|\n";
  std::map<std::string, std::pair<std::vector<Phase>, Roles>> side_ways;
  for (const auto& [way, roles] : ways) {
    if (way.from == way.to) {
      auto& [phases, who] = side_ways[way.act];
      phases.push_back(way.from);
      who.insert(roles.begin(), roles.end());
      continue;
    }
    out += "| " + std::string(way.from == Phase::none ? "-" : name_of(way.from)) + " | " + way.act + " | " +
           std::string(name_of(way.to)) + " | " + words_of(roles) + " |\n";
  }
  out += "\n## What leaves the phase as it is\n\n| act | in | who |\n|---|---|---|\n";
  for (const auto& [act, where] : side_ways) {
    out += "| " + act + " | " + joined(where.first, [](Phase phase) { return name_of(phase); }) + " | " + words_of(where.second) +
           " |\n";
  }
  return out;
}

TEST(CaseLife, IsWhatTheDocumentSays) {
  const std::string path = HUIYIN_SOURCE_DIR "/docs/case-life.md";
  const auto expected = document();
  if (std::getenv("HUIYIN_UPDATE") != nullptr) std::ofstream(path) << expected;
  std::ifstream in(path);
  std::ostringstream written;
  written << in.rdbuf();
  EXPECT_EQ(written.str(), expected) << "run this test with HUIYIN_UPDATE=1 to write docs/case-life.md anew";
}

}  // namespace
}  // namespace huiyin::cases
