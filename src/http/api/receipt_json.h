// A receipt as a file (.huiyin-receipt) and as part of an answer: huiyin-receipt/v1.
#pragma once

#include <string>

#include "app/receipt.h"

namespace huiyin::http {

// {format, state, entry, disclosures, proof, verifier_key}: entry is the canonical JSON whose leaf hash the proof proves,
// disclosures are encoded as in SD-JWT, proof is a c2sp.org/tlog-proof@v1 text, verifier_key a signed-note key.
std::string receipt_json(const app::Receipt& receipt);

}  // namespace huiyin::http
