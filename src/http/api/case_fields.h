// The kinds of field that a case's commands are made of: codes, words out of a list, words. Each notes what is wrong with it in
// the reader and comes back empty then.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "base/id.h"
#include "base/json.h"
#include "base/text.h"
#include "domain/names.h"
#include "domain/private.h"
#include "texts/keys.h"

namespace huiyin::http {

template <class Code>
std::optional<Code> code(FieldReader& reader, std::string_view name, Key expected) {
  auto text = reader.text(name, {1, code_length_max});
  if (!text) return std::nullopt;
  if (is_code(*text)) return Code{*std::move(text)};
  reader.refuse(name, shortened(*text), {expected});
  return std::nullopt;
}

template <class Code>
Code required_code(FieldReader& reader, std::string_view name, Key expected) {
  const auto errors_name = reader.raw(name);
  if (errors_name == nullptr) reader.refuse(name, "", {expected});
  return code<Code>(reader, name, expected).value_or(Code{});
}

template <Named Enum>
std::optional<Enum> choice(FieldReader& reader, std::string_view name) {
  const auto text = reader.text(name, {1, code_length_max});
  if (!text) return std::nullopt;
  if (const auto value = from_name<Enum>(*text)) return value;
  reader.refuse(name, shortened(*text),
                {key::expected_one_of, {{"choices", fmt::format("{}", fmt::join(Names<Enum>::values, ", "))}}});
  return std::nullopt;
}

template <Named Enum>
Enum required_choice(FieldReader& reader, std::string_view name) {
  const bool absent = reader.raw(name) == nullptr;
  const auto value = choice<Enum>(reader, name);
  if (absent)
    reader.refuse(name, "", {key::expected_one_of, {{"choices", fmt::format("{}", fmt::join(Names<Enum>::values, ", "))}}});
  return value.value_or(Enum{});
}

inline Private<std::string> words(FieldReader& reader, std::string_view name, std::size_t characters_max) {
  return reader.required_text(name, {1, characters_max});
}

}  // namespace huiyin::http
