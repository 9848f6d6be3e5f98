// The SQL files themselves: each says what it gives, holds one statement, and names its jurisdiction.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace huiyin::storage {
namespace {

struct File {
  std::string path;
  std::string content;
};

// The statements; or what several of them have in common and include.
std::vector<File> sql_files(bool parts = false) {
  const auto root = std::filesystem::path(HUIYIN_SOURCE_DIR) / "src/storage/sql";
  std::vector<File> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || (entry.path().extension() == ".part") != parts) continue;
    std::ostringstream content;
    content << std::ifstream(entry.path()).rdbuf();
    files.push_back({std::filesystem::relative(entry.path(), root).string(), content.str()});
  }
  return files;
}

TEST(SqlFiles, BeginWithAWordOnWhatTheyGive) {
  ASSERT_GT(sql_files().size(), 40U);
  for (const auto& [path, content] : sql_files()) {
    EXPECT_THAT(content, testing::StartsWith("-- ")) << path;
    EXPECT_GE(content.find('\n'), std::string("-- x").size()) << path;
  }
}

TEST(SqlFiles, IncludeEachPartMoreThanOnce) {
  const auto files = sql_files();
  for (const auto& [path, content] : sql_files(true)) {
    EXPECT_THAT(content, testing::StartsWith("-- ")) << path;
    const auto includes = [line = "\n@include " + path + "\n"](const File& file) {
      return file.content.find(line) != std::string::npos;
    };
    EXPECT_GE(std::ranges::count_if(files, includes), 2) << path << ": what one statement needs stands in it";
  }
}

TEST(SqlFiles, HoldOneStatementEach) {
  for (const auto& [path, content] : sql_files()) {
    std::istringstream lines(content);
    std::string statement;
    for (std::string line; std::getline(lines, line);) statement += line.starts_with("--") ? "" : line + "\n";
    EXPECT_EQ(std::ranges::count(statement, ';'), 1) << path;
    EXPECT_THAT(content, testing::EndsWith(";\n")) << path;
  }
}

struct Folder {
  std::string_view name, why;
};

// Folders of statements that cross jurisdictions, and why. Nothing else may.
constexpr std::array crossing{
    Folder{"jurisdiction/", "they make and list jurisdictions"},
    Folder{"migration/", "they are about the database"},
    Folder{"table/", "they are about its catalogue"},
    Folder{"distribute/", "they say on which machines its tables lie"},
    Folder{"request/", "they count what a client asks of all nodes, whatever jurisdiction it asks"},
};

TEST(SqlFiles, NameTheirJurisdiction) {
  for (const auto& [path, content] : sql_files()) {
    if (std::ranges::any_of(crossing, [&](const Folder& folder) { return path.starts_with(folder.name); })) continue;
    EXPECT_THAT(content, testing::HasSubstr("$jurisdiction")) << path;
  }
}

TEST(SqlFiles, AreCalledAfterTheirVerb) {
  for (const auto& [path, content] : sql_files()) {
    const auto name = std::filesystem::path(path).filename().string();
    EXPECT_THAT(name, testing::MatchesRegex("(find|get|list|count|put|update|erase|add|lock|take)_[a-z_]+(\\.postgres)?\\.sql"))
        << path;
  }
}

// What one engine needs otherwise is written twice, and a statement that is written twice can come to differ.
TEST(SqlFiles, AreTheSameForBothEnginesButForAReason) {
  constexpr std::string_view mark = ".postgres.sql";
  const auto files = sql_files();
  for (const auto& [path, content] : files) {
    if (!path.ends_with(mark)) continue;
    const auto base = path.substr(0, path.size() - mark.size()) + ".sql";
    EXPECT_TRUE((std::ranges::find(files, base, &File::path) != files.end()))
        << path << " stands in for nothing: there is no " << base;
    EXPECT_THAT(content, testing::StartsWith("-- PostgreSQL: ")) << path << ": the first line says why it differs";
  }
}

}  // namespace
}  // namespace huiyin::storage
