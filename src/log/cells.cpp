#include "log/cells.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cstring>

#include "base/assert.h"
#include "base/json.h"
#include "base/time.h"

namespace huiyin::log {
namespace {

constexpr std::int32_t months_to_wait = 2;  // for a unit: the record's own month and the next

}  // namespace

unsigned cell_records_of(std::string_view pack_json) {
  const auto pack = parse_json(pack_json);
  const auto* object = pack.ok() ? pack->if_object() : nullptr;
  const auto* k = object == nullptr ? nullptr : object->if_contains("k");
  const auto* number = k == nullptr ? nullptr : k->if_int64();
  return number == nullptr || *number < 1 || *number > UINT32_MAX ? cell_records_usual : static_cast<unsigned>(*number);
}

Month month_of(std::string_view day) {
  const auto digit = [&](std::size_t at) { return day[at] - '0'; };
  HUIYIN_ASSERT(day.size() == 10 && day[4] == '-' && day[7] == '-');
  const auto year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return {year * 12 + digit(5) * 10 + digit(6) - 1};
}

std::string to_text(Month month) { return fmt::format("{:04}-{:02}", month.number / 12, month.number % 12 + 1); }

std::optional<Month> month_from_text(std::string_view text) {
  if (text.size() != 7 || !day_from_iso(std::string(text) + "-01")) return std::nullopt;
  const auto digits = [&](std::size_t from, std::size_t count) {
    std::int32_t number = 0;
    for (const char c : text.substr(from, count)) number = number * 10 + (c - '0');
    return number;
  };
  return Month{digits(0, 4) * 12 + digits(5, 2) - 1};
}

std::size_t Cells::TagHash::operator()(const std::array<std::uint8_t, 16>& tag) const noexcept {
  std::size_t first = 0;  // tags are random
  std::memcpy(&first, tag.data(), sizeof first);
  return first;
}

void Cells::add(std::uint64_t index, const AnyEntry& any) {
  HUIYIN_ASSERT(index == record_of_.size() && records_.size() < no_record);
  if (const auto* hidden = std::get_if<SealedEntry>(&any)) {
    record_of_.push_back(no_record);
    ++sealed_[month_of(hidden->day)];
    return;
  }
  if (std::holds_alternative<SuccessionEntry>(any)) return pass_over();
  const auto& entry = std::get<Entry>(any);
  const auto month = month_of(entry.day);
  const auto k = k_of_(entry.pack);
  reach(month, k);
  const auto [at, is_new] = by_tag_.try_emplace(entry.rec, static_cast<Record>(records_.size()));
  const auto record = at->second;
  if (is_new) {
    records_.push_back({month});
    if (!entry.unit) waiting_[month].push_back(record);
  }
  record_of_.push_back(record);
  if (entry.unit && records_[record].unit == undecided) decide(record, number_of(*entry.unit), k);
}

void Cells::pass_over() { record_of_.push_back(no_record); }

// Who has waited long enough for a unit has none.
void Cells::reach(Month month, unsigned k) {
  while (!waiting_.empty() && waiting_.begin()->first.number + months_to_wait <= month.number) {
    const auto late = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    for (const auto record : late) {
      if (records_[record].unit == undecided) decide(record, no_unit, k);
    }
  }
}

void Cells::decide(Record record, Unit unit, unsigned k) {
  auto& place = records_[record];
  place.unit = unit;
  auto& cell = cells_[unit][place.month];
  ++cell.records;
  if (!cell.open) open_what_is_full(cells_[unit], k);
}

// Month after month: those with too few are carried on to the next, until there are enough or the next is open.
void Cells::open_what_is_full(std::map<Month, Filling>& months, unsigned k) {
  std::uint64_t records = 0;
  auto carried = months.begin();
  for (auto month = months.begin(); month != months.end(); ++month) {
    records += month->second.records;
    if (!month->second.open && records < k) continue;
    for (; carried != std::next(month); ++carried) carried->second.open = true;
    records = 0;
  }
}

Cells::Unit Cells::number_of(const std::string& unit) {
  const auto [at, is_new] = unit_numbers_.try_emplace(unit, static_cast<Unit>(units_.size()));
  if (is_new) {
    units_.emplace_back(unit);
    cells_.emplace_back();
  }
  return at->second;
}

std::optional<Cells::Record> Cells::record_of(std::uint64_t index) const {
  HUIYIN_ASSERT(index < record_of_.size());
  const auto record = record_of_[index];
  return record == no_record ? std::nullopt : std::optional(record);
}

Cell Cells::cell_of(Record record) const {
  const auto& place = records_.at(record);
  return {place.unit == undecided ? std::nullopt : units_[place.unit], place.month};
}

bool Cells::is_open(Record record) const {
  const auto& place = records_.at(record);
  return place.unit != undecided && cells_[place.unit].at(place.month).open;
}

std::vector<Month> Cells::open_months() const {
  std::map<Month, bool> open;
  for (const auto& unit : cells_) {
    for (const auto& [month, cell] : unit) {
      if (cell.open) open[month] = true;
    }
  }
  std::vector<Month> months;
  for (const auto& [month, yes] : open) months.push_back(month);
  return months;
}

std::vector<std::uint64_t> Cells::list_open(Month month, std::uint64_t from, std::size_t count) const {
  std::vector<std::uint64_t> indexes;
  for (auto index = from; index < record_of_.size() && indexes.size() < count; ++index) {
    const auto record = record_of_[index];
    if (record != no_record && records_[record].month == month && is_open(record)) indexes.push_back(index);
  }
  return indexes;
}

}  // namespace huiyin::log
