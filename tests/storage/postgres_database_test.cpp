// What PostgreSQL alone can do to a store: fail in its own ways, go away, be written to by several programs.
#include "storage/postgres_database.h"

#include <gmock/gmock.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/crypto.h"
#include "storage/sql_store.h"
#include "storage/store_contract.h"
#include "storage/temporary_postgres.h"

namespace huiyin::storage {
namespace {

using app::StoreFailure;
using testing::HasSubstr;
using Failure = StoreFailure::Kind;

template <class Act>
std::optional<Failure> failure_of(Act act) {
  try {
    act();
    return std::nullopt;
  } catch (const StoreFailure& fault) {
    return fault.kind();
  }
}

app::RecordRow row_of_record() { return {{}, "case", {1}, 0, {}, "2026-03", {1}}; }
void put_record(app::WriteView& view) { view.put_record(row_of_record()); }

class PostgresStore : public testing::Test {
 protected:
  TemporaryPostgres postgres_;
  SqlStore store_{(crypto::start(), open_postgres(postgres_.url()))};
  Ground ground_ = prepare(store_);
};

// ---- How it fails
// ----------------------------------------------------------------------------------------------------------------

struct Told {
  const char* state;
  Failure expected;
};

TEST_F(PostgresStore, EachFailureIsToldByItsKind) {
  for (const auto& [state, expected] : std::vector<Told>{{"53100", Failure::full},         // disk_full
                                                         {"25006", Failure::read_only},    // read_only_sql_transaction
                                                         {"53300", Failure::busy},         // too_many_connections
                                                         {"40001", Failure::busy},         // serialization_failure
                                                         {"40P01", Failure::busy},         // deadlock_detected
                                                         {"55P03", Failure::busy},         // lock_not_available
                                                         {"57014", Failure::busy},         // query_canceled, as by a timeout
                                                         {"58030", Failure::busy},         // io_error
                                                         {"23505", Failure::constraint},   // unique_violation
                                                         {"22021", Failure::constraint},   // character_not_in_repertoire
                                                         {"XX001", Failure::damaged},      // data_corrupted
                                                         {"42P01", Failure::other}}) {     // undefined_table
    SCOPED_TRACE(state);
    postgres_.run(std::string("CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                              "RAISE EXCEPTION 'secret words' USING ERRCODE = '") +
                  state + "', DETAIL = 'more secret words'; END $$");
    // At once, and only when it commits.
    for (const auto* when : {"", "DEFERRABLE INITIALLY DEFERRED"}) {
      postgres_.run(std::string("CREATE CONSTRAINT TRIGGER fails AFTER INSERT ON record ") + when +
                    " FOR EACH ROW EXECUTE FUNCTION fail()");
      EXPECT_EQ(failure_of([&] { ground_.write(put_record); }), expected) << when;
      postgres_.run("DROP TRIGGER fails ON record");
      EXPECT_FALSE(store_.read(ground_.here)->find_record({1}));
    }
  }
  ground_.write(put_record);
  EXPECT_TRUE(store_.read(ground_.here)->find_record({1}));
}

// What was in the row stays out of the operator's log.
TEST_F(PostgresStore, AFailureSaysNothingOfTheValues) {
  const auto put = [](app::WriteView& view) { view.put_user({{}, "a login", "a name", "a password", "officer", {}, false}); };
  ground_.write(put);
  try {
    ground_.write(put);
    ADD_FAILURE() << "the login was taken twice";
  } catch (const StoreFailure& fault) {
    EXPECT_THAT(fault.what(), testing::AllOf(HasSubstr("23505"), testing::Not(HasSubstr("a login"))));
  }
}

// SQLite keeps it; nothing that comes from outside may hold one (base/text.h).
TEST_F(PostgresStore, ATextWithAZeroByteIsAConstraintFailure) {
  const auto put = [](app::WriteView& view) { view.put_import("source", std::string_view("a\0b", 3), {1}); };
  EXPECT_EQ(failure_of([&] { ground_.write(put); }), Failure::constraint);
}

// ---- How it goes away
// ------------------------------------------------------------------------------------------------------------

TEST_F(PostgresStore, IdleConnectionsThatEndedAreReplacedUnseen) {
  ground_.write(put_record);
  EXPECT_TRUE(store_.read(ground_.here)->find_record({1}));
  ASSERT_TRUE(postgres_.end_connections());
  EXPECT_TRUE(store_.read(ground_.here)->find_record({1}));
  ground_.write(put_record);
  ASSERT_TRUE(postgres_.end_connections());
  ground_.write(put_record);
  ASSERT_TRUE(postgres_.end_connections());
  EXPECT_EQ(store_.list_jurisdictions().size(), 2U);
  EXPECT_TRUE(store_.read(ground_.here)->find_record({3}));
}

TEST_F(PostgresStore, AConnectionThatEndsAtWorkFailsThatWorkAndNoOther) {
  {
    const auto view = store_.read(ground_.here);
    EXPECT_EQ(view->head().size, 0U);
    ASSERT_TRUE(postgres_.end_connections());
    EXPECT_EQ(failure_of([&] { (void)view->find_record({1}); }), Failure::busy);
  }
  {
    const auto view = store_.write(ground_.here);
    put_record(*view);
    ASSERT_TRUE(postgres_.end_connections());
    EXPECT_THAT(failure_of([&] { view->commit(); }), testing::AnyOf(Failure::busy, Failure::in_doubt));
  }
  EXPECT_FALSE(store_.read(ground_.here)->find_record({1}));
  ground_.write(put_record);
  EXPECT_TRUE(store_.read(ground_.here)->find_record({1}));
}

// ---- How it is shared
// ------------------------------------------------------------------------------------------------------------

TEST_F(PostgresStore, TwoProgramsWriteOneAfterTheOther) {
  constexpr int each = 25;
  SqlStore other_store(open_postgres(postgres_.url()));
  const Ground other{other_store, ground_.here, ground_.there};
  std::vector<std::int64_t> ids(2 * each);
  const auto work = [](const Ground& ground, std::span<std::int64_t> own) {
    for (auto& id : own) {
      const auto failure = failure_of([&] {
        ground.write([&](app::WriteView& view) {
          const auto head = view.head();
          id = view.put_record(row_of_record()).number;
          view.put_head({head.size + 1, head.root, head.t});
        });
      });
      EXPECT_EQ(failure, std::nullopt);
    }
  };
  {
    const std::jthread one([&] { work(ground_, std::span(ids).first(each)); });
    work(other, std::span(ids).subspan(each));
  }
  EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), ids.size()) << "two records got one number";
  EXPECT_EQ(store_.read(ground_.here)->head().size, ids.size()) << "one wrote upon a head that the other had moved";
}

TEST_F(PostgresStore, JurisdictionsDoNotWaitForEachOther) {
  SqlStore other_store(open_postgres(postgres_.url()));
  const auto here = store_.write(ground_.here);
  const Ground there{other_store, ground_.there, ground_.here};
  there.write(put_record);  // while the first is still open
  put_record(*here);
  here->commit();
}

// More than is sent ahead, in both directions.
TEST_F(PostgresStore, ALargeBatchGoesThroughThePipeline) {
  constexpr std::uint64_t entries = 2'000;
  const std::string entry(20'000, 'x');
  ground_.write([&](app::WriteView& view) {
    for (std::uint64_t i = 0; i < entries; ++i) {
      view.put_entry(i, entry);
      if (i % 100 == 0) {
        EXPECT_EQ(view.find_entry(i), entry);
      }
    }
  });
  const auto view = store_.read(ground_.here);
  EXPECT_EQ(view->list_entries(0, entries).size(), entries);
  EXPECT_EQ(view->find_entry(entries - 1), entry);
}

// ---- Its address
// -----------------------------------------------------------------------------------------------------------------

TEST(PostgresUrl, IsShownWithoutUserPasswordAndOptions) {
  EXPECT_EQ(shown_url("postgresql://huiyin:secret@db1:5433/answers?sslmode=require&password=secret"),
            "postgresql://db1:5433/answers");
}

TEST(PostgresUrl, ThatIsNoneIsRefusedWithoutBeingRepeated) {
  for (const std::string url :
       {"postgresql://u:secret@h/d?no_such=secret", "mysql://u:secret@h/d", "host=secret", "secret", ""}) {
    try {
      open_postgres(url);
      ADD_FAILURE() << url << " was taken";
    } catch (const StoreFailure& fault) {
      EXPECT_THAT(fault.what(), testing::AllOf(HasSubstr("--database"), testing::Not(HasSubstr("secret"))));
    }
  }
}

TEST(PostgresUrl, OfNobodyIsOutOfReach) {
  const auto database = open_postgres("postgresql://127.0.0.1:1/nothing?user=u&password=secret");
  try {
    (void)database->open_reader();
    ADD_FAILURE() << "somebody answered";
  } catch (const StoreFailure& fault) {
    EXPECT_EQ(fault.kind(), Failure::busy);
    EXPECT_THAT(fault.what(), testing::Not(HasSubstr("secret")));
  }
}

// ---- Its parameters
// --------------------------------------------------------------------------------------------------------------

TEST(Numbered, NamesBecomeNumbersInTheOrderInWhichTheyAppear) {
  const auto [text, names] = numbered("-- What it gives.\nSELECT $b, $a_b FROM t WHERE x = $b AND y = $a;\n");
  EXPECT_EQ(text, "-- What it gives.\nSELECT $1, $2 FROM t WHERE x = $1 AND y = $3;\n");
  EXPECT_THAT(names, testing::ElementsAre("$b", "$a_b", "$a"));
}

}  // namespace
}  // namespace huiyin::storage
