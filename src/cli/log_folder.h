// A log as a folder of files, as `huiyin export-log` writes it. Thread rule: one thread at a time.
#pragma once

#include <filesystem>

#include "log/audit/published_files.h"

namespace huiyin::cli {

class LogFolder final : public log::PublishedFiles {
 public:
  explicit LogFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<std::optional<std::string>> read(const std::string& name, std::size_t bytes_max) override;
  Result<std::unique_ptr<log::FilePieces>> open(const std::string& name) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace huiyin::cli
