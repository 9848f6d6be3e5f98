// The commands that look at what people wrote: `mask` and `check-answers`, with their options and their help.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "cli/check_answers.h"
#include "cli/mask.h"

namespace huiyin::cli {

struct WritingOptions {
  MaskOptions mask;
  CheckAnswersOptions check;
};

// `act` becomes the command that was chosen.
void add_writing_commands(CLI::App& app, WritingOptions& options, std::function<int()>& act, Host& host);

}  // namespace huiyin::cli
