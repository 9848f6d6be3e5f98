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
  const auto parsed = parse_json(text);
  if (!parsed || !parsed->is_array()) return std::nullopt;
  const auto& elements = parsed->get_array();
  if (elements.size() != 3 || !elements[0].is_string() || !elements[1].is_string()) return std::nullopt;
  const std::string_view name(elements[1].get_string());
  if (!is_property_name(name)) return std::nullopt;
  return Disclosed{std::string(name), std::string(third_element(text))};
}

}  // namespace huiyin::log
