// The store that a test works on, whichever HUIYIN_TEST_STORE names: memory (when it is not set), sqlite or postgres. And what a
// test may do to it behind the program's back.
#pragma once

#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/memory_store.h"
#include "storage/sql_store.h"
#include "storage/test_database.h"

namespace huiyin::storage {

// The next commit that a test asks for fails.
class NextCommit {
 public:
  void fail(app::StoreFailure::Kind kind) {
    const std::scoped_lock lock(mutex_);
    kind_ = kind;
  }
  void lose_answer() {
    const std::scoped_lock lock(mutex_);
    lost_ = true;
  }
  void check_answer() {
    const std::scoped_lock lock(mutex_);
    if (std::exchange(lost_, false)) throw app::StoreFailure(app::StoreFailure::Kind::in_doubt, "as the test asked");
  }
  void check() {
    const std::scoped_lock lock(mutex_);
    if (const auto kind = std::exchange(kind_, std::nullopt)) throw app::StoreFailure(*kind, "as the test asked");
  }

 private:
  std::mutex mutex_;
  std::optional<app::StoreFailure::Kind> kind_;
  bool lost_ = false;
};

// Everything through to another connection, but for a commit that is to fail.
class FailingConnection final : public Connection {
 public:
  FailingConnection(std::unique_ptr<Connection> under, NextCommit& next) : under_(std::move(under)), next_(next) {}
  [[nodiscard]] Engine engine() const noexcept override { return under_->engine(); }
  [[nodiscard]] bool usable() noexcept override { return under_->usable(); }
  Cursor& cursor(std::string_view statement) override { return under_->cursor(statement); }
  std::unique_ptr<Cursor> make_cursor(std::string_view sql) override { return under_->make_cursor(sql); }
  void begin_read() override { under_->begin_read(); }
  void begin_write() override { under_->begin_write(); }
  void begin_schema_change() override { under_->begin_schema_change(); }
  void commit() override {
    next_.check();
    under_->commit();
    next_.check_answer();
  }
  void rollback() noexcept override { under_->rollback(); }
  void run_script(std::string_view sql) override { under_->run_script(sql); }
  std::vector<Migration> list_migrations() override { return under_->list_migrations(); }
  void put_migration(const Migration& migration) override { under_->put_migration(migration); }

 private:
  std::unique_ptr<Connection> under_;
  NextCommit& next_;
};

class FailingDatabase final : public Database {
 public:
  FailingDatabase(std::unique_ptr<Database> under, NextCommit& next) : under_(std::move(under)), next_(next) {}
  std::unique_ptr<Connection> open_reader() override { return under_->open_reader(); }
  std::unique_ptr<Connection> open_writer() override { return std::make_unique<FailingConnection>(under_->open_writer(), next_); }
  std::unique_ptr<Connection> open_hasty_writer() override {
    return std::make_unique<FailingConnection>(under_->open_hasty_writer(), next_);
  }

 private:
  std::unique_ptr<Database> under_;
  NextCommit& next_;
};

class TestStore : public app::Store {
 public:
  // The next commit fails in this way, and nothing of it shows.
  virtual void fail_next(app::StoreFailure::Kind kind) = 0;
  // The next commit is done, but looks as if the connection had gone.
  virtual void lose_next_answer() = 0;
  // Keeps what is there now; restore() puts it back, as an operator with a backup would.
  virtual void backup() = 0;
  virtual void restore() = 0;
  // The database under it; none under the store in memory.
  virtual TestDatabase& database() = 0;
};

class TestMemoryStore final : public TestStore {
 public:
  std::unique_ptr<app::ReadView> read(JurisdictionId jurisdiction) override { return store_.read(jurisdiction); }
  std::unique_ptr<app::WriteView> write(JurisdictionId jurisdiction) override { return store_.write(jurisdiction); }
  std::vector<app::JurisdictionRow> list_jurisdictions() override { return store_.list_jurisdictions(); }
  JurisdictionId put_jurisdiction(const app::JurisdictionRow& row) override { return store_.put_jurisdiction(row); }
  std::vector<app::RequestCount> exchange_request_counts(std::string_view node, std::int64_t since,
                                                         std::span<const app::RequestCount> counted) override {
    return store_.exchange_request_counts(node, since, counted);
  }
  void fail_next(app::StoreFailure::Kind kind) override { store_.fail_next(kind); }
  void lose_next_answer() override { store_.lose_next_answer(); }
  void backup() override {
    kept_.clear();
    for (const auto& row : store_.list_jurisdictions()) kept_.emplace_back(row.id, store_.backup(row.id));
  }
  void restore() override {
    for (const auto& [id, kept] : kept_) store_.restore(id, kept);
  }
  TestDatabase& database() override { throw std::logic_error("there is no database under the store in memory"); }

 private:
  MemoryStore store_;
  std::vector<std::pair<JurisdictionId, MemoryStore::Backup>> kept_;
};

class TestSqlStore final : public TestStore {
 public:
  explicit TestSqlStore(Engine engine) : database_(make_database(engine)) {}
  std::unique_ptr<app::ReadView> read(JurisdictionId jurisdiction) override { return store_.read(jurisdiction); }
  std::unique_ptr<app::WriteView> write(JurisdictionId jurisdiction) override { return store_.write(jurisdiction); }
  std::vector<app::JurisdictionRow> list_jurisdictions() override { return store_.list_jurisdictions(); }
  JurisdictionId put_jurisdiction(const app::JurisdictionRow& row) override { return store_.put_jurisdiction(row); }
  std::vector<app::RequestCount> exchange_request_counts(std::string_view node, std::int64_t since,
                                                         std::span<const app::RequestCount> counted) override {
    return store_.exchange_request_counts(node, since, counted);
  }
  void fail_next(app::StoreFailure::Kind kind) override { next_.fail(kind); }
  void lose_next_answer() override { next_.lose_answer(); }
  void backup() override { database_->backup(); }
  void restore() override { database_->restore(); }
  TestDatabase& database() override { return *database_; }

 private:
  std::unique_ptr<TestDatabase> database_;
  NextCommit next_;
  SqlStore store_{std::make_unique<FailingDatabase>(database_->open(), next_)};
};

inline std::unique_ptr<TestStore> make_store(Engine engine) { return std::make_unique<TestSqlStore>(engine); }

inline std::unique_ptr<TestStore> make_store() {
  const char* set = std::getenv("HUIYIN_TEST_STORE");
  const std::string_view wanted = set == nullptr ? "memory" : set;
  if (wanted == "memory") return std::make_unique<TestMemoryStore>();
  if (wanted == "sqlite") return make_store(Engine::sqlite);
  if (wanted == "postgres") return make_store(Engine::postgres);
  throw std::runtime_error("HUIYIN_TEST_STORE: expected memory, sqlite or postgres, got " + std::string(wanted));
}

}  // namespace huiyin::storage
