// A proof to keep: `.tlog-proof` (c2sp.org/tlog-proof). Where an entry stands, the way up to the root, and the signed
// checkpoint with that root. The optional `extra` line of the format is not written, and refused when read: nothing would
// authenticate it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/merkle.h"

namespace huiyin::log {

inline constexpr std::size_t proof_hashes_max = 64;  // the height of the highest tree

struct ProofFile {
  std::uint64_t index = 0;
  std::vector<Hash> hashes;  // from the leaf's sibling up
  std::string checkpoint;    // a signed note, word for word
  friend bool operator==(const ProofFile&, const ProofFile&) = default;
};

std::string to_text(const ProofFile& proof);
// The exact inverse. The checkpoint is a well-formed note; that it is signed by whom one trusts, and that the hashes lead to
// its root, is for open_checkpoint() and verify_inclusion().
std::optional<ProofFile> parse_proof_file(std::string_view text);

}  // namespace huiyin::log
