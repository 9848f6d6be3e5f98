// What fsck must know of cases: their rows in the lists, and the counters beside these.
#pragma once

#include <memory>

#include "app/audit.h"

namespace huiyin::app {

std::unique_ptr<Audit> make_case_audit();

}  // namespace huiyin::app
