// A log entry, format v1: one canonical JSON object (RFC 8785) in which nothing can be spelled in two ways. FROZEN with its
// first use: a new fact is a new disclosure, a new shape a new `v`; nothing below ever changes its meaning.
//
//   {"area":"water","day":"2026-03-01","fine":["..."],"kind":"case.submitted","n":1,"pack":"...","prev":null,
//    "rec":"...","role":"requester","sd":["...","...","...","..."],"unit":null,"v":1}       (on one line, without spaces)
//
// Every key is always there, in this order. Hashes and `rec` are base64url without padding (RFC 4648 section 5).
// Only `area`, `unit` and `prev` can be null. All letters are such that no JSON escape is ever needed.
// The leaf in the tree is leaf_hash() of these bytes, and so is the next entry's `prev`: SHA-256(00 || bytes).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "log/merkle.h"

namespace huiyin::log {

inline constexpr std::size_t entry_bytes_max = 4096;
inline constexpr std::size_t fine_facts_max = 32;
inline constexpr std::uint64_t entry_number_max = (std::uint64_t{1} << 53U) - 1;  // what RFC 8785 can write exactly

struct Entry {
  std::string kind;                 // "case.submitted": 1 to 64 ASCII letters, digits, '.', '_'
  std::string day;                  // 2026-03-01, the server's local day; 1900 to 2199
  std::optional<std::string> area;  // top-level category, a code (base/id.h); null while unknown
  std::optional<std::string> unit;  // top-level unit, likewise
  std::string role;                 // of who acted, a code; never a name
  std::array<std::uint8_t, 16> rec{};  // random tag of the record, not the public reference
  std::uint64_t n = 1;                 // number within the record, from 1
  std::optional<Hash> prev;            // leaf hash of the record's previous entry; null for n = 1 and only then
  Hash pack{};                         // SHA-256 of the published rules in force
  std::vector<Hash> fine;              // digests of finer facts, no two alike; written in the order of their 32 raw bytes,
                           // so that it tells nothing (the order of the base64url letters is another one)
  std::array<Hash, 4> sd{};  // digests of words, identity, attachments, staff words, in this order; a keyed hash where empty
  friend bool operator==(const Entry&, const Entry&) = default;
};

// The entry of a record that was sealed at its submission: the day and digests, nothing more, always as many. What else an entry
// says in clear (kind, role, rec, n, prev, pack) is among its fine facts; digests without a fact are random.
//
//   {"day":"2026-03-01","fine":["...", ... 16 of them],"kind":"sealed","sd":["...","...","...","..."],"v":1}
inline constexpr std::size_t sealed_digests = 16;

struct SealedEntry {
  std::string day;
  std::array<Hash, sealed_digests> fine{};  // no two alike; written in the order of their raw bytes
  std::array<Hash, 4> sd{};
  friend bool operator==(const SealedEntry&, const SealedEntry&) = default;
};

std::string canonical(const SealedEntry& entry);
std::optional<SealedEntry> parse_sealed_entry(std::string_view text);

// Whether the entry keeps all that is said above; canonical() asserts it.
bool is_valid(const Entry& entry);
std::string canonical(const Entry& entry);
// Takes exactly what canonical() writes, with `fine` in its written order; nothing for any other text.
std::optional<Entry> parse_entry(std::string_view text);

// The first entry of a log that goes on from another one of the same body (docs/decisions/0017): it names the old log's newest
// signed head and how many of its entries are repeated after this one, byte for byte and in their order. It belongs to no
// record. A log that is the third of its body begins with two of them, the newer first.
//
//   {"day":"2026-03-01","kept":5,"kind":"log.succeeded","origin":"answers.example.org/linshi/log1","reason":"restored",
//    "root":"...","size":7,"v":1}                                                        (on one line, without spaces)
enum class SuccessionReason : std::uint8_t {
  restored,  // the database came back from a copy that is older than what was signed
  key_rotation,  // the old log's key is used no more; all its entries are repeated
};
std::string_view name_of(SuccessionReason reason) noexcept;  // "restored", "key-rotation"
std::optional<SuccessionReason> succession_reason_from(std::string_view name) noexcept;

struct SuccessionEntry {
  std::string day;  // of the server's, on which the new log began
  std::uint64_t kept = 0;  // entries of the old log that are repeated: its first ones; at most `size`
  std::string origin;  // of the old log (log_name.h)
  SuccessionReason reason{};  // key_rotation only where kept is size
  Hash root{};  // of the old log's newest head, which its key signed
  std::uint64_t size = 0;  // likewise
  friend bool operator==(const SuccessionEntry&, const SuccessionEntry&) = default;
};

bool is_valid(const SuccessionEntry& entry);
std::string canonical(const SuccessionEntry& entry);
std::optional<SuccessionEntry> parse_succession_entry(std::string_view text);

// An entry of any form, as it comes from a log.
using AnyEntry = std::variant<Entry, SealedEntry, SuccessionEntry>;
std::optional<AnyEntry> parse_any_entry(std::string_view text);

}  // namespace huiyin::log
