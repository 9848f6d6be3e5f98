// Store: where everything rests. One interface, an in-memory store and one over SQL behind it; all pass the same contract suite
// (tests/storage/store_contract.h). A view belongs to one jurisdiction and one thread at a time.
//
// A failure of the store (disk full, read-only, damaged) is a StoreFailure exception: it ends the transaction, nothing half done.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/private_class.h"
#include "base/crypto.h"
#include "base/id.h"
#include "base/time.h"
#include "log/tile.h"

namespace huiyin::app {

inline constexpr std::size_t erased_at_once_max = 1000;  // as the statements say

class StoreFailure : public std::runtime_error {
 public:
  enum class Kind : std::uint8_t {
    full,
    read_only,
    damaged,
    busy,  // locked by another program, out of reach, or the disk failed just now: nothing was written
    in_doubt,  // the connection went while the commit was under way: it may have been written
    outdated,  // the database wants a newer program
    moved,  // the log goes on elsewhere (`huiyin move`)
    constraint,  // what was written is at fault
    other,
  };
  StoreFailure(Kind kind, const std::string& detail) : std::runtime_error(detail), kind_(kind) {}
  [[nodiscard]] Kind kind() const noexcept { return kind_; }

 private:
  Kind kind_;
};

struct RecordRow {
  RecordId id;
  std::string type;  // "case"
  Random128 tag{};  // its name in the log
  std::uint64_t version = 0;  // number of its events
  log::Hash last_leaf{};  // of its last entry; zero before the first
  std::string wrapping;  // which wrapping key
  Bytes wrapped_key;  // the record's key under it
};

struct EventRow {
  RecordId record;
  std::uint64_t number = 0;  // within the record, from 1
  std::string name;  // "submitted"
  Instant at;  // when it happened, as the channel claims
  Instant t;  // when the server wrote it; never runs backwards in a log
  std::string role;
  std::optional<UserId> actor;
  std::string facts;  // JSON: fine and kept fields
  std::vector<std::string> disclosures;  // of the fine facts: the texts that were hashed
  std::array<std::optional<Bytes>, private_classes> sealed;  // private disclosures under the record's key
  std::uint64_t log_index = 0;
};

// The fine facts of one event, as they were hashed.
struct DisclosureRow {
  std::uint64_t log_index = 0;
  std::vector<std::string> disclosures;  // fewer than were written, where some were erased
};

struct Head {
  std::uint64_t size = 0;
  log::Hash root{};
  Instant t;  // of the newest event
};

struct JurisdictionRow {
  JurisdictionId id;
  std::string slug;
  std::string origin;  // of its log: host/slug/log1
  log::Hash pack{};
  Instant created;
};

struct UserRow {
  UserId id;
  std::string login;  // unique within the jurisdiction
  std::string name;
  std::string password;  // argon2id, encoded
  std::string roles;  // names, separated by spaces
  std::optional<UnitCode> unit;
  bool disabled = false;
};

struct SessionRow {
  crypto::Hash token_hash{};
  UserId user;
  Instant created, expires;
};

struct IdempotencyRow {
  crypto::Hash key_hash{};
  crypto::Hash request_hash{};
  RecordId record;
  Bytes sealed;  // what the answer needs beside the record, under the key itself
  Instant expires;
};

// How often a client asked in one minute, of one node or several; by a hash that changes every day (http/request_exchange.h).
struct RequestCount {
  crypto::Hash client{};
  std::int64_t minute = 0;  // since 1970
  std::uint64_t requests = 0;
};

// The tables of one matter: the read tables of a record type (app/case/case_rows.h), or what stands beside the records
// (app/absence_rows.h). Each one's own interface derives from it.
class Rows {
 public:
  virtual ~Rows() = default;
};

// A record and the event that it began with.
struct Beginning {
  RecordRow record;
  EventRow event;
};

class ReadView : public log::TileSource {
 public:
  virtual std::optional<RecordRow> find_record(RecordId id) = 0;
  // Those of the records that are there, in any order: one question, however many.
  virtual std::vector<Beginning> list_beginnings(std::span<const RecordId> records) = 0;
  // Events of a record after number `after`, in order.
  virtual std::vector<EventRow> list_events(RecordId id, std::uint64_t after) = 0;
  virtual std::optional<EventRow> find_event(RecordId id, std::uint64_t number) = 0;
  // Events by place in the log, from `from`, at most `count`: for followers and fsck.
  virtual std::vector<EventRow> list_events_by_index(std::uint64_t from, std::size_t count) = 0;
  // Of these the fine facts alone, without the sealed content.
  virtual std::vector<DisclosureRow> list_disclosures(std::uint64_t from, std::size_t count) = 0;
  virtual Head head() = 0;
  virtual std::optional<std::string> moved_to() = 0;  // of a log that is not written here any more, or not yet (storage/moved.h)
  virtual std::optional<std::string> find_entry(std::uint64_t index) = 0;
  virtual std::vector<std::string> list_entries(std::uint64_t from, std::size_t count) = 0;

  virtual std::optional<UserRow> find_user(std::string_view login) = 0;
  virtual std::optional<UserRow> find_user(UserId id) = 0;
  virtual std::vector<UserRow> list_users() = 0;
  virtual std::optional<SessionRow> find_session(const crypto::Hash& token_hash) = 0;
  virtual std::optional<IdempotencyRow> find_idempotency(const crypto::Hash& key_hash) = 0;
  virtual std::optional<RecordId> find_import(std::string_view source, std::string_view external_id) = 0;
  virtual std::optional<std::string> find_pack(const log::Hash& hash) = 0;  // its canonical JSON

  template <class T>
  T& rows() {
    return dynamic_cast<T&>(rows_of(T::record_type));
  }

 protected:
  virtual Rows& rows_of(std::string_view record_type) = 0;
};

// Exclusive: one at a time for a jurisdiction, over all programs that use the store. Opening it throws StoreFailure when the log
// was moved or the database wants a newer program. Nothing shows outside before commit(); destruction without it undoes
// everything.
class WriteView : public ReadView {
 public:
  virtual RecordId put_record(const RecordRow& row) = 0;  // gives the next id
  virtual void update_record(RecordId id, std::uint64_t version, const log::Hash& last_leaf) = 0;
  virtual void put_event(const EventRow& row) = 0;
  virtual void put_entry(std::uint64_t index, std::string_view entry) = 0;
  virtual void put_tile(log::TileId id, const Bytes& hashes) = 0;
  virtual void put_head(const Head& head) = 0;

  virtual UserId put_user(const UserRow& row) = 0;
  virtual void put_session(const SessionRow& row) = 0;
  virtual void erase_session(const crypto::Hash& token_hash) = 0;
  virtual void put_idempotency(const IdempotencyRow& row) = 0;
  virtual void put_import(std::string_view source, std::string_view external_id, RecordId record) = 0;
  virtual void put_pack(const log::Hash& hash, std::string_view json) = 0;  // for ever: entries of the log name it
  // The pack in force from now on, in place of `before`; false, and nothing written, when it is another by now.
  virtual bool update_pack(const log::Hash& before, const log::Hash& hash) = 0;
  // Whether `holder` has the lease called `name` from now on until `until`: it had it, nobody had it, or it had run out by `now`.
  virtual bool take_lease(std::string_view name, std::string_view holder, Instant now, Instant until) = 0;
  // The log called `before` goes on as `origin`, and makes room for `places` entries (at least 1) that it begins with: each entry
  // and each event stands so many places further. Its tiles are gone: the caller puts them, the first entries and the head.
  // False, and nothing written, when it is called otherwise by now.
  virtual bool succeed_log(std::string_view before, std::string_view origin, std::uint64_t places) = 0;
  // Nothing is written to this log any more; `where` it goes on, for the operator.
  virtual void close_log(std::string_view where) = 0;
  // Sessions and idempotency rows that ended before `now`, at most a thousand of each a call; true when there may be more.
  virtual bool erase_expired(Instant now) = 0;

  virtual void commit() = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  virtual std::unique_ptr<ReadView> read(
      JurisdictionId jurisdiction) = 0;  // a snapshot, taken with the first question; any thread
  virtual std::unique_ptr<WriteView> write(JurisdictionId jurisdiction) = 0;  // the Committer's thread
  virtual std::vector<JurisdictionRow> list_jurisdictions() = 0;
  virtual JurisdictionId put_jurisdiction(const JurisdictionRow& row) = 0;  // at init, before anything serves
  // Across jurisdictions: adds to what `node` counted before, and gives what all the other nodes counted, by client and minute.
  // What was counted before the minute `since` is erased. Any thread; on a database server it waits for no write view.
  virtual std::vector<RequestCount> exchange_request_counts(std::string_view node, std::int64_t since,
                                                            std::span<const RequestCount> counted) = 0;
};

}  // namespace huiyin::app
