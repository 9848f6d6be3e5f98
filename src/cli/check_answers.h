// `huiyin check-answers`: remarks on each answer of a file, and on texts that were given to many.
#pragma once

#include <string>

#include "cli/json_lines.h"

namespace huiyin::cli {

struct CheckAnswersOptions {
  LinesOptions lines;
  std::string language;  // of why and mend; empty: of each answer
  std::vector<std::string> without;  // kinds of remarks that are not looked for
};

// One thread. Memory: the remarks, and about 300 bytes an answer.
int check_answer_lines(const CheckAnswersOptions& options, Host& host);

}  // namespace huiyin::cli
