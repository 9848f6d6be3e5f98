// Identities that cannot be mixed up. Code<Tag>: a short name given in a pack ("water", "unit-7"). Random128: a random tag.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"

namespace huiyin {

inline constexpr std::size_t code_length_max = 64;

// Lower-case letters, digits, '-', '.', '_', beginning with a letter or digit; 1 to 64 characters.
bool is_code(std::string_view text) noexcept;

template <class Tag>
struct Code_ {
  std::string text;
  friend auto operator<=>(const Code_&, const Code_&) = default;
};

using CategoryCode = Code_<struct CategoryTag>;
using UnitCode = Code_<struct UnitTag>;
using RuleCode = Code_<struct RuleTag>;
using PauseCode = Code_<struct PauseTag>;
using OfficeCode = Code_<struct OfficeTag>;  // where people can come, call or write
using RoadCode = Code_<struct RoadTag>;  // a lawful road to another body
using AnswerCode = Code_<struct AnswerTag>;  // a kind of answer
using PartCode = Code_<struct PartTag>;      // a part that an answer of a kind must have

// Which body; the shard key. Small, given by `huiyin init` (the first of a data directory is 1).
struct JurisdictionId {
  std::int64_t number = 0;
  friend auto operator<=>(const JurisdictionId&, const JurisdictionId&) = default;
};

// The row of a record (case, finding, ...) within its jurisdiction, in order of arrival from 1. Internal, never shown.
struct RecordId {
  std::int64_t number = 0;
  friend auto operator<=>(const RecordId&, const RecordId&) = default;
};

struct UserId {
  std::int64_t number = 0;
  friend auto operator<=>(const UserId&, const UserId&) = default;
};

using Random128 = std::array<std::uint8_t, 16>;

// What a requester quotes: three symbols for the day it was made, five random ones, one check symbol, in groups of three
// ("F7K-3M2-Q9X"). 31 symbols without I, L, O, 0, 1; the check (weights mod 31, a prime) finds every single wrong symbol and
// every swap of two neighbours.
class CaseReference {
 public:
  static CaseReference make(std::int32_t day_number, Random& random);
  // Takes small letters, spaces and missing dashes; nothing when a symbol is strange or the check does not fit.
  static std::optional<CaseReference> parse(std::string_view text);
  [[nodiscard]] std::string text() const;  // with dashes
  friend auto operator<=>(const CaseReference&, const CaseReference&) = default;

 private:
  explicit CaseReference(std::string symbols) : symbols_(std::move(symbols)) {}
  std::string symbols_;
};

// The code a requester keeps to come back: 16 symbols of the same 31, about 79 bits, in groups of four. Never logged.
std::string make_case_secret(Random& random);
// Upper case without spaces and dashes, or nothing when it cannot be one.
std::optional<std::string> normalise_case_secret(std::string_view text);

}  // namespace huiyin
