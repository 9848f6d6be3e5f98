// Proof files have one spelling: what is read is written back byte for byte, and its checkpoint is a note.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "log/note.h"
#include "log/proof_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huiyin;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto proof = log::parse_proof_file(text);
  if (!proof) return 0;
  HUIYIN_ASSERT(log::to_text(*proof) == text);
  HUIYIN_ASSERT(proof->hashes.size() <= log::proof_hashes_max);
  HUIYIN_ASSERT(log::parse_note(proof->checkpoint).has_value());
  // Nobody finds hashes that lead from a leaf of ours to the empty root.
  HUIYIN_ASSERT(!log::verify_inclusion(log::leaf_hash({}), proof->index, UINT64_MAX, proof->hashes, log::empty_root()));
  return 0;
}
