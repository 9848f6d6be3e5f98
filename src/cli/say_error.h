// An Error as the command line says it: the sentence, then each wrong field.
#pragma once

#include "base/error.h"
#include "cli/cli.h"

namespace huiyin::cli {

int say_error(Host& host, const Error& error);  // gives `failed`

}  // namespace huiyin::cli
