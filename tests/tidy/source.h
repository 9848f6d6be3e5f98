// A source file as the style checks see it: its code with comments and the inside of literals blanked out, and those apart,
// each with its line. No parser: enough C++ to tell code from words.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace huiyin::tidy {

struct Piece {
  std::size_t line = 0;  // counted from 1
  std::string text;
};

struct Source {
  std::string path;                // from the project's root, with /
  std::vector<std::string> lines;  // as they stand in the file
  std::vector<std::string> code;   // the same lines and columns; comments and the inside of literals are blanks
  std::vector<Piece> comments;     // without // and /*, a piece a line
  std::vector<Piece> literals;     // what stands between the quotes, escapes unread

  [[nodiscard]] bool is_header() const { return path.ends_with(".h"); }
  // The folder below src/ ("http" of "src/http/api/case.cpp"); empty elsewhere.
  [[nodiscard]] std::string module() const;
};

Source read_source(std::string path, std::string_view text);

// The C++ files (.h, .cpp) below root/folder, in order of path.
std::vector<Source> read_sources(const std::filesystem::path& root, std::string_view folder);

// Every text file of the project except what is built, installed or made by running it: path and content.
std::vector<Source> read_text_files(const std::filesystem::path& root);

std::string read_file(const std::filesystem::path& path);

bool is_word_character(char c) noexcept;
std::vector<std::string> split_lines(std::string_view text);
std::string_view trimmed(std::string_view text) noexcept;

}  // namespace huiyin::tidy
