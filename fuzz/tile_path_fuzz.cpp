// Tile addresses have one spelling: what is read is written back byte for byte, and its numbers are in range.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "log/tile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tile = log::parse_tile_path(text);
  if (!tile) return 0;
  HUIYIN_ASSERT(tile->width >= 1 && tile->width <= log::tile_width && tile->id.level <= log::tile_level_max);
  HUIYIN_ASSERT(!tile->entries || tile->id.level == 0);
  HUIYIN_ASSERT((tile->entries ? log::entries_path(tile->id.number, tile->width) : log::tile_path(tile->id, tile->width)) ==
                text);
  HUIYIN_ASSERT(log::width_at(tile->id, UINT64_MAX) <= log::tile_width);
  return 0;
}
