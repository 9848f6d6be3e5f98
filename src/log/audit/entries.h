// The half of an audit that reads what entries say: their form, the chain within each record, their days and the rules they name.
// From them come the cells and the figures. Per record some 150 bytes are kept, per entry 4.
// Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "log/audit/bundles.h"
#include "log/audit/findings.h"
#include "log/audit/published_files.h"
#include "log/figures.h"

namespace huiyin::log {

inline constexpr std::size_t published_pack_bytes_max = 16UL * 1024 * 1024;

// What those who saw the log allow an entry to say of its day.
struct DayLimits {
  std::optional<Day> latest{};  // of any entry
  std::optional<Day> earliest{};  // of those from `unseen_from` on, which were not there when somebody looked
  std::uint64_t unseen_from = 0;
};

class EntryAudit {
 public:
  EntryAudit(PublishedFiles& files, AuditFindings& findings) : files_(&files), findings_(&findings) {}
  EntryAudit(const EntryAudit&) = delete;
  EntryAudit& operator=(const EntryAudit&) = delete;

  void set_limits(const DayLimits& limits) { limits_ = limits; }

  // The next entry; `file` is the bundle it came in. An Error when the rules it names could not be had.
  Result<void> add(const ReadEntry& entry, const std::string& file);

  [[nodiscard]] const Cells& cells() const noexcept { return cells_; }
  [[nodiscard]] Figures& figures() noexcept { return figures_; }
  [[nodiscard]] bool is_erased(Cells::Record record) const { return chains_.at(record).erased; }
  [[nodiscard]] std::size_t packs() const noexcept { return rules_.size(); }
  [[nodiscard]] const std::string& first_day() const noexcept { return first_day_; }
  [[nodiscard]] const std::string& last_day() const noexcept { return last_day_; }

 private:
  struct Chain {
    Hash leaf{};  // of the record's newest entry
    std::uint32_t n = 0;
    bool erased = false;
  };
  struct Rules {
    unsigned k = cell_records_usual;
    std::string zone{};
  };

  void tell(AuditFault fault, std::string expected, std::string found);
  void tell_form(std::string_view text);
  Result<void> find_rules(const Hash& pack);
  void check_day(const std::string& day);
  void take_succession(const SuccessionEntry& entry);
  void reach_new_entries();
  void check_chain(const Entry& entry, const Hash& leaf);

  PublishedFiles* files_;
  AuditFindings* findings_;
  DayLimits limits_;
  std::map<Hash, Rules> rules_;
  const std::pair<const Hash, Rules>* in_force_ = nullptr;  // of the entry before
  Cells cells_{[this](const Hash&) { return in_force_->second.k; }};
  Figures figures_{cells_};
  std::vector<Chain> chains_;  // by the cells' number of the record
  std::string first_day_, last_day_;
  std::optional<Day> floor_;  // the day that none may go below
  Day newest_{};
  // The day on which the log went on from another one: no earlier one after what it repeats.
  std::optional<Day> succeeded_;
  std::uint64_t repeated_until_ = 0;
  std::uint64_t index_ = 0;
  std::string_view file_;
};

}  // namespace huiyin::log
