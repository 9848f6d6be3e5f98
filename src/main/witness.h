// witness: a witness for other people's logs behind HTTP, until a signal ends it.
#pragma once

#include <iosfwd>

#include "cli/cli.h"

namespace huiyin {

int witness(const cli::WitnessOptions& options, const Clock& clock, Random& random, std::ostream& out, std::ostream& err);

}  // namespace huiyin
