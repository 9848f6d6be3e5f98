// Build-time tool: turns data files into C++ sources.
//   embed texts OUT_DIR TEXTS_DIR          -> keys.h, table.h    (message catalogues; a missing key or argument is an error)
//   embed files OUT_DIR NAMESPACE DIR...   -> NAMESPACE.h, .cpp  (every file below each DIR as a named constant; a line
//                                             "@include PATH" is replaced by that file, which ends in .part and is none itself)
// A file is rewritten only when its content changes, so that builds stay short.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& words) {
  std::cerr << "embed: " << words << '\n';
  std::exit(1);
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail("cannot read " + path.string());
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

void write_if_changed(const fs::path& path, const std::string& text) {
  if (fs::exists(path) && read(path) == text) return;
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  const char* digits = "01234567";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte >= 0x20 && byte < 0x7F && c != '?') out += c;
    else {
      out += '\\';
      out += digits[byte >> 6U];
      out += digits[(byte >> 3U) & 7U];
      out += digits[byte & 7U];
    }
  }
  return out + "\"";
}

std::string identifier(std::string name) {
  for (char& c : name) {
    if (!(std::isalnum(static_cast<unsigned char>(c)) != 0)) c = '_';
  }
  return std::isdigit(static_cast<unsigned char>(name.front())) != 0 ? "file_" + name : name;
}

std::set<std::string> arguments_of(const std::string& text, const std::string& where) {
  std::set<std::string> names;
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    const auto close = text.find('}', at);
    if (close == std::string::npos) fail(where + ": a { without its }");
    names.insert(text.substr(at + 1, close - at - 1));
  }
  return names;
}

using Catalogue = std::map<std::string, std::string>;

Catalogue read_catalogue(const fs::path& folder) {
  Catalogue catalogue;
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().extension() != ".txt") continue;
    std::istringstream lines(read(file.path()));
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
      const auto where = file.path().string() + ":" + std::to_string(number);
      if (line.empty() || line[0] == '#') continue;
      const auto mark = line.find(" = ");
      if (mark == std::string::npos) fail(where + ": expected 'key = text'");
      if (!catalogue.emplace(line.substr(0, mark), line.substr(mark + 3)).second) fail(where + ": this key is there twice");
      if (identifier(line.substr(0, mark)) != line.substr(0, mark)) fail(where + ": a key is letters, digits and _");
    }
  }
  return catalogue;
}

void embed_texts(const fs::path& out, const fs::path& folder) {
  const auto en = read_catalogue(folder / "en");
  const auto zh = read_catalogue(folder / "zh");
  std::string problems;
  for (const auto& [key, text] : en) {
    const auto other = zh.find(key);
    if (other == zh.end()) problems += "\n  missing in zh: " + key;
    else if (arguments_of(text, key) != arguments_of(other->second, key)) problems += "\n  other arguments in zh: " + key;
  }
  for (const auto& [key, text] : zh) {
    if (!en.contains(key)) problems += "\n  missing in en: " + key;
  }
  if (!problems.empty()) fail("the catalogues differ:" + problems);
  std::string keys = "// Generated from texts/. Do not edit.\n#pragma once\n#include \"base/error.h\"\nnamespace huiyin::key {\n";
  std::string table =
      "// Generated from texts/. Do not edit.\n#pragma once\n#include <array>\n#include <string_view>\nnamespace huiyin::texts {\n"
      "struct Row { std::string_view key, en, zh; };\ninline constexpr std::array<Row, " +
      std::to_string(en.size()) + "> table{{\n";
  for (const auto& [key, text] : en) {
    keys += "inline constexpr Key " + key + "{\"" + key + "\"};\n";
    table += "  {" + quoted(key) + ", " + quoted(text) + ", " + quoted(zh.at(key)) + "},\n";
  }
  write_if_changed(out / "keys.h", keys + "}  // namespace huiyin::key\n");
  write_if_changed(out / "table.h", table + "}};\n}  // namespace huiyin::texts\n");
}

constexpr const char* part_ending = ".part";

// What several files have in common is written once.
std::string with_parts(const fs::path& file, const fs::path& folder) {
  const std::string mark = "@include ";
  const auto text = read(file);
  if (text.find("\n" + mark) == std::string::npos) return text;
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(mark)) {
      out += line + "\n";
      continue;
    }
    const auto part = folder / line.substr(mark.size());
    if (part.extension() != part_ending) fail(file.string() + ": '" + line + "': expected a file that ends in " + part_ending);
    out += read(part);
  }
  return out;
}

// By their path below the folder each stands in.
std::map<std::string, fs::path> files_below(const std::vector<fs::path>& folders) {
  std::map<std::string, fs::path> folder_of;
  for (const auto& folder : folders) {
    for (const auto& file : fs::recursive_directory_iterator(folder)) {
      if (!file.is_regular_file() || file.path().extension() == part_ending) continue;
      const auto path = fs::relative(file.path(), folder).generic_string();
      if (!folder_of.emplace(path, folder).second) fail(path + " stands in two folders");
    }
  }
  return folder_of;
}

void embed_files(const fs::path& out, const std::string& name, const std::vector<fs::path>& folders) {
  const auto files = files_below(folders);
  std::string header =
      "// Generated. Do not edit.\n#pragma once\n#include <array>\n#include <string_view>\nnamespace huiyin::" + name +
      " {\nstruct File { std::string_view path, content; };\n";
  std::string source = "// Generated. Do not edit.\n#include \"" + name + ".h\"\nnamespace huiyin::" + name + " {\n";
  std::string table;
  for (const auto& [path, folder] : files) {
    const auto constant = identifier(path);
    header += "extern const std::string_view " + constant + ";  // " + path + "\n";
    const auto text = with_parts(folder / path, folder);
    source += "const std::string_view " + constant + "{";
    constexpr std::size_t piece = 8192;  // compilers limit the length of one literal
    if (text.empty()) source += "\"\"";
    for (std::size_t at = 0; at < text.size(); at += piece) source += quoted(text.substr(at, piece)) + "\n";
    source += ", " + std::to_string(text.size()) + "};\n";
    table += "  {" + quoted(path) + ", " + constant + "},\n";
  }
  const auto count = std::to_string(files.size());
  header += "extern const std::array<File, " + count + "> all;\n}  // namespace huiyin::" + name + "\n";
  source += "const std::array<File, " + count + "> all{{\n" + table + "}};\n}  // namespace huiyin::" + name + "\n";
  write_if_changed(out / (name + ".h"), header);
  write_if_changed(out / (name + ".cpp"), source);
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> args(words + 1, words + count);
  if (args.size() == 3 && args[0] == "texts") embed_texts(args[1], args[2]);
  else if (args.size() >= 4 && args[0] == "files") embed_files(args[1], args[2], {args.begin() + 3, args.end()});
  else fail("usage: embed texts OUT_DIR TEXTS_DIR | embed files OUT_DIR NAMESPACE DIR...");
}
