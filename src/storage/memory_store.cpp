#include "storage/memory_store.h"

#include <algorithm>
#include <map>

#include "app/case/case_rows.h"
#include "base/assert.h"
#include "storage/memory_tables.h"
#include "storage/moved.h"

namespace huiyin::storage {

using app::StoreFailure;

namespace {

template <class Map, class Key>
auto found(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
  const auto at = map.find(key);
  if (at == map.end()) return std::nullopt;
  return at->second;
}

template <class Map>
std::int64_t next_number(const Map& map) {
  return map.empty() ? 1 : map.rbegin()->first.number + 1;
}

}  // namespace

struct MemoryStore::Inner {
  mutable std::mutex mutex;  // guards what follows but for `writing`
  std::map<std::int64_t, app::JurisdictionRow> jurisdictions;
  std::map<std::int64_t, Backup> tables;
  std::map<std::tuple<std::int64_t, crypto::Hash, std::string>, std::uint64_t> requests;  // by minute, client and node
  std::optional<StoreFailure::Kind> fail_next;
  bool lose_next = false;
  std::mutex writing;  // held by the one write view
};

// Reading and writing in one: a reader gives only its ReadView half away. The copy is made with the first write.
class MemoryView final : public app::WriteView {
 public:
  MemoryView(MemoryStore::Inner& inner, JurisdictionId jurisdiction, MemoryStore::Backup tables,
             std::unique_lock<std::mutex> writing)
      : inner_(inner), jurisdiction_(jurisdiction.number), tables_(std::move(tables)), writing_(std::move(writing)) {}

  std::optional<app::RecordRow> find_record(RecordId id) override { return found(tables_->records, id); }
  std::vector<app::Beginning> list_beginnings(std::span<const RecordId> records) override {
    std::vector<app::Beginning> out;
    for (const auto id : records) {
      auto record = find_record(id);
      auto event = find_event(id, 1);
      if (record && event) out.push_back({*std::move(record), *std::move(event)});
    }
    return out;
  }
  std::vector<app::EventRow> list_events(RecordId id, std::uint64_t after) override {
    std::vector<app::EventRow> events;
    for (auto row = tables_->events.upper_bound({id, after}); row != tables_->events.end() && row->first.first == id; ++row) {
      events.push_back(row->second);
    }
    return events;
  }
  std::optional<app::EventRow> find_event(RecordId id, std::uint64_t number) override {
    return found(tables_->events, std::pair(id, number));
  }
  std::vector<app::EventRow> list_events_by_index(std::uint64_t from, std::size_t count) override {
    std::vector<app::EventRow> events;
    for (auto row = tables_->by_index.lower_bound(from); row != tables_->by_index.end() && events.size() < count; ++row) {
      events.push_back(tables_->events.at(row->second));
    }
    return events;
  }
  std::vector<app::DisclosureRow> list_disclosures(std::uint64_t from, std::size_t count) override {
    std::vector<app::DisclosureRow> rows;
    for (auto& event : list_events_by_index(from, count)) rows.push_back({event.log_index, std::move(event.disclosures)});
    return rows;
  }
  app::Head head() override {
    if (!tables_->head) throw StoreFailure(StoreFailure::Kind::damaged, "the log's head row is missing");
    return *tables_->head;
  }
  std::optional<std::string> moved_to() override { return tables_->moved_to; }
  std::optional<std::string> find_entry(std::uint64_t index) override { return found(tables_->entries, index); }
  std::vector<std::string> list_entries(std::uint64_t from, std::size_t count) override {
    std::vector<std::string> entries;
    for (auto row = tables_->entries.lower_bound(from); row != tables_->entries.end() && entries.size() < count; ++row) {
      entries.push_back(row->second);
    }
    return entries;
  }
  Bytes tile(log::TileId id, unsigned width) override {
    auto hashes = found(tables_->tiles, id).value_or(Bytes());
    if (hashes.size() < width * sizeof(log::Hash))
      throw StoreFailure(StoreFailure::Kind::damaged, "a tile of the log is missing");
    return hashes;
  }

  std::optional<app::UserRow> find_user(std::string_view login) override {
    for (const auto& [id, user] : tables_->users) {
      if (user.login == login) return user;
    }
    return std::nullopt;
  }
  std::optional<app::UserRow> find_user(UserId id) override { return found(tables_->users, id); }
  std::vector<app::UserRow> list_users() override {
    std::vector<app::UserRow> users;
    for (const auto& [id, user] : tables_->users) users.push_back(user);
    std::ranges::sort(users, {}, &app::UserRow::login);
    return users;
  }
  std::optional<app::SessionRow> find_session(const crypto::Hash& token_hash) override {
    return found(tables_->sessions, token_hash);
  }
  std::optional<app::IdempotencyRow> find_idempotency(const crypto::Hash& key_hash) override {
    return found(tables_->idempotency, key_hash);
  }
  std::optional<RecordId> find_import(std::string_view source, std::string_view external_id) override {
    return found(tables_->imports, std::pair(std::string(source), std::string(external_id)));
  }
  std::optional<std::string> find_pack(const log::Hash& hash) override { return found(tables_->packs, hash); }

  RecordId put_record(const app::RecordRow& row) override {
    auto fresh = row;
    fresh.id = {next_number(changed().records)};
    fresh.version = 0;
    changed().records.emplace(fresh.id, fresh);
    return fresh.id;
  }
  void update_record(RecordId id, std::uint64_t version, const log::Hash& last_leaf) override {
    const auto row = changed().records.find(id);
    if (row == changed().records.end()) return;
    row->second.version = version;
    row->second.last_leaf = last_leaf;
  }
  void put_event(const app::EventRow& row) override {
    constrain(row.number > 0, "event: number > 0");
    constrain(tables_->records.contains(row.record), "event: the record is there");
    constrain(!tables_->by_index.contains(row.log_index), "event: one a place in the log");
    constrain(changed().events.emplace(std::pair(row.record, row.number), row).second, "event: one a number");
    changed().by_index.emplace(row.log_index, std::pair(row.record, row.number));
  }
  void put_entry(std::uint64_t index, std::string_view entry) override {
    constrain(changed().entries.emplace(index, entry).second, "log_entry: one an index");
  }
  void put_tile(log::TileId id, const Bytes& hashes) override { changed().tiles[id] = hashes; }
  void put_head(const app::Head& head) override {
    if (tables_->head) changed().head = head;
  }

  UserId put_user(const app::UserRow& row) override {
    constrain(!find_user(row.login), "staff: one a login");
    auto fresh = row;
    fresh.id = {next_number(changed().users)};
    changed().users.emplace(fresh.id, fresh);
    return fresh.id;
  }
  void put_session(const app::SessionRow& row) override {
    constrain(tables_->users.contains(row.user), "session: the user is there");
    constrain(changed().sessions.emplace(row.token_hash, row).second, "session: one a token");
  }
  void erase_session(const crypto::Hash& token_hash) override { changed().sessions.erase(token_hash); }
  void put_idempotency(const app::IdempotencyRow& row) override { changed().idempotency[row.key_hash] = row; }
  void put_import(std::string_view source, std::string_view external_id, RecordId record) override {
    constrain(changed().imports.emplace(std::pair(std::string(source), std::string(external_id)), record).second,
              "import: one an external id");
  }
  void put_pack(const log::Hash& hash, std::string_view json) override {
    constrain(known(), "pack: the jurisdiction is there");
    changed().packs.emplace(hash, json);
  }
  bool update_pack(const log::Hash& before, const log::Hash& hash) override {
    HUIYIN_ASSERT(writing_.owns_lock());
    const std::scoped_lock lock(inner_.mutex);
    const auto row = inner_.jurisdictions.find(jurisdiction_);
    if (row == inner_.jurisdictions.end() || pack_.value_or(row->second.pack) != before) return false;
    pack_ = hash;
    return true;
  }
  bool take_lease(std::string_view name, std::string_view holder, Instant now, Instant until) override {
    const auto lease = tables_->leases.find(std::string(name));
    if (lease != tables_->leases.end() && lease->second.first != holder && lease->second.second > now) return false;
    changed().leases[std::string(name)] = {std::string(holder), until};
    return true;
  }
  bool succeed_log(std::string_view before, std::string_view origin, std::uint64_t places) override {
    HUIYIN_ASSERT(writing_.owns_lock() && places > 0);
    {
      const std::scoped_lock lock(inner_.mutex);
      const auto row = inner_.jurisdictions.find(jurisdiction_);
      if (row == inner_.jurisdictions.end() || origin_.value_or(row->second.origin) != before) return false;
    }
    origin_ = origin;
    auto& tables = changed();
    std::map<std::uint64_t, std::string> entries;
    for (auto& [index, entry] : tables.entries) entries.emplace(index + places, std::move(entry));
    tables.entries = std::move(entries);
    tables.by_index.clear();
    for (auto& [key, event] : tables.events) tables.by_index.emplace(event.log_index += places, key);
    tables.tiles.clear();
    return true;
  }
  void close_log(std::string_view where) override { changed().moved_to = where; }
  bool erase_expired(Instant now) override {
    const bool sessions = erase_expired_of(changed().sessions, now);
    return erase_expired_of(changed().idempotency, now) || sessions;
  }

  void commit() override {
    HUIYIN_ASSERT(writing_.owns_lock() && !committed_);
    const std::scoped_lock lock(inner_.mutex);
    if (const auto kind = std::exchange(inner_.fail_next, std::nullopt)) throw StoreFailure(*kind, "as the test asked");
    rows_.reset();
    absence_rows_.reset();
    if (copy_) inner_.tables[jurisdiction_] = std::move(copy_);
    if (pack_) inner_.jurisdictions.at(jurisdiction_).pack = *pack_;
    if (origin_) inner_.jurisdictions.at(jurisdiction_).origin = *origin_;
    committed_ = true;
    if (std::exchange(inner_.lose_next, false)) throw StoreFailure(StoreFailure::Kind::in_doubt, "as the test asked");
  }

 protected:
  app::Rows& rows_of(std::string_view record_type) override {
    if (record_type == app::AbsenceRows::record_type) {
      if (!absence_rows_) {
        absence_rows_ = make_memory_absence_rows({[this]() -> const MemoryStore::Tables& { return *tables_; },
                                                  [this]() -> MemoryStore::Tables& { return changed(); }});
      }
      return *absence_rows_;
    }
    HUIYIN_ASSERT(record_type == app::CaseRows::record_type);
    if (!rows_) {
      rows_ = make_memory_case_rows(
          {[this]() -> const CaseTables& { return tables_->cases; }, [this]() -> CaseTables& { return changed().cases; }});
    }
    return *rows_;
  }

 private:
  // At most a thousand, those that ended first.
  template <class Map>
  static bool erase_expired_of(Map& rows, Instant now) {
    std::vector<std::pair<Instant, typename Map::key_type>> over;
    for (const auto& [key, row] : rows) {
      if (row.expires <= now) over.emplace_back(row.expires, key);
    }
    std::ranges::sort(over);
    if (over.size() > app::erased_at_once_max) over.resize(app::erased_at_once_max);
    for (const auto& [expires, key] : over) rows.erase(key);
    return over.size() == app::erased_at_once_max;
  }
  bool known() const { return tables_->head.has_value(); }
  MemoryStore::Tables& changed() {
    HUIYIN_ASSERT(writing_.owns_lock());
    if (!copy_) {
      copy_ = std::make_shared<MemoryStore::Tables>(*tables_);
      tables_ = copy_;
    }
    return *copy_;
  }

  MemoryStore::Inner& inner_;
  std::int64_t jurisdiction_;
  MemoryStore::Backup tables_;
  std::shared_ptr<MemoryStore::Tables> copy_;
  std::unique_lock<std::mutex> writing_;
  std::unique_ptr<app::Rows> rows_, absence_rows_;
  std::optional<log::Hash> pack_;      // in force from the commit on
  std::optional<std::string> origin_;  // likewise
  bool committed_ = false;
};

MemoryStore::MemoryStore() : inner_(std::make_unique<Inner>()) {}
MemoryStore::~MemoryStore() = default;

std::unique_ptr<app::ReadView> MemoryStore::read(JurisdictionId jurisdiction) {
  return std::make_unique<MemoryView>(*inner_, jurisdiction, backup(jurisdiction), std::unique_lock<std::mutex>());
}

std::unique_ptr<app::WriteView> MemoryStore::write(JurisdictionId jurisdiction) {
  std::unique_lock writing(inner_->writing);
  auto tables = backup(jurisdiction);
  if (!tables->head) throw StoreFailure(StoreFailure::Kind::damaged, "the log's head row is missing");
  if (tables->moved_to) throw StoreFailure(StoreFailure::Kind::moved, why_closed(*tables->moved_to));
  return std::make_unique<MemoryView>(*inner_, jurisdiction, std::move(tables), std::move(writing));
}

std::vector<app::JurisdictionRow> MemoryStore::list_jurisdictions() {
  const std::scoped_lock lock(inner_->mutex);
  std::vector<app::JurisdictionRow> rows;
  for (const auto& [number, row] : inner_->jurisdictions) rows.push_back(row);
  return rows;
}

JurisdictionId MemoryStore::put_jurisdiction(const app::JurisdictionRow& row) {
  const std::scoped_lock lock(inner_->mutex);
  for (const auto& [number, other] : inner_->jurisdictions) {
    constrain(other.slug != row.slug && other.origin != row.origin, "jurisdiction: one a slug, one an origin");
  }
  auto fresh = row;
  fresh.id = {inner_->jurisdictions.empty() ? 1 : inner_->jurisdictions.rbegin()->first + 1};
  auto tables = std::make_shared<Tables>();
  tables->head = app::Head{0, log::empty_root(), {}};
  inner_->jurisdictions.emplace(fresh.id.number, fresh);
  inner_->tables.emplace(fresh.id.number, std::move(tables));
  return fresh.id;
}

std::vector<app::RequestCount> MemoryStore::exchange_request_counts(std::string_view node, std::int64_t since,
                                                                    std::span<const app::RequestCount> counted) {
  const std::scoped_lock lock(inner_->mutex);
  if (const auto kind = std::exchange(inner_->fail_next, std::nullopt)) throw StoreFailure(*kind, "as the test asked");
  auto& requests = inner_->requests;
  for (const auto& count : counted) requests[{count.minute, count.client, std::string(node)}] += count.requests;
  requests.erase(requests.begin(), requests.lower_bound({since, crypto::Hash{}, std::string()}));
  std::map<std::pair<crypto::Hash, std::int64_t>, std::uint64_t> sums;
  for (const auto& [key, number] : requests) {
    const auto& [minute, client, counter] = key;
    if (counter != node) sums[{client, minute}] += number;
  }
  std::vector<app::RequestCount> others;
  for (const auto& [key, number] : sums) others.push_back({key.first, key.second, number});
  return others;
}

void MemoryStore::fail_next(StoreFailure::Kind kind) {
  const std::scoped_lock lock(inner_->mutex);
  inner_->fail_next = kind;
}

void MemoryStore::lose_next_answer() {
  const std::scoped_lock lock(inner_->mutex);
  inner_->lose_next = true;
}

MemoryStore::Backup MemoryStore::backup(JurisdictionId jurisdiction) const {
  const std::scoped_lock lock(inner_->mutex);
  const auto at = inner_->tables.find(jurisdiction.number);
  return at == inner_->tables.end() ? std::make_shared<Tables>() : at->second;
}

void MemoryStore::restore(JurisdictionId jurisdiction, Backup backup) {
  const std::scoped_lock lock(inner_->mutex);
  inner_->tables[jurisdiction.number] = std::move(backup);
}

}  // namespace huiyin::storage
