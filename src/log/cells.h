// Cells: which records' finer facts are published. The facts of one record alone would tell too much about one person, so they
// come out only together with those of others. Which, is decided by the clear entries alone, in the order of the log: whoever has
// the entries can name what is missing (docs/formats/log.md, docs/decisions/0015).
//
// A cell is a unit and a month: the first unit that an entry of the record names, and the month of its first entry. Where no
// entry names one until the log reaches the second month after it, the record belongs to the cell without a unit. A record never
// changes its cell.
//
// A cell opens when it holds k records. One with fewer joins the next month of the same unit in which there are any: together
// they open when they hold k, or at once when that month is open. What is open stays open, and takes in who comes late. Sealed
// entries, and those that name the log before, belong to no cell.
//
// Thread rule: a value; one thread at a time. Some 100 bytes a record and 4 an entry.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "log/entry.h"

namespace huiyin::log {

inline constexpr unsigned cell_records_usual = 10;  // k, where a pack says nothing

// k as a pack says it, from its published canonical JSON; the usual one where it says nothing.
unsigned cell_records_of(std::string_view pack_json);

// A month, counted from year 0; "2026-03".
struct Month {
  std::int32_t number = 0;
  friend auto operator<=>(const Month&, const Month&) = default;
};
Month month_of(std::string_view day);  // of a valid day, 2026-03-01
std::string to_text(Month month);
std::optional<Month> month_from_text(std::string_view text);

struct Cell {
  std::optional<std::string> unit;
  Month month;
  friend bool operator==(const Cell&, const Cell&) = default;
};

class Cells {
 public:
  using Record = std::uint32_t;  // 0, 1, ... in the order of their first entries
  // `k_of(pack)`: k under the rules that an entry names. It is asked for each clear entry.
  explicit Cells(std::function<unsigned(const Hash& pack)> k_of) : k_of_(std::move(k_of)) {}

  // The entry at `index`; they come in order and without a gap (asserts).
  void add(std::uint64_t index, const AnyEntry& entry);
  // In the place of the next entry stands something that is none: it belongs to no record.
  void pass_over();

  [[nodiscard]] std::uint64_t size() const noexcept { return record_of_.size(); }
  [[nodiscard]] std::size_t records() const noexcept { return records_.size(); }
  // Whose entry it is; nothing for a sealed one, or one that names the log before. index < size().
  [[nodiscard]] std::optional<Record> record_of(std::uint64_t index) const;
  // Of its first entry.
  [[nodiscard]] Month month_of_record(Record record) const { return records_.at(record).month; }
  // Where it is counted: its cell, or while that is open, the month of its first entry without a unit.
  [[nodiscard]] Cell cell_of(Record record) const;
  // Whether its disclosures are published.
  [[nodiscard]] bool is_open(Record record) const;

  // The months that have published disclosures, in order: each has a file of its own.
  [[nodiscard]] std::vector<Month> open_months() const;
  // The entries whose disclosures stand in the file of a month: those of the open records whose first entry is of that month, in
  // order, from `from` on, at most `count`.
  [[nodiscard]] std::vector<std::uint64_t> list_open(Month month, std::uint64_t from, std::size_t count) const;

  // How many sealed entries each month has.
  [[nodiscard]] const std::map<Month, std::uint64_t>& sealed() const noexcept { return sealed_; }

 private:
  using Unit = std::uint32_t;  // a place in units_
  static constexpr Unit no_unit = 0;
  static constexpr Unit undecided = UINT32_MAX;
  static constexpr Record no_record = UINT32_MAX;
  struct Place {
    Month month;
    Unit unit = undecided;
  };
  struct Filling {
    std::uint64_t records = 0;
    bool open = false;
  };
  struct TagHash {
    std::size_t operator()(const std::array<std::uint8_t, 16>& tag) const noexcept;
  };

  void reach(Month month, unsigned k);
  void decide(Record record, Unit unit, unsigned k);
  static void open_what_is_full(std::map<Month, Filling>& months, unsigned k);
  Unit number_of(const std::string& unit);

  std::function<unsigned(const Hash&)> k_of_;
  std::vector<Record> record_of_;  // by index
  std::vector<Place> records_;
  std::unordered_map<std::array<std::uint8_t, 16>, Record, TagHash> by_tag_;
  std::vector<std::optional<std::string>> units_{std::nullopt};
  std::map<std::string, Unit> unit_numbers_;
  std::vector<std::map<Month, Filling>> cells_{1};  // by unit
  std::map<Month, std::vector<Record>> waiting_;  // for a unit
  std::map<Month, std::uint64_t> sealed_;
};

}  // namespace huiyin::log
