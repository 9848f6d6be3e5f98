#include "app/fsck.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <tuple>

#include "app/audit.h"
#include "app/kept_head.h"
#include "app/ledger.h"
#include "app/log_fold.h"
#include "app/pack_reader.h"
#include "app/zone.h"
#include "log/audit/succession.h"
#include "log/checkpoint.h"

namespace huiyin::app {
namespace {

class Fsck {
 public:
  Fsck(ReadView& view, Keys& keys, const Jurisdiction& jurisdiction,
       const std::function<void(std::uint64_t, std::uint64_t)>& progress)
      : view_(view), keys_(keys), jurisdiction_(jurisdiction), progress_(progress) {}

  FsckReport run() {
    head_ = view_.head();
    check_kept_heads();
    check_log();
    check_records();
    return std::move(report_);
  }

 private:
  void fault(std::string what) {
    ++report_.faults_found;
    if (report_.faults.size() < faults_told_max) report_.faults.push_back(std::move(what));
  }

  void check_kept_heads() {
    const auto notes = keys_.last_heads(jurisdiction_.log());
    if (notes.empty() && head_.size > 0) fault("keys: no signed head is kept, but the log is not empty");
    for (const auto& note : notes) {
      const auto kept = open_kept_head(jurisdiction_, note);
      if (!kept) {
        fault("keys: a kept head is not signed by this log's key");
        continue;
      }
      if (kept->origin != jurisdiction_.origin) fault(fmt::format("keys: a kept head is of another log ({})", kept->origin));
      if (kept->size > head_.size)
        fault(fmt::format("log: a head over {} entries was signed, but the database has {}", kept->size, head_.size));
      if (kept->size == 0 && kept->root != log::empty_root()) fault("keys: the kept head of an empty log has a wrong root");
      kept_.push_back(*kept);
    }
  }

  // Where the log goes on from others: each of those against the heads that were signed and kept of it, which stay beside the
  // keys.
  void open_successions() {
    const auto own = jurisdiction_.log();
    for (std::uint32_t number = 1; number == 1 || number < own.number; ++number) {
      auto& audit =
          *successions_.emplace_back(std::make_unique<log::SuccessionAudit>(jurisdiction_.origin, succession_findings_));
      if (number == own.number) return;  // the first log: there must be none
      const auto origin = log::origin_of({log::read_log_name(jurisdiction_.origin).body, number});
      const auto key = log::NoteVerifier::parse(log::NoteSigner(origin, keys_.log_key({own.jurisdiction, number})).vkey());
      std::vector<log::Checkpoint> kept;
      for (const auto& text : keys_.last_heads({own.jurisdiction, number})) {
        const auto note = log::parse_note(text);
        if (auto head = note && key ? log::open_checkpoint(*note, *key) : std::nullopt) kept.push_back(*std::move(head));
        else fault(fmt::format("keys: a kept head of {} is not signed by that log's key", origin));
      }
      audit.hold_against(std::move(kept));
    }
  }

  void end_successions() {
    for (const auto& audit : successions_) audit->end();
    std::set<std::tuple<log::AuditFault, std::optional<std::uint64_t>, std::string, std::string>> told;  // several saw the same
    for (const auto& one : succession_findings_.kept()) {
      if (!told.emplace(one.what, one.entry, one.expected, one.found).second) continue;
      fault(fmt::format("log: {} at entry {}: got {}, expected {}", name_of(one.what), one.entry.value_or(0), one.found,
                        one.expected));
    }
    const auto& named = successions_.front()->named();
    if (!named.empty() && keys_.find_succession(jurisdiction_.log()) != canonical(named.front()))
      fault("keys: the entry that the log began with is not kept there, or is another");
  }

  // The entries in order: the tree, its tiles and heads, made again from them alone.
  void check_log() {
    open_successions();
    log::Tree tree;
    Instant last_t{std::numeric_limits<std::int64_t>::min()};
    for (std::uint64_t index = 0; index < head_.size;) {
      const auto entries = view_.list_entries(index, entries_at_once);
      const auto events = view_.list_events_by_index(index, entries.size());
      if (entries.empty()) return fault(fmt::format("log: entry {} is missing", index));
      auto event = events.begin();
      for (std::size_t i = 0; i < entries.size() && index < head_.size; ++i, ++index) {
        const log::ReadEntry read{entries[i], log::leaf_hash(as_bytes(entries[i])), log::parse_any_entry(entries[i])};
        tree.append(read.leaf);
        for (const auto& audit : successions_) audit->add(read, "log");
        for (const auto& kept : kept_) {
          if (tree.size() == kept.size && tree.root() != kept.root)
            fault(fmt::format("log: the first {} entries do not lead to the head that was signed", kept.size));
        }
        if (read.said && std::holds_alternative<log::SuccessionEntry>(*read.said)) {
          ++entries_without_event_;
          continue;
        }
        if (event == events.end() || event->log_index != index) {
          fault(fmt::format("log: entry {} has no event", index));
          continue;
        }
        if (event->t < last_t) fault(fmt::format("log: entry {} was written before the one before it", index));
        last_t = event++->t;
      }
      check_tiles(tree.take_changes());
      progress_(index, 2 * head_.size);
    }
    report_.entries = head_.size;
    if (!view_.list_entries(head_.size, 1).empty()) fault("log: there are entries beyond its head");
    if (!view_.list_events_by_index(head_.size, 1).empty()) fault("log: there are events beyond its head");
    if (tree.root() != head_.root) fault("log: its entries do not lead to its head");
    end_successions();
  }

  // A tile that is unfinished now may have grown since; it is looked at again when it has.
  void check_tiles(const std::vector<log::Tree::Change>& changes) {
    for (const auto& change : changes) {
      const auto width = static_cast<unsigned>(change.hashes.size() / sizeof(log::Hash));
      Bytes stored;
      try {
        stored = view_.tile(change.id, width);
      } catch (const StoreFailure&) {
        fault(fmt::format("log: tile {} is missing", log::tile_path(change.id, width)));
        continue;
      }
      stored.resize(change.hashes.size());
      if (stored != change.hashes) fault(fmt::format("log: tile {} does not fit its entries", log::tile_path(change.id, width)));
    }
  }

  // Record by record: its life, its chain of entries, its disclosures and its read table.
  void check_records() {
    const auto audits = all_audits();
    const TellFault tell = [this](std::string what) { fault(std::move(what)); };
    std::uint64_t events_seen = 0;
    for (std::int64_t number = 1;; ++number) {
      const auto record = view_.find_record({number});
      if (!record) break;
      ++report_.records;
      const auto audit = std::ranges::find(audits, record->type, &Audit::record_type);
      if (audit == audits.end()) fault(fmt::format("record {}: this program knows no records called {}", number, record->type));
      else events_seen += check_record(*record, **audit, tell);
      if (number % 256 == 0) progress_(head_.size + events_seen, 2 * head_.size);
    }
    if (events_seen + entries_without_event_ != head_.size) {
      fault(fmt::format("records: they hold {} events, the log has {} entries of records", events_seen,
                        head_.size - entries_without_event_));
    }
    for (const auto& audit : audits) audit->end(view_, tell);
    progress_(2 * head_.size, 2 * head_.size);
  }

  std::uint64_t check_record(const RecordRow& record, Audit& audit, const TellFault& tell) {
    const auto name = fmt::format("record {}", record.id.number);
    const auto events = view_.list_events(record.id, 0);
    const auto key = keys_.unwrap({record.wrapping, record.wrapped_key}, record.tag);
    if (!key) fault(name + ": its key cannot be opened");
    audit.begin_record();
    RecordRow so_far = record;
    so_far.version = 0;
    for (const auto& row : events) {
      const auto where = fmt::format("{}, event {}", name, row.number);
      if (row.number != so_far.version + 1) fault(where + ": an event before it is missing");
      const auto step = audit.take(row, open_all(row, key, record, where));
      if (!step) {
        fault(where + ": cannot be read");
        return events.size();
      }
      check_entry(row, *step, decoys_of(row, step->encoded, key), so_far, where);
      so_far.version = row.number;
    }
    if (so_far.version != record.version) fault(name + ": its version is not the number of its events");
    if (so_far.last_leaf != record.last_leaf) fault(name + ": its last entry is another");
    audit.end_record(view_, record.id, tell);
    return events.size();
  }

  // The digests of private content in an entry of either form; nothing when it is neither.
  static std::optional<std::array<log::Hash, private_classes>> digests_of(const std::optional<std::string>& entry) {
    if (!entry) return std::nullopt;
    if (const auto open = log::parse_entry(*entry)) return open->sd;
    if (const auto sealed = log::parse_sealed_entry(*entry)) return sealed->sd;
    return std::nullopt;
  }

  OpenedContent open_all(const EventRow& row, const std::optional<crypto::SymmetricKey>& key, const RecordRow& record,
                         const std::string& where) {
    OpenedContent out;
    const auto digests = digests_of(view_.find_entry(row.log_index));
    for (std::size_t i = 0; key && i < private_classes; ++i) {
      const auto which = static_cast<PrivateClass>(i);
      if (!row.sealed[i]) {
        if (digests && absent_digest(*key, which, {row.number, row.actor}, row.facts) != (*digests)[i]) {
          fault(fmt::format("{}: its {} were taken away, or its facts were changed", where, private_class_names[i]));
        }
        continue;
      }
      const auto text = open_class(row, which, *key, record.tag);
      const auto disclosed = text ? log::read_disclosure(*text) : std::nullopt;
      if (!disclosed || disclosed->name != private_class_names[i]) {
        fault(fmt::format("{}: its {} cannot be opened", where, private_class_names[i]));
        continue;
      }
      if (digests && log::Disclosure{*text}.digest() != (*digests)[i])
        fault(fmt::format("{}: its {} are not what the log says", where, private_class_names[i]));
      out[i] = disclosed->value_json;
    }
    return out;
  }

  static std::vector<log::Hash> decoys_of(const EventRow& row, const EncodedEvent& event,
                                          const std::optional<crypto::SymmetricKey>& key) {
    std::vector<log::Hash> decoys;
    for (const auto& name : event.unsaid) {
      if (key) decoys.push_back(decoy_digest(*key, {row.number, row.actor}, name));
    }
    return decoys;
  }

  // The entry, made again from the event; only salts cannot be, these are taken from what is stored.
  void check_entry(const EventRow& row, const Audit::Step& step, const std::vector<log::Hash>& decoys, RecordRow& so_far,
                   const std::string& where) {
    const auto& [standpoint, encoded] = step;
    const auto text = view_.find_entry(row.log_index);
    if (!text) return fault(where + ": its entry is missing");
    so_far.version = row.number - 1;
    std::vector<log::Hash> digests;
    std::map<std::string, std::string> facts;
    for (const auto& disclosure : row.disclosures) {
      digests.push_back(log::Disclosure{disclosure}.digest());
      if (const auto read = log::read_disclosure(disclosure)) facts[read->name] = read->value_json;
    }
    std::map<std::string, std::string> told{{"t", '"' + to_rfc3339(row.t) + '"'}, {"at", '"' + to_rfc3339(row.at) + '"'}};
    for (const auto& fact : encoded.fine) told[fact.name] = fact.value_json;
    const auto named = standpoint.sealed ? disclosed_pack(facts) : pack_of_entry(*text);
    const auto [pack, zone] = rules_of(named, where);
    auto frame = entry_frame(pack, zone, so_far, encoded.told_as.value_or(row.name), standpoint, row.role, row.t);
    if (named) frame.pack = *named;
    if (standpoint.sealed) {
      check_sealed_entry(*text, frame, digests, where);
      for (const auto& fact : hidden_facts(frame)) told[fact.name] = fact.value_json;
    } else {
      check_open_entry(*text, frame, digests, decoys, where);
    }
    if (told != facts) fault(where + ": its disclosures do not say what the event says");
    if (encoded.facts != row.facts) fault(where + ": its facts are not in the form they were written in");
    so_far.last_leaf = log::leaf_hash(as_bytes(*text));
  }

  void check_open_entry(const std::string& text, log::Entry& frame, const std::vector<log::Hash>& digests,
                        const std::vector<log::Hash>& decoys, const std::string& where) {
    const auto stored = log::parse_entry(text);
    if (!stored) return fault(where + ": its entry is no entry");
    frame.fine = digests;
    frame.sd = stored->sd;
    if (is_valid(frame) && canonical(frame) == text) return;  // as entries were before there were decoys
    frame.fine.insert(frame.fine.end(), decoys.begin(), decoys.end());
    if (!is_valid(frame) || canonical(frame) != text) fault(where + ": its entry does not say what the event says");
  }

  void check_sealed_entry(const std::string& text, const log::Entry& frame, const std::vector<log::Hash>& digests,
                          const std::string& where) {
    const auto stored = log::parse_sealed_entry(text);
    const auto has = [&](const log::Hash& digest) { return std::ranges::find(stored->fine, digest) != stored->fine.end(); };
    if (!stored || stored->day != frame.day || !std::ranges::all_of(digests, has))
      fault(where + ": its entry does not say what the event says");
  }

  // The rules that an entry was written under: by now another pack may be in force, with other trees and another time zone.
  struct Rules {
    const rules::Pack& pack;
    const rules::Zone& zone;
  };
  // A pack of before, as far as an entry shows it.
  struct KeptPack {
    rules::Pack outline;
    std::unique_ptr<rules::Zone> zone;  // null: it is the one in force
  };

  static std::optional<log::Hash> pack_of_entry(const std::string& text) {
    const auto stored = log::parse_entry(text);
    return stored ? std::optional(stored->pack) : std::nullopt;
  }
  // A sealed entry names its pack in a disclosure.
  static std::optional<log::Hash> disclosed_pack(const std::map<std::string, std::string>& facts) {
    const auto named = facts.find("pack");
    const auto bytes = named == facts.end() || named->second.size() < 2
                           ? std::nullopt
                           : from_base64url(std::string_view(named->second).substr(1, named->second.size() - 2));
    log::Hash hash{};
    if (!bytes || bytes->size() != hash.size()) return std::nullopt;
    std::ranges::copy(*bytes, hash.begin());
    return hash;
  }

  // Those in force when it names none, which the comparisons tell, or one that is not kept.
  Rules rules_of(const std::optional<log::Hash>& hash, const std::string& where) {
    const auto* kept = hash ? find_kept(*hash) : nullptr;
    if (hash && kept == nullptr) fault(where + ": the pack that its entry names is not kept, or was changed");
    if (kept == nullptr || kept->zone == nullptr) return {jurisdiction_.pack, *jurisdiction_.zone};
    return {kept->outline, *kept->zone};
  }

  // Once a pack, however many entries name it.
  const KeptPack* find_kept(const log::Hash& hash) {
    const auto [at, is_new] = packs_.try_emplace(hash);
    if (is_new) at->second = read_kept(hash);
    return at->second ? &*at->second : nullptr;
  }
  std::optional<KeptPack> read_kept(const log::Hash& hash) {
    const auto json = view_.find_pack(hash);
    if (!json || crypto::sha256(*json) != hash) return std::nullopt;
    if (hash == jurisdiction_.pack.hash) return KeptPack{};
    auto outline = pack_outline_from_json(*json);
    if (!outline.ok()) return std::nullopt;
    auto zone = TzZone::open_zone(outline->zone);
    if (!zone.ok()) return std::nullopt;
    return KeptPack{*std::move(outline), *std::move(zone)};
  }

  ReadView& view_;
  Keys& keys_;
  const Jurisdiction& jurisdiction_;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
  Head head_;
  std::vector<log::Checkpoint> kept_;
  log::AuditFindings succession_findings_;
  std::vector<std::unique_ptr<log::SuccessionAudit>> successions_;
  std::uint64_t entries_without_event_ = 0;
  std::map<log::Hash, std::optional<KeptPack>> packs_;
  FsckReport report_;
};

}  // namespace

FsckReport fsck(Store& store, Keys& keys, const Jurisdiction& jurisdiction,
                const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const auto view = store.read(jurisdiction.id);
  return Fsck(*view, keys, jurisdiction, progress).run();
}

}  // namespace huiyin::app
