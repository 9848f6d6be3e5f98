// Every store against the one contract; and for SQLite, that the contract leaves no statement unused.
#include "storage/store_contract.h"

#include <gmock/gmock.h>

#include "base/crypto.h"
#include "storage/memory_store.h"
#include "storage/sql_store.h"
#include "storage/sqlite_database.h"
#include "storage/temporary_directory.h"

namespace huiyin::storage {
namespace {

using MakeStore = std::unique_ptr<app::Store> (*)(const std::filesystem::path& directory);

struct Kind {
  std::string_view name;
  MakeStore make;
};

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

const std::vector<Kind> kinds{
    {"Memory", [](const std::filesystem::path&) -> std::unique_ptr<app::Store> { return std::make_unique<MemoryStore>(); }},
    {"Sqlite",
     [](const std::filesystem::path& directory) -> std::unique_ptr<app::Store> {
       return std::make_unique<SqlStore>(open_sqlite(directory / "huiyin.db", true));
     }},
};

std::vector<ContractCheck> all_checks() {
  std::vector<ContractCheck> checks;
  for (const auto& theme : {record_checks(), staff_checks(), transaction_checks(), case_checks()}) {
    checks.insert(checks.end(), theme.begin(), theme.end());
  }
  return checks;
}

class StoreContract : public testing::TestWithParam<std::tuple<Kind, ContractCheck>> {};

TEST_P(StoreContract, Holds) {
  crypto::start();
  const auto& [kind, check] = GetParam();
  const TemporaryDirectory directory;
  const auto store = kind.make(directory.path());
  check.run(prepare(*store));
}

INSTANTIATE_TEST_SUITE_P(All, StoreContract, testing::Combine(testing::ValuesIn(kinds), testing::ValuesIn(all_checks())),
                         [](const auto& row) {
                           return std::string(std::get<0>(row.param).name) + "_" + std::string(std::get<1>(row.param).name);
                         });

TEST(SqliteStore, TheContractUsesEveryStatement) {
  crypto::start();
  for (const auto& check : all_checks()) {
    const TemporaryDirectory directory;
    SqlStore store(open_sqlite(directory.path() / "huiyin.db", true));
    check.run(prepare(store));
  }
  EXPECT_THAT(unused_statements(), testing::IsEmpty())
      << "no check of the contract needs these: add one, or delete the statement";
}

TEST(SqliteStore, KeepsWhatWasCommittedWhenItIsOpenedAgain) {
  crypto::start();
  const TemporaryDirectory directory;
  const auto file = directory.path() / "huiyin.db";
  {
    SqlStore store(open_sqlite(file, true));
    prepare(store).write([](app::WriteView& view) { view.put_pack({1}, "{}"); });
  }
  SqlStore store(open_sqlite(file, false));
  EXPECT_EQ(store.list_jurisdictions().size(), 2U);
  EXPECT_EQ(store.read({1})->find_pack({1}), "{}");
}

TEST(SqliteStore, IsNotMadeWhereNobodyAskedForIt) {
  const TemporaryDirectory directory;
  EXPECT_THROW(open_sqlite(directory.path() / "huiyin.db", false), app::StoreFailure);
}

TEST(MemoryStore, FailsTheNextCommitWhenAskedAndShowsNothingOfIt) {
  MemoryStore store;
  const auto ground = prepare(store);
  store.fail_next(app::StoreFailure::Kind::full);
  try {
    ground.write([](app::WriteView& view) { view.put_pack({1}, "{}"); });
    ADD_FAILURE() << "the commit went through";
  } catch (const app::StoreFailure& fault) {
    EXPECT_EQ(fault.kind(), app::StoreFailure::Kind::full);
  }
  EXPECT_FALSE(store.read(ground.here)->find_pack({1}));
  ground.write([](app::WriteView& view) { view.put_pack({1}, "{}"); });
  EXPECT_TRUE(store.read(ground.here)->find_pack({1}));
}

TEST(MemoryStore, GoesBackToABackup) {
  MemoryStore store;
  const auto ground = prepare(store);
  const auto before = store.backup(ground.here);
  ground.write([](app::WriteView& view) { view.put_pack({1}, "{}"); });
  store.restore(ground.here, before);
  EXPECT_FALSE(store.read(ground.here)->find_pack({1}));
}

}  // namespace
}  // namespace huiyin::storage
