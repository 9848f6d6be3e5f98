#include "log/audit/audit.h"

#include <algorithm>
#include <deque>
#include <future>

#include "log/audit/bundles.h"
#include "log/audit/disclosures.h"
#include "log/audit/entries.h"
#include "log/audit/published_figures.h"
#include "log/audit/tiles.h"
#include "texts/keys.h"

namespace huiyin::log {
namespace {

constexpr std::uint64_t read_ahead_bundles = 24;  // that are asked for
constexpr std::size_t bundles_ahead_max = 6;      // that are there, and read by other threads
constexpr int newer_heads_max = 3;  // that are read when a log grows while it is audited

class LogAudit {
 public:
  LogAudit(PublishedFiles& files, const AuditKnown& known, const std::function<void(std::uint64_t, std::uint64_t)>& progress)
      : files_(files), known_(known), progress_(progress) {}

  Result<AuditReport> run() {
    for (const auto step : {&LogAudit::open_kept, &LogAudit::read_figures, &LogAudit::begin, &LogAudit::read_log}) {
      if (auto had = (this->*step)(); !had.ok()) return std::move(had).error();
      if (ended_) break;
    }
    count();
    return std::move(report_);
  }

 private:
  AuditFindings& findings() { return report_.findings; }
  [[nodiscard]] std::uint64_t size() const { return tiles_.tree().size(); }
  [[nodiscard]] const Checkpoint& head() const { return report_.head->checkpoint; }

  Result<void> open_kept() {
    AuditFindings unasked;
    if (known_.before) {
      std::vector<Checkpoint> kept;
      for (const auto& note : known_.kept_before) {
        auto head = open_head(note, *known_.before, known_.witnesses, unasked);
        if (!head) return Error{Code::invalid, {key::audit_kept_unsigned}};
        kept.push_back(head->checkpoint);
        if (!report_.kept || report_.kept->checkpoint.size < head->checkpoint.size) report_.kept = std::move(head);
      }
      succession_.hold_against(std::move(kept));
      return {};
    }
    if (!known_.kept) return {};
    report_.kept = open_head(*known_.kept, known_.log, known_.witnesses, unasked);
    if (!report_.kept) return Error{Code::invalid, {key::audit_kept_unsigned}};
    return {};
  }

  // Before the checkpoint, so that what they cover is signed by then.
  Result<void> read_figures() {
    auto figures = files_.read(std::string(figures_file), published_figures_bytes_max);
    if (!figures.ok()) return std::move(figures).error();
    if (!*figures) {
      findings().add({AuditFault::file_missing, std::string(figures_file)});
      return {};
    }
    published_figures_ = **std::move(figures);
    report_.figures_size = figures_size(published_figures_);
    if (!report_.figures_size) compare_figures(published_figures_, entries_.figures(), known_.log.name(), findings());
    return {};
  }

  // The newest head, where it is one; what is wrong with it is among the findings.
  Result<std::optional<AuditedHead>> read_head() {
    auto note = files_.read(std::string(checkpoint_file), note_bytes_max);
    if (!note.ok()) return std::move(note).error();
    if (!*note) return Error{Code::not_found, {key::audit_no_checkpoint}};
    report_.shown = **note;
    return open_head(**note, known_.log, known_.witnesses, findings());
  }

  Result<void> begin() {
    auto head = read_head();
    if (!head.ok()) return std::move(head).error();
    ended_ = !*head;
    if (ended_) return {};
    report_.head = *std::move(head);
    if (report_.kept && !known_.before) compare_heads(*report_.kept, *report_.head, findings());
    if (report_.figures_size.value_or(0) > this->head().size) {
      findings().add({AuditFault::figure_differs,
                      std::string(figures_file),
                      {},
                      "size",
                      "<= " + std::to_string(this->head().size),
                      std::to_string(*report_.figures_size)});
      report_.figures_size.reset();
    }
    return {};
  }

  Result<void> read_log() {
    if (auto had = read_to_head(); !had.ok() || ended_) return had;
    // A log that grows meanwhile may disclose by now what the head before did not allow.
    for (int round = 0; round < newer_heads_max && disclosures_.has_surplus(); ++round) {
      auto newer = read_head();
      if (!newer.ok()) return std::move(newer).error();
      if (!*newer) return {};
      compare_heads(*report_.head, **newer, findings());
      if ((*newer)->checkpoint.size <= size()) break;
      report_.head = *std::move(newer);
      if (auto had = read_to_head(); !had.ok() || ended_) return had;
    }
    disclosures_.check_surplus();
    succession_.end();
    report_.whole = true;
    return {};
  }

  // What was seen of a log before is known in this one's places once its first entries were read.
  void limit_days() {
    DayLimits limits{latest_day(known_.now), {}, 0};
    if (const auto seen = first_seen(report_.head->vouched)) limits.latest = std::min(*limits.latest, latest_day(*seen));
    const bool placed = !known_.before || succession_.seen_before();
    if (const auto seen = report_.kept && placed ? first_seen(report_.kept->vouched) : std::nullopt) {
      limits.earliest = earliest_day(*seen);
      limits.unseen_from = known_.before ? succession_.unseen_from() : report_.kept->checkpoint.size;
    }
    entries_.set_limits(limits);
  }

  Result<void> read_to_head() {
    limit_days();
    at_size();
    for (auto ahead = size() / tile_width; ahead < size() / tile_width + read_ahead_bundles; ++ahead) expect(ahead);
    if (size() < head().size) {
      if (auto had = read_bundles(); !had.ok() || ended_) return had;
    }
    if (auto had = tiles_.check_edge(); !had.ok()) return had;
    if (const auto root = tiles_.tree().root(); root != head().root)
      findings().add({AuditFault::root_differs, std::string(checkpoint_file), {}, {}, to_base64(root), to_base64(head().root)});
    return {};
  }

  // What there is to be read for a bundle of that number, in its order.
  void expect(std::uint64_t number) {
    const auto width = width_at({0, number}, head().size);
    if (width == 0) return;
    files_.expect(entries_path(number, width), published_bundle_bytes_max);
    auto tile = number;
    for (unsigned level = 0; width == tile_width; ++level) {
      files_.expect(tile_path({level, tile}, tile_width), tile_bytes_max);
      if (tile % tile_width != tile_width - 1) break;
      tile /= tile_width;
    }
  }

  // From the one that has room on. Some are read by other threads while the one before is held against everything else.
  Result<void> read_bundles() {
    auto number = size() / tile_width;
    for (auto to_read = number;; ++number) {
      for (; coming_.size() < bundles_ahead_max && width_at({0, to_read}, head().size) > 0; ++to_read) {
        if (auto had = begin_bundle(to_read); !had.ok()) return had;
      }
      if (coming_.empty()) return {};
      const auto bundle = coming_.front().get();
      coming_.pop_front();
      if (bundle->fault) {
        findings().add(*bundle->fault);
        coming_.clear();
        ended_ = true;
        return {};
      }
      ++report_.bundles;
      if (auto had = add_entries(number * tile_width, *bundle); !had.ok()) return had;
      progress_(size(), head().size);
    }
  }

  Result<void> begin_bundle(std::uint64_t number) {
    const auto width = width_at({0, number}, head().size);
    expect(number + read_ahead_bundles);
    auto name = entries_path(number, width);
    auto bytes = files_.read(name, published_bundle_bytes_max);
    if (!bytes.ok()) return std::move(bytes).error();
    coming_.push_back(std::async(std::launch::async, read_bundle, std::move(name), *std::move(bytes), width));
    return {};
  }

  // Those of a bundle that begins at `first`; what was read of it before, narrower, must be the same.
  Result<void> add_entries(std::uint64_t first, const ReadBundle& bundle) {
    if (size() == first) bundle_leaves_.clear();
    for (std::size_t i = 0; i < bundle.entries.size(); ++i) {
      const auto& entry = bundle.entries[i];
      if (i < bundle_leaves_.size()) {
        if (entry.leaf != bundle_leaves_[i])
          findings().add(
              {AuditFault::served_twice, bundle.name, first + i, {}, to_base64(bundle_leaves_[i]), to_base64(entry.leaf)});
        continue;
      }
      bundle_leaves_.push_back(entry.leaf);
      tiles_.append(entry.leaf);
      follow_succession(entry, bundle.name);
      if (auto had = entries_.add(entry, bundle.name); !had.ok()) return had;
      if (auto had = disclosures_.follow(entry); !had.ok()) return had;
      at_size();
    }
    return tiles_.check_full();
  }

  void follow_succession(const ReadEntry& entry, const std::string& file) {
    const auto named = succession_.named().size();
    succession_.add(entry, file);
    if (succession_.named().size() == named) return;
    report_.succession_texts.emplace_back(entry.text);
    limit_days();
  }

  // What is to be held against the log as it was at this size.
  void at_size() {
    if (report_.kept && !known_.before && report_.kept->checkpoint.size == size()) {
      const auto& kept = report_.kept->checkpoint;
      const auto root = tiles_.tree().root();
      report_.begins_with_kept = root == kept.root;
      if (!report_.begins_with_kept && findings().count(AuditFault::forked) == 0)
        findings().add({AuditFault::forked,
                        std::string(checkpoint_file),
                        {},
                        std::to_string(kept.size),
                        to_base64(kept.root),
                        to_base64(root)});
    }
    if (report_.figures_size.value_or(head().size) != size() || std::exchange(figures_compared_, true)) return;
    disclosures_.check_missing();
    if (report_.figures_size) compare_figures(published_figures_, entries_.figures(), head().origin, findings());
  }

  void count() {
    const auto& cells = entries_.cells();
    report_.entries = size();
    report_.records = cells.records();
    for (const auto& [month, entries] : cells.sealed()) report_.sealed += entries;
    report_.tiles = tiles_.tiles();
    report_.packs = entries_.packs();
    report_.disclosed_entries = disclosures_.lines();
    report_.disclosed_facts = disclosures_.facts();
    report_.disclosure_files = disclosures_.files();
    report_.successions = succession_.named();
    report_.seen_before = succession_.seen_before();
    report_.first_day = entries_.first_day();
    report_.last_day = entries_.last_day();
  }

  PublishedFiles& files_;
  const AuditKnown& known_;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
  AuditReport report_;
  TileAudit tiles_{files_, report_.findings};
  EntryAudit entries_{files_, report_.findings};
  DisclosureAudit disclosures_{files_, entries_, report_.findings};
  SuccessionAudit succession_{known_.log.name(), report_.findings};
  std::string published_figures_;
  std::vector<Hash> bundle_leaves_;  // of the bundle that is not full yet
  std::deque<std::future<std::unique_ptr<ReadBundle>>> coming_;
  bool figures_compared_ = false;
  bool ended_ = false;
};

}  // namespace

Result<AuditReport> audit_log(PublishedFiles& files, const AuditKnown& known,
                              const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  return LogAudit(files, known, progress).run();
}

}  // namespace huiyin::log
