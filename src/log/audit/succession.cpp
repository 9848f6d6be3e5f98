#include "log/audit/succession.h"

#include <algorithm>

#include "base/text.h"
#include "log/log_name.h"

namespace huiyin::log {
namespace {

constexpr std::uint64_t leaves_between_prunings = 256;  // the changes of tiles that a tree gathers are not needed here

std::string size_root(std::uint64_t size, const Hash& root) { return std::to_string(size) + " " + to_base64(root); }

}  // namespace

SuccessionAudit::SuccessionAudit(std::string origin, AuditFindings& findings)
    : origin_(std::move(origin)), before_(read_log_name(origin_).number - 1), findings_(&findings) {}

void SuccessionAudit::hold_against(std::vector<Checkpoint> kept) {
  kept_ = std::move(kept);
  std::ranges::sort(kept_, {}, &Checkpoint::size);
}

void SuccessionAudit::tell(AuditFault fault, std::string expected, std::string found) {
  findings_->add({fault, file_, index_, {}, std::move(expected), std::move(found)});
}

void SuccessionAudit::add(const ReadEntry& entry, const std::string& file) {
  file_ = file;
  for (auto& repeated : repeated_) follow(repeated, entry.leaf);
  const auto* named = entry.said ? std::get_if<SuccessionEntry>(&*entry.said) : nullptr;
  if (index_ < before_ && !broken_) {
    const auto wanted = origin_of({read_log_name(origin_).body, static_cast<std::uint32_t>(before_ - index_)});
    if (named != nullptr && named->origin == wanted) {
      take_named(*named);
    } else {
      broken_ = true;
      tell(AuditFault::succession_missing, wanted, shortened(entry.text));
    }
  } else if (named != nullptr) {
    tell(AuditFault::succession_misplaced, {}, shortened(entry.text));
  }
  ++index_;
}

void SuccessionAudit::end() {
  if (index_ >= before_ || std::exchange(broken_, true)) return;
  tell(AuditFault::succession_missing, origin_of({read_log_name(origin_).body, static_cast<std::uint32_t>(before_ - index_)}),
       "-");
}

// Of the log it names as much is left as each succession since has kept; the entries that those logs began with stand before.
void SuccessionAudit::take_named(const SuccessionEntry& entry) {
  Repeated repeated{index_ + 1, entry.kept};
  if (!repeated_.empty())
    repeated.kept = std::min(repeated.kept, repeated_.back().kept - std::min<std::uint64_t>(repeated_.back().kept, 1));
  if (entry.kept == entry.size && repeated.kept == entry.size)
    repeated.expected[entry.size].emplace_back(entry.root, AuditFault::succession_differs);
  named_.push_back(entry);
  if (!kept_.empty() && kept_.back().origin == entry.origin) find_seen(entry, repeated);
  repeated_.push_back(std::move(repeated));
  compare(repeated_.back());  // a head over nothing
}

void SuccessionAudit::find_seen(const SuccessionEntry& entry, Repeated& repeated) {
  const auto& newest = kept_.back();
  if (entry.size < newest.size)
    tell(AuditFault::succession_hides, ">= " + size_root(newest.size, newest.root), size_root(entry.size, entry.root));
  else if (entry.size == newest.size && entry.root != newest.root)
    tell(AuditFault::forked, size_root(newest.size, newest.root), size_root(entry.size, entry.root));
  seen_ = SeenBefore{newest.size, std::min(newest.size, repeated.kept), 0};
  seen_from_ = repeated.from;
  seen_in_ = repeated_.size();
  for (const auto& one : kept_) {
    if (one.size <= repeated.kept) repeated.expected[one.size].emplace_back(one.root, AuditFault::forked);
  }
}

void SuccessionAudit::follow(Repeated& repeated, const Hash& leaf) {
  if (repeated.expected.empty()) return;
  repeated.tree.append(leaf);
  if (repeated.tree.size() % leaves_between_prunings == 0) (void)repeated.tree.take_changes();
  compare(repeated);
}

// What it must lead to at this size; what is behind it needs no following any more.
void SuccessionAudit::compare(Repeated& repeated) {
  const auto due = repeated.expected.find(repeated.tree.size());
  if (due == repeated.expected.end()) return;
  const auto root = repeated.tree.root();
  for (const auto& [wanted, fault] : due->second) {
    if (wanted != root) tell(fault, size_root(due->first, wanted), size_root(due->first, root));
    else if (fault == AuditFault::forked && seen_ && &repeated == &repeated_[seen_in_]) seen_->proved = due->first;
  }
  repeated.expected.erase(due);
}

}  // namespace huiyin::log
