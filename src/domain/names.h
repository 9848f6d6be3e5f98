// The written names of an enumeration, one place each: in JSON, in SQL, in the log. A name, once used, never changes meaning.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/catalogue.h"

namespace huiyin {

// Specialise: template <> struct Names<Phase> { static constexpr std::array values{"received", ...}; };  in the enum's order.
template <class Enum>
struct Names;

template <class Enum>
concept Named = requires { Names<Enum>::values.size(); };

template <Named Enum>
constexpr std::string_view name_of(Enum value) noexcept {
  return Names<Enum>::values[static_cast<std::size_t>(value)];
}

template <Named Enum>
constexpr std::optional<Enum> from_name(std::string_view name) noexcept {
  const auto& values = Names<Enum>::values;
  const auto found = std::ranges::find(values, name);
  if (found == values.end()) return std::nullopt;
  return static_cast<Enum>(found - values.begin());
}

template <>
struct Names<Language> {
  static constexpr std::array<std::string_view, 2> values{"zh", "en"};
};

}  // namespace huiyin
