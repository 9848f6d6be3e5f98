// move and migrate: a site's database as a whole.
#pragma once

#include <iosfwd>

#include "cli/cli.h"

namespace huiyin {

int move(const cli::MoveOptions& options, cli::Host& host, Random& random);
int migrate(const cli::MigrateOptions& options, cli::Host& host);

}  // namespace huiyin
