#include "log/tile.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.h"
#include "log/line.h"

namespace huiyin::log {
namespace {

constexpr std::string_view partial_mark = ".p/";

// The number in groups of three digits, all but the last marked with an x, and the width of a partial tile.
std::string numbered(std::string path, std::uint64_t number, unsigned width) {
  HUIYIN_ASSERT(width >= 1 && width <= tile_width);
  std::string groups = fmt::format("/{:03}", number % 1000);
  for (number /= 1000; number > 0; number /= 1000) groups.insert(0, fmt::format("/x{:03}", number % 1000));
  path += groups;
  if (width < tile_width) path += fmt::format("{}{}", partial_mark, width);
  return path;
}

std::string path_of(const TilePath& tile) {
  return tile.entries ? entries_path(tile.id.number, tile.width) : tile_path(tile.id, tile.width);
}

}  // namespace

std::string tile_path(TileId id, unsigned width) {
  HUIYIN_ASSERT(id.level <= tile_level_max);
  return numbered(fmt::format("tile/{}", id.level), id.number, width);
}

std::string entries_path(std::uint64_t number, unsigned width) { return numbered("tile/entries", number, width); }

// Reads loosely, then holds what was read against the one spelling it has.
std::optional<TilePath> parse_tile_path(std::string_view path) {
  constexpr std::size_t path_bytes_max = 64;
  constexpr std::string_view root = "tile/";
  if (path.size() > path_bytes_max || !path.starts_with(root)) return std::nullopt;
  auto rest = path.substr(root.size());
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  TilePath tile;
  tile.entries = rest.substr(0, slash) == "entries";
  if (!tile.entries) {
    const auto level = parse_number(rest.substr(0, slash));
    if (!level || *level > tile_level_max) return std::nullopt;
    tile.id.level = static_cast<unsigned>(*level);
  }
  rest.remove_prefix(slash + 1);
  if (const auto mark = rest.find(partial_mark); mark != std::string_view::npos) {
    const auto width = parse_number(rest.substr(mark + partial_mark.size()));
    if (!width || *width < 1 || *width >= tile_width) return std::nullopt;
    tile.width = static_cast<unsigned>(*width);
    rest = rest.substr(0, mark);
  }
  std::string digits;
  for (const char c : rest) {
    if (c >= '0' && c <= '9') digits += c;
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  const auto number = parse_number(digits.empty() ? "0" : digits);
  if (!number) return std::nullopt;
  tile.id.number = *number;
  return path_of(tile) == path ? std::optional(tile) : std::nullopt;
}

unsigned width_at(TileId id, std::uint64_t size) noexcept {
  if (id.level >= 64 / tile_height || id.number > UINT64_MAX / tile_width) return 0;
  const auto hashes = size >> (id.level * tile_height);
  const auto first = id.number * tile_width;
  return hashes <= first ? 0 : static_cast<unsigned>(std::min<std::uint64_t>(hashes - first, tile_width));
}

Hash hash_at(ByteView hashes, std::size_t i) {
  HUIYIN_ASSERT(i < hashes.size() / sizeof(Hash));
  Hash hash;
  std::ranges::copy(hashes.subspan(i * sizeof(Hash), sizeof(Hash)), hash.begin());
  return hash;
}

}  // namespace huiyin::log
