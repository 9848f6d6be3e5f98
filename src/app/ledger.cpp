#include "app/ledger.h"

#include "base/assert.h"

namespace huiyin::app {
namespace {

std::string instant_json(Instant at) { return '"' + to_rfc3339(at) + '"'; }

}  // namespace

log::Entry entry_frame(const Jurisdiction& jurisdiction, const RecordRow& record, std::string_view event_name,
                       const Standpoint& standpoint, std::string_view role, Instant t) {
  log::Entry entry;
  entry.kind = record.type + "." + std::string(event_name);
  entry.day = to_iso(jurisdiction.zone->day_of(t));
  if (standpoint.category) entry.area = jurisdiction.pack.top_of(*standpoint.category).text;
  if (standpoint.unit) entry.unit = jurisdiction.pack.top_of(*standpoint.unit).text;
  entry.role = role;
  entry.rec = record.tag;
  entry.n = record.version + 1;
  if (record.version > 0) entry.prev = record.last_leaf;
  entry.pack = jurisdiction.pack.hash;
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
  auto entry = entry_frame(jurisdiction_, record, event.name, fresh.standpoint, name_of(fresh.role), now_);
  EventRow row;
  const auto disclose = [&](const log::Disclosure& disclosure) {
    entry.fine.push_back(disclosure.digest());
    row.disclosures.push_back(disclosure.text);
  };
  for (const auto& fact : event.fine) disclose(fact);
  disclose(log::disclose(random_.bytes<log::salt_bytes>(), "t", instant_json(now_)));
  disclose(log::disclose(random_.bytes<log::salt_bytes>(), "at", instant_json(fresh.at)));
  entry.sd = event.sd;
  const auto text = canonical(entry);
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
