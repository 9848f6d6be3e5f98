// Receipt (回执): the proof that an event stands in the log, real from the first answer. What it holds and how it is written is
// the log's affair (log/receipt.h); how one is made stands in app/receipts.h.
#pragma once

#include <string>

#include "log/receipt.h"

namespace huiyin::app {

using log::Receipt;

// The leaf hash of its entry in base64url: the fingerprint by which a receipt on paper is told from another.
std::string leaf_text(const Receipt& receipt);

}  // namespace huiyin::app
