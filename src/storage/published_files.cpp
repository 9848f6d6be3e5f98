#include "storage/published_files.h"

#include "base/crypto.h"
#include "log/note.h"
#include "storage/files.h"

namespace huiyin::storage {
namespace {

std::string name_of(std::string_view witness_vkey) { return to_hex(crypto::sha256(witness_vkey)); }

}  // namespace

std::filesystem::path PublishedFiles::folder_of(JurisdictionId jurisdiction) const {
  return keys_ / std::to_string(jurisdiction.number);
}

std::optional<std::string> PublishedFiles::find_published(JurisdictionId jurisdiction) {
  return read_file(folder_of(jurisdiction) / "published", log::note_bytes_max);
}

void PublishedFiles::keep_published(JurisdictionId jurisdiction, std::string_view note) {
  replace_file(folder_of(jurisdiction) / "published", note);
}

void PublishedFiles::forget_published(JurisdictionId jurisdiction) {
  const auto file = folder_of(jurisdiction) / "published";
  std::error_code fault;
  std::filesystem::remove(file, fault);
  if (fault) throw failure_of(fault.value(), file);
}

std::optional<std::string> PublishedFiles::find_first(JurisdictionId jurisdiction, std::string_view witness_vkey) {
  return read_file(folder_of(jurisdiction) / "vouched" / name_of(witness_vkey), log::note_bytes_max);
}

void PublishedFiles::keep_first(JurisdictionId jurisdiction, std::string_view witness_vkey, std::string_view note) {
  const auto folder = folder_of(jurisdiction) / "vouched";
  make_private_folder(folder);
  const auto file = folder / name_of(witness_vkey);
  if (!std::filesystem::exists(file)) replace_file(file, note);
}

}  // namespace huiyin::storage
