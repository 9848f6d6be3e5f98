// What the documents promise: that a link leads somewhere and that a command exists.
#include <algorithm>
#include <filesystem>

#include "tidy/checks.h"

namespace huiyin::tidy {
namespace {

// What stands between each `open` and the next `close` after it.
std::vector<std::string> between(std::string_view line, std::string_view open, std::string_view close) {
  std::vector<std::string> found;
  for (auto at = line.find(open); at != std::string_view::npos; at = line.find(open, at)) {
    at += open.size();
    const auto end = line.find_first_of(close, at);
    found.emplace_back(line.substr(at, end == std::string_view::npos ? end : end - at));
  }
  return found;
}

std::string target_of(const std::string& document, std::string link) {
  link.resize(std::min(link.find('#'), link.size()));
  return (std::filesystem::path(document).parent_path() / link).lexically_normal().generic_string();
}

bool is_verb(const std::string& word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

Violations check_documents(const Sources& text_files, std::string_view dev,
                           const std::function<bool(const std::string&)>& exists) {
  Violations found;
  for (const auto& file : text_files) {
    if (!file.path.ends_with(".md")) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      for (const auto& link : between(file.lines[i], "](", ")")) {
        if (link.find(' ') != std::string::npos) continue;  // a lambda in an example
        const bool elsewhere = link.find("://") != std::string::npos || link.starts_with("#") || link.starts_with("mailto:");
        if (!elsewhere && !exists(target_of(file.path, link))) found.push_back({file.path, i + 1, "leads nowhere: " + link});
      }
      for (const auto& verb : between(file.lines[i], "./dev ", " `,.;)\t")) {
        const auto function = "do_" + verb + "()";
        if (is_verb(verb) && dev.find(function) == std::string_view::npos) {
          found.push_back({file.path, i + 1, "there is no ./dev " + verb});
        }
      }
    }
  }
  return found;
}

}  // namespace huiyin::tidy
