#include "http/api/receipt_json.h"

#include "base/canonical_json.h"

namespace huiyin::http {

// Written piece by piece: it stands in every answer to a submission, so it goes without a tree of values.
std::string receipt_json(const app::Receipt& receipt) {
  std::string out = R"({"format":"huiyin-receipt/v1","state":"signed","entry":)";
  write_canonical_string(out, receipt.entry);
  out += R"(,"disclosures":[)";
  for (std::size_t i = 0; i < receipt.disclosures.size(); ++i) {
    if (i > 0) out += ',';
    write_canonical_string(out, receipt.disclosures[i]);
  }
  out += R"(],"proof":)";
  write_canonical_string(out, to_text(receipt.proof));
  out += R"(,"verifier_key":)";
  write_canonical_string(out, receipt.verifier_key);
  return out + '}';
}

}  // namespace huiyin::http
