// Export of a log: what is published over HTTP, written as files into a folder that any web server can serve, byte for byte the
// same. The tiles are made from the entries, and nothing is called published before their root is the signed one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "app/jurisdiction.h"
#include "app/keys.h"
#include "app/published_notes.h"
#include "app/store.h"

namespace huiyin::app {

struct ExportReport {
  std::uint64_t entries = 0;          // that the new checkpoint covers
  std::uint64_t files_written = 0;
  std::uint64_t files_kept = 0;  // they held the right bytes already
};

struct LogToExport {
  Store& store;
  Keys& keys;
  PublishedNotes& published;
  const Jurisdiction& jurisdiction;
};

// What the server publishes: the head that enough witnesses vouched for, where it ever had one; else the newest signed one.
// `folder` is made when it is not there. An export that was stopped is taken up again, an older one of this log brought up to
// date; the checkpoint comes last, in place of the old one at once, so that whoever reads meanwhile finds a whole log. Throws
// StoreFailure with a sentence when the folder holds anything else (another log's export, or one that is ahead of this log or
// differs from it), when the database does not lead to the signed head, or when a file cannot be written.
// `progress(done, all)` after each piece.
ExportReport export_log(LogToExport log, const std::filesystem::path& folder,
                        const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace huiyin::app
