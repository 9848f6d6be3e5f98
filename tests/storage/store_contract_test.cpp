// Every store against the one contract; and for the SQL engines, that the contract leaves no statement unused.
#include "storage/store_contract.h"

#include <gmock/gmock.h>

#include "base/crypto.h"
#include "storage/test_store.h"

namespace huiyin::storage {
namespace {

struct Kind {
  std::string_view name;
  std::unique_ptr<TestStore> (*make)();
};

void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

const std::vector<Kind> kinds{
    {"Memory", []() -> std::unique_ptr<TestStore> { return std::make_unique<TestMemoryStore>(); }},
    {"Sqlite", [] { return make_store(Engine::sqlite); }},
    {"Postgres", [] { return make_store(Engine::postgres); }},
};

std::vector<ContractCheck> all_checks() {
  std::vector<ContractCheck> checks;
  for (const auto& theme :
       {record_checks(), staff_checks(), absence_checks(), transaction_checks(), case_checks(), request_checks()}) {
    checks.insert(checks.end(), theme.begin(), theme.end());
  }
  return checks;
}

class StoreContract : public testing::TestWithParam<std::tuple<Kind, ContractCheck>> {};

TEST_P(StoreContract, Holds) {
  crypto::start();
  const auto& [kind, check] = GetParam();
  const auto store = kind.make();
  check.run(prepare(*store));
}

INSTANTIATE_TEST_SUITE_P(All, StoreContract, testing::Combine(testing::ValuesIn(kinds), testing::ValuesIn(all_checks())),
                         [](const auto& row) {
                           return std::string(std::get<0>(row.param).name) + "_" + std::string(std::get<1>(row.param).name);
                         });

class SqlStoreOver : public testing::TestWithParam<Engine> {};

INSTANTIATE_TEST_SUITE_P(Engines, SqlStoreOver, testing::Values(Engine::sqlite, Engine::postgres),
                         testing::PrintToStringParamName());

struct Beside {
  std::string_view name, why;
};

// Folders of statements that are no store's. (Those of distribute/ are not prepared with the others: statements.cpp says why.)
constexpr std::array beside_the_contract{
    Beside{"table/", "they read the catalogue for `huiyin move`, which no store offers; tables_test.cpp uses every one"},
};

TEST_P(SqlStoreOver, UsesEveryStatementForTheContract) {
  crypto::start();
  for (const auto& check : all_checks()) {
    const auto store = make_store(GetParam());
    check.run(prepare(*store));
  }
  auto unused = unused_statements(GetParam());
  for (const auto& folder : beside_the_contract) std::erase_if(unused, [&](auto path) { return path.starts_with(folder.name); });
  EXPECT_THAT(unused, testing::IsEmpty()) << "no check of the contract needs these: add one, or delete the statement";
}

TEST_P(SqlStoreOver, KeepsWhatWasCommittedWhenItIsOpenedAgain) {
  crypto::start();
  const auto database = make_database(GetParam());
  {
    SqlStore store(database->open());
    prepare(store).write([](app::WriteView& view) { view.put_pack({1}, "{}"); });
  }
  SqlStore store(database->open());
  EXPECT_EQ(store.list_jurisdictions().size(), 2U);
  EXPECT_EQ(store.read({1})->find_pack({1}), "{}");
}

TEST(SqliteStore, IsNotMadeWhereNobodyAskedForIt) {
  const TemporaryDirectory directory;
  EXPECT_THROW(open_sqlite(directory.path() / "huiyin.db", false), app::StoreFailure);
}

// What the tests do to a store behind the program's back.
class StoreInHand : public testing::TestWithParam<Kind> {
 protected:
  std::unique_ptr<TestStore> store_ = GetParam().make();
  Ground ground_ = prepare(*store_);
};

INSTANTIATE_TEST_SUITE_P(All, StoreInHand, testing::ValuesIn(kinds), [](const auto& row) { return std::string(row.param.name); });

TEST_P(StoreInHand, FailsTheNextCommitWhenAskedAndShowsNothingOfIt) {
  store_->fail_next(app::StoreFailure::Kind::full);
  try {
    ground_.write([](app::WriteView& view) { view.put_pack({1}, "{}"); });
    ADD_FAILURE() << "the commit went through";
  } catch (const app::StoreFailure& fault) {
    EXPECT_EQ(fault.kind(), app::StoreFailure::Kind::full);
  }
  EXPECT_FALSE(store_->read(ground_.here)->find_pack({1}));
  ground_.write([](app::WriteView& view) { view.put_pack({1}, "{}"); });
  EXPECT_TRUE(store_->read(ground_.here)->find_pack({1}));
}

TEST_P(StoreInHand, GoesBackToABackupAsOftenAsAsked) {
  ground_.write([](app::WriteView& view) { view.put_pack({1}, "{}"); });
  store_->backup();
  for (std::uint8_t round = 2; round <= 3; ++round) {
    ground_.write([&](app::WriteView& view) { view.put_pack({round}, "{}"); });
    store_->restore();
    const auto view = store_->read(ground_.here);
    EXPECT_TRUE(view->find_pack({1}));
    EXPECT_FALSE(view->find_pack({round}));
  }
}

}  // namespace
}  // namespace huiyin::storage
