// A site moves between engines whole, and wherever the move stops, never two databases may be written.
#include "storage/move.h"

#include <gmock/gmock.h>

#include "app/absence_rows.h"
#include "app/case_world.h"
#include "app/fsck.h"
#include "log/checkpoint.h"
#include "log/tree.h"
#include "storage/migrate.h"
#include "storage/moved.h"

namespace huiyin::storage {
namespace {

using What = MoveStage::What;
using app::StoreFailure;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Stopped : std::runtime_error {
  Stopped() : std::runtime_error("stopped") {}
};

const auto go_on = [](const MoveStage&) {};

class MoveTest : public app::CaseWorld, public testing::TestWithParam<std::tuple<Engine, Engine>> {
 protected:
  MoveTest() : CaseWorld(make_store(std::get<0>(GetParam()))), target_(make_database(std::get<1>(GetParam()))) {
    for (auto* town : towns_) {
      const auto view = world_.store->write(town->id);
      town->pack.hash = crypto::sha256("{}");
      view->put_pack(town->pack.hash, "{}");
      const app::RecordRow row{{}, "case", {}, 0, {}, "2026-03", Bytes{0, 1, 0, 255}};
      fill(*view, town == world_.village.get() ? view->put_record(row) : RecordId{1});
      view->commit();
    }
    for (const auto* words : {"one", "two"}) {
      const auto filed = CaseWorld::file(filing(words));
      EXPECT_EQ(act(app::dispatcher, filed->id, 1, cases::Accept{}), "2");
      EXPECT_EQ(act(app::dispatcher, filed->id, 2, cases::Assign{fixtures::roads}), "3");
    }
    world_.stop();  // another program serves from now on
  }

  // Values of all kinds.
  static void fill(app::WriteView& view, RecordId record) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();
    const auto user = view.put_user({{}, "", "名 \"'\n$aa\\", "", "", std::nullopt, true});
    view.put_session({{0, 0, 255}, user, {least}, {most}});
    const auto deputy = view.put_user({{}, "deputy", "", "", "", std::nullopt, false});
    view.rows<app::AbsenceRows>().put({user, deputy, {-1}, {std::numeric_limits<std::int32_t>::max()}, deputy, {least}});
    view.put_idempotency({{0}, {255, 0}, record, {}, {most}});
    view.put_idempotency({{1}, {}, record, Bytes{0, 39, 0}, {least}});
    view.take_lease("", "\\x00", {0}, {most});
    for (std::int64_t i = 0; i < 2 * rows_a_piece; ++i) view.put_import("源 ' \"", std::to_string(i), record);
    view.put_import("", "", record);
  }

  MoveReport move(const std::function<void(const MoveStage&)>& watch = go_on, const std::string& to = "the target") {
    const auto from = world_.store->database().open(), into = target_->open();
    migrate(*into->open_writer());
    return move_site({*world_.store, {*from, "the source"}, {*into, to}, world_.keys, world_.clock, watch},
                     std::vector<const app::Jurisdiction*>(towns_.begin(), towns_.end()));
  }
  std::string refusal(const std::string& to = "the target") {
    try {
      move(go_on, to);
      return "it moved";
    } catch (const StoreFailure& fault) {
      return fault.what();
    }
  }
  std::unique_ptr<SqlStore> target() { return std::make_unique<SqlStore>(target_->open()); }

  // "" when it may be written, else why not.
  static std::string closed(app::Store& store, const app::Jurisdiction& town) {
    try {
      store.write(town.id);
      return "";
    } catch (const StoreFailure& fault) {
      return fault.what();
    }
  }
  std::vector<std::string> faults(app::Store& store) {
    return app::fsck(store, world_.keys, *world_.town, [](auto, auto) {}).faults;
  }
  // What every table but those apart says, in words that both engines have.
  static std::vector<std::string> counts(TestDatabase& database) {
    return database.run(
        "SELECT 'users ' || count(*) || ' ' || count(unit) || ' ' || min(length(name)) FROM staff UNION ALL "
        "SELECT 'sessions ' || count(*) || ' ' || min(created) || ' ' || max(expires) FROM session UNION ALL "
        "SELECT 'absences ' || count(*) || ' ' || min(first_day) || ' ' || max(last_day) || ' ' || min(set_at) FROM staff_absence UNION ALL "
        "SELECT 'sealed ' || count(*) || ' ' || min(length(sealed)) || ' ' || max(length(sealed)) FROM idempotency UNION ALL "
        "SELECT 'events ' || count(*) || ' ' || count(actor) || ' ' || count(words) || ' ' || count(staff_words) FROM event UNION ALL "
        "SELECT 'imports ' || count(*) || ' ' || min(length(source)) FROM import UNION ALL "
        "SELECT 'cases ' || count(*) || ' ' || count(unit) || ' ' || count(due) FROM case_row UNION ALL "
        "SELECT 'counts ' || sum(cases) FROM case_count UNION ALL "
        "SELECT 'entries ' || sum(length(entry)) FROM log_entry UNION ALL SELECT 'tiles ' || sum(length(hashes)) FROM log_tile UNION ALL "
        "SELECT 'leases ' || max(until) || min(holder) FROM lease UNION ALL SELECT 'packs ' || count(*) FROM pack UNION ALL "
        "SELECT 'records ' || sum(length(wrapped_key)) FROM record UNION ALL SELECT slug FROM jurisdiction ORDER BY 1");
  }

  std::unique_ptr<TestDatabase> target_;
  const std::vector<app::Jurisdiction*> towns_{world_.town.get(), world_.village.get()};
};

INSTANTIATE_TEST_SUITE_P(Engines, MoveTest,
                         testing::Combine(testing::Values(Engine::sqlite, Engine::postgres),
                                          testing::Values(Engine::sqlite, Engine::postgres)),
                         [](const auto& row) {
                           return testing::PrintToString(std::get<0>(row.param)) + "To" +
                                  testing::PrintToString(std::get<1>(row.param));
                         });

TEST_P(MoveTest, BringsEverythingAndLeavesTheSourceToBeRead) {
  const auto before = counts(world_.store->database());
  const auto head = world_.store->read(world_.town->id)->head();
  const auto report = move();
  EXPECT_THAT(report.differences.told(), IsEmpty());
  ASSERT_EQ(report.logs.size(), 2U);
  EXPECT_EQ(report.logs[0].slug, "town");
  EXPECT_EQ(report.logs[0].entries, 6U);
  EXPECT_EQ(report.logs[0].signed_entries, 6U);
  EXPECT_EQ(report.logs[0].root, head.root);
  EXPECT_EQ(report.logs[1].entries, 0U);
  EXPECT_GT(report.logs[1].rows, 2U * rows_a_piece);

  const auto moved = target();
  EXPECT_EQ(counts(*target_), before);
  EXPECT_THAT(faults(*moved), IsEmpty());
  const auto view = moved->read(world_.village->id);
  EXPECT_EQ(view->find_idempotency({1})->sealed, (Bytes{0, 39, 0}));
  EXPECT_EQ(view->find_user("")->name, "名 \"'\n$aa\\");
  EXPECT_EQ(view->find_user("")->unit, std::nullopt);
  for (const auto* town : towns_) {
    EXPECT_EQ(closed(*moved, *town), "");
    EXPECT_THAT(closed(*world_.store, *town), HasSubstr("it was moved to the target"));
  }
  EXPECT_THAT(faults(*world_.store), IsEmpty());
  EXPECT_THAT(move().logs, IsEmpty()) << "it is there already";
}

// Each run gets a stage further and is stopped there; the next one takes it up.
TEST_P(MoveTest, GoesOnWhereverItStoppedAndNeverOpensBoth) {
  const std::vector<std::pair<What, std::string_view>> stops{
      {What::pauses, ""}, {What::empties, ""}, {What::copies, "pack"},   {What::copies, "case_count"}, {What::compares, "record"},
      {What::proves, ""}, {What::closes, ""},  {What::opens, ""},        {What::pauses, ""},           {What::compares, "pack"},
      {What::opens, ""},  {What::goes_on, ""}, {What::copies, "import"},
  };
  const auto before = counts(world_.store->database());
  for (const auto& [what, table] : stops) {
    EXPECT_THROW(move([&](const MoveStage& stage) {
                   if (stage.what == what && (table.empty() || stage.table == table)) throw Stopped();
                 }),
                 Stopped);
    const auto moved = target();
    for (const auto* town : towns_) {
      const auto here = closed(*world_.store, *town), there = closed(*moved, *town);
      EXPECT_FALSE(here.empty() && there.empty()) << town->slug << " may be written twice";
      EXPECT_EQ(world_.store->read(town->id)->find_user("")->roles, "") << "reading goes on";
    }
  }
  EXPECT_EQ(closed(*target(), *world_.town), "");
  EXPECT_THAT(closed(*target(), *world_.village), HasSubstr("a move from the source did not finish"));
  EXPECT_THAT(move().logs, testing::SizeIs(1)) << "the village alone was left";
  EXPECT_EQ(counts(*target_), before);
  for (const auto* town : towns_) EXPECT_EQ(closed(*target(), *town), "");
}

struct Planted {
  const char* change;
  const char* named;
};

TEST_P(MoveTest, NamesEachDifferenceAndOpensNothing) {
  for (const auto& [change, named] : std::vector<Planted>{
           {"UPDATE staff SET name = 'x' WHERE jurisdiction = 1 AND staff = 1", "staff (staff 1): name differs"},
           {"UPDATE staff SET unit = '' WHERE jurisdiction = 1 AND staff = 2", "staff (staff 2): unit differs"},
           {"UPDATE session SET expires = expires - 1 WHERE jurisdiction = 1", "): expires differs"},
           {"DELETE FROM import WHERE jurisdiction = 1 AND external_id = '7'", "external_id '7'): is missing in the target"},
           {"INSERT INTO import (jurisdiction, source, external_id, record) VALUES (1, 'z', 'z', 1)",
            "import (source 'z', external_id 'z'): is in the target alone"},
           {"UPDATE record SET wrapped_key = tag WHERE jurisdiction = 1 AND record = 1",
            "record (record 1): wrapped_key differs"},
           {"UPDATE log_entry SET entry = entry || ' ' WHERE jurisdiction = 1 AND log_index = 3",
            "log: its entries do not lead to"},
           {"UPDATE log_head SET size = 5 WHERE jurisdiction = 1", "log: 6 entries are there, but its head says 5"},
       }) {
    bool planted = false;
    const auto report = move([&](const MoveStage& stage) {
      if (stage.what != What::copies || stage.table != "case_count" || std::exchange(planted, true)) return;
      EXPECT_GT(target_->change(change), 0) << "it changed nothing";
    });
    EXPECT_THAT(report.differences.told(), Contains(HasSubstr(named))) << change;
    EXPECT_THAT(report.logs, testing::SizeIs(1)) << "it went on after a difference";
    EXPECT_THAT(closed(*target(), *world_.town), HasSubstr("did not finish"));
    EXPECT_EQ(closed(*world_.store, *world_.town), "") << "it goes on where it was";
  }
  EXPECT_EQ(move().differences.found(), 0U);
}

TEST_P(MoveTest, IsHeldAgainstWhatWasSigned) {
  const auto signed_head = world_.keys.last_head(world_.town->id);
  const auto differences = [&] { return move().differences.told(); };
  world_.keys.set_head(world_.town->id, std::nullopt);
  EXPECT_THAT(differences(), ElementsAre("keys: no signed head is kept, but the log is not empty"));
  world_.keys.set_head(world_.town->id, "no note");
  EXPECT_THAT(differences(), Contains("keys: a kept head is not signed by this log's key"));
  const auto sign = [&](std::uint64_t size, const log::Hash& root) {
    const auto text = log::checkpoint_text({world_.town->origin, size, root});
    world_.keys.set_head(world_.town->id, world_.town->signer.sign(text));
  };
  sign(7, {});
  EXPECT_THAT(differences(), ElementsAre("log: a head over 7 entries was signed, but the database has 6"));
  sign(6, {});
  EXPECT_THAT(differences(), ElementsAre("log: its first 6 entries do not lead to the head that was signed over them"));
  sign(2, {});
  EXPECT_THAT(differences(), ElementsAre("log: its first 2 entries do not lead to the head that was signed over them"));
  world_.keys.set_head(world_.town->id, signed_head);
  EXPECT_THAT(differences(), IsEmpty());
}

// A server that ended between a commit and its signature.
TEST_P(MoveTest, TakesEntriesThatWereNotSignedYetAndSaysHowManyWereSigned) {
  log::Tree tree;
  for (const auto& entry : world_.store->read(world_.town->id)->list_entries(0, 4)) tree.append(log::leaf_hash(as_bytes(entry)));
  world_.keys.set_head(world_.town->id, world_.town->signer.sign(log::checkpoint_text({world_.town->origin, 4, tree.root()})));
  const auto report = move();
  EXPECT_EQ(report.differences.found(), 0U);
  EXPECT_EQ(report.logs.at(0).signed_entries, 4U);
  EXPECT_EQ(report.logs.at(0).entries, 6U);
}

TEST_P(MoveTest, RefusesATargetThatHoldsSomethingElseAndChangesNothing) {
  {
    const auto other = target();
    const auto id = other->put_jurisdiction({{}, "other", "elsewhere", {}, {}});
    EXPECT_THAT(refusal(), HasSubstr("the target holds a jurisdiction already (town)"));
    const auto view = other->write(id);
    view->close_log("yet another");
    view->commit();
  }
  EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("it was moved to yet another"), HasSubstr("aside first")));
  target_->run("UPDATE log_head SET moved_to = '" + unfinished_mark("another source") + "'");
  EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("a move from another source did not finish"), HasSubstr("aside first")));
  target_->run("DELETE FROM log_head; UPDATE jurisdiction SET jurisdiction = 9");
  EXPECT_THAT(refusal(), HasSubstr("the target holds a jurisdiction already (other)"));
  EXPECT_EQ(target_->run("SELECT slug FROM jurisdiction"), std::vector<std::string>{"other"});
  target_->run("DELETE FROM jurisdiction; CREATE TABLE stranger (x integer)");
  EXPECT_THAT(refusal(), HasSubstr("the target has a table stranger that this program does not know"));
  target_->run("DROP TABLE stranger; ALTER TABLE pack ADD COLUMN more TEXT");
  EXPECT_THAT(refusal(), HasSubstr("the table pack has other columns in the target"));
  for (const auto* town : towns_) EXPECT_EQ(closed(*world_.store, *town), "");
}

TEST_P(MoveTest, RefusesASourceThatWasMovedElsewhere) {
  move();
  EXPECT_THAT(refusal("a third"), HasSubstr("it was moved to the target"));
}

// What a target lost that was never opened comes again from the source, which nobody writes any more.
TEST_P(MoveTest, BringsEverythingAgainWhenTheTargetWasTakenAwayBeforeItWasOpened) {
  EXPECT_THROW(move([&](const MoveStage& stage) {
                 if (stage.what == What::opens) throw Stopped();
               }),
               Stopped);
  target_ = make_database(std::get<1>(GetParam()));
  EXPECT_EQ(move().differences.found(), 0U);
  EXPECT_THAT(faults(*target()), IsEmpty());
  EXPECT_EQ(closed(*target(), *world_.town), "");
  EXPECT_THAT(closed(*world_.store, *world_.town), HasSubstr("it was moved to the target"));
}

// A database with several programs at work: a file has one, which is this one.
class MoveFromPostgres : public MoveTest {};

INSTANTIATE_TEST_SUITE_P(Engines, MoveFromPostgres,
                         testing::Combine(testing::Values(Engine::postgres), testing::Values(Engine::sqlite, Engine::postgres)),
                         [](const auto& row) { return "To" + testing::PrintToString(std::get<1>(row.param)); });

// Other nodes on the same server wait for the row that is locked.
TEST_P(MoveFromPostgres, HoldsTheSourcesHeadFromTheFirstRowToTheEnd) {
  auto& source = world_.store->database();
  const auto lock = "SELECT 1 FROM log_head WHERE jurisdiction = 1 FOR UPDATE NOWAIT";
  int held = 0;
  move([&](const MoveStage& stage) {
    if (stage.jurisdiction.slug != "town" || stage.what == What::pauses || stage.what == What::opens ||
        stage.what == What::goes_on)
      return;
    EXPECT_THROW(source.run(lock), std::runtime_error);
    ++held;
  });
  EXPECT_GT(held, 20);
  EXPECT_NO_THROW(source.run(lock));
}

// Whoever is not heard of any more loses the lock, and then the other nodes write: this move must come to nothing.
TEST_P(MoveFromPostgres, OpensNothingWhenItLostTheLock) {
  auto& source = world_.store->database();
  EXPECT_THROW(move([&](const MoveStage& stage) {
                 if (stage.what != What::proves) return;
                 source.run(
                     "SELECT pg_terminate_backend(pid, 20000) FROM pg_locks WHERE mode = 'RowShareLock' AND relation = "
                     "'log_head'::regclass");
               }),
               StoreFailure);
  EXPECT_EQ(closed(*world_.store, *world_.town), "");
  EXPECT_THAT(closed(*target(), *world_.town), HasSubstr("did not finish"));
  EXPECT_EQ(move().differences.found(), 0U);
}

}  // namespace
}  // namespace huiyin::storage
