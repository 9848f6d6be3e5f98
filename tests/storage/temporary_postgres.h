// A schema of its own for one test, in the PostgreSQL that HUIYIN_TEST_POSTGRES names (./dev test starts one); dropped with all
// that is in it. And a way to run scripts there as psql would.
#pragma once

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace huiyin::storage {

class TemporaryPostgres {
 public:
  static constexpr const char* not_at_hand = "HUIYIN_TEST_POSTGRES names no server; ./dev test starts one";
  static bool at_hand() { return std::getenv("HUIYIN_TEST_POSTGRES") != nullptr; }

  TemporaryPostgres() {
    static std::atomic<int> number{0};
    if (!at_hand()) throw std::runtime_error(not_at_hand);
    schema_ = "test_" + std::to_string(getpid()) + "_" + std::to_string(++number) + "_" + std::to_string(std::random_device()());
    url_ = std::getenv("HUIYIN_TEST_POSTGRES");
    url_ += (url_.find('?') == std::string::npos ? "?" : "&") +
            ("options=-c%20search_path%3D" + schema_ + "&application_name=" + schema_);
    shell_.reset(PQconnectdb(url_.c_str()));
    if (PQstatus(shell_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(shell_.get()));
    // Whoever holds a table for so long was forgotten: drop() says it.
    run("SET client_min_messages = warning; SET lock_timeout = '20s'; CREATE SCHEMA " + schema_);
  }
  ~TemporaryPostgres() {
    try {
      run("DROP SCHEMA IF EXISTS " + schema_ + ", " + backup_schema() + " CASCADE");
    } catch (const std::exception& fault) {
      ADD_FAILURE() << "the schema of the test could not be dropped: " << fault.what();
    }
  }
  TemporaryPostgres(const TemporaryPostgres&) = delete;
  TemporaryPostgres& operator=(const TemporaryPostgres&) = delete;

  // Leads into the schema.
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] const std::string& schema() const { return schema_; }
  // Another one, for a copy of the tables; dropped with the first.
  [[nodiscard]] std::string backup_schema() const { return schema_ + "_backup"; }

  // Ends every connection to it but the shell's own; true when there was one.
  bool end_connections() {
    const auto ended = run(
        "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity WHERE application_name = current_setting('application_name') "
        "AND pid <> pg_backend_pid()");
    return !ended.empty();
  }

  // The first column of every row, of all statements.
  std::vector<std::string> run(const std::string& script) { return run_all(script).column; }
  // How many rows it inserted, updated or deleted.
  std::int64_t change(const std::string& script) { return run_all(script).changed; }

 private:
  struct Outcome {
    std::vector<std::string> column;
    std::int64_t changed = 0;
    std::string fault;
  };
  Outcome run_all(const std::string& script) {
    Outcome outcome;
    if (PQsendQuery(shell_.get(), script.c_str()) == 0) throw std::runtime_error(PQerrorMessage(shell_.get()));
    while (const auto result = std::unique_ptr<PGresult, decltype(&PQclear)>(PQgetResult(shell_.get()), PQclear)) {
      const auto status = PQresultStatus(result.get());
      if (status == PGRES_TUPLES_OK) {
        for (int row = 0; row < PQntuples(result.get()); ++row) outcome.column.emplace_back(PQgetvalue(result.get(), row, 0));
      } else if (status == PGRES_COMMAND_OK) {
        outcome.changed += std::atoll(PQcmdTuples(result.get()));
      } else {
        outcome.fault = PQresultErrorMessage(result.get());
      }
    }
    if (!outcome.fault.empty()) throw std::runtime_error(outcome.fault);
    return outcome;
  }

  std::string schema_, url_;
  std::unique_ptr<PGconn, decltype(&PQfinish)> shell_{nullptr, PQfinish};
};

}  // namespace huiyin::storage
