// Numbers that stand for one person, found in text that has no need of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace huiyin::rules {

struct PersonalMark {
  enum class Kind : std::uint8_t {
    identity_number,  // of a Chinese resident: 18 digits with a valid check digit (GB 11643)
    phone,            // a Chinese mobile number: 11 digits from 13 to 19, with or without +86, spaces and dashes between
  };
  Kind kind{};
  std::string masked;  // for the error: its first three and last two digits
  friend bool operator==(const PersonalMark&, const PersonalMark&) = default;
};

// The first one in the text; full-width digits count. Longer runs of digits (an order number) are neither.
std::optional<PersonalMark> find_personal_mark(std::string_view text);

}  // namespace huiyin::rules
