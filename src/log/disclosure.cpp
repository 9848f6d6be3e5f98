#include "log/disclosure.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/assert.h"
#include "base/json.h"
#include "base/text.h"

namespace huiyin::log {
namespace {

namespace json = boost::json;

constexpr std::string_view json_spaces = " \t\n\r";
constexpr std::size_t salt_end = 2 + (salt_bytes * 4 + 2) / 3 + 1;  // of ["salt" as disclose() writes it

// Section 4.2.1.
bool is_property_name(std::string_view name) { return !name.empty() && is_text(name) && name != "_sd" && name != "..."; }

// The bytes of the third element of `text`, a well-formed JSON array of two strings and a value.
std::string_view third_element(std::string_view text) {
  std::size_t at = 1;
  for (int strings = 0; strings < 2; ++strings) {
    at = text.find('"', at) + 1;
    for (; text[at] != '"'; ++at) {
      if (text[at] == '\\') ++at;
    }
    at = text.find(',', at + 1) + 1;
  }
  const auto first = text.find_first_not_of(json_spaces, at);
  const auto last = text.find_last_not_of(json_spaces, text.size() - 2);
  return text.substr(first, last - first + 1);
}

// Printable ASCII without a backslash. In blocks of a known length, which the compiler makes a few instructions of.
bool is_plain_ascii(std::string_view text) {
  constexpr std::size_t block = 16;
  const auto is_strange = [](char c) -> std::uint8_t { return static_cast<std::int8_t>(c) < 0x20 || c == 0x7F || c == '\\'; };
  std::uint8_t strange = 0;
  for (; text.size() >= block; text.remove_prefix(block)) {
    for (std::size_t i = 0; i < block; ++i) strange = static_cast<std::uint8_t>(strange | is_strange(text[i]));
  }
  for (const char c : text) strange = static_cast<std::uint8_t>(strange | is_strange(c));
  return strange == 0;
}

struct Plain {
  std::string_view name, value;
};

// A disclosure as disclose() writes nearly all: a salt of 32 bytes, a plain name, and a word or a literal, in printable ASCII
// without an escape. A quote in such a text is none of a word, so that its parts are found by place. Nothing for any other,
// which the JSON reader may still take.
std::optional<Plain> read_plain_disclosure(std::string_view text) {
  constexpr std::size_t name_at = salt_end + 2, shortest = name_at + 5;
  if (text.size() < shortest || text[0] != '[' || text[1] != '"' || text[salt_end - 1] != '"' || text[salt_end] != ',' ||
      text[salt_end + 1] != '"' || text.back() != ']')
    return std::nullopt;
  const auto name_end = text.find('"', name_at);
  if (!is_plain_ascii(text) || name_end == name_at || name_end + 2 >= text.size() || text[name_end + 1] != ',')
    return std::nullopt;
  const auto name = text.substr(name_at, name_end - name_at);
  const auto value = text.substr(name_end + 2, text.size() - name_end - 3);
  if (name == "_sd" || name == "...") return std::nullopt;
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  const bool is_word = quoted && value.find('"', 1) == value.size() - 1;
  const bool is_literal = value == "true" || value == "false" || value == "null";
  const bool salt_ends_there = text.find('"', 2) == salt_end - 1;
  return salt_ends_there && (is_word || is_literal) ? std::optional(Plain{name, value}) : std::nullopt;
}

}  // namespace

Hash Disclosure::digest() const { return crypto::sha256(encoded()); }

std::string Disclosure::encoded() const { return to_base64url(as_bytes(text)); }

Disclosure disclose(const std::array<std::uint8_t, salt_bytes>& salt, std::string_view name, std::string_view value_json) {
  Disclosure made{fmt::format("[\"{}\",{},{}]", to_base64url(salt), json::serialize(json::string(name)), value_json)};
  HUIYIN_ASSERT(is_property_name(name) && !value_json.empty() && made.text.size() <= disclosure_bytes_max);
  return made;
}

std::optional<std::string_view> value_of(std::string_view text, std::string_view name) {
  const auto value_at = salt_end + name.size() + 4;  // after ,"name",
  if (text.size() < value_at + 2 || !text.starts_with("[\"") || !text.ends_with(']')) return std::nullopt;
  const auto between = text.substr(salt_end, name.size() + 4);
  if (!between.starts_with(",\"") || between.substr(2, name.size()) != name || !between.ends_with("\",")) return std::nullopt;
  return text.substr(value_at, text.size() - value_at - 1);
}

std::optional<Disclosed> read_disclosure(std::string_view text) {
  if (text.size() > disclosure_bytes_max || !text.starts_with('[') || !text.ends_with(']')) return std::nullopt;
  if (const auto plain = read_plain_disclosure(text)) return Disclosed{std::string(plain->name), std::string(plain->value)};
  const auto parsed = parse_json(text);
  if (!parsed || !parsed->is_array()) return std::nullopt;
  const auto& elements = parsed->get_array();
  if (elements.size() != 3 || !elements[0].is_string() || !elements[1].is_string()) return std::nullopt;
  const std::string_view name(elements[1].get_string());
  if (!is_property_name(name)) return std::nullopt;
  return Disclosed{std::string(name), std::string(third_element(text))};
}

bool is_disclosure(std::string_view text) {
  return (text.size() <= disclosure_bytes_max && read_plain_disclosure(text)) || read_disclosure(text);
}

}  // namespace huiyin::log
