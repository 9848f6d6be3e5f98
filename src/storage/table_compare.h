// Two tables held against each other, row by row and value by value, both in the order of their primary key.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "storage/table_copy.h"

namespace huiyin::storage {

inline constexpr std::size_t differences_told_max = 100;

// What was found to differ: the first of them in words, without the values, which may be private.
class Differences {
 public:
  void add(std::string words) {
    if (told_.size() < differences_told_max) told_.push_back(std::move(words));
    ++found_;
  }
  [[nodiscard]] const std::vector<std::string>& told() const { return told_; }
  [[nodiscard]] std::uint64_t found() const { return found_; }

 private:
  std::vector<std::string> told_;
  std::uint64_t found_ = 0;
};

// `each` is called for every row of the source.
void compare(const TableShape& shape, TableReader source, TableReader target, Differences& differences,
             const std::function<void()>& each);

}  // namespace huiyin::storage
