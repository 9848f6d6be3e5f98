// `huiyin train` and `huiyin classify`: a classifier from a body's own settled cases, and what it says of new messages.
#pragma once

#include <filesystem>

#include "cli/json_lines.h"

namespace huiyin::cli {

struct ModelTrainOptions {
  LinesOptions lines;  // out: the model
  std::string report;  // JSON; empty for none
  std::uint64_t seed = 1;
};

struct ClassifyOptions {
  LinesOptions lines;
  std::filesystem::path model;
};

int train_model(const ModelTrainOptions& options, Host& host);
int classify_lines(const ClassifyOptions& options, Host& host);

}  // namespace huiyin::cli
