#include "storage/published_files.h"

#include "base/crypto.h"
#include "log/note.h"
#include "storage/files.h"
#include "storage/key_files.h"

namespace huiyin::storage {
namespace {

std::string name_of(std::string_view witness_vkey) { return to_hex(crypto::sha256(witness_vkey)); }

}  // namespace

std::filesystem::path PublishedFiles::folder_of(app::LogId log) const { return log_folder(keys_, log); }

std::optional<std::string> PublishedFiles::find_published(app::LogId log) {
  return read_file(folder_of(log) / "published", log::note_bytes_max);
}

void PublishedFiles::keep_published(app::LogId log, std::string_view note) { replace_file(folder_of(log) / "published", note); }

void PublishedFiles::forget_published(app::LogId log) {
  const auto file = folder_of(log) / "published";
  std::error_code fault;
  std::filesystem::remove(file, fault);
  if (fault) throw failure_of(fault.value(), file);
}

std::optional<std::string> PublishedFiles::find_first(app::LogId log, std::string_view witness_vkey) {
  return read_file(folder_of(log) / "vouched" / name_of(witness_vkey), log::note_bytes_max);
}

void PublishedFiles::keep_first(app::LogId log, std::string_view witness_vkey, std::string_view note) {
  const auto folder = folder_of(log) / "vouched";
  make_private_folder(folder);
  const auto file = folder / name_of(witness_vkey);
  if (!std::filesystem::exists(file)) replace_file(file, note);
}

}  // namespace huiyin::storage
