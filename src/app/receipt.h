// Receipt (回执): the proof that an event stands in the log, real from the first answer: entry, disclosures, inclusion proof and
// signed checkpoint. A person can keep it as a file and verify it with tools that we did not write.
#pragma once

#include <string>
#include <vector>

#include "log/proof_file.h"

namespace huiyin::app {

struct Receipt {
  std::string entry;                     // canonical JSON; its RFC 6962 leaf hash is what the proof proves
  std::vector<std::string> disclosures;  // encoded as in SD-JWT; each one's digest stands in the entry
  log::ProofFile proof;
  std::string verifier_key;              // of the log
};

}  // namespace huiyin::app
