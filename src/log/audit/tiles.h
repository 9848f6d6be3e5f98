// The half of an audit that knows nothing of what entries say: the tree over them, and every published tile of it, hash for hash.
// Thread rule: a value; one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "log/audit/findings.h"
#include "log/audit/published_files.h"
#include "log/tree.h"

namespace huiyin::log {

inline constexpr std::size_t tile_bytes_max = tile_width * sizeof(Hash);

class TileAudit {
 public:
  TileAudit(PublishedFiles& files, AuditFindings& findings) : files_(&files), findings_(&findings) {}

  void append(const Hash& leaf) { tree_.append(leaf); }
  [[nodiscard]] const Tree& tree() const noexcept { return tree_; }
  [[nodiscard]] std::uint64_t tiles() const noexcept { return tiles_; }

  // Reads the tiles that became full since the last call. An Error when one could not be had.
  Result<void> check_full();
  // And those at the right edge, which have some hashes in a tree of this size and will have more.
  Result<void> check_edge();

 private:
  Result<void> check(const Tree::Change& tile);
  void tell_differences(const Tree::Change& tile, const std::string& name, ByteView served);

  PublishedFiles* files_;
  AuditFindings* findings_;
  Tree tree_;
  std::map<unsigned, Tree::Change> edge_;  // by level
  std::uint64_t tiles_ = 0;
};

}  // namespace huiyin::log
