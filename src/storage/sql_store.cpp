// tidy: long because it is one interface, a statement for each function
#include "storage/sql_store.h"

#include "base/assert.h"
#include "sql.h"
#include "storage/migrate.h"
#include "storage/moved.h"

namespace huiyin::storage {

using app::EventRow;
using app::StoreFailure;

namespace {

constexpr std::array<const char*, app::private_classes> class_parameters{"$words", "$identity", "$attachments", "$staff_words"};
constexpr int first_class_column = 9;
constexpr int columns_of_event = 14;

template <std::size_t Size>
std::array<std::uint8_t, Size> fixed(const Bytes& bytes) {
  if (bytes.size() != Size)
    throw StoreFailure(StoreFailure::Kind::damaged, "a stored value has the wrong length: run `huiyin fsck`");
  std::array<std::uint8_t, Size> out;
  std::ranges::copy(bytes, out.begin());
  return out;
}

// Disclosures are JSON texts, in which no raw newline can stand.
std::string joined_lines(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) {
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

EventRow event_of(Query& row) {
  EventRow event;
  event.record = {row.integer(0)};
  event.number = row.natural(1);
  event.name = row.text(2);
  event.at = {row.integer(3)};
  event.t = {row.integer(4)};
  event.role = row.text(5);
  if (const auto actor = row.integer_or_null(6)) event.actor = UserId{*actor};
  event.facts = row.text(7);
  event.disclosures = split_lines(row.text(8));
  for (std::size_t i = 0; i < app::private_classes; ++i)
    event.sealed[i] = row.bytes_or_null(first_class_column + static_cast<int>(i));
  event.log_index = row.natural(13);
  return event;
}

app::RecordRow record_of(RecordId id, Query& row, int from) {
  return {id,
          row.text(from),
          fixed<16>(row.bytes(from + 1)),
          row.natural(from + 2),
          fixed<32>(row.bytes(from + 3)),
          row.text(from + 4),
          row.bytes(from + 5)};
}

std::vector<EventRow> events_of(Query& query) {
  std::vector<EventRow> events;
  while (query.step()) events.push_back(event_of(query));
  return events;
}

std::optional<std::string> text_of(const std::optional<UnitCode>& code) {
  return code ? std::optional(code->text) : std::nullopt;
}

app::UserRow user_of(Query& row) {
  app::UserRow user{{row.integer(0)}, row.text(1), row.text(2), row.text(3), row.text(4), std::nullopt, row.integer(6) != 0};
  if (auto unit = row.text_or_null(5)) user.unit = UnitCode{*std::move(unit)};
  return user;
}

}  // namespace

// Reading and writing in one: a reader gives only its ReadView half away.
class SqlView final : public app::WriteView {
 public:
  SqlView(SqlStore& store, JurisdictionId jurisdiction, std::unique_ptr<Connection> reader)
      : store_(store), jurisdiction_(jurisdiction.number), reader_(std::move(reader)), connection_(*reader_) {
    connection_.begin_read();
  }
  SqlView(SqlStore& store, JurisdictionId jurisdiction, Connection& writer, std::unique_lock<std::mutex> lock)
      : store_(store), jurisdiction_(jurisdiction.number), lock_(std::move(lock)), connection_(writer) {
    connection_.begin_write();
    try {
      lock_head();
    } catch (...) {
      connection_.rollback();
      throw;
    }
  }
  ~SqlView() override {
    rows_.clear();
    if (!committed_) connection_.rollback();
    if (reader_) store_.give_back(std::move(reader_));
  }
  SqlView(const SqlView&) = delete;
  SqlView& operator=(const SqlView&) = delete;

  std::optional<app::RecordRow> find_record(RecordId id) override {
    auto query = here(sql::record_find_record_sql);
    query.bind("$record", id.number);
    if (!query.step()) return std::nullopt;
    return record_of(id, query, 0);
  }
  std::vector<app::Beginning> list_beginnings(std::span<const RecordId> records) override {
    std::string numbers;
    for (const auto& id : records) numbers += (numbers.empty() ? "[" : ",") + std::to_string(id.number);
    if (numbers.empty()) return {};
    auto query = here(sql::record_list_beginnings_sql);
    query.bind("$records", numbers + "]");
    std::vector<app::Beginning> out;
    while (query.step()) {
      auto event = event_of(query);
      out.push_back({record_of(event.record, query, columns_of_event), std::move(event)});
    }
    return out;
  }
  std::vector<EventRow> list_events(RecordId id, std::uint64_t after) override {
    auto query = here(sql::record_list_events_sql);
    query.bind("$record", id.number).bind("$after", after);
    return events_of(query);
  }
  std::optional<EventRow> find_event(RecordId id, std::uint64_t number) override {
    auto query = here(sql::record_find_event_sql);
    query.bind("$record", id.number).bind("$number", number);
    if (!query.step()) return std::nullopt;
    return event_of(query);
  }
  std::vector<EventRow> list_events_by_index(std::uint64_t from, std::size_t count) override {
    auto query = here(sql::record_list_events_by_index_sql);
    query.bind("$from", from).bind("$count", count);
    return events_of(query);
  }
  std::vector<app::DisclosureRow> list_disclosures(std::uint64_t from, std::size_t count) override {
    auto query = here(sql::record_list_disclosures_sql);
    query.bind("$from", from).bind("$count", count);
    std::vector<app::DisclosureRow> rows;
    while (query.step()) rows.push_back({query.natural(0), split_lines(query.text(1))});
    return rows;
  }
  app::Head head() override {
    if (head_) return *head_;
    auto query = here(sql::log_get_head_sql);
    if (!query.step()) throw StoreFailure(StoreFailure::Kind::damaged, "the log's head row is missing");
    return {query.natural(0), fixed<32>(query.bytes(1)), {query.integer(2)}};
  }
  std::optional<std::string> moved_to() override {
    auto query = here(sql::log_find_moved_sql);
    if (!query.step()) throw StoreFailure(StoreFailure::Kind::damaged, "the log's head row is missing");
    return query.text_or_null(0);
  }
  std::optional<std::string> find_entry(std::uint64_t index) override {
    auto query = here(sql::log_find_entry_sql);
    query.bind("$log_index", index);
    if (!query.step()) return std::nullopt;
    return query.text(0);
  }
  std::vector<std::string> list_entries(std::uint64_t from, std::size_t count) override {
    auto query = here(sql::log_list_entries_sql);
    query.bind("$from", from).bind("$count", count);
    std::vector<std::string> entries;
    while (query.step()) entries.push_back(query.text(0));
    return entries;
  }
  Bytes tile(log::TileId id, unsigned width) override {
    auto query = here(sql::log_find_tile_sql);
    query.bind("$level", id.level).bind("$number", id.number);
    auto hashes = query.step() ? query.bytes(0) : Bytes();
    if (hashes.size() < width * sizeof(log::Hash))
      throw StoreFailure(StoreFailure::Kind::damaged, "a tile of the log is missing: run `huiyin fsck`");
    return hashes;
  }

  std::optional<app::UserRow> find_user(std::string_view login) override {
    auto query = here(sql::user_find_user_by_login_sql);
    query.bind("$login", login);
    if (!query.step()) return std::nullopt;
    return user_of(query);
  }
  std::optional<app::UserRow> find_user(UserId id) override {
    auto query = here(sql::user_find_user_sql);
    query.bind("$staff", id.number);
    if (!query.step()) return std::nullopt;
    return user_of(query);
  }
  std::vector<app::UserRow> list_users() override {
    auto query = here(sql::user_list_users_sql);
    std::vector<app::UserRow> users;
    while (query.step()) users.push_back(user_of(query));
    return users;
  }
  std::optional<app::SessionRow> find_session(const crypto::Hash& token_hash) override {
    auto query = here(sql::session_find_session_sql);
    query.bind("$token_hash", token_hash);
    if (!query.step()) return std::nullopt;
    return app::SessionRow{token_hash, {query.integer(0)}, {query.integer(1)}, {query.integer(2)}};
  }
  std::optional<app::IdempotencyRow> find_idempotency(const crypto::Hash& key_hash) override {
    auto query = here(sql::idempotency_find_idempotency_sql);
    query.bind("$key_hash", key_hash);
    if (!query.step()) return std::nullopt;
    return app::IdempotencyRow{key_hash, fixed<32>(query.bytes(0)), {query.integer(1)}, query.bytes(2), {query.integer(3)}};
  }
  std::optional<RecordId> find_import(std::string_view source, std::string_view external_id) override {
    auto query = here(sql::import_find_import_sql);
    query.bind("$source", source).bind("$external_id", external_id);
    if (!query.step()) return std::nullopt;
    return RecordId{query.integer(0)};
  }
  std::optional<std::string> find_pack(const log::Hash& hash) override {
    auto query = here(sql::pack_find_pack_sql);
    query.bind("$hash", hash);
    if (!query.step()) return std::nullopt;
    return query.text(0);
  }

  RecordId put_record(const app::RecordRow& row) override {
    const RecordId id{next(next_record_, sql::record_get_next_record_sql)};
    auto query = here(sql::record_put_record_sql);
    query.bind("$record", id.number).bind("$type", row.type).bind("$tag", row.tag).bind("$last_leaf", row.last_leaf);
    query.bind("$wrapping", row.wrapping).bind("$wrapped_key", row.wrapped_key).run();
    return id;
  }
  void update_record(RecordId id, std::uint64_t version, const log::Hash& last_leaf) override {
    here(sql::record_update_record_sql).bind("$record", id.number).bind("$version", version).bind("$last_leaf", last_leaf).run();
  }
  void put_event(const EventRow& row) override {
    auto query = here(sql::record_put_event_sql);
    query.bind("$record", row.record.number)
        .bind("$number", row.number)
        .bind("$name", row.name)
        .bind("$at", row.at.ms)
        .bind("$t", row.t.ms);
    query.bind("$role", row.role)
        .bind("$actor", row.actor ? std::optional(row.actor->number) : std::nullopt)
        .bind("$facts", row.facts);
    query.bind("$disclosures", joined_lines(row.disclosures)).bind("$log_index", row.log_index);
    for (std::size_t i = 0; i < app::private_classes; ++i) query.bind(class_parameters[i], row.sealed[i]);
    query.run();
  }
  void put_entry(std::uint64_t index, std::string_view entry) override {
    here(sql::log_put_entry_sql).bind("$log_index", index).bind("$entry", entry).run();
  }
  void put_tile(log::TileId id, const Bytes& hashes) override {
    here(sql::log_put_tile_sql).bind("$level", id.level).bind("$number", id.number).bind("$hashes", hashes).run();
  }
  void put_head(const app::Head& head) override {
    here(sql::log_put_head_sql).bind("$size", head.size).bind("$root", head.root).bind("$t", head.t.ms).run();
    if (head_) head_ = head;
  }
  UserId put_user(const app::UserRow& row) override {
    const UserId id{next(next_user_, sql::user_get_next_user_sql)};
    auto query = here(sql::user_put_user_sql);
    query.bind("$staff", id.number);
    query.bind("$login", row.login).bind("$name", row.name).bind("$password", row.password).bind("$roles", row.roles);
    query.bind("$unit", text_of(row.unit)).bind("$disabled", row.disabled).run();
    return id;
  }
  void put_session(const app::SessionRow& row) override {
    auto query = here(sql::session_put_session_sql);
    query.bind("$token_hash", row.token_hash)
        .bind("$staff", row.user.number)
        .bind("$created", row.created.ms)
        .bind("$expires", row.expires.ms)
        .run();
  }
  void erase_session(const crypto::Hash& token_hash) override {
    here(sql::session_erase_session_sql).bind("$token_hash", token_hash).run();
  }
  void put_idempotency(const app::IdempotencyRow& row) override {
    auto query = here(sql::idempotency_put_idempotency_sql);
    query.bind("$key_hash", row.key_hash).bind("$request_hash", row.request_hash).bind("$record", row.record.number);
    query.bind("$sealed", row.sealed).bind("$expires", row.expires.ms).run();
  }
  void put_import(std::string_view source, std::string_view external_id, RecordId record) override {
    here(sql::import_put_import_sql)
        .bind("$source", source)
        .bind("$external_id", external_id)
        .bind("$record", record.number)
        .run();
  }
  void put_pack(const log::Hash& hash, std::string_view json) override {
    here(sql::pack_put_pack_sql).bind("$hash", hash).bind("$json", json).run();
  }
  bool update_pack(const log::Hash& before, const log::Hash& hash) override {
    auto query = here(sql::jurisdiction_update_pack_sql);
    query.bind("$before", before).bind("$pack", hash);
    return query.step();
  }
  bool take_lease(std::string_view name, std::string_view holder, Instant now, Instant until) override {
    auto query = here(sql::lease_take_lease_sql);
    query.bind("$name", name).bind("$holder", holder).bind("$now", now.ms).bind("$until", until.ms);
    return query.step();
  }
  // First beyond all others, then back to where they belong: at no moment do two of them have one place.
  bool succeed_log(std::string_view before, std::string_view origin, std::uint64_t places) override {
    HUIYIN_ASSERT(places > 0);
    {
      auto query = here(sql::jurisdiction_update_origin_sql);
      query.bind("$before", before).bind("$origin", origin);
      if (!query.step()) return false;
    }
    const auto size = static_cast<std::int64_t>(head().size);
    const auto far = size + static_cast<std::int64_t>(places);
    for (const auto shift : {far, -size}) {
      here(sql::log_update_entry_places_sql).bind("$shift", shift).run();
      here(sql::log_update_event_places_sql).bind("$shift", shift).run();
    }
    here(sql::log_erase_tiles_sql).run();
    return true;
  }
  void close_log(std::string_view where) override { here(sql::log_update_moved_sql).bind("$moved_to", where).run(); }
  bool erase_expired(Instant now) override {
    bool more = false;
    for (const auto statement : {sql::session_erase_expired_sql, sql::idempotency_erase_expired_sql}) {
      auto query = here(statement);
      query.bind("$now", now.ms);
      std::size_t erased = 0;
      while (query.step()) ++erased;
      more = more || erased == app::erased_at_once_max;
    }
    return more;
  }
  void commit() override {
    rows_.clear();
    connection_.commit();
    committed_ = true;
  }

 protected:
  app::Rows& rows_of(std::string_view record_type) override {
    for (const auto& [type, rows] : rows_) {
      if (type == record_type) return *rows;
    }
    for (const auto& maker : all_rows()) {
      if (maker.record_type == record_type)
        return *rows_.emplace_back(maker.record_type, maker.make(connection_, {jurisdiction_})).second;
    }
    HUIYIN_ASSERT(!"a record type without its rows (storage/rows.cpp)");
  }

 private:
  // Every statement names its jurisdiction.
  Query here(std::string_view statement) {
    auto& cursor = connection_.cursor(statement);
    cursor.bind("$jurisdiction", jurisdiction_);
    return Query(cursor);
  }

  // Nobody else writes to this log until the end of the transaction.
  void lock_head() {
    auto query = here(sql::log_lock_head_sql);
    if (!query.step()) throw StoreFailure(StoreFailure::Kind::damaged, "the log's head row is missing");
    if (const auto where = query.text_or_null(3)) throw StoreFailure(StoreFailure::Kind::moved, why_closed(*where));
    head_ = app::Head{query.natural(0), fixed<32>(query.bytes(1)), {query.integer(2)}};
    // Asked apart: with the row, it would be as it was before the wait for the lock.
    auto least = connection_.query(sql::migration_get_min_program_sql);
    HUIYIN_ASSERT(least.step());
    check_min_program(least.integer(0));
  }
  // The database is asked once in a transaction: others cannot take a number meanwhile.
  std::int64_t next(std::optional<std::int64_t>& known, std::string_view statement) {
    if (!known) {
      auto query = here(statement);
      HUIYIN_ASSERT(query.step());
      known = query.integer(0);
    }
    return (*known)++;
  }

  SqlStore& store_;
  std::int64_t jurisdiction_;
  std::unique_lock<std::mutex> lock_;
  std::unique_ptr<Connection> reader_;
  Connection& connection_;
  std::vector<std::pair<std::string_view, std::unique_ptr<app::Rows>>> rows_;
  std::optional<app::Head> head_;  // of a writer
  std::optional<std::int64_t> next_record_, next_user_;
  bool committed_ = false;
};

SqlStore::SqlStore(std::unique_ptr<Database> database) : database_(std::move(database)), writer_(database_->open_writer()) {
  migrate(*writer_);
}
SqlStore::~SqlStore() = default;

std::unique_ptr<Connection> SqlStore::take_reader() {
  for (;;) {
    std::unique_ptr<Connection> reader;
    {
      const std::scoped_lock lock(pool_mutex_);
      if (pool_.empty()) break;
      reader = std::move(pool_.back());
      pool_.pop_back();
    }
    if (reader->usable()) return reader;
  }
  return database_->open_reader();
}

void SqlStore::give_back(std::unique_ptr<Connection> reader) {
  const std::scoped_lock lock(pool_mutex_);
  pool_.push_back(std::move(reader));
}

// Under writing_.
Connection& SqlStore::writer() {
  if (!writer_ || !writer_->usable()) {
    writer_.reset();
    writer_ = database_->open_writer();
  }
  return *writer_;
}

std::unique_ptr<app::ReadView> SqlStore::read(JurisdictionId jurisdiction) {
  return std::make_unique<SqlView>(*this, jurisdiction, take_reader());
}

std::unique_ptr<app::WriteView> SqlStore::write(JurisdictionId jurisdiction) {
  std::unique_lock lock(writing_);
  auto& connection = writer();
  return std::make_unique<SqlView>(*this, jurisdiction, connection, std::move(lock));
}

std::vector<app::JurisdictionRow> SqlStore::list_jurisdictions() {
  auto reader = take_reader();
  reader->begin_read();
  std::vector<app::JurisdictionRow> rows;
  {
    auto query = reader->query(sql::jurisdiction_list_jurisdictions_sql);
    while (query.step())
      rows.push_back({{query.integer(0)}, query.text(1), query.text(2), fixed<32>(query.bytes(3)), {query.integer(4)}});
  }
  reader->rollback();
  give_back(std::move(reader));
  return rows;
}

JurisdictionId SqlStore::put_jurisdiction(const app::JurisdictionRow& row) {
  const std::scoped_lock lock(writing_);
  auto& connection = writer();
  connection.begin_write();
  try {
    JurisdictionId id;
    {
      auto query = connection.query(sql::jurisdiction_get_next_jurisdiction_sql);
      HUIYIN_ASSERT(query.step());
      id = {query.integer(0)};
    }
    connection.query(sql::jurisdiction_put_jurisdiction_sql)
        .bind("$jurisdiction", id.number)
        .bind("$slug", row.slug)
        .bind("$origin", row.origin)
        .bind("$pack", row.pack)
        .bind("$created", row.created.ms)
        .run();
    connection.query(sql::jurisdiction_put_log_head_sql).bind("$jurisdiction", id.number).bind("$root", log::empty_root()).run();
    connection.commit();
    return id;
  } catch (...) {
    connection.rollback();
    throw;
  }
}

std::vector<app::RequestCount> SqlStore::exchange_request_counts(std::string_view node, std::int64_t since,
                                                                 std::span<const app::RequestCount> counted) {
  const std::scoped_lock lock(counting_);
  if (!counter_ || !counter_->usable()) {
    counter_.reset();
    counter_ = database_->open_hasty_writer();
  }
  counter_->begin_write();
  try {
    counter_->query(sql::request_erase_old_sql).bind("$since", since).run();
    for (const auto& [client, minute, requests] : counted) {
      auto query = counter_->query(sql::request_add_requests_sql);
      query.bind("$client", client).bind("$minute", minute).bind("$node", node).bind("$requests", requests).run();
    }
    std::vector<app::RequestCount> others;
    {
      auto query = counter_->query(sql::request_list_others_sql);
      query.bind("$since", since).bind("$node", node);
      while (query.step()) others.push_back({fixed<32>(query.bytes(0)), query.integer(1), query.natural(2)});
    }
    counter_->commit();
    return others;
  } catch (...) {
    counter_->rollback();
    throw;
  }
}

}  // namespace huiyin::storage
