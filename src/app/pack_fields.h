// The kinds of field that a pack is made of: codes, texts in both languages, words out of a list, days. Each notes what is wrong
// with it in the reader and comes back empty then.
#pragma once

#include <fmt/format.h>

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/pack_reader.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "domain/names.h"
#include "domain/rules/local_text.h"
#include "texts/keys.h"

namespace huiyin::app::pack_fields {

inline constexpr TextLimits name_limits{1, pack_name_characters_max};
inline constexpr TextLimits help_limits{1, pack_help_characters_max};
inline constexpr TextLimits source_limits{1, pack_source_characters_max};
inline constexpr TextLimits code_limits{1, code_length_max};

rules::LocalText local_text(FieldReader& reader, std::string_view name, TextLimits limits, bool required);
std::string code(FieldReader& reader, std::string_view name);
bool is_phone_number(std::string_view text);  // of what people dial: digits, "+", "-", spaces

boost::json::object json_of(const rules::LocalText& text);

// The written name of one of an enumeration's values.
template <Named Enum>
std::optional<Enum> choice(FieldReader& reader, std::string_view name) {
  const auto text = reader.text(name, code_limits);
  if (!text) return std::nullopt;
  if (const auto value = from_name<Enum>(*text)) return value;
  reader.refuse(name, shortened(*text),
                {key::pack_choice, {{"choices", fmt::format("{}", fmt::join(Names<Enum>::values, ", "))}}});
  return std::nullopt;
}

template <Named Enum>
std::optional<Enum> required_choice(FieldReader& reader, std::string_view name) {
  if (reader.raw(name) == nullptr) reader.refuse(name, "", {key::expected_not_empty});
  return choice<Enum>(reader, name);
}

template <class Code>
std::optional<Code> optional_code(FieldReader& reader, std::string_view name) {
  if (reader.raw(name) == nullptr) return std::nullopt;
  auto text = code(reader, name);
  if (text.empty()) return std::nullopt;
  return Code{std::move(text)};
}

// Which entry of a list stands under which code. Entries whose code is wrong are left out, so that one fault is named once.
using Places = std::unordered_map<std::string, std::size_t>;

template <class Row>
Places places_of(std::string_view list, const std::vector<Row>& rows, const std::vector<FieldReader*>& readers) {
  Places places;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& text = rows[i].code.text;
    if (text.empty()) continue;
    const auto [first, is_new] = places.emplace(text, i);
    if (!is_new) {
      readers[i]->refuse("code", text, {key::pack_code_once, {{"where", fmt::format("{}[{}]", list, first->second)}}});
    }
  }
  return places;
}

}  // namespace huiyin::app::pack_fields
