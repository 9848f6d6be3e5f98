#include "log/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/canonical_json.h"
#include "base/time.h"
#include "log/disclosure.h"

namespace huiyin::log {
namespace {

constexpr std::int64_t ms_a_day = 24LL * 60 * 60 * 1000;

std::string json_string(std::string_view text) {
  std::string out;
  write_canonical_string(out, text);
  return out;
}

// Of an odd number of cases the middle one, of an even one the mean of the two: "12.0", "12.5".
std::string median(std::vector<std::int32_t> days) {
  if (days.empty()) return "null";
  std::ranges::sort(days);
  const std::int64_t twice = std::int64_t{days[(days.size() - 1) / 2]} + days[days.size() / 2];
  return fmt::format("\"{}.{}\"", twice / 2, twice % 2 == 0 ? '0' : '5');
}

}  // namespace

void Figures::add(std::uint64_t index, const AnyEntry& any) {
  const auto record = cells_->record_of(index);
  if (!record) return;
  const auto& entry = std::get<Entry>(any);
  if (*record == cases_.size()) {
    cases_.push_back({});
    cases_.back().first = index;
    cases_.back().is_case = entry.kind == "case.submitted";
  }
  auto& one = cases_.at(*record);
  if (entry.kind == "case.accepted") one.accepted = true;
  else if (entry.kind == "case.returned") one.returned = true;
  else if (entry.kind == "case.answered" && one.answer == 0) one.answer = index;
  else if (entry.kind == "case.review_asked" && one.reviews < std::numeric_limits<std::uint16_t>::max()) ++one.reviews;
  else if (entry.kind == "case.erased") one.erased = true;
}

bool Figures::wants(std::uint64_t index) const {
  const auto record = cells_->record_of(index);
  if (!record) return false;
  const auto& one = cases_.at(*record);
  return one.is_case && (index == one.first || (index == one.answer && one.answer != 0));
}

void Figures::add(const DisclosedLine& line) {
  if (line.index >= cells_->size() || !wants(line.index)) return;
  auto& one = cases_.at(*cells_->record_of(line.index));
  for (const auto& text : line.texts) {
    const auto fact = read_disclosure(text);
    if (!fact) continue;
    if (fact->name == "at" && fact->value_json.size() > 2) {
      const auto at = instant_from_rfc3339(std::string_view(fact->value_json).substr(1, fact->value_json.size() - 2));
      if (at) (line.index == one.first ? one.received_ms : one.answered_ms) = at->ms;
    } else if (fact->name == "on_time" && line.index == one.answer) {
      one.on_time_known = fact->value_json == "true" || fact->value_json == "false";
      one.on_time = fact->value_json == "true";
    }
  }
}

void Figures::count(Row& row, const Case& one, bool open) const {
  ++row.received;
  row.accepted += one.accepted ? 1 : 0;
  row.answered += one.answer != 0 ? 1 : 0;
  row.returned += one.returned ? 1 : 0;
  row.reviews += one.reviews;
  if (!open) return;
  row.disclosed = true;
  row.on_time_of += one.on_time_known ? 1 : 0;
  row.on_time += one.on_time ? 1 : 0;
  if (one.erased || one.received_ms == unknown || one.answered_ms == unknown) return;
  row.days.push_back(static_cast<std::int32_t>(std::max<std::int64_t>(0, one.answered_ms - one.received_ms) / ms_a_day));
}

std::vector<Figures::Row> Figures::rows() const {
  std::map<std::pair<Month, std::optional<std::string>>, Row> rows;
  for (Cells::Record record = 0; record < cases_.size(); ++record) {
    const auto& one = cases_[record];
    if (!one.is_case) continue;
    auto cell = cells_->cell_of(record);
    auto& row = rows[{cell.month, cell.unit}];
    row.cell = std::move(cell);
    count(row, one, cells_->is_open(record));
  }
  std::vector<Row> out;
  for (auto& [key, row] : rows) out.push_back(std::move(row));
  return out;
}

std::string figures_json(const Figures& figures, std::string_view origin) {
  std::string rows, sealed;
  for (const auto& row : figures.rows()) {
    rows += fmt::format(
        R"({}{{"accepted":{},"answered":{},"disclosed":{},"median_days":{},"median_of":{},"month":"{}","on_time":{},)",
        rows.empty() ? "" : ",", row.accepted, row.answered, row.disclosed, median(row.days), row.days.size(),
        to_text(row.cell.month), row.on_time);
    rows += fmt::format(R"("on_time_of":{},"received":{},"returned":{},"reviews":{},"unit":{}}})", row.on_time_of, row.received,
                        row.returned, row.reviews, row.cell.unit ? json_string(*row.cell.unit) : "null");
  }
  for (const auto& [month, entries] : figures.cells().sealed())
    sealed += fmt::format(R"({}{{"entries":{},"month":"{}"}})", sealed.empty() ? "" : ",", entries, to_text(month));
  return fmt::format(R"({{"cells":[{}],"origin":{},"sealed":[{}],"size":{},"v":1}})", rows, json_string(origin), sealed,
                     figures.cells().size());
}

}  // namespace huiyin::log
