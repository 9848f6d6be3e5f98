#include "log/disclosure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/assert.h"
#include "base/base64url.h"
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

// A disclosure as disclose() writes nearly all: a salt of 32 bytes, a plain name, and a word without escapes, a number or a
// literal. Read by its letters; nothing for any other, which the JSON reader may still take.
std::optional<Disclosed> read_plain(std::string_view text) {
  constexpr std::string_view name_letters = "abcdefghijklmnopqrstuvwxyz_0123456789";
  std::array<std::uint8_t, salt_bytes> salt;
  const auto salt_letters = salt_end - 3;
  if (text.size() < salt_end + 4 || text.substr(0, 2) != "[\"" || text.substr(salt_end - 1, 3) != "\",\"" || text.back() != ']' ||
      !read_base64url(text.substr(2, salt_letters), salt))
    return std::nullopt;
  auto rest = text.substr(salt_end + 2);
  const auto end = rest.find_first_not_of(name_letters);
  if (end == 0 || end == std::string_view::npos || rest.substr(end, 2) != "\"," || rest.substr(0, end) == "_sd")
    return std::nullopt;
  const auto name = rest.substr(0, end);
  const auto value = rest.substr(end + 2, rest.size() - end - 3);
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  const auto inner = quoted ? value.substr(1, value.size() - 2) : value;
  const auto is_plain = [](char c) { return c != '"' && c != '\\' && static_cast<std::uint8_t>(c) >= 0x20; };
  const bool plain_word = quoted && std::ranges::all_of(inner, is_plain) && is_text(inner);
  if (!plain_word && value != "true" && value != "false" && value != "null") return std::nullopt;
  return Disclosed{std::string(name), std::string(value)};
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
  if (auto plain = read_plain(text)) return plain;
  const auto parsed = parse_json(text);
  if (!parsed || !parsed->is_array()) return std::nullopt;
  const auto& elements = parsed->get_array();
  if (elements.size() != 3 || !elements[0].is_string() || !elements[1].is_string()) return std::nullopt;
  const std::string_view name(elements[1].get_string());
  if (!is_property_name(name)) return std::nullopt;
  return Disclosed{std::string(name), std::string(third_element(text))};
}

}  // namespace huiyin::log
