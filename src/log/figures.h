// Figures: what a log says of how its cases were answered, by the unit and the month in which they were received. Made from clear
// entries and published disclosures alone, so that a stranger who has these comes to the same bytes. What each figure means:
// docs/formats/log.md.
//
// Of each case its first of everything counts: the first acceptance, the first answer. A case is a record whose first entry is
// called case.submitted.
//
// Thread rule: a value; one thread at a time. Some 40 bytes a case.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "log/cells.h"
#include "log/disclosed_line.h"

namespace huiyin::log {

class Figures {
 public:
  // `cells` outlives it.
  explicit Figures(const Cells& cells) : cells_(&cells) {}

  // The entry at `index`, after the cells were given it.
  void add(std::uint64_t index, const AnyEntry& entry);
  // Whether the disclosures of an entry that was added matter here.
  [[nodiscard]] bool wants(std::uint64_t index) const;
  // The disclosures of such an entry; others change nothing. That they belong to it is the caller's to know. Of a case whose cell
  // is not open they count only when it opens.
  void add(const DisclosedLine& line);

  // One cell of the table.
  struct Row {
    Cell cell;
    bool disclosed = false;
    std::uint64_t received = 0, accepted = 0, answered = 0, returned = 0, reviews = 0;
    std::uint64_t on_time = 0, on_time_of = 0;  // answered on time, of those of which it is disclosed
    std::vector<std::int32_t> days;  // from receipt to answer, of each case of which both times are disclosed
  };
  [[nodiscard]] std::vector<Row> rows() const;  // by month, then by unit, none first

  [[nodiscard]] const Cells& cells() const noexcept { return *cells_; }

 private:
  struct Case {
    std::uint64_t first = 0, answer = 0;  // places of its first entry and of its first answer, which is never the first entry
    std::int64_t received_ms = unknown, answered_ms = unknown;
    std::uint16_t reviews = 0;
    bool is_case = false, accepted = false, returned = false, erased = false;
    bool on_time_known = false, on_time = false;
  };
  static constexpr std::int64_t unknown = INT64_MIN;
  void count(Row& row, const Case& one, bool open) const;

  const Cells* cells_;
  std::vector<Case> cases_;  // by the cells' number of the record
};

// The published file: canonical JSON (RFC 8785) of what was added of the log called `origin`.
std::string figures_json(const Figures& figures, std::string_view origin);

}  // namespace huiyin::log
