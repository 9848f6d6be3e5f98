// The list of tables that a move copies, against the schema; and rows of tables that nobody foresaw, from engine to engine.
#include "storage/tables.h"

#include <gmock/gmock.h>

#include <set>

#include "app/store.h"
#include "base/crypto.h"
#include "storage/migrate.h"
#include "storage/table_compare.h"
#include "storage/table_sql.h"
#include "storage/test_database.h"

namespace huiyin::storage {
namespace {

// A table with names that SQL would take for something else, and a key of each type.
constexpr std::string_view odd_table = "odd \"name\"; DROP";
constexpr const char* odd_schema =
    R"(CREATE TABLE "odd ""name""; DROP" (jurisdiction {bigint} NOT NULL, "order by" {bytes} NOT NULL, "x y" {text} NOT NULL,
      "select" {bigint} NOT NULL, "a""b" {bytes}, z {text}, PRIMARY KEY (jurisdiction, "x y", "select", "order by")))";

std::string for_engine(std::string script, Engine engine) {
  for (const auto& [mark, sqlite, postgres] : std::vector<std::array<std::string, 3>>{
           {"{bigint}", "INTEGER", "BIGINT"}, {"{bytes}", "BLOB", "BYTEA"}, {"{text}", "TEXT", "TEXT COLLATE \"C\""}}) {
    for (auto at = script.find(mark); at != std::string::npos; at = script.find(mark))
      script.replace(at, mark.size(), engine == Engine::sqlite ? sqlite : postgres);
  }
  return script;
}

Value text(std::string value) { return value; }
Value bytes(Bytes value) { return value; }

class Tables : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override { crypto::start(); }
  // What is wrong with a table, as a move would say it.
  std::string refusal(const char* schema, std::string_view table) {
    database_->run(for_engine(schema, GetParam()));
    try {
      shape_of(*writer_, table);
      return "nothing";
    } catch (const app::StoreFailure& fault) {
      return fault.what();
    }
  }

  std::unique_ptr<TestDatabase> database_ = make_database(GetParam());
  std::unique_ptr<Database> opened_ = database_->open();
  std::unique_ptr<Connection> writer_ = [this] {
    crypto::start();
    auto writer = opened_->open_writer();
    migrate(*writer);
    return writer;
  }();
};

INSTANTIATE_TEST_SUITE_P(Engines, Tables, testing::Values(Engine::sqlite, Engine::postgres), testing::PrintToStringParamName());

TEST_P(Tables, AreAllOfTheSiteOrApartForAReason) {
  writer_->begin_read();
  std::vector<std::string_view> listed(site_tables.begin(), site_tables.end());
  for (const auto& table : tables_apart) {
    listed.push_back(table.name);
    EXPECT_FALSE(table.why.empty());
  }
  EXPECT_THAT(listed, testing::UnorderedElementsAreArray(list_tables(*writer_)));
  for (const auto table : site_tables) EXPECT_NO_THROW(shape_of(*writer_, table)) << table;
  writer_->rollback();
}

TEST_P(Tables, StandAfterThoseThatTheyReferTo) {
  const auto references =
      database_->run(GetParam() == Engine::sqlite
                         ? R"(SELECT m.name || '>' || f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f)"
                         : "SELECT conrelid::regclass || '>' || confrelid::regclass FROM pg_constraint WHERE "
                           "contype = 'f' AND connamespace = current_schema()::regnamespace");
  ASSERT_GT(references.size(), 4U);
  for (const auto& reference : references) {
    const auto middle = reference.find('>');
    const auto from = std::ranges::find(site_tables, reference.substr(0, middle));
    const auto to = std::ranges::find(site_tables, reference.substr(middle + 1));
    EXPECT_LT(to, from) << reference;
  }
}

TEST_P(Tables, OfOddNamesAreReadInTheOrderOfTheirKeyWholeHoweverManyPieces) {
  database_->run(for_engine(odd_schema, GetParam()));
  writer_->begin_write();
  const auto shape = shape_of(*writer_, odd_table);
  EXPECT_EQ(shape.keys, 3U);
  std::vector<Row> rows;
  const std::int64_t least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
  for (const auto& name : {"", "A", "Z", "a", "é", "中", "\xF0\x9F\x99\x82"}) {  // byte by byte, not as a locale has it
    for (const auto number : {least, std::int64_t{-1}, std::int64_t{0}, most}) {
      for (const auto& key : {Bytes{}, Bytes{0}, Bytes{0, 0}, Bytes{0x7F}, Bytes{0xFF, 0}}) {
        rows.push_back({Value(std::int64_t{7}), text(name), Value(number), bytes(key),
                        rows.size() % 2 == 0 ? Value() : bytes({0, 1, 0}),
                        rows.size() % 3 == 0 ? Value() : text(rows.size() % 3 == 1 ? "" : "'\"\n$aa \\x00")});
      }
    }
  }
  for (std::int64_t i = 0; i < 2 * rows_a_piece; ++i)
    rows.push_back({Value(std::int64_t{7}), text("\xF0\x9F\x99\x83"), Value(i), bytes({1}), Value(), Value()});
  {
    TableWriter writer(*writer_, shape);
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) writer.put(*row);
    auto elsewhere = rows.front();
    elsewhere.front() = std::int64_t{8};
    writer.put(elsewhere);
  }
  writer_->commit();
  writer_->begin_read();
  EXPECT_EQ(count_rows(*writer_, shape, {7}), rows.size());
  TableReader reader(*writer_, shape, {7});
  for (const auto& row : rows) {
    const auto found = reader.next();
    ASSERT_TRUE(found) << named(shape, row);
    EXPECT_EQ(*found, row) << named(shape, row);
  }
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.next());
  writer_->rollback();
  writer_->begin_write();
  erase_rows(*writer_, shape, {7});
  writer_->commit();
  writer_->begin_read();
  EXPECT_EQ(count_rows(*writer_, shape, {7}), 0U);
  EXPECT_EQ(count_rows(*writer_, shape, {8}), 1U);
  writer_->rollback();
}

TEST_P(Tables, ThatCannotBeMovedAreRefusedByName) {
  EXPECT_THAT(refusal("CREATE TABLE a (x {bigint} PRIMARY KEY)", "a"), testing::HasSubstr("table a has no jurisdiction"));
  EXPECT_THAT(refusal("CREATE TABLE b (jurisdiction {bigint} NOT NULL)", "b"), testing::HasSubstr("table b has no jurisdiction"));
  EXPECT_THAT(refusal("CREATE TABLE c (x {bigint}, jurisdiction {bigint}, PRIMARY KEY (x, jurisdiction))", "c"),
              testing::HasSubstr("table c has no jurisdiction"));
  EXPECT_THAT(refusal("CREATE TABLE d (jurisdiction {bigint} PRIMARY KEY, x REAL)", "d"),
              testing::HasSubstr("d.x is of the type "));
  EXPECT_THAT(refusal("", "nowhere"), testing::HasSubstr("nowhere"));
}

// The contract of stores leaves them out, and says that this test does not.
TEST_P(Tables, AreListedByStatementsThatAreAllUsed) {
  writer_->begin_read();
  list_tables(*writer_);
  shape_of(*writer_, "record");
  writer_->rollback();
  for (const auto path : unused_statements(GetParam())) EXPECT_FALSE(path.starts_with("table/")) << path;
}

// ---- Two tables held against each other
// -------------------------------------------------------------------------------------

struct Pair {
  const char* what;
  const char* change;  // in the second
  std::vector<std::string> found;
};

TEST(Comparison, NamesWhatIsMissingTooManyOrDifferentOnWhicheverSideAndWithoutTheValue) {
  for (const auto& pair : std::vector<Pair>{
           {"nothing", "SELECT 1", {}},
           {"the first is missing", "DELETE FROM t WHERE k = 'a'", {"t (k 'a'): is missing in the target"}},
           {"the last is missing", "DELETE FROM t WHERE k = 'c'", {"t (k 'c'): is missing in the target"}},
           {"all are missing",
            "DELETE FROM t",
            {"t (k 'a'): is missing in the target", "t (k 'b'): is missing in the target",
             "t (k 'c'): is missing in the target"}},
           {"one more in the middle", "INSERT INTO t VALUES (1, 'bb', 0)", {"t (k 'bb'): is in the target alone"}},
           {"one more at the end", "INSERT INTO t VALUES (1, 'd', 0)", {"t (k 'd'): is in the target alone"}},
           {"another key",
            "UPDATE t SET k = 'bb' WHERE k = 'b'",
            {"t (k 'b'): is missing in the target", "t (k 'bb'): is in the target alone"}},
           {"another value", "UPDATE t SET v = 3 WHERE k = 'b'", {"t (k 'b'): v differs"}},
           {"none instead of a value", "UPDATE t SET v = NULL WHERE k = 'c'", {"t (k 'c'): v differs"}},
           {"another jurisdiction's", "INSERT INTO t VALUES (2, 'x', 0)", {}},
       }) {
    SqliteFile one, other;
    for (auto* file : {&one, &other}) {
      file->run(
          "CREATE TABLE t (jurisdiction INTEGER, k TEXT, v INTEGER, PRIMARY KEY (jurisdiction, k));"
          "INSERT INTO t VALUES (1, 'a', 0), (1, 'b', 2), (1, 'c', 0)");
    }
    other.run(pair.change);
    const auto here = one.open()->open_writer(), there = other.open()->open_writer();
    const TableShape shape{
        "t", {{"jurisdiction", Column::Type::bigint}, {"k", Column::Type::text}, {"v", Column::Type::bigint}}, 1};
    Differences differences;
    int rows = 0;
    compare(shape, TableReader(*here, shape, {1}), TableReader(*there, shape, {1}), differences, [&] { ++rows; });
    EXPECT_EQ(differences.told(), pair.found) << pair.what;
    EXPECT_EQ(differences.found(), pair.found.size()) << pair.what;
    EXPECT_EQ(rows, 3) << pair.what;
  }
}

TEST(Parameters, AreOneForEachColumn) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < 100; ++i) names.insert(table_sql::parameter(i));
  EXPECT_EQ(names.size(), 100U);
  EXPECT_EQ(table_sql::parameter(0), "$aa");
  EXPECT_EQ(table_sql::parameter(27), "$bb");
}

}  // namespace
}  // namespace huiyin::storage
