// That the PostgreSQL schema can be sharded by jurisdiction (Citus): every key of a table holds the jurisdiction, and no row
// refers to a row of another one.
#include <gmock/gmock.h>

#include "base/crypto.h"
#include "storage/sql_store.h"
#include "storage/test_database.h"

namespace huiyin::storage {
namespace {

// What is not sharded, and why.
constexpr const char* exceptions = R"(
  WITH exception (relname) AS (VALUES
    ('jurisdiction'),  -- a reference table, whole on every node: its slugs and origins are unique over all
    ('migration'),     -- a reference table: of the database
    ('request_count')  -- of clients over all jurisdictions; kept a few minutes, on the first node alone
  ), sharded AS (
    SELECT t.oid, t.relname FROM pg_class t
    WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND t.relname NOT IN (SELECT relname FROM exception)
  ), place AS (
    SELECT s.oid, s.relname, c.attnum FROM sharded s
      LEFT JOIN pg_attribute c ON c.attrelid = s.oid AND c.attname = 'jurisdiction' AND c.attnotnull AND c.atttypid = 'bigint'::regtype
  ))";

class Citus : public testing::Test {
 protected:
  void SetUp() override {
    crypto::start();
    const SqlStore store(schema_.open());
  }
  std::vector<std::string> ask(const std::string& query) { return schema_.run(exceptions + query); }

  // Each line is what stands in the way.
  std::vector<std::string> without_jurisdiction() { return ask("SELECT relname FROM place WHERE attnum IS NULL"); }
  std::vector<std::string> without_primary_key() {
    return ask(R"(SELECT relname FROM sharded WHERE NOT EXISTS (
      SELECT 1 FROM pg_index i WHERE i.indrelid = sharded.oid AND i.indisprimary))");
  }
  std::vector<std::string> keys_over_all() {
    return ask(R"(SELECT i.indexrelid::regclass::text FROM place p JOIN pg_index i ON i.indrelid = p.oid
      WHERE (i.indisunique OR i.indisexclusion) AND NOT coalesce(p.attnum = ANY (i.indkey::smallint[]), false))");
  }
  // To another sharded table without the jurisdiction in the same place on both sides, or from what is not sharded to what is.
  std::vector<std::string> references_over_all() {
    return ask(
        R"(SELECT k.conrelid::regclass::text || ' ' || k.conname FROM pg_constraint k JOIN place there ON there.oid = k.confrelid
        LEFT JOIN place here ON here.oid = k.conrelid
      WHERE k.contype = 'f' AND array_position(k.conkey, here.attnum) IS DISTINCT FROM array_position(k.confkey, there.attnum)
        OR k.contype = 'f' AND array_position(k.conkey, here.attnum) IS NULL)");
  }
  std::vector<std::string> all_faults() {
    std::vector<std::string> all;
    for (const auto& some : {without_jurisdiction(), without_primary_key(), keys_over_all(), references_over_all()})
      all.insert(all.end(), some.begin(), some.end());
    return all;
  }

  PostgresSchema schema_;
};

TEST_F(Citus, EveryTableBelongsToAJurisdiction) {
  EXPECT_GT(ask("SELECT relname FROM sharded").size(), 8U);
  EXPECT_THAT(without_jurisdiction(), testing::IsEmpty());
  EXPECT_THAT(without_primary_key(), testing::IsEmpty());
}

TEST_F(Citus, EveryKeyHoldsTheJurisdiction) { EXPECT_THAT(keys_over_all(), testing::IsEmpty()); }

TEST_F(Citus, NoRowRefersToARowOfAnotherJurisdiction) { EXPECT_THAT(references_over_all(), testing::IsEmpty()); }

struct Unready {
  const char* sql;
  const char* named;
};

TEST_F(Citus, WhatStandsInTheWayIsNamed) {
  EXPECT_THAT(all_faults(), testing::IsEmpty());
  for (const auto& [sql, named] : std::vector<Unready>{
           {"CREATE TABLE a (x bigint PRIMARY KEY)", "a"},
           {"CREATE TABLE a (jurisdiction bigint NOT NULL)", "a"},
           {"CREATE TABLE a (jurisdiction bigint NOT NULL, x bigint PRIMARY KEY)", "a_pkey"},
           {"CREATE TABLE a (jurisdiction bigint NOT NULL, x bigint, y bigint UNIQUE, PRIMARY KEY (jurisdiction, x))", "a_y_key"},
           {"CREATE UNIQUE INDEX cases_at_once ON case_row (reference) WHERE unit IS NULL", "cases_at_once"},
           {"CREATE TABLE a (jurisdiction bigint NOT NULL, x bigint, PRIMARY KEY (jurisdiction, x), CONSTRAINT over_all FOREIGN "
            "KEY (x, jurisdiction) REFERENCES record (jurisdiction, record))",
            "a over_all"},
           {"ALTER TABLE migration ADD COLUMN j bigint, ADD CONSTRAINT from_outside FOREIGN KEY (j, number) REFERENCES record "
            "(jurisdiction, record)",
            "migration from_outside"}}) {
    schema_.run(std::string("BEGIN; ") + sql);
    EXPECT_THAT(all_faults(), testing::Contains(named)) << sql;
    schema_.run("ROLLBACK");
  }
}

}  // namespace
}  // namespace huiyin::storage
