// Lives at random (domain/case_lives.h) over a store: many cases at once, whatever anybody does with them, the clocks watched and
// mergers settled meanwhile. The read tables are what the events make them, and everybody finds in lists exactly what they may
// read. HUIYIN_SEED=N lives that one alone.
#include "domain/case_lives.h"

#include <cstdlib>
#include <set>

#include "app/case/case_chores.h"
#include "app/case_world.h"
#include "app/desk.h"

namespace huiyin::app {
namespace {

using cases::lives::Chance;
using cases::lives::Town;

constexpr std::size_t towns_tried = 4;
constexpr std::size_t cases_count = 24;
constexpr int rounds = 60;

class LivesOverAStore : public CaseWorld {
 public:
  LivesOverAStore(std::uint64_t seed, const Town& people) : people_(people), chance_(seed, people) {
    world_.town->pack = people.pack;
    chores_.emplace(*world_.committer, world_.clock, "one", std::vector<const Jurisdiction*>{world_.town.get()},
                    case_chores(desk_, world_.keys));
  }
  ~LivesOverAStore() { world_.stop(); }  // the chores' jobs refer to them

  void live() {
    while (cases_.size() < cases_count) {
      if (const auto filed = file(filing("A hole in the road")); filed.ok()) cases_.push_back(filed->id);
    }
    for (int round = 0; round < rounds; ++round) {
      world_.clock.pass(chance_.wait());
      everybody_acts();
      watch();
      ASSERT_NO_FATAL_FAILURE(check_rows()) << "round " << round;
      if (round % 5 == 0) check_lists();
      if (testing::Test::HasFailure()) return;
    }
    check_log();
  }
  [[nodiscard]] const std::set<cases::Phase>& phases() const { return phases_; }  // that any of them was in

 private:
  Loaded<cases::Case> state_of(RecordId id) {
    const auto view = world_.store->read(world_.town->id);
    auto loaded = load<cases::Case>(*view, id);
    return *std::move(loaded);
  }
  // One command on each case, all in few transactions.
  void everybody_acts() {
    std::vector<std::future<Result<std::uint64_t>>> answers;
    const auto now = world_.clock.now();
    for (const auto id : cases_) {
      const auto [row, state] = state_of(id);
      auto actor = chance_.person();
      if (actor.holds) actor = Actor::holder_of(id);
      const auto acts = cases::offered(state, id, actor, {actor, people_.pack, people_.zone, now, now});
      if (acts.empty()) continue;
      const auto act = chance_.pick(acts);
      if (act == cases::Withdraw::name && !chance_.one_in(cases::lives::seldom)) continue;  // often all that its owner can do
      auto command = chance_.command(cases::lives::index_of(act), state, now, std::nullopt);
      if (auto* merge = std::get_if<cases::Merge>(&command)) merge->into = state_of(chance_.pick(cases_)).state.reference;
      answers.push_back(act_later(actor, id, row.version, std::move(command)));
    }
    for (auto& answer : answers) {
      const auto result = answer.get();
      EXPECT_TRUE(result.ok() || result.error().code != Code::internal) << told(result);
    }
    find_new_ones();
  }
  // Letters that were split have made some.
  void find_new_ones() {
    const auto view = world_.store->read(world_.town->id);
    while (view->find_record({cases_.back().number + 1})) cases_.push_back({cases_.back().number + 1});
  }
  void watch() {
    world_.clock.pass(recount_every);
    chores_->round();
    (void)submit(world_, [](Ledger&) { return Result<void>(); }).get();  // behind the chores
  }
  void check_rows() {
    const auto view = world_.store->read(world_.town->id);
    for (const auto id : cases_) {
      const auto loaded = load<cases::Case>(*view, id);
      const auto row = view->rows<CaseRows>().find(id);
      ASSERT_TRUE(loaded && row);
      phases_.insert(loaded->state.phase);
      ASSERT_TRUE(*row == row_of(id, loaded->state)) << "the lists say something else of record " << id.number;
    }
  }
  void check_lists() {
    for (const auto& actor : people_.people) {
      const auto seen = visible(actor, people_.pack, cases::Case::rights());
      if (seen.nothing()) continue;
      std::set<RecordId> readable;
      std::map<cases::Phase, std::uint64_t> counts;
      for (const auto id : cases_) {
        const auto state = state_of(id).state;
        if (!may(actor, "read", cases::bond(state, id, actor, people_.pack), cases::Case::rights()).ok()) continue;
        readable.insert(id);
        ++counts[state.phase];
      }
      const auto view = world_.store->read(world_.town->id);
      std::set<RecordId> listed;
      for (std::optional<RecordId> after;;) {
        const auto rows = view->rows<CaseRows>().list({.visible = seen, .after = after, .count = list_rows_max});
        for (const auto& row : rows) listed.insert(row.id);
        if (rows.size() < list_rows_max) break;
        after = rows.back().id;
      }
      EXPECT_EQ(listed, readable) << "what they find is not what they may read";
      const auto counted = view->rows<CaseRows>().count_by_phase(seen);
      EXPECT_EQ((std::map<cases::Phase, std::uint64_t>(counted.begin(), counted.end())), counts);
    }
  }

  // Whatever they lived through, the log says in clear what it says of all, and as many digests for all events of a kind.
  void check_log() {
    std::map<std::string, std::size_t> digests;
    for (const auto& text : world_.store->read(world_.town->id)->list_entries(0, 1'000'000)) {
      for (const auto* word : {"potholes", "road-team", "Because", "13912345678", "hole in the road", "hearing", "court",
                               "explained", "upheld", "true", "false"})
        EXPECT_EQ(text.find(word), std::string::npos) << word << " in " << text;
      const auto entry = log::parse_entry(text);
      if (!entry) {
        EXPECT_TRUE(log::parse_sealed_entry(text)) << text;
        continue;
      }
      EXPECT_TRUE(from_name<Role>(entry->role)) << entry->role;
      const auto [known, is_new] = digests.try_emplace(entry->kind, entry->fine.size());
      EXPECT_EQ(entry->fine.size(), known->second) << "the number of digests of " << entry->kind << " tells something";
    }
    EXPECT_GT(digests.size(), 10U);
  }

  const Town& people_;
  Chance chance_;
  std::vector<RecordId> cases_;
  std::set<cases::Phase> phases_;
  std::optional<Chores> chores_;
};

TEST(CaseLivesOverAStore, KeepTheListsAndWhoFindsWhatInThemTrue) {
  const Town town;
  const char* only = std::getenv("HUIYIN_SEED");
  const std::uint64_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 1;
  std::set<cases::Phase> seen;
  for (auto seed = first; seed < first + (only != nullptr ? 1 : towns_tried); ++seed) {
    LivesOverAStore lives(seed, town);
    lives.live();
    ASSERT_FALSE(testing::Test::HasFailure()) << "HUIYIN_SEED=" << seed;
    for (const auto phase : lives.phases()) seen.insert(phase);
  }
  EXPECT_GE(seen.size(), 8U) << "lives that go nowhere would find nothing";
}

}  // namespace
}  // namespace huiyin::app
