#include "tidy/checks.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace huiyin::tidy {
namespace {

constexpr std::string_view exemption = "tidy: long because ";
constexpr std::string_view sql_exemption = "tidy: SQL here because ";

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Does `word` stand in the code by itself, not as part of a longer name? With a ( it is a call: members of that name
// (x.time(, x->time() are another thing.
bool has_word(std::string_view code, std::string_view word) {
  for (auto at = code.find(word); at != std::string_view::npos; at = code.find(word, at + 1)) {
    const char before = at == 0 ? ' ' : code[at - 1];
    const auto end = at + word.size();
    const char after = end < code.size() ? code[end] : ' ';
    const bool member = before == '.' || (before == '>' && at > 1 && code[at - 2] == '-');
    const bool begins = !is_word_character(word.front()) || (!is_word_character(before) && !(member && contains(word, "(")));
    if (begins && (!is_word_character(word.back()) || !is_word_character(after))) return true;
  }
  return false;
}

// What stands between the quotes or brackets of an #include line, brackets kept; empty for other lines.
std::string included(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with("#include")) return {};
  const auto open = line.find_first_of("\"<");
  if (open == std::string_view::npos) return {};
  const auto close = line.find_first_of("\">", open + 1);
  return std::string(line.substr(open, close - open + 1));
}

std::size_t columns(std::string_view line) {
  return static_cast<std::size_t>(
      std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

template <class Check>
Violations each_line(const Sources& sources, Check check) {
  Violations found;
  for (const auto& source : sources) {
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      if (auto instead = check(source, i); !instead.empty()) found.push_back({source.path, i + 1, std::move(instead)});
    }
  }
  return found;
}

struct Ban {
  std::string_view word;
  std::vector<std::string_view> except;  // modules that may
  std::string_view instead;
};

const std::vector<Ban>& bans() {
  static constexpr std::string_view clock = "take a Clock (base/time.h); only src/main reads the system's clock";
  static constexpr std::string_view random = "take a Random (base/random.h); only src/main asks the system for randomness";
  static constexpr std::string_view number = "use std::from_chars, or the readers of base/json.h for input";
  static constexpr std::string_view copy = "use std::string, std::span or fmt::format";
  static constexpr std::string_view print = "give the words back, or log them; only src/main and src/cli write to the terminal";
  // clang-format off
  static const std::vector<Ban> table{
      {"system_clock", {"main"}, clock}, {"high_resolution_clock", {"main"}, clock}, {"steady_clock::now", {"main"}, clock},
      {"time(nullptr)", {"main"}, clock}, {"time(NULL)", {"main"}, clock}, {"time(0)", {"main"}, clock}, {"time(&", {"main"}, clock},
      {"gettimeofday", {"main"}, clock}, {"clock_gettime", {"main"}, clock},
      {"random_device", {"main"}, random}, {"rand(", {"main"}, random}, {"srand(", {"main"}, random}, {"mt19937", {"main"}, random},
      {"getenv", {"main"}, "hand the value in; only src/main reads the environment"},
      {"strcpy", {}, copy}, {"strcat", {}, copy}, {"sprintf", {}, copy}, {"vsprintf", {}, copy}, {"strtok", {}, copy},
      {"atoi", {}, number}, {"atol", {}, number}, {"atof", {}, number},
      {"std::cout", {"main", "cli"}, print}, {"std::cerr", {"main", "cli"}, print}, {"std::clog", {"main", "cli"}, print},
      {".detach()", {}, "join the thread (std::jthread); whoever starts a thread ends it"},
      {"assert(", {}, "use HUIYIN_ASSERT (base/assert.h), which stays on in release"},
  };
  // clang-format on
  return table;
}

bool looks_like_code(std::string_view comment) {
  comment = trimmed(comment);
  if (comment == "}" || comment == "};" || comment.starts_with("#include")) return true;
  if (comment.ends_with(") {") || comment.ends_with("else {")) return true;
  if (!comment.ends_with(';')) return false;
  if (contains(comment, " = ") || contains(comment, " += ")) return true;
  constexpr std::array<std::string_view, 8> beginnings{"return ", "return;", "break;", "continue;",
                                                       "delete ", "throw ",  "auto ",  "std::"};
  if (std::ranges::any_of(beginnings, [&](std::string_view word) { return comment.starts_with(word); })) return true;
  const auto name_end = std::ranges::find_if_not(
      comment, [](char c) { return is_word_character(c) || c == ':' || c == '.' || c == '-' || c == '>'; });
  return name_end != comment.end() && name_end != comment.begin() && *name_end == '(' && comment.ends_with(");");
}

}  // namespace

std::string listed(const Violations& violations) {
  std::string out;
  for (const auto& one : violations) out += "\n" + one.path + ":" + std::to_string(one.line) + ": " + one.instead;
  return out;
}

Layers read_layers(std::string_view cmake) {
  constexpr std::string_view call = "huiyin_module(";
  Layers layers;
  for (const auto& line : split_lines(cmake)) {
    if (!line.starts_with(call)) continue;
    std::istringstream words(line.substr(call.size(), line.find(')') - call.size()));
    std::string name;
    std::string word;
    bool uses = false;
    words >> name;
    auto& allowed = layers[name];
    while (words >> word) {
      if (word == "USES" || word == "LIBS") uses = word == "USES";
      else if (uses) allowed.insert(word);
    }
  }
  return layers;
}

Violations check_layers(const Sources& sources, const Layers& layers) {
  return each_line(sources, [&](const Source& source, std::size_t i) -> std::string {
    const auto from = source.module();
    const auto file = included(source.lines[i]);
    if (from.empty() || from == "main" || !file.starts_with('"')) return {};
    const auto to = file.substr(1, file.find('/') - 1);
    if (to == from || !layers.contains(to)) return {};
    if (!layers.contains(from))
      return "module " + from + " has no huiyin_module line in src/CMakeLists.txt; say there what it USES";
    if (layers.at(from).contains(to)) return {};
    return from + " may not include " + to + "; put an interface where " + from +
           " may see it, or move the code (src/CMakeLists.txt has the layers)";
  });
}

Violations check_domain_is_pure(const Sources& sources) {
  constexpr std::array<std::string_view, 12> refused{"<boost/",    "<sqlite3",     "<SQLiteCpp", "<openssl/",
                                                     "<sodium",    "<yaml-cpp",    "<spdlog",    "<fstream>",
                                                     "<iostream>", "<filesystem>", "<thread>",   "<mutex>"};
  return each_line(sources, [&](const Source& source, std::size_t i) -> std::string {
    if (source.module() != "domain") return {};
    const auto file = included(source.lines[i]);
    for (const auto part : refused) {
      if (file.starts_with(part))
        return "domain is pure: it may not include " + file + "; do it in app, storage or http and hand the value in";
    }
    return {};
  });
}

namespace {

template <class Check>
Violations each_literal(const Sources& sources, Check check) {
  Violations found;
  for (const auto& source : sources) {
    for (const auto& literal : source.literals) {
      if (auto instead = check(source, trimmed(literal.text)); !instead.empty())
        found.push_back({source.path, literal.line, std::move(instead)});
    }
  }
  return found;
}

}  // namespace

Violations check_no_sql(const Sources& sources) {
  constexpr std::array<std::string_view, 9> beginnings{"SELECT ", "INSERT INTO ", "INSERT OR ", "UPDATE ",        "DELETE FROM ",
                                                       "CREATE ", "ALTER TABLE ", "DROP ",      "WITH RECURSIVE "};
  return each_literal(sources, [&](const Source& source, std::string_view text) -> std::string {
    const auto excuses = [](const Piece& comment) { return comment.line == 1 && contains(comment.text, sql_exemption); };
    if (source.module() == "storage" && std::ranges::any_of(source.comments, excuses)) return {};
    if (std::ranges::none_of(beginnings, [&](std::string_view word) { return text.starts_with(word); })) return {};
    return "put the statement into a file of its own, src/storage/sql/<thing>/<verb_thing>.sql";
  });
}

Violations check_transactions_in_storage(const Sources& sources) {
  constexpr std::array<std::string_view, 6> words{"PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"};
  return each_literal(sources, [&](const Source& source, std::string_view text) -> std::string {
    if (source.module() == "storage") return {};
    for (const auto word : words) {
      if (text == word || text.starts_with(std::string(word) + " ") || text.starts_with(std::string(word) + ";")) {
        return std::string(word) + " belongs to src/storage; use the transaction of its interface";
      }
    }
    return {};
  });
}

Violations check_file_length(const Sources& sources) {
  Violations found;
  for (const auto& source : sources) {
    const bool exempt = std::ranges::any_of(
        source.comments, [](const Piece& comment) { return comment.line <= 5 && contains(comment.text, exemption); });
    if (source.lines.size() > file_lines_max && !exempt) {
      found.push_back({source.path, source.lines.size(),
                       "more than 500 lines; divide it by what it does, or say in its first lines '// tidy: long because ...'"});
    }
  }
  return found;
}

Violations check_columns(const Sources& sources) {
  return each_line(sources, [](const Source& source, std::size_t i) -> std::string {
    const auto wide = columns(source.lines[i]);
    return wide <= columns_max ? "" : std::to_string(wide) + " columns; break the line before 130";
  });
}

Violations check_banned_calls(const Sources& sources) {
  return each_line(sources, [](const Source& source, std::size_t i) -> std::string {
    if (source.is_header() && has_word(source.code[i], "using namespace"))
      return "no 'using namespace' in a header; name what you use";
    for (const auto& ban : bans()) {
      if (!has_word(source.code[i], ban.word) || std::ranges::find(ban.except, source.module()) != ban.except.end()) continue;
      return std::string(ban.word) + ": " + std::string(ban.instead);
    }
    return {};
  });
}

Violations check_no_sleeping(const Sources& sources) {
  constexpr std::array<std::string_view, 4> words{"sleep_for", "sleep_until", "usleep", "nanosleep"};
  return each_line(sources, [&](const Source& source, std::size_t i) -> std::string {
    for (const auto word : words) {
      if (has_word(source.code[i], word))
        return std::string(word) +
               ": wait for the thing itself (condition variable, latch, timer of the loop), not for time to pass";
    }
    return {};
  });
}

Violations check_no_commented_out_code(const Sources& sources) {
  Violations found;
  for (const auto& source : sources) {
    for (const auto& comment : source.comments) {
      const bool alone = trimmed(source.code[comment.line - 1]).empty();
      if (alone && looks_like_code(comment.text))
        found.push_back({source.path, comment.line, "code in a comment; delete it, history keeps it"});
    }
  }
  return found;
}

Violations check_headers(const Sources& sources) {
  constexpr std::size_t words_min = 4;
  Violations found;
  for (const auto& source : sources) {
    if (!source.is_header() || source.lines.empty()) continue;
    const std::string_view first = source.lines.front();
    if (!first.starts_with("// ") || std::ranges::count(first, ' ') < static_cast<std::ptrdiff_t>(words_min)) {
      found.push_back({source.path, 1, "begin with a comment that says what the thing is"});
    }
    if (std::ranges::find(source.code, "#pragma once") == source.code.end())
      found.push_back({source.path, 1, "add #pragma once"});
  }
  return found;
}

Violations check_names(const std::vector<std::string>& paths) {
  constexpr std::array<std::string_view, 10> empty{"util",   "utils",   "utility", "utilities", "common",
                                                   "helper", "helpers", "manager", "managers",  "misc"};
  Violations found;
  for (const auto& path : paths) {
    std::string part;
    for (const char c : path + "/") {
      if (is_word_character(c) && c != '_') {
        part += c;
        continue;
      }
      if (std::ranges::find(empty, part) != empty.end()) {
        found.push_back({path, 1, "'" + part + "' says nothing; name the file after the thing it holds"});
        break;
      }
      part.clear();
    }
  }
  return found;
}

Violations check_texts_used(const Sources& catalogues, const Sources& sources) {
  std::set<std::string> used;
  constexpr std::string_view mark = "key::";
  for (const auto& source : sources) {
    for (const auto& line : source.code) {
      for (auto at = line.find(mark); at != std::string::npos; at = line.find(mark, at + 1)) {
        const auto begin = line.begin() + static_cast<std::ptrdiff_t>(at + mark.size());
        used.emplace(begin, std::find_if_not(begin, line.end(), is_word_character));
      }
    }
  }
  return each_line(catalogues, [&](const Source& catalogue, std::size_t i) -> std::string {
    const std::string_view line = catalogue.lines[i];
    const auto key = std::string(line.substr(0, std::min(line.find(" = "), line.size())));
    if (key.empty() || key.starts_with('#') || used.contains(key)) return {};
    return "no source says key::" + key + "; delete the text in every language, or use it";
  });
}

Violations check_no_machine_named(const Sources& text_files) {
  // Written in two halves, so that this file does not name them.
  static const std::array<std::string, 8> hosts{
      "registry.npm"
      "js.org",
      "registry.yarn"
      "pkg.com",
      "deb.deb"
      "ian.org",
      "security.deb"
      "ian.org",
      "snapshot.deb"
      "ian.org",
      "node"
      "source.com",
      "files.python"
      "hosted.org",
      "proxy.go"
      "lang.org"};
  static const std::string machine =
      "/wo"
      "rk/";
  return each_line(text_files, [&](const Source& file, std::size_t i) -> std::string {
    const auto& line = file.lines[i];
    if (const auto at = line.find(machine); at != std::string::npos && (at == 0 || !is_word_character(line[at - 1]))) {
      return "names a path of one machine; use a path from the project's root";
    }
    for (const auto& host : hosts) {
      if (contains(line, host)) return "names the package registry " + host + "; name the package, not where it was fetched";
    }
    if ((file.path.ends_with("-lock.json") || file.path.ends_with(".lock")) && contains(line, "\"resolved\":")) {
      return "a download address in a lock file; write it anew with omit-lockfile-registry-resolved=true";
    }
    return {};
  });
}

}  // namespace huiyin::tidy
