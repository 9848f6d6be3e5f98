#include "log/audit/tiles.h"

#include <algorithm>

namespace huiyin::log {

Result<void> TileAudit::check_full() {
  for (auto& change : tree_.take_changes()) {
    if (change.hashes.size() < tile_bytes_max) {
      edge_[change.id.level] = std::move(change);
      continue;
    }
    edge_.erase(change.id.level);
    if (auto had = check(change); !had.ok()) return had;
  }
  return {};
}

Result<void> TileAudit::check_edge() {
  for (const auto& [level, tile] : edge_) {
    if (auto had = check(tile); !had.ok()) return had;
  }
  return {};
}

Result<void> TileAudit::check(const Tree::Change& tile) {
  const auto name = tile_path(tile.id, static_cast<unsigned>(tile.hashes.size() / sizeof(Hash)));
  auto served = files_->read(name, tile_bytes_max);
  if (!served.ok()) return std::move(served).error();
  ++tiles_;
  if (!*served) {
    findings_->add({AuditFault::file_missing, name});
  } else if ((*served)->size() != tile.hashes.size()) {
    findings_->add(
        {AuditFault::file_malformed, name, {}, "bytes", std::to_string(tile.hashes.size()), std::to_string((*served)->size())});
  } else if (as_text(tile.hashes) != **served) {
    tell_differences(tile, name, as_bytes(**served));
  }
  return {};
}

// Each hash that differs stands for entries of its own.
void TileAudit::tell_differences(const Tree::Change& tile, const std::string& name, ByteView served) {
  const auto span = tile.id.level * tile_height;
  for (std::size_t i = 0; i < tile.hashes.size() / sizeof(Hash); ++i) {
    const auto expected = hash_at(tile.hashes, i), found = hash_at(served, i);
    if (expected == found) continue;
    const auto first = (tile.id.number * tile_width + i) << span;
    const auto last = first + (std::uint64_t{1} << span) - 1;
    findings_->add({AuditFault::tile_differs, name, first,
                    first == last ? "" : std::to_string(first) + "-" + std::to_string(last), to_base64(expected),
                    to_base64(found)});
  }
}

}  // namespace huiyin::log
