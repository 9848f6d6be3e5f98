#include "log/audit/disclosures.h"

#include <algorithm>

#include "base/text.h"
#include "log/audit/heads.h"

namespace huiyin::log {
namespace {

constexpr std::string_view line_form = R"({"index":N,"disclosures":[...]})";
// A server's own day and `t`, which is UTC, are at most a day apart.
constexpr int zone_days_max = 1;
constexpr std::size_t pieces_ahead_max = 2;  // of each month

std::string file_name(Month month) { return "disclosures/" + to_text(month) + ".jsonl"; }

}  // namespace

std::size_t DisclosureAudit::files() const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(months_, [](const auto& one) { return one.second.existed; }));
}

void DisclosureAudit::tell(AuditFault fault, const MonthFile& file, std::optional<std::uint64_t> entry, std::string expected,
                           std::string found) {
  findings_->add({fault, file.name, entry, std::to_string(file.line), std::move(expected), std::move(found)});
}

Result<DisclosureAudit::MonthFile*> DisclosureAudit::file_of(Month month) {
  const auto [at, is_new] = months_.try_emplace(month);
  auto& file = at->second;
  if (!is_new) return &file;
  file.name = file_name(month);
  auto opened = files_->open(file.name);
  if (!opened.ok()) return std::move(opened).error();
  file.pieces = *std::move(opened);
  file.existed = file.pieces != nullptr;
  if (auto had = advance(file); !had.ok()) return had.error();
  return &file;
}

// So that enough lines are on their way; at its end the file is closed.
Result<void> DisclosureAudit::read_ahead(MonthFile& file) {
  while (file.pieces != nullptr && file.coming.size() < pieces_ahead_max) {
    auto piece = file.pieces->next();
    if (!piece.ok()) return std::move(piece).error();
    file.tail += *piece;
    const bool ends = piece->empty() || file.tail.size() > disclosed_line_bytes_max;
    if (ends) file.pieces.reset();
    const auto whole = ends ? file.tail.size() : file.tail.rfind('\n') + 1;  // 0 when there is none
    if (whole == 0) continue;
    auto rest = file.tail.substr(whole);
    file.tail.resize(whole);
    file.coming.push_back(std::async(std::launch::async, read_lines, std::exchange(file.tail, std::move(rest))));
  }
  return {};
}

// To the next line that is one.
Result<void> DisclosureAudit::advance(MonthFile& file) {
  file.next = nullptr;
  for (;;) {
    if (file.lines == nullptr || file.at == file.lines->size()) {
      file.lines.reset();
      file.at = 0;
      if (auto had = read_ahead(file); !had.ok()) return had;
      if (file.coming.empty()) return {};
      file.lines = file.coming.front().get();
      file.coming.pop_front();
      if (auto had = read_ahead(file); !had.ok()) return had;
      continue;
    }
    const auto& line = (*file.lines)[file.at++];
    ++file.line;
    if (line.said) {
      file.next = &line;
      return {};
    }
    tell(AuditFault::disclosure_malformed, file, {}, std::string(line_form), shortened(line.text));
  }
}

Result<void> DisclosureAudit::follow(const ReadEntry& entry) {
  const auto index = entries_->cells().size() - 1;
  disclosed_.push_back(false);
  timed_.push_back(false);
  const auto record = entries_->cells().record_of(index);
  if (!record) return {};
  auto found = file_of(entries_->cells().month_of_record(*record));
  if (!found.ok()) return std::move(found).error();
  auto& file = **found;
  while (file.next != nullptr && file.next->said->index < index) {  // of an entry that has gone by, or is not of this month
    tell(AuditFault::disclosure_misplaced, file, file.next->said->index, ">= " + std::to_string(index),
         std::to_string(file.next->said->index));
    if (auto had = advance(file); !had.ok()) return had;
  }
  if (file.next == nullptr || file.next->said->index != index) return {};
  check_line(file, *file.next, std::get<Entry>(*entry.said));
  return advance(file);
}

void DisclosureAudit::check_line(const MonthFile& file, const ReadLine& line, const Entry& entry) {
  ++lines_;
  disclosed_.back() = true;
  timed_.back() = line.t && line.at;
  bool all_fit = true;
  for (const auto& digest : line.digests) {
    if (std::ranges::find(entry.fine, digest) != entry.fine.end()) continue;
    all_fit = false;
    tell(AuditFault::disclosure_foreign, file, line.said->index, "fine", to_base64url(digest));
  }
  facts_ += line.digests.size();
  if (!all_fit) return;
  entries_->figures().add(*line.said);
  if (!line.t) return;
  if (std::abs(day_from_iso(entry.day).value() - utc_day_of(*line.t)) > zone_days_max)
    tell(AuditFault::time_unfit, file, line.said->index, entry.day, to_rfc3339(*line.t));
}

bool DisclosureAudit::is_open(std::uint64_t index) const {
  const auto record = entries_->cells().record_of(index);
  return record && entries_->cells().is_open(*record);
}

std::string DisclosureAudit::name_of_file(std::uint64_t index) const {
  const auto& cells = entries_->cells();
  return file_name(cells.month_of_record(cells.record_of(index).value()));
}

void DisclosureAudit::check_missing() {
  const auto& cells = entries_->cells();
  for (std::uint64_t index = 0; index < disclosed_.size(); ++index) {
    if (!is_open(index)) continue;
    if (!disclosed_[index]) findings_->add({AuditFault::disclosure_missing, name_of_file(index), index});
    else if (!timed_[index] && !entries_->is_erased(cells.record_of(index).value()))
      findings_->add({AuditFault::time_missing, name_of_file(index), index, {}, "at, t"});
  }
}

bool DisclosureAudit::has_surplus() const {
  for (std::uint64_t index = 0; index < disclosed_.size(); ++index) {
    if (disclosed_[index] && !is_open(index)) return true;
  }
  return std::ranges::any_of(months_, [](const auto& one) { return one.second.next != nullptr; });
}

void DisclosureAudit::check_surplus() {
  for (std::uint64_t index = 0; index < disclosed_.size(); ++index) {
    if (disclosed_[index] && !is_open(index)) findings_->add({AuditFault::disclosure_early, name_of_file(index), index});
  }
  for (auto& [month, file] : months_) {
    if (file.next != nullptr)
      tell(AuditFault::disclosure_misplaced, file, file.next->said->index, "< " + std::to_string(disclosed_.size()),
           std::to_string(file.next->said->index));
  }
}

}  // namespace huiyin::log
