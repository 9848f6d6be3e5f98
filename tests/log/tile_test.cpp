// How tiles are named and which of them a tree has.
#include "log/tile.h"

#include <gtest/gtest.h>

namespace huiyin::log {
namespace {

TEST(TilePath, IsSpelledInOneWayOnly) {
  struct {
    TilePath tile;
    std::string path;
  } const table[] = {
      {{false, {0, 0}, 256}, "tile/0/000"},
      {{false, {0, 1'234'067}, 256}, "tile/0/x001/x234/067"},
      {{false, {2, 1'000}, 5}, "tile/2/x001/000.p/5"},
      {{false, {63, 999}, 255}, "tile/63/999.p/255"},
      {{true, {0, 1'234'067}, 1}, "tile/entries/x001/x234/067.p/1"},
      {{true, {0, 7}, 256}, "tile/entries/007"},
      {{false, {0, UINT64_MAX}, 256}, "tile/0/x018/x446/x744/x073/x709/x551/615"},
  };
  for (const auto& [tile, path] : table) {
    EXPECT_EQ(tile.entries ? entries_path(tile.id.number, tile.width) : tile_path(tile.id, tile.width), path);
    EXPECT_EQ(parse_tile_path(path), tile) << path;
  }
}

TEST(TilePath, RefusesEveryOtherSpelling) {
  for (const std::string_view path : {"",
                                      "tile",
                                      "tile/",
                                      "tile/0",
                                      "tile/0/",
                                      "tile/0/0",
                                      "tile/0/00",
                                      "tile/0/0000",
                                      "tile/00/000",
                                      "tile/64/000",
                                      "tile/-1/000",
                                      "tile/0/x000/001",
                                      "tile/0/x001",
                                      "tile/0/001/002",
                                      "tile/0/x1/002",
                                      "tile/0/x001/x002",
                                      "tile/0/x001//002",
                                      "tile/0/000.p",
                                      "tile/0/000.p/",
                                      "tile/0/000.p/0",
                                      "tile/0/000.p/01",
                                      "tile/0/000.p/256",
                                      "tile/0/000.p/5/",
                                      "/tile/0/000",
                                      "tile/0/000 ",
                                      "tile/0/000.p/5.p/5",
                                      "tile/0/..",
                                      "tile/0/../000",
                                      "tile/entries",
                                      "tile/entries/x000/000",
                                      "tile/Entries/000",
                                      "tile/0/x018/x446/x744/x073/x709/x551/616",
                                      "tile/0/x999/x999/x999/x999/x999/x999/x999/999"}) {
    EXPECT_FALSE(parse_tile_path(path)) << path;
  }
}

TEST(TilePath, RoundTripsOverManyNumbers) {
  for (std::uint64_t number = 0; number < std::uint64_t{1} << 62U; number = number * 3 + 1) {
    for (const unsigned width : {1U, 5U, 255U, 256U}) {
      EXPECT_EQ(parse_tile_path(tile_path({3, number}, width)), (TilePath{false, {3, number}, width}));
      EXPECT_EQ(parse_tile_path(entries_path(number, width)), (TilePath{true, {0, number}, width}));
    }
  }
}

TEST(TileWidth, IsWhatTheTreeOfThatSizeHas) {
  struct {
    TileId id;
    std::uint64_t size;
    unsigned width;
  } const table[] = {
      {{0, 0}, 0, 0},
      {{0, 0}, 1, 1},
      {{0, 0}, 255, 255},
      {{0, 0}, 256, 256},
      {{0, 1}, 256, 0},
      {{1, 0}, 255, 0},
      {{1, 0}, 256, 1},
      {{0, 272}, 70'000, 256},
      {{0, 273}, 70'000, 112},
      {{0, 274}, 70'000, 0},
      {{1, 0}, 70'000, 256},
      {{1, 1}, 70'000, 17},
      {{2, 0}, 70'000, 1},
      {{3, 0}, 70'000, 0},
      {{8, 0}, UINT64_MAX, 0},
      {{7, 0}, UINT64_MAX, 255},
      {{63, 0}, UINT64_MAX, 0},
      {{0, UINT64_MAX}, UINT64_MAX, 0},
      {{0, UINT64_MAX / 256}, UINT64_MAX, 255},
  };
  for (const auto& [id, size, width] : table) EXPECT_EQ(width_at(id, size), width) << id.level << ' ' << id.number << ' ' << size;
}

}  // namespace
}  // namespace huiyin::log
