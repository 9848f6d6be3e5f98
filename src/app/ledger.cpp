#include "app/ledger.h"

#include "base/assert.h"

namespace huiyin::app {
namespace {

std::string instant_json(Instant at) { return '"' + to_rfc3339(at) + '"'; }

std::string quoted_bytes(ByteView bytes) { return '"' + to_base64url(bytes) + '"'; }

// The digests of a sealed entry: those of its facts, and random ones up to the number that all have.
std::string sealed_text(const log::Entry& entry, Random& random) {
  log::SealedEntry sealed{entry.day, {}, entry.sd};
  HUIYIN_ASSERT(entry.fine.size() <= sealed.fine.size());
  for (auto& digest : sealed.fine) digest = random.bytes<sizeof(log::Hash)>();
  std::ranges::copy(entry.fine, sealed.fine.begin());
  return canonical(sealed);
}

}  // namespace

std::vector<FineFact> hidden_facts(const log::Entry& frame) {
  return {{"kind", '"' + frame.kind + '"'},
          {"role", '"' + frame.role + '"'},
          {"rec", quoted_bytes(frame.rec)},
          {"n", std::to_string(frame.n)},
          {"prev", frame.prev ? quoted_bytes(*frame.prev) : "null"},
          {"pack", quoted_bytes(frame.pack)}};
}

log::Entry entry_frame(const rules::Pack& pack, const rules::Zone& zone, const RecordRow& record, std::string_view event_name,
                       const Standpoint& standpoint, std::string_view role, Instant t) {
  log::Entry entry;
  entry.kind = record.type + "." + std::string(event_name);
  entry.day = to_iso(zone.day_of(t));
  if (standpoint.category) entry.area = pack.top_of(*standpoint.category).text;
  if (standpoint.unit) entry.unit = pack.top_of(*standpoint.unit).text;
  entry.role = role;
  entry.rec = record.tag;
  entry.n = record.version + 1;
  if (record.version > 0) entry.prev = record.last_leaf;
  entry.pack = pack.hash;
  return entry;
}

RecordRow Ledger::create_record(std::string_view type, const Random128& tag, const WrappedKey& key) {
  RecordRow row;
  row.type = type;
  row.tag = tag;
  row.wrapping = key.wrapping;
  row.wrapped_key = key.bytes;
  row.id = view_.put_record(row);
  return row;
}

Written Ledger::append(RecordRow& record, const NewEvent& fresh) {
  const auto& event = fresh.event;
  auto entry = entry_frame(jurisdiction_.pack, *jurisdiction_.zone, record, event.told_as.value_or(event.name), fresh.standpoint,
                           name_of(fresh.role), now_);
  EventRow row;
  const auto disclose = [&](const log::Disclosure& disclosure) {
    entry.fine.push_back(disclosure.digest());
    row.disclosures.push_back(disclosure.text);
  };
  for (const auto& fact : event.fine) disclose(fact);
  const auto add = [&](std::string_view name, std::string_view value_json) {
    disclose(log::disclose(random_.bytes<log::salt_bytes>(), name, value_json));
  };
  add("t", instant_json(now_));
  add("at", instant_json(fresh.at));
  if (fresh.standpoint.sealed) {
    for (const auto& fact : hidden_facts(entry)) add(fact.name, fact.value_json);
  } else {
    entry.fine.insert(entry.fine.end(), event.decoys.begin(), event.decoys.end());  // a sealed entry is filled up anyway
  }
  entry.sd = event.sd;
  const auto text = fresh.standpoint.sealed ? sealed_text(entry, random_) : canonical(entry);
  const auto leaf = log::leaf_hash(as_bytes(text));

  row.record = record.id;
  row.number = entry.n;
  row.name = event.name;
  row.at = fresh.at;
  row.t = now_;
  row.role = entry.role;
  row.actor = fresh.actor;
  row.facts = event.facts;
  row.sealed = event.sealed;
  row.log_index = tree_.size();
  view_.put_event(row);
  view_.put_entry(row.log_index, text);
  tree_.append(leaf);
  record.version = entry.n;
  record.last_leaf = leaf;
  view_.update_record(record.id, record.version, leaf);
  return {row.log_index, text, std::move(row.disclosures)};
}

}  // namespace huiyin::app
