#include "log/merkle.h"

#include <algorithm>
#include <array>
#include <bit>

namespace huiyin::log {
namespace {

// Section 4.1 of the draft. A subtree longer than half of all numbers could only start at 0.
bool is_subtree(std::uint64_t start, std::uint64_t end) {
  if (start >= end) return start == end;
  const auto length = end - start;
  if (length > std::uint64_t{1} << 63U) return start == 0;
  return start % std::bit_ceil(length) == 0;
}

}  // namespace

Hash empty_root() { return crypto::sha256(ByteView{}); }

Hash leaf_hash(ByteView entry) {
  constexpr std::array<std::uint8_t, 1> prefix{0};
  return crypto::sha256_parts({prefix, entry});
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<std::uint8_t, 65> bytes;  // one call over a copy costs less than three over parts
  bytes[0] = 1;
  std::ranges::copy(left, bytes.begin() + 1);
  std::ranges::copy(right, bytes.begin() + 33);
  return crypto::sha256(ByteView(bytes));
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof, const Hash& root) {
  if (index >= size) return false;
  auto fn = index;  // the names of RFC 9162 section 2.1.3.2
  auto sn = size - 1;
  Hash r = leaf;
  for (const auto& p : proof) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && r == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, std::span<const Hash> proof, const Hash& old_root,
                        const Hash& new_root) {
  if (old_size == new_size && old_root != new_root) return false;
  if (old_size == 0 && new_size != 0) return false;
  return verify_subtree_consistency(0, old_size, new_size, proof, old_root, new_root);
}

bool verify_subtree_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t start, std::uint64_t end,
                              std::span<const Hash> proof, const Hash& subtree_root) {
  if (!is_subtree(start, end) || index < start) return false;
  return verify_inclusion(leaf, index - start, end - start, proof, subtree_root);
}

bool verify_subtree_consistency(std::uint64_t start, std::uint64_t end, std::uint64_t size, std::span<const Hash> proof,
                                const Hash& subtree_root, const Hash& root) {
  if (!is_subtree(start, end) || end > size) return false;
  if (start == end) return proof.empty() && subtree_root == empty_root();
  auto fn = start;  // the names of the draft's section 4.4.3: first and last leaf of the subtree, last of the tree
  auto sn = end - 1;
  auto tn = size - 1;
  const auto up = [&] {
    fn >>= 1U;
    sn >>= 1U;
    tn >>= 1U;
  };
  const bool at_the_edge = sn == tn;
  while (fn != sn && (at_the_edge || (sn & 1U) != 0)) up();
  if (fn != sn && proof.empty()) return false;
  Hash fr = fn == sn ? subtree_root : proof.front();
  Hash sr = fr;
  if (fn != sn) proof = proof.subspan(1);
  for (const auto& p : proof) {
    if (tn == 0) return false;
    if ((sn & 1U) != 0 || sn == tn) {
      if (fn < sn) fr = node_hash(p, fr);
      sr = node_hash(p, sr);
      while ((sn & 1U) == 0 && sn != 0) up();
    } else {
      sr = node_hash(sr, p);
    }
    up();
  }
  return tn == 0 && fr == subtree_root && sr == root;
}

}  // namespace huiyin::log
