#include "log/audit/entries.h"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>

#include "base/canonical_json.h"
#include "base/json.h"
#include "base/text.h"

namespace huiyin::log {
namespace {

constexpr std::string_view entry_form = "docs/formats/log.md";

// Whether an object holds numbers of no kind that canonical_json() takes.
bool is_whole(const boost::json::value& value) {
  if (value.is_double()) return false;
  if (const auto* list = value.if_array()) return std::ranges::all_of(*list, is_whole);
  if (const auto* object = value.if_object())
    return std::ranges::all_of(*object, [](const auto& member) { return is_whole(member.value()); });
  return true;
}

std::string zone_of(std::string_view pack_json) {
  const auto pack = parse_json(pack_json);
  const auto* object = pack.ok() ? pack->if_object() : nullptr;
  const auto* zone = object == nullptr ? nullptr : object->if_contains("zone");
  return zone != nullptr && zone->is_string() ? std::string(zone->get_string()) : std::string();
}

std::string hash_or_null(const std::optional<Hash>& hash) { return hash ? to_base64url(*hash) : "null"; }

}  // namespace

void EntryAudit::tell(AuditFault fault, std::string expected, std::string found) {
  findings_->add({fault, std::string(file_), index_, {}, std::move(expected), std::move(found)});
}

Result<void> EntryAudit::add(const ReadEntry& read, const std::string& file) {
  index_ = cells_.size();
  file_ = file;
  if (!read.said) {
    tell_form(read.text);
    cells_.pass_over();
    return {};
  }
  if (const auto* succession = std::get_if<SuccessionEntry>(&*read.said)) {
    take_succession(*succession);
    cells_.add(index_, *read.said);
    figures_.add(index_, *read.said);
    return {};
  }
  reach_new_entries();
  const auto* open = std::get_if<Entry>(&*read.said);
  if (open != nullptr && (in_force_ == nullptr || in_force_->first != open->pack)) {
    if (auto had = find_rules(open->pack); !had.ok()) return had;
  }
  check_day(open != nullptr ? open->day : std::get<SealedEntry>(*read.said).day);
  cells_.add(index_, *read.said);
  figures_.add(index_, *read.said);
  if (open != nullptr) check_chain(*open, read.leaf);
  return {};
}

void EntryAudit::tell_form(std::string_view text) {
  if (text.size() > entry_bytes_max)
    return tell(AuditFault::entry_too_long, std::to_string(entry_bytes_max), std::to_string(text.size()));
  const auto value = parse_json(text);
  const bool canonical_text = value.ok() && value->is_object() && is_whole(*value) && canonical_json(*value) == text;
  tell(canonical_text ? AuditFault::entry_unknown : AuditFault::entry_not_canonical,
       std::string(canonical_text ? entry_form : "RFC 8785"), shortened(text));
}

Result<void> EntryAudit::find_rules(const Hash& pack) {
  const auto before = in_force_ == nullptr ? std::string() : in_force_->second.zone;
  auto known = rules_.find(pack);
  if (known == rules_.end()) {
    const auto name = "packs/" + to_hex(pack);
    const auto json = files_->read(name, published_pack_bytes_max);
    if (!json.ok()) return json.error();
    known = rules_.emplace(pack, Rules{}).first;
    if (!*json) {
      findings_->add({AuditFault::file_missing, name, index_});
    } else if (const auto hash = crypto::sha256(**json); hash != pack) {
      findings_->add({AuditFault::pack_differs, name, index_, {}, to_hex(pack), to_hex(hash)});
    } else {
      known->second = {cell_records_of(**json), zone_of(**json)};
    }
  }
  // Another time zone may be a day behind the one before, once.
  if (in_force_ != nullptr && known->second.zone != before && floor_) floor_ = newest_ + -1;
  in_force_ = &*known;
  return {};
}

void EntryAudit::check_day(const std::string& text) {
  const auto checked_before = text == last_day_ && index_ != limits_.unseen_from;
  if (checked_before) return;
  const auto day = day_from_iso(text).value();  // a valid entry's
  if (first_day_.empty()) first_day_ = text;
  if (floor_ && day < *floor_) tell(AuditFault::day_backwards, to_iso(*floor_), text);
  else floor_ = day;
  newest_ = std::max(newest_, day);
  last_day_ = text;
  if (limits_.latest && day > *limits_.latest) tell(AuditFault::dated_ahead, to_iso(*limits_.latest), text);
  if (limits_.earliest && index_ >= limits_.unseen_from && day < *limits_.earliest)
    tell(AuditFault::dated_back, to_iso(*limits_.earliest), text);
}

// The first of them is the newest.
void EntryAudit::take_succession(const SuccessionEntry& entry) {
  const auto day = day_from_iso(entry.day).value();  // a valid entry's
  if (limits_.latest && day > *limits_.latest) tell(AuditFault::dated_ahead, to_iso(*limits_.latest), entry.day);
  if (index_ > 0) return;
  succeeded_ = day;
  repeated_until_ = index_ + 1 + entry.kept;
}

// The entries that come after what a successor repeats are of its own days.
void EntryAudit::reach_new_entries() {
  if (!succeeded_ || index_ < repeated_until_) return;
  if (floor_ && *succeeded_ < *floor_) {
    findings_->add({AuditFault::day_backwards, std::string(file_), 0, {}, to_iso(*floor_), to_iso(*succeeded_)});
  } else {
    floor_ = *succeeded_;
    last_day_.clear();  // so that the next is held against it
  }
  newest_ = std::max(newest_, *succeeded_);
  succeeded_.reset();
}

void EntryAudit::check_chain(const Entry& entry, const Hash& leaf) {
  const auto record = cells_.record_of(index_).value();
  if (record == chains_.size()) chains_.push_back({});
  auto& chain = chains_.at(record);
  if (entry.n != chain.n + std::uint64_t{1})
    tell(AuditFault::chain_number, std::to_string(chain.n + std::uint64_t{1}), std::to_string(entry.n));
  const auto before = chain.n == 0 ? std::nullopt : std::optional(chain.leaf);
  if (entry.prev != before) tell(AuditFault::chain_prev, hash_or_null(before), hash_or_null(entry.prev));
  chain.leaf = leaf;
  // Counted on from what stands there, so that one gap is one finding.
  chain.n = static_cast<std::uint32_t>(std::min<std::uint64_t>(entry.n, std::numeric_limits<std::uint32_t>::max()));
  chain.erased = chain.erased || entry.kind == "case.erased";
}

}  // namespace huiyin::log
