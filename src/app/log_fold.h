// LogFold: what is published beside a log, the cells and the figures, made from what is stored, entry after entry. The server
// keeps one in memory, an export makes one. Thread rule: one thread at a time; while one reads the next piece, another may read
// cells() and figures().
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "app/store.h"
#include "log/figures.h"

namespace huiyin::app {

// Of a log that is read through from its beginning.
inline constexpr std::size_t entries_at_once = 1024;

class LogFold {
 public:
  LogFold() = default;
  LogFold(const LogFold&) = delete;
  LogFold& operator=(const LogFold&) = delete;

  // What stands next in the log.
  struct Piece {
    std::vector<std::string> texts;  // of the entries
    std::vector<log::AnyEntry> entries;
    std::vector<DisclosureRow> disclosures;
    std::map<log::Hash, unsigned> k_of;  // of packs that are new
  };
  // At most `count` entries, none beyond the log's first `size`, which the view must hold. Throws StoreFailure (damaged) when one
  // is missing or no entry.
  [[nodiscard]] Piece read(ReadView& view, std::uint64_t size, std::size_t count) const;
  void add(const Piece& piece);

  [[nodiscard]] const log::Cells& cells() const noexcept { return cells_; }
  [[nodiscard]] const log::Figures& figures() const noexcept { return figures_; }

 private:
  std::map<log::Hash, unsigned> k_of_;
  log::Cells cells_{[this](const log::Hash& pack) { return k_of_.at(pack); }};
  log::Figures figures_{cells_};
};

// The lines of a published file (log/disclosed_line.h) for these entries, which are in order. Of what was erased nothing is left
// to show; the line stays.
std::string disclosed_lines(ReadView& view, std::span<const std::uint64_t> indexes);

}  // namespace huiyin::app
