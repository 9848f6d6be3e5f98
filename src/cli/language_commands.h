// The subcommands of the language engine, as the command line offers them.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "cli/classify.h"

namespace huiyin::cli {

struct LanguageWords {
  ModelTrainOptions train;
  ClassifyOptions classify;
};

// `act` becomes what the chosen one does.
void add_language_commands(CLI::App& app, LanguageWords& words, std::function<int()>& act, Host& host);

}  // namespace huiyin::cli
