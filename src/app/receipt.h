// Receipt (回执): the proof that an event stands in the log, real from the first answer. What it holds and how it is written is
// the log's affair (log/receipt.h); how one is made stands in app/receipts.h.
#pragma once

#include "log/receipt.h"

namespace huiyin::app {

using log::Receipt;

}  // namespace huiyin::app
