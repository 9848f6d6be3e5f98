#include "storage/table_compare.h"

#include <fmt/format.h>

namespace huiyin::storage {
namespace {

// In the order in which both engines give them: numbers by size, texts and bytes byte by byte.
std::strong_ordering in_order(const TableShape& shape, const Row& a, const Row& b) {
  for (std::size_t i = 1; i <= shape.keys; ++i) {
    if (a[i] < b[i]) return std::strong_ordering::less;
    if (b[i] < a[i]) return std::strong_ordering::greater;
  }
  return std::strong_ordering::equal;
}

void compare_values(const TableShape& shape, const Row& source, const Row& target, Differences& differences) {
  for (std::size_t i = 0; i < shape.columns.size(); ++i) {
    if (source[i] != target[i])
      differences.add(fmt::format("{} ({}): {} differs", shape.name, named(shape, source), shape.columns[i].name));
  }
}

}  // namespace

void compare(const TableShape& shape, TableReader source, TableReader target, Differences& differences,
             const std::function<void()>& each) {
  auto here = source.next(), there = target.next();
  while (here || there) {
    const auto order = !there  ? std::strong_ordering::less
                       : !here ? std::strong_ordering::greater
                               : in_order(shape, *here, *there);
    if (order < 0) differences.add(fmt::format("{} ({}): is missing in the target", shape.name, named(shape, *here)));
    if (order > 0) differences.add(fmt::format("{} ({}): is in the target alone", shape.name, named(shape, *there)));
    if (order == 0) compare_values(shape, *here, *there, differences);
    if (order <= 0) {
      each();
      here = source.next();
    }
    if (order >= 0) there = target.next();
  }
}

}  // namespace huiyin::storage
