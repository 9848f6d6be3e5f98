// The house style, held against this repository. A failure names the file, the line, and what to do instead.
#include <gtest/gtest.h>

#include "tidy/checks.h"

namespace huiyin::tidy {
namespace {

const std::filesystem::path& root() {
  static const std::filesystem::path path(HUIYIN_SOURCE_DIR);
  return path;
}

const Sources& program() {
  static const auto sources = read_sources(root(), "src");
  return sources;
}

const Sources& tests() {
  static const auto sources = read_sources(root(), "tests");
  return sources;
}

void expect_none(const Violations& violations) {
  EXPECT_TRUE(violations.empty()) << violations.size() << " to mend:" << listed(violations);
}

TEST(Tidy, ThereAreSourcesToLookAt) {
  EXPECT_GT(program().size(), 10U);
  EXPECT_GT(tests().size(), 3U);
}

TEST(Tidy, ModulesIncludeOnlyTheLayersBelowThem) {
  const auto layers = read_layers(read_file(root() / "src/CMakeLists.txt"));
  ASSERT_GE(layers.size(), 5U);
  expect_none(check_layers(program(), layers));
}

TEST(Tidy, TheDomainIsPure) { expect_none(check_domain_is_pure(program())); }
TEST(Tidy, SqlStandsInFilesOfItsOwn) { expect_none(check_no_sql(program())); }
TEST(Tidy, OnlyStorageSpeaksOfTransactions) { expect_none(check_transactions_in_storage(program())); }
TEST(Tidy, FilesAreShort) { expect_none(check_file_length(program())); }
TEST(Tidy, FunctionsAreShort) { expect_none(check_function_length(program())); }
TEST(Tidy, LinesFitTheScreen) { expect_none(check_columns(program())); }
TEST(Tidy, NobodyCallsWhatIsBanned) { expect_none(check_banned_calls(program())); }
TEST(Tidy, NobodyWaitsForTimeToPassInTheProgram) { expect_none(check_no_sleeping(program())); }
TEST(Tidy, NobodyWaitsForTimeToPassInATest) { expect_none(check_no_sleeping(tests())); }
TEST(Tidy, CommentsHoldWordsNotCode) { expect_none(check_no_commented_out_code(program())); }
TEST(Tidy, HeadersSayWhatTheyAre) { expect_none(check_headers(program())); }

TEST(Tidy, FilesAreNamedAfterWhatTheyHold) {
  std::vector<std::string> paths;
  for (const auto& source : program()) paths.push_back(source.path);
  for (const auto& source : tests()) paths.push_back(source.path);
  expect_none(check_names(paths));
}

TEST(Tidy, EveryTextIsUsed) {
  Sources catalogues;
  for (auto& file : read_text_files(root())) {
    if (file.path.starts_with("texts/en/")) catalogues.push_back(std::move(file));
  }
  ASSERT_FALSE(catalogues.empty());
  expect_none(check_texts_used(catalogues, program()));
}

TEST(Tidy, NothingNamesAMachineOrAPackageRegistry) { expect_none(check_no_machine_named(read_text_files(root()))); }

TEST(Tidy, DocumentsNameOnlyWhatExists) {
  const auto exists = [](const std::string& path) { return std::filesystem::exists(root() / path); };
  expect_none(check_documents(read_text_files(root()), read_file(root() / "dev"), exists));
}

}  // namespace
}  // namespace huiyin::tidy
