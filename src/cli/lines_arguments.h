// What every command over JSON lines (json_lines.h) takes alike.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace huiyin::cli {

// `--in` and `--skip-faulty`; `what` the lines are, for the help.
void add_lines_in(CLI::App& command, std::string& in, bool& skip_faulty, const std::string& what);

}  // namespace huiyin::cli
