// What people are told when the store fails.
#pragma once

#include "app/store.h"
#include "base/error.h"

namespace huiyin::app {

// `unavailable` in plain words, or `internal` when it is no state that passes; the detail is for the operator.
Error error_of(const StoreFailure& fault);

}  // namespace huiyin::app
