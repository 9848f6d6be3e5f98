// `huiyin mask`: takes personal data out of the fields of JSON lines.
#pragma once

#include <string>
#include <vector>

#include "base/catalogue.h"
#include "cli/json_lines.h"

namespace huiyin::cli {

struct MaskOptions {
  LinesOptions lines;
  std::vector<std::string> fields;  // empty: every field of words but "id"
  std::string language = "zh";      // of what is put in place: "[电话]", "[phone]"
};

// One thread; what it says of the work goes to standard error.
int mask_lines(const MaskOptions& options, Host& host);

}  // namespace huiyin::cli
