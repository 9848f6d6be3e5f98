// The Merkle tree of RFC 6962 section 2.1 and RFC 9162 section 2.1: its hashes and how proofs over it are verified.
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/crypto.h"

namespace huiyin::log {

using Hash = crypto::Hash;

Hash empty_root();                                       // SHA-256 of nothing
Hash leaf_hash(ByteView entry);                          // SHA-256(00 || entry)
Hash node_hash(const Hash& left, const Hash& right);     // SHA-256(01 || left || right)

// RFC 9162 section 2.1.3.2: the leaf stands at `index` (from 0) in the tree of `size` with that root. The proof runs from the
// leaf's sibling up.
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof, const Hash& root);

// RFC 9162 section 2.1.4.2: the new tree begins with the whole old one. Equal sizes need equal roots and an empty proof. From
// size 0 to a larger one nothing can be shown (every tree begins with the empty one), so that is false: who accepts a first
// head on trust does so knowingly, without this function.
bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, std::span<const Hash> proof, const Hash& old_root,
                        const Hash& new_root);

// The same two for a subtree [start, end), where start is a multiple of the least power of two not below end - start
// (draft-ietf-plants-merkle-tree-certs sections 4.1, 4.3.2 and 4.4.3). With start 0 they are the functions above, and
// verify_consistency rests on this one. An empty subtree has the empty root and is part of every tree that reaches its end.
bool verify_subtree_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t start, std::uint64_t end,
                              std::span<const Hash> proof, const Hash& subtree_root);
bool verify_subtree_consistency(std::uint64_t start, std::uint64_t end, std::uint64_t size, std::span<const Hash> proof,
                                const Hash& subtree_root, const Hash& root);

}  // namespace huiyin::log
