// The column log_head.moved_to: NULL while a log is written here; else where it goes on, or that a move to here did not finish.
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace huiyin::storage {

// What stands at the target of a move until all of it has come. `source`: as it is shown to people.
std::string unfinished_mark(std::string_view source);
// Why a log with this mark is not written, for the operator.
std::string why_closed(std::string_view moved_to);

}  // namespace huiyin::storage
