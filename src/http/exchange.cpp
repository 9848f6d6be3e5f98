#include "http/exchange.h"

#include "base/text.h"
#include "texts/keys.h"

namespace huiyin::http {
namespace {

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[at] != '%') {
      out += text[at];
    } else {
      if (at + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[at + 1]);
      const int low = hex_digit(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      at += 2;
    }
  }
  return out;
}

const std::string* find_exact(const Pairs& pairs, std::string_view name) {
  const auto found = std::ranges::find_if(pairs, [&](const auto& pair) { return pair.first == name; });
  return found == pairs.end() ? nullptr : &found->second;
}

}  // namespace

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Request::header(std::string_view name) const {
  const auto found = std::ranges::find_if(headers, [&](const auto& pair) { return same_ignoring_case(pair.first, name); });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

// RFC 6265 section 5.4: "name=value" joined by "; ".
std::optional<std::string> Request::cookie(std::string_view name) const {
  for (const auto& [header_name, value] : headers) {
    if (!same_ignoring_case(header_name, "cookie")) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto semicolon = rest.find(';');
      const auto pair = trimmed(rest.substr(0, semicolon));
      rest = semicolon == std::string_view::npos ? std::string_view() : rest.substr(semicolon + 1);
      const auto equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
    }
  }
  return std::nullopt;
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  const auto* value = find_exact(query, name);
  if (value == nullptr || value->empty()) return std::nullopt;
  return *value;
}

std::string_view Request::param(std::string_view name) const {
  const auto* value = find_exact(params, name);
  return value == nullptr ? std::string_view() : std::string_view(*value);
}

std::optional<std::string> percent_decoded(std::string_view text) { return decoded(text, false); }

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool alphanumeric = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
    if (alphanumeric || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
  return out;
}

Result<Pairs> parse_form(std::string_view body) {
  Pairs fields;
  while (!body.empty()) {
    const auto ampersand = body.find('&');
    const auto piece = body.substr(0, ampersand);
    body = ampersand == std::string_view::npos ? std::string_view() : body.substr(ampersand + 1);
    if (piece.empty()) continue;
    if (fields.size() == form_fields_max) {
      return Error{Code::invalid, {key::http_form_too_many, {{"max", std::to_string(form_fields_max)}}}};
    }
    const auto equals = piece.find('=');
    auto name = decoded(piece.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::optional<std::string>("") : decoded(piece.substr(equals + 1), true);
    if (!name || !value) return Error{Code::invalid, {key::http_bad_escape}};
    if (!is_text(*name) || !is_text(*value)) return Error{Code::invalid, {key::http_not_utf8}};
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

}  // namespace huiyin::http
