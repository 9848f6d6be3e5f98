#include "app/export_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "app/store.h"

namespace huiyin::app {
namespace {

namespace fs = std::filesystem;

constexpr std::streamsize compared_at_once = 64 * 1024;

[[noreturn]] void fail(const fs::path& file, int error_number) {
  const auto kind = error_number == ENOSPC || error_number == EDQUOT ? StoreFailure::Kind::full : StoreFailure::Kind::other;
  throw StoreFailure(kind, fmt::format("{}: {}", file.string(), std::strerror(error_number)));
}

// The program makes what is for its owner alone (main.cpp); this is for everybody.
void open_to_all(const fs::path& path, bool folder) {
  std::error_code fault;
  const auto read = fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_read;
  const auto enter = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  fs::permissions(path, folder ? read | enter : read, fault);
  if (fault) fail(path, fault.value());
}

// With what is missing above it.
void make_folder(const fs::path& folder) {
  if (folder.empty() || fs::is_directory(folder)) return;
  make_folder(folder.parent_path());
  std::error_code fault;
  fs::create_directory(folder, fault);
  if (fault) fail(folder, fault.value());
  open_to_all(folder, true);
}

bool same_bytes(const fs::path& one, const fs::path& other) {
  std::ifstream a(one, std::ios::binary), b(other, std::ios::binary);
  std::string pieces[2] = {std::string(static_cast<std::size_t>(compared_at_once), '\0'),
                           std::string(static_cast<std::size_t>(compared_at_once), '\0')};
  while (a && b) {
    a.read(pieces[0].data(), compared_at_once);
    b.read(pieces[1].data(), compared_at_once);
    const auto got = static_cast<std::size_t>(a.gcount());
    if (a.gcount() != b.gcount() || std::string_view(pieces[0]).substr(0, got) != std::string_view(pieces[1]).substr(0, got))
      return false;
  }
  return a.eof() && b.eof();
}

}  // namespace

ExportFolder::ExportFolder(fs::path folder) : folder_(std::move(folder)) { make_folder(folder_); }

bool ExportFolder::empty() const {
  std::error_code fault;
  const bool none = fs::is_empty(folder_, fault);
  if (fault) fail(folder_, fault.value());
  return none;
}

std::optional<std::string> ExportFolder::read(std::string_view name, std::size_t bytes_max) const {
  const auto file = folder_ / name;
  std::error_code fault;
  const auto size = fs::file_size(file, fault);
  if (fault || size > bytes_max) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::string bytes(size, '\0');
  if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return std::nullopt;
  return bytes;
}

void ExportFolder::write(std::string_view name, std::string_view bytes) {
  if (read(name, bytes.size()) == bytes) {
    ++kept_;
    return;
  }
  bool given = false;
  write_pieces(name, [&] { return std::exchange(given, true) ? std::string() : std::string(bytes); });
}

void ExportFolder::write_pieces(std::string_view name, const std::function<std::string()>& next) {
  const auto file = folder_ / name;
  make_folder(file.parent_path());
  // Of a name that nobody can foresee: whoever may write to the folder cannot lead it elsewhere by a link, nor can two exports
  // meet.
  auto name_of_new = file.string() + ".new-XXXXXX";
  if (const int made = ::mkostemp(name_of_new.data(), O_CLOEXEC); made < 0 || ::close(made) != 0) fail(file, errno);
  const fs::path unfinished(name_of_new);
  {
    std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
    for (auto piece = next(); !piece.empty() && out; piece = next())
      out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (!out.flush()) fail(unfinished, errno);
  }
  std::error_code fault;
  if (same_bytes(unfinished, file)) {
    fs::remove(unfinished, fault);
    if (fault) fail(unfinished, fault.value());
    ++kept_;
    return;
  }
  open_to_all(unfinished, false);
  fs::rename(unfinished, file, fault);
  if (fault) fail(file, fault.value());
  ++written_;
}

void ExportFolder::sync() const {
  const int opened = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) fail(folder_, errno);
  const int done = ::syncfs(opened);
  const int why = errno;
  ::close(opened);
  if (done != 0) fail(folder_, why);
}

}  // namespace huiyin::app
