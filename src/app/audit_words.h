// What each finding of an audit says to people. Pure functions.
#pragma once

#include "base/error.h"
#include "log/audit/findings.h"

namespace huiyin::app {

// What it means, as a sentence.
Key words_of(log::AuditFault fault) noexcept;
// Where it is: the file, and the entry or what else of it.
Message place_of(const log::AuditFinding& finding);

}  // namespace huiyin::app
