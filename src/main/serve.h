// serve: a site behind HTTP, until a signal ends it.
#pragma once

#include <iosfwd>

#include "cli/cli.h"

namespace huiyin {

int serve(const cli::ServeOptions& options, const Clock& clock, Random& random, std::ostream& out, std::ostream& err);
// SIGINT and SIGTERM are taken by one waiting thread alone: call it before any thread is made.
void hold_back_signals();
void wait_for_signal();   // until one of them arrives
bool signal_arrived();  // since hold_back_signals(), without waiting

}  // namespace huiyin
