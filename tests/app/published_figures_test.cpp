// The figures and disclosures that are published: of the published head, of open cells alone, and such that a stranger who has
// only what is published comes to the same bytes.
#include "app/published_figures.h"

#include <gmock/gmock.h>

#include "app/case_world.h"
#include "app/filled_log.h"
#include "app/published_log.h"
#include "log/bundle.h"
#include "log/disclosure.h"

namespace huiyin::app {
namespace {

using testing::HasSubstr;

const Standpoint on_roads{fixtures::potholes, fixtures::road_team, false};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

class FiguresOfALog : public CaseWorld, public testing::Test {
 protected:
  // A stranger's: from tiles of entries and files of disclosures alone.
  std::string recomputed() {
    const PublishedLog published({*world_.store, world_.newest_head(), *world_.town});
    const auto size = world_.committer->head(world_.town->id)->size;
    std::vector<log::AnyEntry> entries;
    log::Cells cells([](const log::Hash&) { return log::cell_records_usual; });
    log::Figures figures(cells);
    for (std::uint64_t tile = 0; tile * log::tile_width < size; ++tile) {
      const auto width = log::width_at({0, tile}, size);
      const auto bundle = published.tile(log::entries_path(tile, width)).value().bytes;
      const auto texts = log::parse_bundle(as_bytes(bundle));
      for (const auto text : *texts) {
        entries.push_back(log::parse_any_entry(text).value());
        cells.add(entries.size() - 1, entries.back());
        figures.add(entries.size() - 1, entries.back());
      }
    }
    for (const auto month : cells.open_months()) {
      const auto lines = lines_of(figures_.disclosures(log::to_text(month), 0).value().text);
      EXPECT_EQ(lines.size(), cells.list_open(month, 0, 1'000'000).size()) << "the clear entries say which must be there";
      for (const auto& line : lines) {
        const auto read = log::parse_disclosed_line(line).value();
        const auto& fine = std::get<log::Entry>(entries.at(read.index)).fine;
        for (const auto& text : read.texts)
          EXPECT_THAT(fine, testing::Contains(log::Disclosure{text}.digest())) << "it belongs to its entry";
        figures.add(read);
      }
    }
    return log::figures_json(figures, world_.town->origin);
  }

  PublishedFigures figures_{{*world_.store, world_.newest_head(), *world_.town, [](std::string_view) {}}};
};

TEST_F(FiguresOfALog, AreNotGivenBeforeTheWholeLogWasRead) {
  append_entries(world_, 3);
  EXPECT_EQ(told(figures_.figures()), "unavailable published_not_ready");
  EXPECT_EQ(told(figures_.disclosures("2026-03", 0)), "unavailable published_not_ready");
  figures_.catch_up();
  EXPECT_THAT(figures_.figures().value(), HasSubstr(R"("size":3)"));
}

// Nobody knows then how many make a cell, and what is disclosed cannot be taken back.
TEST_F(FiguresOfALog, StopWhereTheRulesOfAnEntryAreMissing) {
  world_.town->pack.hash = crypto::sha256("lost");
  append_entries(world_, 3);
  EXPECT_THROW(figures_.catch_up(), StoreFailure);
  EXPECT_EQ(told(figures_.disclosures("2026-03", 0)), "unavailable published_not_ready");
}

TEST_F(FiguresOfALog, OfAnEmptyLogAreEmpty) {
  figures_.catch_up();
  EXPECT_EQ(figures_.figures().value(), R"({"cells":[],"origin":"example.org/town/log1","sealed":[],"size":0,"v":1})");
}

TEST_F(FiguresOfALog, AreAgainTheSameAfterAStart) {
  append_entries(world_, 30, on_roads);
  figures_.catch_up();
  append_entries(world_, 5, on_roads);
  figures_.catch_up();
  PublishedFigures fresh({*world_.store, world_.newest_head(), *world_.town, [](std::string_view) {}});
  fresh.catch_up();
  EXPECT_EQ(fresh.figures().value(), figures_.figures().value());
  EXPECT_EQ(fresh.disclosures("2026-03", 0).value().text, figures_.disclosures("2026-03", 0).value().text);
}

TEST_F(FiguresOfALog, DiscloseACellWholeOnceItIsFull) {
  append_entries(world_, 9, on_roads);
  append_entries(world_, 2, {fixtures::pipes, fixtures::water, false});
  figures_.catch_up();
  EXPECT_EQ(told(figures_.disclosures("2026-03", 0)), "not_found published_no_such_month");
  append_entries(world_, 1, on_roads);
  figures_.catch_up();
  const auto lines = lines_of(figures_.disclosures("2026-03", 0).value().text);
  ASSERT_EQ(lines.size(), 10U);
  EXPECT_EQ(log::parse_disclosed_line(lines.back()).value().index, 11U);
  std::vector<std::string> names;
  const auto line = log::parse_disclosed_line(lines.front());
  for (const auto& text : line->texts) names.push_back(log::read_disclosure(text).value().name);
  EXPECT_THAT(names, testing::ElementsAre("channel", "t", "at"));
  for (const auto* month : {"2026-02", "2026-3", "", "2026-03.jsonl", "../vkey"})
    EXPECT_EQ(told(figures_.disclosures(month, 0)), "not_found published_no_such_month") << month;
}

TEST_F(FiguresOfALog, GiveALongFileInPiecesThatSayWhereItGoesOn) {
  append_entries(world_, 5);
  append_entries(world_, disclosed_lines_max + 3, on_roads);
  figures_.catch_up();
  const auto first = figures_.disclosures("2026-03", 0).value();
  EXPECT_EQ(lines_of(first.text).size(), disclosed_lines_max);
  EXPECT_EQ(first.next, disclosed_lines_max + 5);
  const auto second = figures_.disclosures("2026-03", *first.next).value();
  EXPECT_EQ(lines_of(second.text).size(), 3U);
  EXPECT_EQ(second.next, std::nullopt);
  EXPECT_EQ(log::parse_disclosed_line(lines_of(second.text).front()).value().index, *first.next);
  EXPECT_EQ(figures_.disclosures("2026-03", 1'000'000).value().text, "");
}

TEST_F(FiguresOfALog, NeverReachBeyondThePublishedHead) {
  append_entries(world_, 9, on_roads);
  append_unsigned_entry(world_);
  figures_.catch_up();
  EXPECT_THAT(figures_.figures().value(), HasSubstr(R"("size":9)"));
}

TEST_F(FiguresOfALog, CanBeRecomputedByAStrangerToTheByte) {
  std::vector<Filed> filed;
  for (int i = 0; i < 12; ++i) {
    filed.push_back(file(filing("A hole in the road")).value());
    world_.clock.pass(std::chrono::hours(5));
  }
  std::map<RecordId, std::uint64_t> versions;
  const auto does = [&](const Actor& actor, const Filed& one, cases::Command command) {
    auto& version = versions.try_emplace(one.id, 1).first->second;
    const auto done = act_later(actor, one.id, version, std::move(command)).get();
    ASSERT_TRUE(done.ok()) << told(done);
    version = *done;
  };
  for (const auto& one : filed) {
    does(dispatcher, one, cases::Accept{});
    does(dispatcher, one, cases::Assign{fixtures::roads});
    does(officer, one, cases::Start{});
  }
  world_.clock.pass(std::chrono::hours(24 * 50));
  for (std::size_t i = 0; i < 11; ++i) {
    does(officer, filed[i], cases::Answer{std::string("Filled")});
    world_.clock.pass(std::chrono::hours(40));
  }
  const auto requester = Actor::holder_of(filed[2].id);
  does(requester, filed[2], cases::Rate{true, false, cases::Satisfaction::not_satisfied, {}});
  figures_.catch_up();
  const auto published = figures_.figures().value();
  EXPECT_EQ(recomputed(), published);
  EXPECT_THAT(published, HasSubstr(R"("accepted":12,"answered":11,"disclosed":true,)"));
  EXPECT_THAT(published, HasSubstr(R"("median_of":11)"));
  EXPECT_THAT(published, HasSubstr(R"("on_time_of":11,"received":12,"returned":1,"reviews":0,"unit":"roads")"));
}

}  // namespace
}  // namespace huiyin::app
