// fsck finds each kind of tampering that somebody with the database, and without the keys, could try.
#include "app/fsck.h"

#include <gmock/gmock.h>

#include "app/case_world.h"

namespace huiyin::app {
namespace {

struct Tampering {
  const char* what;
  const char* sql;
  const char* found;  // a part of the fault that names it
};

const std::vector<Tampering> tamperings{
    Tampering{"words taken away", "UPDATE event SET words = NULL WHERE record = 1 AND number = 1", "words were taken away"},
    Tampering{"an answer taken away", "UPDATE event SET staff_words = NULL WHERE record = 1 AND number = 5",
              "staff_words were taken away"},
    Tampering{
        "words of another case",
        "UPDATE event SET words = (SELECT words FROM event WHERE record = 2 AND number = 1) WHERE record = 1 AND number = 1",
        "words cannot be opened"},
    Tampering{"another name under an act", "UPDATE event SET actor = 3 WHERE record = 1 AND number = 5",
              "its facts were changed"},
    Tampering{"a handler changed", "UPDATE event SET facts = '{\"handler\":3}' WHERE record = 1 AND number = 4",
              "its facts were changed"},
    Tampering{"a case handed to another secret",
              "UPDATE event SET facts = replace(facts, (SELECT secret_hash FROM case_row WHERE record = 1), (SELECT secret_hash "
              "FROM case_row WHERE record = 2)) WHERE record = 1 AND number = 1; UPDATE case_row SET secret_hash = (SELECT "
              "secret_hash FROM case_row WHERE record = 2) WHERE record = 1",
              "its facts were changed"},
    Tampering{"an unit changed in the facts", "UPDATE event SET facts = replace(facts, 'roads', 'water') WHERE number = 3",
              "its facts were changed"},
    Tampering{"the time of an answer", "UPDATE event SET t = t + 86400000 WHERE record = 2 AND number = 5",
              "does not say what the event says"},
    Tampering{"an event gone", "DELETE FROM event WHERE record = 2 AND number = 5", "has no event"},
    Tampering{"an entry changed", "UPDATE log_entry SET entry = replace(entry, 'officer', 'steward') WHERE log_index = 4",
              "do not lead to its head"},
    Tampering{"an entry gone", "DELETE FROM log_entry WHERE log_index = 4", "log:"},
    Tampering{"a tile changed", "UPDATE log_tile SET hashes = zeroblob(length(hashes)) WHERE level = 0",
              "does not fit its entries"},
    Tampering{"a head changed", "UPDATE log_head SET root = zeroblob(32) WHERE jurisdiction = 1", "do not lead to its head"},
    Tampering{"a list that says otherwise", "UPDATE case_row SET phase = 'closed' WHERE record = 1",
              "the lists say something else"},
    Tampering{"a counter that says otherwise", "UPDATE case_count SET cases = cases + 1 WHERE phase = 'answered'", "counters"},
    Tampering{"a counter of supporting units", "UPDATE case_count SET cases = 0 WHERE part = 'support:council'",
              "support:council"},
    Tampering{"a counter of a unit that has none", "INSERT INTO case_count VALUES (1, 'lead:parks', 'closed', 1)", "lead:parks"},
    Tampering{"a unit that does not find its case", "DELETE FROM case_unit WHERE record = 3 AND part = 'support'",
              "record 3: its units"},
    Tampering{"a unit that finds another's case", "INSERT INTO case_unit VALUES (1, 'parks', 2, 'review', NULL)",
              "record 2: its units"},
    Tampering{"a case opened to whom it is about", "DELETE FROM case_bar WHERE record = 3", "record 3: its units, or whom"},
    Tampering{"a case closed to one more", "INSERT INTO case_bar VALUES (1, 1, 'user:1')", "record 1: its units, or whom"},
    Tampering{"a case gone from the lists", "DELETE FROM case_row WHERE record = 1", "missing in the lists"},
    Tampering{"a pack changed", "UPDATE pack SET json = '{\"rating_days\":1}'", "the pack that its entry names"},
    Tampering{"a record's key changed", "UPDATE record SET wrapped_key = zeroblob(72) WHERE record = 1",
              "its key cannot be opened"}};

void PrintTo(const Tampering& tampering, std::ostream* out) { *out << tampering.what; }

class FsckTest : public CaseWorld, public testing::TestWithParam<std::tuple<storage::Engine, Tampering>> {
 protected:
  FsckTest() : CaseWorld(storage::make_store(std::get<0>(GetParam()))) {
    world_.town->pack.hash = crypto::sha256("{}");
    {
      const auto view = world_.store->write(world_.town->id);
      view->put_pack(world_.town->pack.hash, "{}");
      view->commit();
    }
    for (const auto* words : {"one", "two"}) {
      const auto filed = CaseWorld::file(filing(words));
      EXPECT_EQ(act(dispatcher, filed->id, 1, cases::Accept{}), "2");
      EXPECT_EQ(act(dispatcher, filed->id, 2, cases::Assign{fixtures::roads}), "3");
      EXPECT_EQ(act(officer, filed->id, 3, cases::Start{}), "4");
      EXPECT_EQ(act(officer, filed->id, 4, cases::Answer{std::string("done")}), "5");
    }
    auto complaint = filing("three");
    complaint.submit.about = fixtures::water;
    const auto third = CaseWorld::file(complaint);
    EXPECT_EQ(act(dispatcher, third->id, 1, cases::Accept{}), "2");
    EXPECT_EQ(act(dispatcher, third->id, 2, cases::Support{fixtures::council}), "3");
  }
  std::vector<std::string> faults() {
    return fsck(*world_.store, world_.keys, *world_.town, [](std::uint64_t, std::uint64_t) {}).faults;
  }
  void tamper(const char* sql) {
    auto& database = world_.store->database();
    if (std::get<0>(GetParam()) == storage::Engine::postgres) {  // SQLite has it
      database.run(
          "CREATE FUNCTION zeroblob(n integer) RETURNS bytea LANGUAGE sql AS $$ SELECT decode(repeat('00', n), 'hex') $$");
    }
    EXPECT_GT(database.change(sql), 0) << "it changed nothing";
  }
};

TEST_P(FsckTest, NamesIt) {
  ASSERT_THAT(faults(), testing::IsEmpty());
  const auto& tampering = std::get<1>(GetParam());
  tamper(tampering.sql);
  EXPECT_THAT(faults(), testing::Contains(testing::HasSubstr(tampering.found)));
}

class FsckUnderPacksTest : public CaseWorld, public testing::TestWithParam<storage::Engine> {
 protected:
  FsckUnderPacksTest() : CaseWorld(storage::make_store(GetParam())) {}
  // As after a start under another pack.
  void take_pack(rules::Pack pack, const std::string& json) {
    pack.hash = crypto::sha256(json);
    {
      const auto view = world_.store->write(world_.town->id);
      view->put_pack(pack.hash, json);
      view->commit();
    }
    world_.town->pack = std::move(pack);
  }
};

// An entry is held against the pack it names: with another one in force, its unit may stand elsewhere, or nowhere.
TEST_P(FsckUnderPacksTest, HoldsEachEntryAgainstThePackItNames) {
  const auto before = world_.town->pack;
  take_pack(before, R"({"zone":"Asia/Shanghai","later":[],"units":[{"code":"road-team","parent":"roads"},{"code":"roads"}],)"
                    R"("categories":[{"code":"potholes","parent":"streets"},{"code":"streets"}]})");
  const auto filed = CaseWorld::file(filing("a pothole"));
  EXPECT_EQ(act(dispatcher, filed->id, 1, cases::Accept{fixtures::potholes}), "2");
  EXPECT_EQ(act(dispatcher, filed->id, 2, cases::Assign{fixtures::road_team}), "3");
  auto after = before;
  std::erase_if(after.units, [](const rules::Unit& unit) { return unit.code == fixtures::road_team; });
  for (auto& category : after.categories) category.parent.reset();
  take_pack(after, R"({"zone":"Asia/Shanghai","units":[{"code":"roads"}]})");
  EXPECT_EQ(act(dispatcher, filed->id, 3, cases::Assign{fixtures::roads}), "4");
  const auto faults = fsck(*world_.store, world_.keys, *world_.town, [](std::uint64_t, std::uint64_t) {}).faults;
  EXPECT_THAT(faults, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, FsckUnderPacksTest, testing::Values(storage::Engine::sqlite, storage::Engine::postgres));

INSTANTIATE_TEST_SUITE_P(Tamperings, FsckTest,
                         testing::Combine(testing::Values(storage::Engine::sqlite, storage::Engine::postgres),
                                          testing::ValuesIn(tamperings)));

}  // namespace
}  // namespace huiyin::app
