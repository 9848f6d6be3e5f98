// The folder that a log is exported into. Each file is replaced as a whole or not at all; failures are StoreFailures that name
// the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace huiyin::app {

class ExportFolder {
 public:
  // Made, for everybody to read, when it is not there.
  explicit ExportFolder(std::filesystem::path folder);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return folder_; }
  [[nodiscard]] bool empty() const;
  // Nothing when it is not there or longer than `bytes_max`.
  [[nodiscard]] std::optional<std::string> read(std::string_view name, std::size_t bytes_max) const;
  // `name` may lie in folders, which are made. A file with the same bytes stays as it is.
  void write(std::string_view name, std::string_view bytes);
  // The same of a file too long to hold, which is compared on the disk with the one that is there: `next` gives piece after
  // piece, an empty one at the end.
  void write_pieces(std::string_view name, const std::function<std::string()>& next);
  // All that was written is on disk when this returns.
  void sync() const;

  [[nodiscard]] std::uint64_t written() const noexcept { return written_; }
  [[nodiscard]] std::uint64_t kept() const noexcept { return kept_; }

 private:
  std::filesystem::path folder_;
  std::uint64_t written_ = 0, kept_ = 0;
};

}  // namespace huiyin::app
