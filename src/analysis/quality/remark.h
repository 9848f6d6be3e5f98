// What the check of answers notes about one.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/catalogue.h"

namespace huiyin::quality {

enum class Kind : std::uint8_t { boilerplate, beside_the_point, nothing_done, passed_on, promise_without_date, cold_tone };
inline constexpr std::size_t kind_count = 6;

// As JSON and packs say it: "beside_the_point".
std::string_view name_of(Kind kind) noexcept;
Key title_of(Kind kind) noexcept;

// A suggestion to a person, who decides; it may be contested.
struct Remark {
  Kind kind{};
  double weight = 0;
  std::size_t begin = 0, end = 0;  // the passage that shows it: bytes of the answer, at the borders of its characters
  Message why, mend;
};

// Which kinds are looked for, and what each weighs beside the others (0 to 1).
struct Options {
  struct Rule {
    bool on = true;
    double weight = 1;
  };
  std::array<Rule, kind_count> rules{{{true, 0.6}, {true, 0.8}, {true, 1.0}, {true, 0.9}, {true, 0.5}, {true, 0.7}}};
  std::size_t copies_min = 2;  // others that must have been given the same text before it is called that

  [[nodiscard]] const Rule& rule_of(Kind kind) const noexcept { return rules[static_cast<std::size_t>(kind)]; }
};

// The words of a case and of its answer. Views: what they look at must live on.
struct Answered {
  std::string_view subject, body, answer;
};

}  // namespace huiyin::quality
