// Html: markup that no plain string becomes by itself. Words are escaped where they go in, by where they stand: text, attribute,
// or an address in an attribute (WHATWG HTML section 13.1). No inline script, style or handler can be written at all: the pages'
// Content-Security-Policy would refuse them.
// Thread rule: values and pure functions.
#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace huiyin::pages {

class Html {
 public:
  Html() = default;
  [[nodiscard]] const std::string& markup() const noexcept { return markup_; }
  [[nodiscard]] bool empty() const noexcept { return markup_.empty(); }
  Html& operator+=(const Html& more) {
    markup_ += more.markup_;
    return *this;
  }
  friend Html operator+(Html left, const Html& right) {
    left += right;
    return left;
  }

 private:
  explicit Html(std::string markup) : markup_(std::move(markup)) {}
  friend Html as_raw_html(std::string markup);
  std::string markup_;
};

// Dangerous: nothing is escaped. For markup that this program wrote, never for anything a person sent.
Html as_raw_html(std::string markup);

// Plain words, escaped.
Html text(std::string_view plain);

// An address fit for a link: a path of our own, a query, a fragment, or http, https, mailto, tel. Anything else (javascript:,
// data:, another host by "//", control characters) becomes "#".
std::string_view safe_address(std::string_view address) noexcept;

// name="value". A value of false or nothing leaves the attribute out; true writes the name alone. Names are ours: a handler
// (on...), style or srcdoc is our fault and asserts.
class Attribute {
 public:
  Attribute(std::string_view name, std::string_view value);
  Attribute(std::string_view name, const std::string& value) : Attribute(name, std::string_view(value)) {}
  Attribute(std::string_view name, const char* value) : Attribute(name, std::string_view(value)) {}
  Attribute(std::string_view name, const std::optional<std::string>& value);
  template <std::same_as<bool> Switch>
  Attribute(std::string_view name, Switch on) {
    check(name);
    if (on) markup_ = " " + std::string(name);
  }
  [[nodiscard]] const std::string& markup() const noexcept { return markup_; }

 private:
  static void check(std::string_view name);
  void write(std::string_view name, std::string_view value);
  std::string markup_;
};

// What stands inside an element: Html as it is, words escaped.
class Content {
 public:
  Content(Html html) : html_(std::move(html)) {}
  Content(std::string_view plain) : html_(text(plain)) {}
  Content(const std::string& plain) : html_(text(plain)) {}
  Content(const char* plain) : html_(text(plain)) {}
  [[nodiscard]] const Html& html() const noexcept { return html_; }

 private:
  Html html_;
};

// tag("p", {{"class", "hint"}}, {"Fish & chips: ", tag("b", {}, {price})}). Void elements (input, br, ...) take no content.
Html tag(std::string_view name, std::initializer_list<Attribute> attributes = {}, std::initializer_list<Content> contents = {});

// The only script there can be: a file of ours, by its address.
Html module_script(std::string_view address);

}  // namespace huiyin::pages
