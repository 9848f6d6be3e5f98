#include "storage/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace huiyin::storage {

using app::StoreFailure;

namespace {

// A descriptor that closes itself.
struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));  // a disk that is full says so at the next piece
  }
  return true;
}

void sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (opened.number < 0 || ::fsync(opened.number) != 0) throw failure_of(errno, folder);
}

}  // namespace

StoreFailure failure_of(int error_number, const std::filesystem::path& file) {
  const auto kind = error_number == ENOSPC || error_number == EDQUOT                           ? StoreFailure::Kind::full
                    : error_number == EROFS || error_number == EACCES || error_number == EPERM ? StoreFailure::Kind::read_only
                                                                                               : StoreFailure::Kind::other;
  return {kind, fmt::format("{}: {}", file.string(), std::strerror(error_number))};
}

std::optional<std::string> read_file(const std::filesystem::path& file, std::size_t bytes_max) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::string text(bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > bytes_max) return std::nullopt;
  return text;
}

namespace {

// Under another name first, one that nobody else takes: a file of its own name is always whole, whoever writes meanwhile.
std::string write_unfinished(const std::filesystem::path& file, std::string_view text) {
  auto unfinished = file.string() + ".new-XXXXXX";
  const Descriptor opened{::mkostemp(unfinished.data(), O_CLOEXEC)};
  if (opened.number < 0) throw failure_of(errno, file);
  if (!write_all(opened.number, text) || ::fsync(opened.number) != 0) {
    const int why = errno;
    ::unlink(unfinished.c_str());
    throw failure_of(why, file);
  }
  return unfinished;
}

}  // namespace

void replace_file(const std::filesystem::path& file, std::string_view text) {
  const auto unfinished = write_unfinished(file, text);
  if (::rename(unfinished.c_str(), file.c_str()) != 0) {
    const int why = errno;
    ::unlink(unfinished.c_str());
    throw failure_of(why, file);
  }
  sync_folder(file.parent_path());
}

void write_new_file(const std::filesystem::path& file, std::string_view text) {
  const auto unfinished = write_unfinished(file, text);
  const int linked = ::link(unfinished.c_str(), file.c_str());
  const int why = errno;
  ::unlink(unfinished.c_str());
  if (linked != 0) throw failure_of(why, file);
  sync_folder(file.parent_path());
}

void make_private_folder(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) throw failure_of(errno, folder);
}

FolderLock::FolderLock(const std::filesystem::path& folder) {
  const auto path = folder / "lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw failure_of(errno, path);
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw StoreFailure(StoreFailure::Kind::other, fmt::format("another huiyin works on {}: stop it first", folder.string()));
  }
}

FolderLock::~FolderLock() { ::close(file_); }

}  // namespace huiyin::storage
