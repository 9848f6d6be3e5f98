// The house style as checks: each takes sources and gives the places that break a rule, with what to do instead. A rule that
// nobody can check by machine stands in docs/guides/developer.md, not here.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/source.h"

namespace huiyin::tidy {

inline constexpr std::size_t file_lines_max = 500;
inline constexpr std::size_t function_lines_max = 70;
inline constexpr std::size_t columns_max = 130;

struct Violation {
  std::string path;
  std::size_t line = 0;
  std::string instead;
};
using Violations = std::vector<Violation>;
using Sources = std::vector<Source>;

// "path:line: instead", a line each; what a failing test prints.
std::string listed(const Violations& violations);

// Which modules a module may include, from the huiyin_module lines of src/CMakeLists.txt.
using Layers = std::map<std::string, std::set<std::string>>;
Layers read_layers(std::string_view cmake);

Violations check_layers(const Sources& sources, const Layers& layers);
Violations check_domain_is_pure(const Sources& sources);
Violations check_no_sql(const Sources& sources);
Violations check_transactions_in_storage(const Sources& sources);
Violations check_file_length(const Sources& sources);
Violations check_function_length(const Sources& sources);
Violations check_columns(const Sources& sources);
Violations check_banned_calls(const Sources& sources);
Violations check_no_sleeping(const Sources& sources);
Violations check_no_commented_out_code(const Sources& sources);
Violations check_headers(const Sources& sources);
Violations check_names(const std::vector<std::string>& paths);

// Keys of texts/en/*.txt that no source names as key::NAME.
Violations check_texts_used(const Sources& catalogues, const Sources& sources);

// Paths of one machine, hosts of package registries, download addresses in lock files.
Violations check_no_machine_named(const Sources& text_files);

// Links of the .md files that lead nowhere, and `./dev VERB` with a verb that `dev` does not have. `exists` takes a path from the
// project's root.
Violations check_documents(const Sources& text_files, std::string_view dev,
                           const std::function<bool(const std::string&)>& exists);

}  // namespace huiyin::tidy
