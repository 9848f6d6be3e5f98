// The read table of cases in memory: every question is a walk over all rows.
#include <algorithm>

#include "storage/memory_tables.h"

namespace huiyin::storage {
namespace {

using app::CaseFilter;
using app::CaseRow;

class MemoryCaseRows final : public app::CaseRows {
 public:
  explicit MemoryCaseRows(TablesOf<CaseTables> tables) : tables_(std::move(tables)) {}

  std::optional<CaseRow> find(RecordId id) override {
    const auto& rows = tables_.seen().rows;
    const auto row = rows.find(id);
    return row == rows.end() ? std::nullopt : std::optional(row->second);
  }
  std::optional<CaseRow> find_by_reference(std::string_view reference) override {
    const auto& by_reference = tables_.seen().by_reference;
    const auto record = by_reference.find(reference);
    return record == by_reference.end() ? std::nullopt : find(record->second);
  }

  std::vector<CaseRow> list(const CaseFilter& filter) override {
    std::vector<CaseRow> rows;
    for (const auto& [id, row] : tables_.seen().rows) {
      if (fits(row, filter)) rows.push_back(row);
    }
    if (filter.due_before) std::ranges::sort(rows, {}, [](const CaseRow& row) { return std::pair(*row.due, row.id); });
    else std::ranges::reverse(rows);
    if (const auto count = std::min(filter.count, app::list_rows_max); rows.size() > count) rows.resize(count);
    return rows;
  }

  std::vector<std::pair<cases::Phase, std::uint64_t>> count_by_phase(const Visible& visible) override {
    std::map<cases::Phase, std::uint64_t> counts;
    for (const auto& [id, row] : tables_.seen().rows) {
      if (visible.covers(row.units, row.bars)) ++counts[row.phase];
    }
    return {counts.begin(), counts.end()};
  }

  std::vector<app::Watched> list_watched(Instant now, const app::Watched& after, std::size_t count) override {
    std::vector<app::Watched> due;
    for (const auto& [id, row] : tables_.seen().rows) {
      if (row.watch && *row.watch <= now && app::Watched{*row.watch, id} > after) due.push_back({*row.watch, id});
    }
    std::ranges::sort(due);
    if (due.size() > count) due.resize(count);
    return due;
  }
  std::vector<RecordId> list_provisional(RecordId after, std::size_t count) override {
    std::vector<RecordId> records;
    for (const auto& [id, row] : tables_.seen().rows) {
      if (row.provisional && id > after && records.size() < count) records.push_back(id);
    }
    return records;
  }
  std::vector<RecordId> list_settled_mergers(RecordId after, std::size_t count) override {
    std::vector<RecordId> records;
    for (const auto& [id, row] : tables_.seen().rows) {
      if (!row.merged_into || id <= after || records.size() == count) continue;
      const auto other = find(*row.merged_into);
      if (other && is_settled(other->phase)) records.push_back(id);
    }
    return records;
  }

  void put(const CaseRow& row) override {
    auto& tables = tables_.changed();
    const auto before = tables.rows.find(row.id);
    if (before != tables.rows.end()) {  // reference and day of arrival stay for ever
      auto fresh = row;
      fresh.reference = before->second.reference;
      fresh.received = before->second.received;
      before->second = std::move(fresh);
      return;
    }
    if (!tables.by_reference.emplace(row.reference, row.id).second) {
      throw app::StoreFailure(app::StoreFailure::Kind::constraint, "case_row: one a reference");
    }
    tables.rows.emplace(row.id, row);
  }
  // Nothing stands beside the rows here.
  bool is_indexed(const CaseRow& row) override { return find(row.id) == row; }
  std::vector<std::string> list_miscounts(std::size_t) override { return {}; }

 private:
  // As list_settled_mergers.sql names them.
  static bool is_settled(cases::Phase phase) {
    using enum cases::Phase;
    return phase == answered || phase == rated || phase == in_review || cases::is_over(phase);
  }
  static bool fits(const CaseRow& row, const CaseFilter& filter) {
    if (!filter.visible.covers(row.units, row.bars)) return false;
    if (filter.phase && row.phase != *filter.phase) return false;
    if (filter.unit && row.units.lead != filter.unit) return false;
    if (filter.handler && row.handler != filter.handler) return false;
    if ((filter.urgent && !row.urgent) || (filter.proposed && !row.proposed)) return false;
    if (filter.barred && row.bars.empty()) return false;
    if (filter.category && row.category != filter.category) return false;
    if (filter.returned && row.returns == 0) return false;
    if (!filter.due_before) return !filter.after || row.id < *filter.after;
    if (!row.due || *row.due >= *filter.due_before) return false;
    return !filter.after_due || std::pair(*row.due, row.id) > std::pair(*filter.after_due, filter.after.value_or(RecordId{0}));
  }

  TablesOf<CaseTables> tables_;
};

}  // namespace

std::unique_ptr<app::Rows> make_memory_case_rows(TablesOf<CaseTables> tables) {
  return std::make_unique<MemoryCaseRows>(std::move(tables));
}

}  // namespace huiyin::storage
