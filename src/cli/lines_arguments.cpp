#include "cli/lines_arguments.h"

namespace huiyin::cli {

void add_lines_in(CLI::App& command, std::string& in, bool& skip_faulty, const std::string& what) {
  command.add_option("--in", in, what + " as JSON lines; - for standard input")->required();
  command.add_flag("--skip-faulty", skip_faulty, "leave faulty lines out instead of refusing the whole file");
}

}  // namespace huiyin::cli
