// Whether a log discloses what it must, what it may, and what it committed to. The files of the months are read beside the
// entries, each line as its entry comes by, so that no digest is kept: a line stands in the file of the month of its record's
// first entry, in the order of the log (docs/formats/log.md). Per entry two bits are kept. Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "log/audit/entries.h"
#include "log/audit/findings.h"
#include "log/audit/lines.h"
#include "log/audit/published_files.h"

namespace huiyin::log {

// More than any entry of entry_bytes_max can have facts for.
inline constexpr std::size_t disclosed_line_bytes_max = 1024UL * 1024;

class DisclosureAudit {
 public:
  DisclosureAudit(PublishedFiles& files, EntryAudit& entries, AuditFindings& findings)
      : files_(&files), entries_(&entries), findings_(&findings) {}

  // After an entry was added to the others: reads its line, if there is one, and gives what it says to the figures.
  Result<void> follow(const ReadEntry& entry);
  // What must be disclosed by now is: for the entries that were added so far.
  void check_missing();
  // Whether something is disclosed that may not be in a log of these entries: a newer head might allow it.
  [[nodiscard]] bool has_surplus() const;
  // No newer head does: says so of each.
  void check_surplus();

  [[nodiscard]] std::uint64_t lines() const noexcept { return lines_; }
  [[nodiscard]] std::uint64_t facts() const noexcept { return facts_; }
  [[nodiscard]] std::size_t files() const noexcept;

 private:
  // The file of one month, of which the next line is looked at.
  struct MonthFile {
    std::string name;
    std::unique_ptr<FilePieces> pieces;  // null when it is read to its end, or was never there
    std::string tail{};                  // what was read of a line without its end
    std::deque<std::future<std::unique_ptr<std::vector<ReadLine>>>> coming{};
    std::unique_ptr<std::vector<ReadLine>> lines{};
    std::size_t at = 0;  // those before it were looked at
    const ReadLine* next = nullptr;
    std::uint64_t line = 0;  // its number, from 1
    bool existed = false;
  };

  Result<MonthFile*> file_of(Month month);
  Result<void> advance(MonthFile& file);
  Result<void> read_ahead(MonthFile& file);
  void tell(AuditFault fault, const MonthFile& file, std::optional<std::uint64_t> entry, std::string expected, std::string found);
  void check_line(const MonthFile& file, const ReadLine& line, const Entry& entry);
  [[nodiscard]] bool is_open(std::uint64_t index) const;
  [[nodiscard]] std::string name_of_file(std::uint64_t index) const;

  PublishedFiles* files_;
  EntryAudit* entries_;
  AuditFindings* findings_;
  std::map<Month, MonthFile> months_;
  std::vector<bool> disclosed_, timed_;  // by entry: it has a line; which says `t` and `at`
  std::uint64_t lines_ = 0, facts_ = 0;
};

}  // namespace huiyin::log
