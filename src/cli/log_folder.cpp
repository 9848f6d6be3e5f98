#include "cli/log_folder.h"

#include <fstream>

#include "texts/keys.h"

namespace huiyin::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = 64 * 1024;

Error unreadable(const fs::path& file) { return {Code::unavailable, {key::verify_no_file, {{"file", file.string()}}}}; }

class OpenFile final : public log::FilePieces {
 public:
  explicit OpenFile(fs::path file) : file_(std::move(file)), in_(file_, std::ios::binary) {}
  [[nodiscard]] bool good() const { return in_.good(); }

  Result<std::string> next() override {
    std::string piece(piece_bytes, '\0');
    in_.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (in_.bad()) return unreadable(file_);
    piece.resize(static_cast<std::size_t>(in_.gcount()));
    return piece;
  }

 private:
  fs::path file_;
  std::ifstream in_;
};

}  // namespace

Result<std::optional<std::string>> LogFolder::read(const std::string& name, std::size_t bytes_max) {
  const auto file = folder_ / name;
  std::error_code fault;
  const auto size = fs::file_size(file, fault);
  if (fault == std::errc::no_such_file_or_directory || fault == std::errc::not_a_directory) return std::optional<std::string>();
  std::ifstream in(file, std::ios::binary);
  std::string bytes(fault ? 0 : std::min<std::uintmax_t>(size, bytes_max + std::uintmax_t{1}), '\0');
  if (fault || !in || !in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return unreadable(file);
  return std::optional(std::move(bytes));
}

Result<std::unique_ptr<log::FilePieces>> LogFolder::open(const std::string& name) {
  const auto file = folder_ / name;
  std::error_code fault;
  if (!fs::exists(file, fault)) return std::unique_ptr<log::FilePieces>();
  auto opened = std::make_unique<OpenFile>(file);
  if (!opened->good()) return unreadable(file);
  return std::unique_ptr<log::FilePieces>(std::move(opened));
}

}  // namespace huiyin::cli
