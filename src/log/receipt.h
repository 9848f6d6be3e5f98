// Receipt (回执) as a file, `.huiyin-receipt`: an entry of the log, the disclosures that its holder may show, and the proof that
// the entry stands in the log. docs/formats/receipt.md has its grammar; log/receipt_check.h says what it is worth. Everything
// here reads what strangers send. Pure functions and values; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "log/proof_file.h"

namespace huiyin::log {

inline constexpr std::string_view receipt_format = "huiyin-receipt/v1";
inline constexpr std::size_t receipt_bytes_max = 4UL * 1024 * 1024;
inline constexpr std::size_t receipt_disclosures_max = 64;

struct Receipt {
  std::string entry;  // its bytes; their RFC 6962 leaf hash is what the proof proves
  std::vector<std::string> disclosures;  // encoded as in SD-JWT; each one's digest should stand in the entry
  ProofFile proof;
  std::string verifier_key;  // of the log, as whoever wrote the file says: nobody vouches for it
  bool witnessed = false;  // whether the writer found that witnesses vouch for the checkpoint; a claim like the key
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

// One JSON object, without a line end.
std::string to_text(const Receipt& receipt);

// Any JSON of that shape, with other spacing too. `invalid` names each field that is wrong, what came and what was expected. The
// proof and the key are well-formed; whether they prove anything is for check_receipt().
Result<Receipt> parse_receipt(std::string_view text);

}  // namespace huiyin::log
