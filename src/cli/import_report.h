// ImportReport: the rows an import refused, a JSON line for each, readable by its owner alone:
//
//   {"line":17,"id":"2549","errors":[{"field":"at","got":"yesterday","expected":"a time of the form %Y-%m-%d"}]}
//
// There is a file only when a row was refused; one left by an earlier import goes first. Rows are also counted by what was wrong.
// One thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace huiyin::cli {

inline constexpr std::size_t reasons_max = 50;  // told apart in the summary

class ImportReport {
 public:
  explicit ImportReport(std::filesystem::path file) : file_(std::move(file)) {}

  // Takes away what an earlier import left. False: there is a file that is no report, and it stays.
  bool clear();
  void refuse(std::uint64_t line, const std::optional<std::string>& id, const std::vector<FieldError>& errors);

  [[nodiscard]] std::uint64_t refused() const noexcept { return refused_; }
  // "at: expected a time ..." with how often, most frequent first. Rows with several faults count by their first.
  [[nodiscard]] std::vector<std::pair<std::uint64_t, FieldError>> reasons() const;
  [[nodiscard]] std::uint64_t other_reasons() const noexcept { return other_; }
  [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
  [[nodiscard]] bool unwritable() const noexcept { return unwritable_; }

 private:
  void write(const std::string& line);

  struct Reason {
    std::uint64_t count = 0;
    FieldError example;
  };
  std::filesystem::path file_;
  std::ofstream out_;
  std::map<std::pair<std::string, std::string_view>, Reason> reasons_;
  std::uint64_t refused_ = 0;
  std::uint64_t other_ = 0;
  bool unwritable_ = false;
};

}  // namespace huiyin::cli
