#include "pages/html.h"

#include "base/assert.h"
#include "base/text.h"

namespace huiyin::pages {
namespace {

std::string escaped(std::string_view plain) {
  std::string out;
  out.reserve(plain.size() + plain.size() / 16);
  for (const char c : plain) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

template <std::size_t Size>
bool is_one_of(std::string_view name, const std::array<std::string_view, Size>& names) {
  return std::ranges::find(names, name) != names.end();
}

bool takes_address(std::string_view name) {
  static constexpr std::array<std::string_view, 7> names{"href", "src", "action", "formaction", "cite", "poster", "data"};
  return is_one_of(name, names);
}

bool is_void(std::string_view name) {
  static constexpr std::array<std::string_view, 7> names{"br", "hr", "img", "input", "link", "meta", "wbr"};
  return is_one_of(name, names);
}

bool is_name(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':';
  };
  return !name.empty() && std::ranges::all_of(name, letter);
}

bool is_scheme(std::string_view scheme, std::string_view wanted) { return std::ranges::equal(scheme, wanted, {}, lower); }

}  // namespace

Html as_raw_html(std::string markup) { return Html(std::move(markup)); }

Html text(std::string_view plain) { return as_raw_html(escaped(plain)); }

std::string_view safe_address(std::string_view address) noexcept {
  constexpr std::string_view nowhere = "#";
  // Browsers drop tabs and line ends inside an address and read "\" as "/".
  const auto strange = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '\x7F' || c == '\\'; };
  if (address.empty() || std::ranges::any_of(address, strange) || address.starts_with("//")) return nowhere;
  const auto end = address.find_first_of(":/?#");
  if (end == std::string_view::npos || address[end] != ':') return address;
  for (const std::string_view wanted : {"http", "https", "mailto", "tel"}) {
    if (is_scheme(address.substr(0, end), wanted)) return address;
  }
  return nowhere;
}

void Attribute::check(std::string_view name) {
  HUIYIN_ASSERT(is_name(name) && !name.starts_with("on") && name != "style" && name != "srcdoc");
}

void Attribute::write(std::string_view name, std::string_view value) {
  check(name);
  markup_ = " " + std::string(name) + "=\"" + escaped(takes_address(name) ? safe_address(value) : value) + "\"";
}

Attribute::Attribute(std::string_view name, std::string_view value) { write(name, value); }

Attribute::Attribute(std::string_view name, const std::optional<std::string>& value) {
  if (value) write(name, *value);
}

Html tag(std::string_view name, std::initializer_list<Attribute> attributes, std::initializer_list<Content> contents) {
  HUIYIN_ASSERT(is_name(name) && name != "script" && name != "style");
  std::string out = "<" + std::string(name);
  for (const auto& attribute : attributes) out += attribute.markup();
  out += '>';
  if (is_void(name)) {
    HUIYIN_ASSERT(contents.size() == 0);
    return as_raw_html(std::move(out));
  }
  if (name == "textarea" || name == "pre") out += '\n';  // the parser drops the first line end
  for (const auto& content : contents) out += content.html().markup();
  return as_raw_html(out + "</" + std::string(name) + ">");
}

Html module_script(std::string_view address) {
  return as_raw_html("<script type=\"module\"" + Attribute("src", address).markup() + "></script>");
}

}  // namespace huiyin::pages
