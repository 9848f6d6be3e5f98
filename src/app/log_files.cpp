#include "app/log_files.h"

#include <fmt/format.h>

#include "log/bundle.h"

namespace huiyin::app {
namespace {

Bytes bundle(ReadView& view, std::uint64_t first, unsigned count) {
  const auto entries = view.list_entries(first, count);
  if (entries.size() != count) {
    throw StoreFailure(StoreFailure::Kind::damaged,
                       fmt::format("entry {} of the log is missing: run `huiyin fsck`", first + entries.size()));
  }
  return log::write_bundle(entries);
}

}  // namespace

std::optional<Bytes> find_log_file(ReadView& view, const log::TilePath& path, std::uint64_t size) {
  if (path.width > log::width_at(path.id, size)) return std::nullopt;
  if (path.entries) return bundle(view, path.id.number * log::tile_width, path.width);
  auto hashes = view.tile(path.id, path.width);
  hashes.resize(path.width * sizeof(log::Hash));  // what is stored may have grown since
  return hashes;
}

}  // namespace huiyin::app
