// Each check on a made-up piece of bad style, and on the nearest good one: so that we know that it can fail.
#include "tidy/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace huiyin::tidy {
namespace {

Sources one(std::string path, std::string_view text) { return {read_source(std::move(path), text)}; }

std::vector<std::size_t> lines_of(const Violations& violations) {
  std::vector<std::size_t> lines;
  for (const auto& violation : violations) lines.push_back(violation.line);
  return lines;
}

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Source, TellsCodeFromCommentsAndLiterals) {
  const auto source = read_source("src/base/x.cpp",
                                  "auto a = \"// no \\\" comment\";  // yes; 'comment'\n"
                                  "auto b = 1'000; char c = '\"'; /* two\nlines */ f(b);\n"
                                  "auto d = R\"x({ \" )\" })x\"; }\n");
  EXPECT_THAT(source.code[0], testing::StartsWith("auto a = \"                \";  "));
  EXPECT_THAT(source.code[1], testing::StartsWith("auto b = 1'000; char c = ' '; "));
  EXPECT_EQ(trimmed(source.code[2]), "f(b);");
  EXPECT_EQ(source.code[3].find('{'), std::string::npos);
  EXPECT_EQ(source.code[3].back(), '}');
  ASSERT_THAT(source.comments, SizeIs(3));
  EXPECT_EQ(source.comments[2].line, 3U);
  ASSERT_THAT(source.literals, SizeIs(2));
  EXPECT_EQ(source.literals[1].text, "{ \" )\" }");
  EXPECT_EQ(source.literals[1].line, 4U);
}

TEST(Layers, AreReadFromTheBuildAndHeldAgainstIncludes) {
  const auto layers = read_layers(
      "huiyin_module(base LIBS fmt::fmt)\nhuiyin_module(domain USES base)\nhuiyin_module(app USES base domain LIBS date-tz)\n");
  EXPECT_THAT(layers.at("app"), ElementsAre("base", "domain"));
  EXPECT_THAT(layers.at("base"), IsEmpty());
  const auto text = "#include \"base/time.h\"\n#include \"app/desk.h\"\n#include \"texts/keys.h\"\n";
  EXPECT_THAT(lines_of(check_layers(one("src/domain/case/case.cpp", text), layers)), ElementsAre(2));
  EXPECT_THAT(check_layers(one("src/app/desk.cpp", text), layers), IsEmpty());
  EXPECT_THAT(check_layers(one("src/main/main.cpp", text), layers), IsEmpty());
  EXPECT_THAT(lines_of(check_layers(one("src/new/a.cpp", text), layers)), ElementsAre(1, 2));
}

TEST(Domain, IsHeldPure) {
  const auto text = "#include <vector>\n#include <boost/json.hpp>\n#include <fstream>\n";
  EXPECT_THAT(lines_of(check_domain_is_pure(one("src/domain/case/case.cpp", text))), ElementsAre(2, 3));
  EXPECT_THAT(check_domain_is_pure(one("src/http/case.cpp", text)), IsEmpty());
}

TEST(Sql, IsFoundInLiterals) {
  const auto text =
      "run(\"SELECT 1\");\nrun(R\"(\n  INSERT INTO t VALUES (1))\");\nsay(\"SELECTED\");\nmethod(\"DELETE\");  // SELECT 1\n";
  EXPECT_THAT(lines_of(check_no_sql(one("src/storage/a.cpp", text))), ElementsAre(1, 2));
  const auto excused = "// tidy: SQL here because the catalogue names its tables.\n" + std::string(text);
  EXPECT_THAT(check_no_sql(one("src/storage/a.cpp", excused)), IsEmpty());
  EXPECT_THAT(check_no_sql(one("src/app/a.cpp", excused)), SizeIs(2)) << "in storage alone";
  EXPECT_THAT(check_no_sql(one("src/storage/a.cpp", text + excused)), SizeIs(4)) << "in the first line, where it is seen";
}

TEST(Transactions, BelongToStorage) {
  const auto text = "run(\"PRAGMA foreign_keys = ON\");\nrun(\"COMMIT\");\nsay(\"BEGIN:VCALENDAR\");\n";
  EXPECT_THAT(lines_of(check_transactions_in_storage(one("src/app/a.cpp", text))), ElementsAre(1, 2));
  EXPECT_THAT(check_transactions_in_storage(one("src/storage/a.cpp", text)), IsEmpty());
}

std::string repeated(std::string_view line, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += line;
  return out;
}

TEST(FileLength, IsLimitedUnlessAReasonIsGiven) {
  EXPECT_THAT(check_file_length(one("src/base/a.cpp", repeated("int a;\n", 500))), IsEmpty());
  EXPECT_THAT(check_file_length(one("src/base/a.cpp", repeated("int a;\n", 501))), SizeIs(1));
  EXPECT_THAT(check_file_length(one("src/base/a.cpp", "// tidy: long because it is one table\n" + repeated("int a;\n", 501))),
              IsEmpty());
}

TEST(FunctionLength, IsLimitedWhereverAFunctionStands) {
  const auto body = repeated("  work();\n", 70);
  struct Row {
    std::string what, begin, end;
    std::vector<std::size_t> lines;
  };
  const std::vector<Row> rows{
      {"a free function", "void f() {\n", "}\n", {1}},
      {"one in a namespace", "namespace a {\nint x = 1;\n\nint f(int y = {}) noexcept {\n", "}\n}\n", {4}},
      {"a member in a class", "template <class T>\nclass [[nodiscard]] A : B<T> {\n public:\n  void f() {\n", "  }\n};\n", {4}},
      {"a constructor with braces in its list", "A::A(int x)\n    : x_{x}, y_(2) {\n", "}\n", {1}},
      {"an operator", "A& A::operator=(const A& other) {\n", "}\n", {1}},
      {"the second of two", "void e() {}\nvoid f() {\n", "}\n", {2}},
      {"with a macro before it", "#define X(a) \\\n  { a\nvoid f() {\n", "}\n", {3}},
      {"a table", "const std::vector<int> table = {\n", "};\n", {}},
      {"a type", "struct A {\n", "};\n", {}},
      {"with a reason", "// tidy: long because it is one table\nvoid f() {\n", "}\n", {}},
      {"a lambda", "const auto f = [](int x) {\n", "};\n", {1}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(lines_of(check_function_length(one("src/base/a.cpp", row.begin + body + row.end))), row.lines) << row.what;
  }
  EXPECT_THAT(check_function_length(one("src/base/a.cpp", "void f() {\n" + repeated("  work();\n", 68) + "}\n")), IsEmpty());
}

TEST(Columns, AreCountedInCharactersNotBytes) {
  EXPECT_THAT(check_columns(one("src/base/a.cpp", std::string(130, 'x'))), IsEmpty());
  EXPECT_THAT(check_columns(one("src/base/a.cpp", std::string(131, 'x'))), SizeIs(1));
  EXPECT_THAT(check_columns(one("src/base/a.cpp", repeated("回", 130))), IsEmpty());
}

TEST(BannedCalls, AreFoundByWholeWordAndExceptWhereTheyBelong) {
  struct Row {
    std::string path, code;
    std::size_t found;
  };
  const std::vector<Row> rows{
      {"src/app/a.cpp", "auto t = std::chrono::system_clock::now();", 1},
      {"src/main/a.cpp", "auto t = std::chrono::system_clock::now();", 0},
      {"src/app/a.cpp", "auto t = std::time(nullptr);", 1},
      {"src/app/a.cpp", "auto t = state.time(&x);", 0},
      {"src/app/a.cpp", "std::random_device d;", 1},
      {"src/app/a.cpp", "auto r = rand();", 1},
      {"src/app/a.cpp", "auto r = my_rand();", 0},
      {"src/http/a.cpp", "std::getenv(name);", 1},
      {"src/base/a.cpp", "snprintf(a, 2, b);", 0},
      {"src/base/a.cpp", "sprintf(a, b);", 1},
      {"src/base/a.cpp", "auto n = atoi(x);", 1},
      {"src/http/a.cpp", "std::cout << 1;", 1},
      {"src/cli/a.cpp", "std::cout << 1;", 0},
      {"src/app/a.cpp", "worker.detach();", 1},
      {"src/app/a.cpp", "asio::co_spawn(io, f(), asio::detached);", 0},
      {"src/app/a.cpp", "assert(x);", 1},
      {"src/app/a.cpp", "static_assert(x); HUIYIN_ASSERT(y);", 0},
      {"src/app/a.h", "using namespace std;", 1},
      {"src/app/a.cpp", "using namespace std::literals;", 0},
      {"src/app/a.cpp", "say(\"assert(\");  // atoi(", 0},
  };
  for (const auto& row : rows)
    EXPECT_THAT(check_banned_calls(one(row.path, row.code)), SizeIs(row.found)) << row.path << ": " << row.code;
}

TEST(Sleeping, IsRefused) {
  EXPECT_THAT(check_no_sleeping(one("tests/app/a_test.cpp", "std::this_thread::sleep_for(1s);")), SizeIs(1));
  EXPECT_THAT(check_no_sleeping(one("tests/app/a_test.cpp", "wait_for_it();")), IsEmpty());
}

TEST(CommentedOutCode, IsToldFromWords) {
  for (const auto* bad :
       {"// return x;", "//  auto y = f(x);", "// store.save(x);", "// if (x) {", "// }", "/* x = y; */", "// #include <x>"}) {
    EXPECT_THAT(check_no_commented_out_code(one("src/base/a.cpp", bad)), SizeIs(1)) << bad;
  }
  for (const auto* good : {"// What went wrong, for a person; and for", "// the caller's fault (see error.h);",
                           "int x = 1;  // y = 2;", "// A set {a, b}"}) {
    EXPECT_THAT(check_no_commented_out_code(one("src/base/a.cpp", good)), IsEmpty()) << good;
  }
}

TEST(Headers, SayWhatTheyAreAndAreReadOnce) {
  EXPECT_THAT(check_headers(one("src/base/a.h", "// Randomness comes in from src/main.\n#pragma once\n")), IsEmpty());
  EXPECT_THAT(check_headers(one("src/base/a.h", "#pragma once\n")), SizeIs(1));
  EXPECT_THAT(check_headers(one("src/base/a.h", "// Randomness comes in from src/main.\nint a;\n")), SizeIs(1));
  EXPECT_THAT(check_headers(one("src/base/a.cpp", "int a;\n")), IsEmpty());
}

TEST(Names, SaySomething) {
  EXPECT_THAT(check_names({"src/base/utils.h", "src/common/a.h", "src/http/session_manager.cpp", "src/base/commonwealth.h",
                           "src/base/text.h"}),
              SizeIs(3));
}

TEST(Texts, AreUsed) {
  const auto catalogue = one("texts/en/a.txt", "# comment\nreceived = Received.\nreceived_late = Late.\n");
  EXPECT_THAT(lines_of(check_texts_used(catalogue, one("src/http/a.cpp", "say(key::received_late); // key::received\n"))),
              ElementsAre(2));
}

TEST(Machines, AreNotNamed) {
  const auto text =
      "cd /wo"
      "rk/main\nurl https://registry.npm"
      "js.org/x\nsee https://example.org/network/a\n";
  EXPECT_THAT(lines_of(check_no_machine_named(one("README.md", text))), ElementsAre(1, 2));
  EXPECT_THAT(check_no_machine_named(one("web/package-lock.json", "\"resolved\": \"x\"")), SizeIs(1));
  EXPECT_THAT(check_no_machine_named(one("web/package-lock.json", "\"integrity\": \"x\"")), IsEmpty());
}

TEST(Documents, NameWhatExists) {
  const auto exists = [](const std::string& path) { return path == "docs/a.md" || path == "README.md" || path == "docs/"; };
  const auto text =
      "[a](a.md#x) [b](../README.md) [c](https://example.org) [d](../docs/)\n[e](b.md)\nrun `./dev test`, `./dev VERB`, ./dev fly\n";
  EXPECT_THAT(lines_of(check_documents(one("docs/a.md", text), "do_test() {", exists)), ElementsAre(2, 3));
}

}  // namespace
}  // namespace huiyin::tidy
