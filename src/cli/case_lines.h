// Cases as JSON lines, as `huiyin topics` and `huiyin similar` read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "cli/json_lines.h"

namespace huiyin::cli {

inline constexpr std::size_t case_subject_characters_max = 2'000;
inline constexpr std::size_t case_body_characters_max = 200'000;

struct CaseLine {
  std::string id, subject, body, place, person;
  std::optional<Instant> at;
  std::uint32_t likes = 0, dislikes = 0;
  bool solved = false;
};

struct CaseLineNeeds {
  bool id = true;  // its own, that no other line has: the caller checks that
  bool at = true;
};

// Faults are noted in `fields`, and what is wrong comes back empty.
CaseLine read_case_line(FieldReader& fields, CaseLineNeeds needs);
// What an id is called in output and in decisions: text as it is, a number in digits.
std::string id_text(const boost::json::value& id);

}  // namespace huiyin::cli
