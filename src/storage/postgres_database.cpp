// tidy: SQL here because transactions, settings and the lock for changing the schema are this engine's own words.
#include "storage/postgres_database.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <charconv>
#include <unordered_map>

#include "app/store.h"
#include "base/assert.h"
#include "sql.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;

// Beyond this many commands unread, their results are read before more is sent.
constexpr std::size_t pipeline_commands_max = 512;
// Any 64-bit number: that of Huiyin's changes of the schema among the advisory locks of a database.
constexpr const char* schema_lock = "SELECT pg_advisory_xact_lock(7021948310552)";
// A reader gives up rather than hold a request for ever. The writer waits so long for the head row at most, but its COMMIT has no
// limit: PostgreSQL would acknowledge what no standby has yet. And a node that hangs inside a transaction, or vanishes from the
// network, loses the row.
constexpr const char* reader_settings =
    "SET statement_timeout = '15s'; SET idle_in_transaction_session_timeout = '60s'; SET tcp_keepalives_idle = 5; "
    "SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET tcp_user_timeout = '10s'";
constexpr const char* writer_settings =
    "SET statement_timeout = 0; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '5s'; "
    "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET tcp_user_timeout = '10s'";
// For what may be lost, and must not wait: not for a standby either.
constexpr const char* hasty_writer_settings =
    "SET synchronous_commit = off; SET statement_timeout = '2s'; SET lock_timeout = '2s'; "
    "SET idle_in_transaction_session_timeout = '5s'";
// How soon a network that went silent is noticed; what the URL says goes before.
constexpr std::array<std::pair<const char*, const char*>, 6> usual_options{{
    {"connect_timeout", "3"},
    {"keepalives_idle", "5"},
    {"keepalives_interval", "2"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "10000"},
    {"target_session_attrs", "read-write"},
}};
// Whatever the URL says.
constexpr std::array<std::pair<const char*, const char*>, 2> fixed_options{{
    {"client_encoding", "UTF8"},
    {"fallback_application_name", "huiyin"},
}};

struct FreeResult {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using ResultOf = std::unique_ptr<PGresult, FreeResult>;

struct Finish {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};

struct FreeOptions {
  void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

// By the classes of SQLSTATE (PostgreSQL documentation, appendix A).
StoreFailure::Kind kind_of(std::string_view state) {
  const auto is = [&](std::string_view beginning) { return state.starts_with(beginning); };
  if (is("53100")) return StoreFailure::Kind::full;
  if (is("25006")) return StoreFailure::Kind::read_only;
  if (is("22") || is("23")) return StoreFailure::Kind::constraint;
  if (is("XX001") || is("XX002")) return StoreFailure::Kind::damaged;
  if (state.empty() || is("08") || is("25P") || is("40") || is("53") || is("55") || is("57") || is("58"))
    return StoreFailure::Kind::busy;
  return StoreFailure::Kind::other;
}

std::string one_line(const char* text) {
  std::string line(text == nullptr ? "" : text);
  std::ranges::replace(line, '\n', ' ');
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

Options parse(const std::string& url) {
  char* wrong = nullptr;
  Options options(PQconninfoParse(url.c_str(), &wrong));
  PQfreemem(wrong);  // not shown: it may quote the password
  if (!options || !(url.starts_with("postgresql://") || url.starts_with("postgres://"))) {
    throw StoreFailure(StoreFailure::Kind::other, "--database: expected postgresql://user@host:port/name (RFC 3986 escapes)");
  }
  return options;
}

std::string_view option(const Options& options, std::string_view name) {
  for (const auto* one = options.get(); one->keyword != nullptr; ++one) {
    if (name == one->keyword && one->val != nullptr) return one->val;
  }
  return {};
}

class PostgresConnection;

class PostgresCursor final : public Cursor {
 public:
  PostgresCursor(PostgresConnection& connection, const Statement& statement)
      : PostgresCursor(connection, fmt::format("s{}", statement.index), statement.text) {
    index_ = statement.index;
  }
  PostgresCursor(PostgresConnection& connection, std::string name, std::string_view sql)
      : connection_(connection), name_(std::move(name)), statement_(numbered(sql)) {
    values_.resize(statement_.names.size());
  }

  void bind(const char* name, std::int64_t value) override { at(name) = {std::to_string(value), 0, false}; }
  void bind(const char* name, std::string_view text) override { at(name) = {std::string(text), 1, false}; }
  void bind(const char* name, ByteView bytes) override {
    at(name) = {std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()), 1, false};
  }
  void bind_null(const char* name) override { at(name) = {}; }
  bool step() override;
  void run() override;
  void reset() noexcept override {
    result_.reset();
    row_ = -1;
    for (auto& value : values_) value = {};
  }
  std::int64_t integer(int column) override {
    HUIYIN_ASSERT(size(column) == sizeof(std::int64_t));
    std::uint64_t value = 0;
    for (const auto byte : bytes(column)) value = value << 8U | byte;
    return static_cast<std::int64_t>(value);
  }
  std::string text(int column) override { return {PQgetvalue(result_.get(), row_, column), size(column)}; }
  Bytes bytes(int column) override {
    const auto* data = reinterpret_cast<const std::uint8_t*>(PQgetvalue(result_.get(), row_, column));
    return {data, data + size(column)};
  }
  bool is_null(int column) override { return PQgetisnull(result_.get(), row_, column) != 0; }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& sql() const { return statement_.text; }

 private:
  struct Value {
    std::string bytes;  // numbers in letters, the rest as it is
    int format = 0;
    bool null = true;
  };
  Value& at(const char* name) {
    const auto found = std::ranges::find(statement_.names, std::string_view(name));
    HUIYIN_ASSERT(found != statement_.names.end());
    return values_[static_cast<std::size_t>(found - statement_.names.begin())];
  }
  [[nodiscard]] std::size_t size(int column) const { return static_cast<std::size_t>(PQgetlength(result_.get(), row_, column)); }
  void send();

  PostgresConnection& connection_;
  std::string name_;
  std::optional<std::size_t> index_;  // none of what was made for one use
  Numbered statement_;
  std::vector<Value> values_;
  ResultOf result_{};
  int row_ = -1;
};

class PostgresConnection final : public Connection {
 public:
  PostgresConnection(const Options& url, const char* settings) : writes_(settings != reader_settings) {
    std::vector<const char*> keys, values;
    const auto add = [&](const char* key, const char* value) {
      keys.push_back(key);
      values.push_back(value);
    };
    for (const auto* one = url.get(); one->keyword != nullptr; ++one) {
      if (one->val != nullptr) add(one->keyword, one->val);
    }
    for (const auto& [key, value] : usual_options) {
      if (option(url, key).empty()) add(key, value);
    }
    for (const auto& [key, value] : fixed_options) add(key, value);
    add(nullptr, nullptr);
    connection_.reset(PQconnectdbParams(keys.data(), values.data(), 0));
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
      throw StoreFailure(StoreFailure::Kind::busy,
                         "PostgreSQL cannot be reached: " + one_line(PQerrorMessage(connection_.get())));
    }
    PQsetNoticeReceiver(
        connection_.get(),
        [](void* self, const PGresult* notice) {
          const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
          if (severity != nullptr && std::string_view(severity) == "WARNING")
            static_cast<PostgresConnection*>(self)->warned_ = true;
        },
        this);
    script(settings);
  }

  [[nodiscard]] Engine engine() const noexcept override { return Engine::postgres; }
  // The far end says little unasked: when there is something to read, it may be the end.
  [[nodiscard]] bool usable() noexcept override {
    if (broken_ || PQstatus(connection_.get()) != CONNECTION_OK) return false;
    try {
      drain();
    } catch (const StoreFailure&) {
      return false;
    }
    pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
    while (::poll(&socket, 1, 0) > 0) {
      if (PQconsumeInput(connection_.get()) == 0 || PQstatus(connection_.get()) != CONNECTION_OK) return false;
    }
    return true;
  }
  Cursor& cursor(std::string_view statement) override {
    if (cursors_.empty()) prepare();
    const auto found = cursors_.find(statement.data());
    HUIYIN_ASSERT(found != cursors_.end());
    return *found->second;
  }
  std::unique_ptr<Cursor> make_cursor(std::string_view sql) override {
    enter_pipeline();
    auto made = std::make_unique<PostgresCursor>(*this, fmt::format("m{}", ++made_), sql);
    sent(PQsendPrepare(connection_.get(), made->name().c_str(), made->sql().c_str(), 0, nullptr));
    answer();
    return made;
  }

  void begin_read() override {
    begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");  // its snapshot comes with the first question
  }
  // Each statement sees what was committed before it: those after the lock of the head row see all that others wrote.
  void begin_write() override { begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"); }
  void begin_schema_change() override {
    script("BEGIN");
    in_transaction_ = true;
    script(schema_lock);
  }
  void commit() override {
    if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF) {
      script("COMMIT");
      in_transaction_ = false;
      return;
    }
    send_plain("COMMIT");
    sync();
    warned_ = false;
    try {
      drain();
    } catch (const StoreFailure& fault) {
      if (!broken_ || fault.kind() == StoreFailure::Kind::read_only) throw;  // refused, so it was not done
      throw StoreFailure(StoreFailure::Kind::in_doubt, fault.what());
    }
    // Somebody broke off its wait for a standby: it is committed here and maybe nowhere else.
    if (warned_) {
      broken_ = true;
      throw StoreFailure(StoreFailure::Kind::in_doubt, "PostgreSQL: a commit did not wait for its standby");
    }
    in_transaction_ = false;
  }
  // What a reader undoes is not waited for.
  void rollback() noexcept override {
    if (!std::exchange(in_transaction_, false) || broken_) return;
    try {
      if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF) return script("ROLLBACK");
      recover();
      send_plain("ROLLBACK");
      sync();
      if (writes_) drain();
    } catch (const StoreFailure&) {
      broken_ = true;
    }
  }
  void run_script(std::string_view sql) override { script(std::string(sql).c_str()); }
  std::vector<Migration> list_migrations() override {
    leave_pipeline();
    const ResultOf result(PQexec(connection_.get(), unprepared(sql::migration_list_migrations_sql).c_str()));
    check(result.get(), PGRES_TUPLES_OK);
    std::vector<Migration> out;
    const auto number = [&](int row, int column) { return std::stoll(PQgetvalue(result.get(), row, column)); };
    for (int row = 0; row < PQntuples(result.get()); ++row)
      out.push_back({number(row, 0), number(row, 1), PQgetvalue(result.get(), row, 2), PQgetvalue(result.get(), row, 3)});
    return out;
  }
  void put_migration(const Migration& migration) override {
    leave_pipeline();
    const auto number = std::to_string(migration.number), least = std::to_string(migration.min_program);
    const std::array values{number.c_str(), least.c_str(), migration.name.c_str(), migration.hash.c_str()};
    const ResultOf result(PQexecParams(connection_.get(), unprepared(sql::migration_put_migration_sql).c_str(), 4, nullptr,
                                       values.data(), nullptr, nullptr, 0));
    check(result.get(), PGRES_COMMAND_OK);
  }

  // ---- For its cursors
  void send(const PostgresCursor& cursor, std::span<const char* const> values, std::span<const int> lengths,
            std::span<const int> formats) {
    sent(PQsendQueryPrepared(connection_.get(), cursor.name().c_str(), static_cast<int>(values.size()), values.data(),
                             lengths.data(), formats.data(), 1));
  }
  // The result of what was sent last.
  ResultOf answer() {
    sync();
    while (pending_ > 2) read_one();
    auto result = read_one();
    read_one();  // the sync itself
    return result;
  }

 private:
  static std::string unprepared(std::string_view statement) {
    for (const auto& known : statements_of(Engine::postgres)) {
      if (known.key == statement.data()) mark_used(Engine::postgres, known.index);
    }
    return numbered(statement).text;
  }
  // All at once: one journey.
  void prepare() {
    enter_pipeline();
    for (const auto& statement : statements_of(Engine::postgres)) {
      auto made = std::make_unique<PostgresCursor>(*this, statement);
      sent(PQsendPrepare(connection_.get(), made->name().c_str(), made->sql().c_str(), 0, nullptr));
      cursors_.emplace(statement.key, std::move(made));
    }
    sync();
    try {
      drain();
    } catch (...) {
      cursors_.clear();
      throw;
    }
  }
  void begin(const char* statement) {
    if (cursors_.empty()) prepare();
    enter_pipeline();
    drain();
    send_plain(statement);
    in_transaction_ = true;
  }
  void enter_pipeline() {
    if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF && PQenterPipelineMode(connection_.get()) == 0) lost();
  }
  void leave_pipeline() {
    if (PQpipelineStatus(connection_.get()) == PQ_PIPELINE_OFF) return;
    recover();
    if (PQexitPipelineMode(connection_.get()) == 0) lost();
  }
  void script(const char* sql) {
    leave_pipeline();
    const ResultOf result(PQexec(connection_.get(), sql));
    const auto status = PQresultStatus(result.get());
    check(result.get(), status == PGRES_TUPLES_OK ? PGRES_TUPLES_OK : PGRES_COMMAND_OK);
    if (std::string_view(sql) == "COMMIT" && std::string_view(PQcmdStatus(result.get())) != "COMMIT")
      throw StoreFailure(StoreFailure::Kind::other, "PostgreSQL: the transaction had failed");
  }
  void send_plain(const char* statement) {
    sent(PQsendQueryParams(connection_.get(), statement, 0, nullptr, nullptr, nullptr, nullptr, 1));
  }
  void sent(int ok) {
    if (ok == 0) lost();
    ++pending_;
    if (pending_ <= pipeline_commands_max) return;
    sync();
    drain();
  }
  // Not a mere flush: only after a sync does the server count a transaction as idle, and end it when we hang.
  void sync() {
    if (PQpipelineSync(connection_.get()) == 0) lost();
    ++pending_;
  }
  void drain() {
    while (pending_ > 0) read_one();
  }
  // After an error all that follows in the pipeline is skipped, up to a sync.
  void recover() {
    if (pending_ > 0 || PQpipelineStatus(connection_.get()) == PQ_PIPELINE_ABORTED) sync();
    while (pending_ > 0) {
      try {
        read_one();
      } catch (const StoreFailure&) {
        if (broken_) throw;
      }
    }
  }
  ResultOf read_one() {
    ResultOf result(PQgetResult(connection_.get()));
    if (!result) lost();
    const auto status = PQresultStatus(result.get());
    --pending_;
    if (status == PGRES_PIPELINE_SYNC) return result;
    while (const ResultOf rest{PQgetResult(connection_.get())}) {
      if (PQresultStatus(rest.get()) == PGRES_FATAL_ERROR && PQstatus(connection_.get()) != CONNECTION_OK) lost();
    }
    check(result.get(), status == PGRES_TUPLES_OK ? PGRES_TUPLES_OK : PGRES_COMMAND_OK);
    return result;
  }
  void check(const PGresult* result, ExecStatusType wanted) {
    if (result != nullptr && PQresultStatus(result) == wanted) return;
    if (PQstatus(connection_.get()) != CONNECTION_OK) lost();
    const char* code = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view state = code == nullptr ? "" : code;
    // The message alone: the detail would quote the values.
    const char* message = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    // A server that became a standby, or is going down, is not where to ask again.
    if (state == "25006" || state.starts_with("57P")) broken_ = true;
    throw StoreFailure(kind_of(state), fmt::format("PostgreSQL {}: {}", state, one_line(message)));
  }
  [[noreturn]] void lost() {
    broken_ = true;
    throw StoreFailure(StoreFailure::Kind::busy, "PostgreSQL: " + one_line(PQerrorMessage(connection_.get())));
  }

  bool writes_;
  std::unique_ptr<PGconn, Finish> connection_;
  std::size_t pending_ = 0;  // sent, and its result not read yet
  std::size_t made_ = 0;  // cursors beside the constants
  bool in_transaction_ = false, broken_ = false;
  bool warned_ = false;  // since it was last set to false
  std::unordered_map<const char*, std::unique_ptr<PostgresCursor>> cursors_;
};

void PostgresCursor::send() {
  std::array<const char*, 32> values{};
  std::array<int, 32> lengths{}, formats{};
  HUIYIN_ASSERT(values_.size() <= values.size());
  for (std::size_t i = 0; i < values_.size(); ++i) {
    values[i] = values_[i].null ? nullptr : values_[i].bytes.c_str();
    lengths[i] = static_cast<int>(values_[i].bytes.size());
    formats[i] = values_[i].format;
  }
  if (index_) mark_used(Engine::postgres, *index_);
  const auto count = values_.size();
  connection_.send(*this, std::span(values).first(count), std::span(lengths).first(count), std::span(formats).first(count));
}

bool PostgresCursor::step() {
  if (!result_) {
    send();
    result_ = connection_.answer();
    row_ = -1;
  }
  return ++row_ < PQntuples(result_.get());
}

void PostgresCursor::run() { send(); }

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(const std::string& url) : options_(parse(url)) {}
  std::unique_ptr<Connection> open_reader() override { return open(reader_settings); }
  std::unique_ptr<Connection> open_writer() override { return open(writer_settings); }
  std::unique_ptr<Connection> open_hasty_writer() override { return open(hasty_writer_settings); }

 private:
  std::unique_ptr<Connection> open(const char* settings) { return std::make_unique<PostgresConnection>(options_, settings); }

  Options options_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& url) { return std::make_unique<PostgresDatabase>(url); }

std::string shown_url(const std::string& url) {
  const auto options = parse(url);
  const auto host = option(options, "host"), port = option(options, "port"), name = option(options, "dbname");
  return fmt::format("postgresql://{}{}{}/{}", host, port.empty() ? "" : ":", port, name);
}

}  // namespace huiyin::storage
