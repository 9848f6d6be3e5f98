#include "app/audit.h"

#include <fmt/format.h>

#include <map>

#include "app/case/case_rows.h"
#include "app/desk.h"
#include "log/checkpoint.h"
#include "log/entry.h"

namespace huiyin::app {
namespace {

class Audit {
 public:
  Audit(ReadView& view, Keys& keys, const Jurisdiction& jurisdiction) : view_(view), keys_(keys), jurisdiction_(jurisdiction) {}

  std::vector<std::string> run() {
    const auto head = view_.head();
    const auto entries = view_.list_entries(0, head.size + 1);
    const auto events = view_.list_events_by_index(0, head.size + 1);
    expect(entries.size() == head.size, "the log has {} entries, its head says {}", entries.size(), head.size);
    expect(events.size() == head.size, "there are {} events for {} entries", events.size(), head.size);
    log::Tree tree;
    for (const auto& entry : entries) tree.append(log::leaf_hash(as_bytes(entry)));
    expect(tree.root() == head.root, "the entries do not lead to the head's root");
    expect(log::root_of(head.size, view_) == head.root, "the tiles do not lead to the head's root");
    for (std::size_t i = 0; i < std::min(entries.size(), events.size()); ++i) hold(i, entries[i], events[i]);
    if (!events.empty()) expect(head.t == events.back().t, "the head's time is not the newest event's");
    for (const auto& [id, seen] : records_) hold_record(id, seen);
    hold_kept_head(head);
    return std::move(wrong_);
  }

 private:
  struct Seen {  // of a record, so far
    std::uint64_t version = 0;
    log::Hash last_leaf{};
    cases::State state;
  };

  template <class... Args>
  void expect(bool right, fmt::format_string<Args...> text, Args&&... args) {
    if (!right) wrong_.push_back(fmt::format(text, std::forward<Args>(args)...));
  }

  void hold(std::uint64_t index, const std::string& text, const EventRow& event) {
    const auto entry = log::parse_entry(text);
    const auto record = view_.find_record(event.record);
    expect(entry.has_value(), "entry {} is not one", index);
    expect(record.has_value(), "event {} has no record", index);
    if (!entry || !record) return;
    auto& seen = records_[event.record];
    expect(event.log_index == index, "event {} says it stands at {}", index, event.log_index);
    expect(event.number == seen.version + 1, "event {}: number {} after {}", index, event.number, seen.version);
    expect(event.t >= last_t_, "event {}: time runs backwards", index);
    last_t_ = event.t;
    const auto decoded = decode<cases::Event>(event.name, event.facts);
    expect(decoded.has_value(), "event {} cannot be read", index);
    if (!decoded) return;
    seen.state = evolve(std::move(seen.state), *decoded, event.at);
    hold_frame(index, *entry, event, *record, seen);
    hold_fine(index, *entry, event, *decoded);
    hold_private(index, *entry, event, *record);
    seen.version = event.number;
    seen.last_leaf = log::leaf_hash(as_bytes(text));
  }

  void hold_frame(std::uint64_t index, const log::Entry& entry, const EventRow& event, const RecordRow& record,
                  const Seen& seen) {
    const auto& pack = jurisdiction_.pack;
    const auto where = standpoint(seen.state);
    const auto told = event.name == "about_set" ? "noted" : event.name;  // decision 0018
    expect(entry.kind == record.type + "." + told, "entry {}: kind {}", index, entry.kind);
    expect(entry.day == to_iso(jurisdiction_.zone->day_of(event.t)), "entry {}: day {}", index, entry.day);
    expect(entry.area == (where.category ? std::optional(pack.top_of(*where.category).text) : std::nullopt), "entry {}: area",
           index);
    expect(entry.unit == (where.unit ? std::optional(pack.top_of(*where.unit).text) : std::nullopt), "entry {}: unit", index);
    expect(entry.role == event.role, "entry {}: role {}", index, entry.role);
    expect(entry.rec == record.tag, "entry {}: rec", index);
    expect(entry.n == event.number, "entry {}: n {}", index, entry.n);
    expect(entry.prev == (seen.version > 0 ? std::optional(seen.last_leaf) : std::nullopt), "entry {}: prev", index);
    expect(entry.pack == pack.hash, "entry {}: pack", index);
  }

  // The digests are those of the kept disclosures, and these say what the event says.
  void hold_fine(std::uint64_t index, const log::Entry& entry, const EventRow& event, const cases::Event& decoded) {
    std::vector<log::Hash> digests;
    std::map<std::string, std::string> disclosed, expected;
    for (const auto& text : event.disclosures) {
      digests.push_back(log::Disclosure{text}.digest());
      if (const auto one = log::read_disclosure(text)) disclosed[one->name] = one->value_json;
    }
    auto logged = entry.fine;
    std::ranges::sort(digests);
    std::ranges::sort(logged);
    const auto encoded = encode(decoded);
    expect(std::ranges::includes(logged, digests), "entry {}: the digests are not those of the disclosures", index);
    expect(logged.size() == digests.size() + encoded.unsaid.size(), "entry {}: the number of digests tells something", index);
    for (const auto& fact : encoded.fine) expected[fact.name] = fact.value_json;
    expected["t"] = '"' + to_rfc3339(event.t) + '"';
    expected["at"] = '"' + to_rfc3339(event.at) + '"';
    expect(disclosed == expected, "entry {}: the disclosures do not say what the event says", index);
  }

  void hold_private(std::uint64_t index, const log::Entry& entry, const EventRow& event, const RecordRow& record) {
    const auto key = keys_.unwrap({record.wrapping, record.wrapped_key}, record.tag);
    expect(key.has_value(), "event {}: its record's key does not open", index);
    if (!key) return;
    OpenedContent content;
    for (std::size_t i = 0; i < private_classes; ++i) {
      if (!event.sealed[i]) continue;
      const auto text = open_class(event, static_cast<PrivateClass>(i), *key, record.tag);
      expect(text.has_value(), "event {}: {} does not open", index, private_class_names[i]);
      if (!text) continue;
      expect(log::Disclosure{*text}.digest() == entry.sd[i], "entry {}: the digest of {}", index, private_class_names[i]);
      if (auto one = log::read_disclosure(*text)) content[i] = std::move(one->value_json);
    }
    expect(decode<cases::Event>(event.name, event.facts, content).has_value(), "event {}: its content cannot be read", index);
  }

  void hold_record(RecordId id, const Seen& seen) {
    const auto record = view_.find_record(id);
    expect(record && record->version == seen.version, "record {}: version", id.number);
    expect(record && record->last_leaf == seen.last_leaf, "record {}: last leaf", id.number);
    expect(view_.rows<CaseRows>().find(id) == row_of(id, seen.state), "record {}: its row is not what its events say", id.number);
  }

  void hold_kept_head(const Head& head) {
    if (head.size == 0) return;
    const auto kept = keys_.last_heads(jurisdiction_.log());
    const auto note = kept.empty() ? std::nullopt : log::parse_note(kept.back());
    const auto checkpoint =
        note ? log::open_checkpoint(*note, *log::NoteVerifier::parse(jurisdiction_.signer.vkey())) : std::nullopt;
    expect(checkpoint && checkpoint->size == head.size && checkpoint->root == head.root, "the kept head is not the newest");
  }

  ReadView& view_;
  Keys& keys_;
  const Jurisdiction& jurisdiction_;
  Instant last_t_;
  std::map<RecordId, Seen> records_;
  std::vector<std::string> wrong_;
};

}  // namespace

std::vector<std::string> audit(Store& store, Keys& keys, const Jurisdiction& jurisdiction) {
  return Audit(*store.read(jurisdiction.id), keys, jurisdiction).run();
}

}  // namespace huiyin::app
