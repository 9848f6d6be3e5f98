#include "storage/moved.h"

#include <fmt/format.h>

namespace huiyin::storage {
namespace {

constexpr std::string_view unfinished = "unfinished: ";

}  // namespace

std::string unfinished_mark(std::string_view source) { return std::string(unfinished) + std::string(source); }

std::string why_closed(std::string_view moved_to) {
  if (!moved_to.starts_with(unfinished)) return fmt::format("nothing is written here any more: it was moved to {}", moved_to);
  return fmt::format("nothing is written here yet: a move from {} did not finish; run the same `huiyin move` again",
                     moved_to.substr(unfinished.size()));
}

}  // namespace huiyin::storage
