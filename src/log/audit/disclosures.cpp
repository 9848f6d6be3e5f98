#include "log/audit/disclosures.h"

#include <algorithm>

#include "base/text.h"
#include "log/audit/heads.h"
#include "log/disclosure.h"

namespace huiyin::log {
namespace {

constexpr std::string_view line_form = R"({"index":N,"disclosures":[...]})";
// A server's own day and `t`, which is UTC, are at most a day apart.
constexpr int zone_days_max = 1;
constexpr std::int64_t ms_a_day = 24LL * 60 * 60 * 1000;

std::string file_name(Month month) { return "disclosures/" + to_text(month) + ".jsonl"; }

// The encoded texts of a line that was read, one after another: as they stand in it where it is written as we write it, so that
// they need not be encoded again; else encoded anew, which comes to the same.
class EncodedTexts {
 public:
  explicit EncodedTexts(std::string_view line) : rest_(line) {
    const auto list = rest_.find('[');
    plain_ = rest_.find('\\') == std::string_view::npos && list != std::string_view::npos && rest_.starts_with("{\"index\"");
    if (plain_) rest_.remove_prefix(list);
  }
  std::string_view next(std::string_view text) {
    if (plain_) {
      const auto open = rest_.find('"');
      const auto close = rest_.find('"', open + 1);
      const auto found = rest_.substr(open + 1, close - open - 1);
      rest_.remove_prefix(close + 1);
      return found;
    }
    return made_ = to_base64url(as_bytes(text));
  }

 private:
  std::string_view rest_;
  bool plain_ = false;
  std::string made_;
};

// Whether a text can be one of the facts `t` and `at`; most are not, and need not be read for it.
bool may_be_time(std::string_view text) {
  return text.find("t\"") != std::string_view::npos || text.find('\\') != std::string_view::npos;
}

std::optional<Instant> time_of(const Disclosed& fact) {
  const std::string_view value(fact.value_json);
  return value.size() < 2 ? std::nullopt : instant_from_rfc3339(value.substr(1, value.size() - 2));
}

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

// The next line without its newline; false at the end.
Result<bool> DisclosureAudit::take_line(MonthFile& file) {
  auto& line = file.next_text;
  for (auto searched = file.at;;) {
    const auto end = file.text.find('\n', searched);
    if (end != std::string::npos) {
      line.assign(file.text, file.at, end - file.at);
      file.at = end + 1;
      return true;
    }
    if (file.pieces == nullptr || file.text.size() - file.at > disclosed_line_bytes_max) {
      line.assign(file.text, file.at);
      file.pieces.reset();
      file.text.clear();
      file.text.shrink_to_fit();
      file.at = 0;
      return !line.empty();
    }
    file.text.erase(0, std::exchange(file.at, 0));
    searched = file.text.size();
    auto piece = file.pieces->next();
    if (!piece.ok()) return std::move(piece).error();
    if (piece->empty()) file.pieces.reset();
    file.text += *piece;
  }
}

// To the next line that is one.
Result<void> DisclosureAudit::advance(MonthFile& file) {
  file.next.reset();
  const auto& line = file.next_text;
  for (;;) {
    auto more = take_line(file);
    if (!more.ok()) return std::move(more).error();
    if (!*more) return {};
    ++file.line;
    auto read = parse_disclosed_line(line);
    if (!read) {
      tell(AuditFault::disclosure_malformed, file, {}, std::string(line_form), shortened(line));
    } else if (read->index < file.least) {
      tell(AuditFault::disclosure_misplaced, file, read->index, ">= " + std::to_string(file.least), std::to_string(read->index));
    } else {
      file.least = read->index + 1;
      file.next = std::move(read);
      return {};
    }
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
  while (file.next && file.next->index < index) {  // of an entry that has gone by, and is not of this month
    tell(AuditFault::disclosure_misplaced, file, file.next->index, ">= " + std::to_string(index),
         std::to_string(file.next->index));
    if (auto had = advance(file); !had.ok()) return had;
  }
  if (!file.next || file.next->index != index) return {};
  check_line(file, std::get<Entry>(*entry.said));
  return advance(file);
}

void DisclosureAudit::check_line(const MonthFile& file, const Entry& entry) {
  const auto& line = *file.next;
  ++lines_;
  disclosed_.back() = true;
  bool all_fit = true;
  EncodedTexts encoded(file.next_text);
  for (const auto& text : line.texts) {
    const auto digest = crypto::sha256(encoded.next(text));
    if (std::ranges::find(entry.fine, digest) != entry.fine.end()) continue;
    all_fit = false;
    tell(AuditFault::disclosure_foreign, file, line.index, "fine", to_base64url(digest));
  }
  facts_ += line.texts.size();
  if (!all_fit) return;
  check_times(file, entry);
  entries_->figures().add(line);
}

void DisclosureAudit::check_times(const MonthFile& file, const Entry& entry) {
  bool at = false;
  bool t = false;
  for (const auto& text : file.next->texts) {
    if (!may_be_time(text)) continue;
    const auto fact = read_disclosure(text);
    if (!fact || (fact->name != "t" && fact->name != "at")) continue;
    const auto time = time_of(*fact);
    (fact->name == "t" ? t : at) = time.has_value();
    if (fact->name != "t" || !time) continue;
    const auto day = day_from_iso(entry.day).value();
    const Day utc{static_cast<std::int32_t>(time->ms / ms_a_day)};
    if (std::abs(day - utc) > zone_days_max) tell(AuditFault::time_unfit, file, file.next->index, entry.day, fact->value_json);
  }
  timed_.back() = at && t;
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
  return std::ranges::any_of(months_, [](const auto& one) { return one.second.next.has_value(); });
}

void DisclosureAudit::check_surplus() {
  for (std::uint64_t index = 0; index < disclosed_.size(); ++index) {
    if (disclosed_[index] && !is_open(index)) findings_->add({AuditFault::disclosure_early, name_of_file(index), index});
  }
  for (auto& [month, file] : months_) {
    if (file.next)
      tell(AuditFault::disclosure_misplaced, file, file.next->index, "< " + std::to_string(disclosed_.size()),
           std::to_string(file.next->index));
  }
}

}  // namespace huiyin::log
