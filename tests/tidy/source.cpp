#include "tidy/source.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace huiyin::tidy {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t text_bytes_max = 2 << 20;

// Reads a file once from front to back and writes down what each character is.
class Lexer {
 public:
  Lexer(std::string_view text, Source& into) : text_(text), into_(into) {}

  void run() {
    while (at_ < text_.size()) {
      if (rest().starts_with("//")) line_comment();
      else if (rest().starts_with("/*")) block_comment();
      else if (text_[at_] == '"' && raw_prefix()) raw_literal();
      else if (text_[at_] == '"') literal('"');
      else if (text_[at_] == '\'' && !digit_separator()) literal('\'');
      else keep();
    }
    into_.code = split_lines(code_);
    into_.code.resize(into_.lines.size());
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  void keep() {
    if (text_[at_] == '\n') ++line_;
    code_ += text_[at_++];
  }
  void blank() {
    if (text_[at_] == '\n') keep();
    else {
      code_ += ' ';
      ++at_;
    }
  }
  void blank_until(std::size_t end) {
    while (at_ < std::min(end, text_.size())) blank();
  }

  // 1'000: a quote within a number is no quote.
  [[nodiscard]] bool digit_separator() const {
    std::size_t begin = at_;
    while (begin > 0 && (is_word_character(text_[begin - 1]) || text_[begin - 1] == '\'')) --begin;
    return begin < at_ && text_[begin] >= '0' && text_[begin] <= '9';
  }
  [[nodiscard]] bool raw_prefix() const { return at_ > 0 && text_[at_ - 1] == 'R'; }

  void line_comment() {
    const auto end = std::min(text_.find('\n', at_), text_.size());
    into_.comments.push_back({line_, std::string(text_.substr(at_ + 2, end - at_ - 2))});
    blank_until(end);
  }
  void block_comment() {
    const auto close = text_.find("*/", at_ + 2);
    const auto inside = text_.substr(at_ + 2, close == std::string_view::npos ? close : close - at_ - 2);
    auto line = line_;
    for (auto& part : split_lines(inside)) into_.comments.push_back({line++, std::move(part)});
    blank_until(close == std::string_view::npos ? text_.size() : close + 2);
  }
  void raw_literal() {
    const auto open = text_.find('(', at_);
    const auto mark = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const auto close = text_.find(mark, open);
    into_.literals.push_back({line_, std::string(text_.substr(open + 1, close - open - 1))});
    keep();
    blank_until(close == std::string_view::npos ? close : close + mark.size() - 1);
    if (at_ < text_.size()) keep();
  }
  void literal(char quote) {
    const auto began = line_;
    keep();
    std::string inside;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      const std::size_t length = text_[at_] == '\\' ? 2 : 1;
      inside += text_.substr(at_, length);
      blank_until(at_ + length);
    }
    if (at_ < text_.size()) keep();
    if (quote == '"') into_.literals.push_back({began, std::move(inside)});
  }

  std::string_view text_;
  Source& into_;
  std::string code_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

bool is_made_or_installed(const std::string& folder) {
  constexpr std::array<std::string_view, 6> names{"build", "var", ".git", "node_modules", "dist", ".cache"};
  return std::ranges::find(names, folder) != names.end();
}

template <class Take>
void walk(const fs::path& folder, Take take) {
  if (!fs::exists(folder)) return;
  for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && is_made_or_installed(entry->path().filename())) entry.disable_recursion_pending();
    else if (entry->is_regular_file() && !entry->is_symlink()) take(entry->path());
  }
}

void sort_by_path(std::vector<Source>& sources) { std::ranges::sort(sources, {}, &Source::path); }

}  // namespace

bool is_word_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

std::string_view trimmed(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string Source::module() const {
  if (!path.starts_with("src/")) return {};
  const auto end = path.find('/', 4);
  return end == std::string::npos ? std::string() : path.substr(4, end - 4);
}

Source read_source(std::string path, std::string_view text) {
  Source source;
  source.path = std::move(path);
  source.lines = split_lines(text);
  Lexer(text, source).run();
  return source;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Source> read_sources(const fs::path& root, std::string_view folder) {
  std::vector<Source> sources;
  walk(root / folder, [&](const fs::path& path) {
    if (path.extension() != ".h" && path.extension() != ".cpp") return;
    sources.push_back(read_source(fs::relative(path, root).generic_string(), read_file(path)));
  });
  sort_by_path(sources);
  return sources;
}

std::vector<Source> read_text_files(const fs::path& root) {
  std::vector<Source> files;
  walk(root, [&](const fs::path& path) {
    if (fs::file_size(path) > text_bytes_max) return;
    const auto text = read_file(path);
    if (text.find('\0') != std::string::npos) return;
    files.push_back({fs::relative(path, root).generic_string(), split_lines(text), {}, {}, {}});
  });
  sort_by_path(files);
  return files;
}

}  // namespace huiyin::tidy
