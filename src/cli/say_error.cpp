#include "cli/say_error.h"

#include <iostream>

#include "base/catalogue.h"

namespace huiyin::cli {

int say_error(Host& host, const Error& error) {
  host.err << "huiyin: " << say(error.message, Language::en) << '\n';
  for (const auto& field : error.fields) {
    host.err << "  " << field.field << ": got '" << field.got << "', expected " << say(field.expected, Language::en) << '\n';
  }
  if (!error.detail.empty()) host.err << "  " << error.detail << '\n';
  return failed;
}

}  // namespace huiyin::cli
