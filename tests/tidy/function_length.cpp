// How long functions are, by counting braces: namespaces and types are looked into, everything else in braces with a parameter
// list before it is a function.
#include <algorithm>
#include <array>

#include "tidy/checks.h"

namespace huiyin::tidy {
namespace {

enum class Scope { opened, function, other };

struct Position {
  std::size_t line = 0;
  char c = ' ';
};

// The code without preprocessor lines, character by character.
std::vector<Position> characters(const Source& source) {
  std::vector<Position> out;
  bool directive = false;
  for (std::size_t i = 0; i < source.code.size(); ++i) {
    const auto& line = source.code[i];
    const bool goes_on = directive;
    directive = (goes_on || trimmed(line).starts_with('#')) && line.ends_with('\\');
    if (goes_on || trimmed(line).starts_with('#')) continue;
    for (const char c : line) out.push_back({i + 1, c});
    out.push_back({i + 1, '\n'});
  }
  return out;
}

// Removes template<...> and [[...]] from the front, so that what is declared comes first.
std::string_view without_prefix(std::string_view head) {
  for (;;) {
    head = trimmed(head);
    if (head.starts_with("template")) {
      int depth = 0;
      std::size_t at = head.find('<');
      for (; at < head.size(); ++at) {
        if (head[at] == '<') ++depth;
        if (head[at] == '>' && --depth == 0) break;
      }
      head.remove_prefix(std::min(at + 1, head.size()));
    } else if (head.starts_with("[[")) {
      head.remove_prefix(std::min(head.find("]]"), head.size() - 2) + 2);
    } else {
      return head;
    }
  }
}

Scope scope_of(std::string_view head) {
  head = without_prefix(head);
  constexpr std::array<std::string_view, 6> types{"namespace", "inline namespace", "extern \"", "struct", "class", "union"};
  const bool type = std::ranges::any_of(types, [&](std::string_view word) { return head.starts_with(word); });
  const auto parameters = head.find('(');
  if (type && (parameters == std::string_view::npos || head.starts_with("struct alignas("))) return Scope::opened;
  if (parameters == std::string_view::npos) return Scope::other;
  const auto equals = head.find('=');
  const bool is_operator = head.find("operator") < equals;
  if (equals < parameters && !is_operator && head.find("[") > parameters) return Scope::other;
  return Scope::function;
}

struct Function {
  std::size_t first = 0;
  std::size_t last = 0;
};

// Where the brace that opens at `open` is closed; the end when it is not.
std::size_t closing(const std::vector<Position>& all, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < all.size(); ++at) {
    if (all[at].c == '{') ++depth;
    if (all[at].c == '}' && --depth == 0) return at;
  }
  return all.size() - 1;
}

char next_visible(const std::vector<Position>& all, std::size_t after) {
  for (std::size_t at = after + 1; at < all.size(); ++at) {
    if (all[at].c != ' ' && all[at].c != '\n') return all[at].c;
  }
  return ' ';
}

std::vector<Function> functions_of(const Source& source) {
  std::vector<Function> found;
  const auto all = characters(source);
  std::string head;  // what was read of the present declaration
  std::size_t first = 0;
  int parentheses = 0;
  for (std::size_t at = 0; at < all.size(); ++at) {
    const char c = all[at].c;
    if (trimmed(head).empty() && c != ' ' && c != '\n') first = all[at].line;
    if (c == '(') ++parentheses;
    if (c == ')') --parentheses;
    if (c == '{') {
      const auto scope = parentheses > 0 ? Scope::other : scope_of(head);
      if (scope == Scope::opened) {
        head.clear();
        continue;
      }
      at = closing(all, at);
      const char next = next_visible(all, at);
      if (scope == Scope::function && next != ',' && next != '{') {  // not a_{1} in a constructor's list
        found.push_back({first, all[at].line});
        head.clear();
      }
    } else if ((c == '}' || c == ';') && parentheses == 0) {
      head.clear();
    } else {
      head += c;
      const auto word = trimmed(head);
      if (word == "public:" || word == "private:" || word == "protected:") head.clear();
    }
  }
  return found;
}

bool exempt(const Source& source, std::size_t first) {
  return std::ranges::any_of(source.comments, [&](const Piece& comment) {
    return comment.line + 1 == first && comment.text.find("tidy: long because ") != std::string::npos;
  });
}

}  // namespace

Violations check_function_length(const Sources& sources) {
  Violations found;
  for (const auto& source : sources) {
    for (const auto& function : functions_of(source)) {
      const auto length = function.last - function.first + 1;
      if (length <= function_lines_max || exempt(source, function.first)) continue;
      found.push_back({source.path, function.first,
                       "a function of " + std::to_string(length) +
                           " lines; divide it before 70, or say in the line before '// tidy: long because ...'"});
    }
  }
  return found;
}

}  // namespace huiyin::tidy
