// A command as somebody types it, and what it says.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "cli/cli.h"

namespace huiyin::cli {

struct Said {
  int code;
  std::string out, err;
};

// `words` without the program's name. `wire` gives the host what the command needs beside the streams.
template <class Wire>
Said run_command(const std::vector<std::string>& words, const Clock& clock, Wire wire) {
  std::vector<const char*> arguments{"huiyin"};
  for (const auto& word : words) arguments.push_back(word.c_str());
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Host host{.clock = clock, .in = in, .out = out, .err = err, .version = "0"};
  wire(host);
  const int code = run(static_cast<int>(arguments.size()), arguments.data(), host);
  return {code, out.str(), err.str()};
}

}  // namespace huiyin::cli
