// What a receipt proves, and what it does not: each thing as a finding. It asks nothing of anybody: the receipt and the keys that
// the reader trusts are all it knows. web/pages/verify does the same in a browser. Pure functions and values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "log/checkpoint.h"
#include "log/disclosure.h"
#include "log/note.h"
#include "log/receipt.h"

namespace huiyin::log {

enum class Finding : std::uint8_t {
  included,  // the hashes lead from the entry, at its index, to the checkpoint's root
  not_included,  // they do not: the entry, its place or a hash was changed
  signed_by_log,  // a key that the reader trusts signed the checkpoint, and is that log's key
  signed_by_named_key,  // only the key that the file itself names: it hangs together, and nobody vouches for the key
  signature_wrong,  // a key that should have signed did not sign this: the checkpoint was changed
  signed_by_stranger,  // by none of the keys that the reader trusts, nor by one that the file names
  named_key_differs,  // the file names a key for this log other than the one that the reader trusts
  no_checkpoint,  // the signed text is no checkpoint
  witnessed,  // witnesses that the reader trusts vouch for the checkpoint: how many and since when stands beside
  witness_wrong,  // the line of a witness that the reader trusts is false
  not_witnessed,  // none of the witnesses that the reader trusts signed
  witness_unchecked,  // the file says that witnesses vouch for it, and the reader named none
  entry_unreadable,  // the entry is in none of the forms that this program knows, so that nothing can be disclosed of it
  disclosed,  // each disclosure's digest stands in the entry: what they say is what was logged
  disclosure_foreign,  // one whose digest does not: it was changed, or belongs to another entry
  dated_ahead,  // the entry claims a day after the one on which a witness saw it
};

// What a finding does for the proof: a piece of it, a piece that is missing, or a sign that something was changed or made up.
enum class Weight : std::uint8_t { proves, leaves_open, refutes };
Weight weight_of(Finding finding) noexcept;
// Its name, as `huiyin verify --json` and the page in the browser have it: "signed_by_log".
std::string_view name_of(Finding finding) noexcept;
// All there are, in the order above.
std::span<const Finding> all_findings() noexcept;

// Whom the reader trusts, and learned to trust elsewhere than from the receipt.
struct Trusted {
  std::vector<NoteVerifier> logs;  // of type 01
  std::vector<NoteVerifier> witnesses;  // of type 04
};

enum class Verdict : std::uint8_t { proved, unproved, refuted };
std::string_view name_of(Verdict verdict) noexcept;

struct Vouched {
  std::string witness;  // the name of its key
  std::uint64_t time = 0;  // when it says it saw the checkpoint, in seconds since 1970
};

struct ReceiptCheck {
  std::vector<Finding> findings;  // in the order of the steps: place, signature, witnesses, disclosures
  std::uint64_t index = 0;  // of the entry
  std::optional<Checkpoint> checkpoint;  // as the note says, whoever signed it
  std::vector<Vouched> vouched;  // by trusted witnesses alone
  std::vector<Disclosed> disclosed;  // what the fitting disclosures say
  std::size_t unknown_signatures = 0;  // lines by keys that the reader did not name

  [[nodiscard]] bool has(Finding finding) const;
  // Proved: the entry stands in the log of a key that the reader trusts, and nothing in the file is changed or made up.
  [[nodiscard]] Verdict verdict() const;
  [[nodiscard]] bool proved() const { return verdict() == Verdict::proved; }
};

ReceiptCheck check_receipt(const Receipt& receipt, const Trusted& trusted);
// The same for a bare `.tlog-proof` and the bytes of any entry: there is no named key and nothing is disclosed.
ReceiptCheck check_proof(std::string_view entry, const ProofFile& proof, const Trusted& trusted);

}  // namespace huiyin::log
