// Forms that keep what was typed, say what is wrong at the field and once more at the top, and work without a script.
// A Form lives while one page is made. Field names are those of the commands ("contact.phone"), as in the API.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "domain/actor.h"
#include "pages/html.h"
#include "pages/setting.h"

namespace huiyin::pages {

// What came in, so that nobody types twice, and why it was not taken.
struct Typed {
  std::vector<std::pair<std::string, std::string>> values{};
  std::optional<Error> error{};

  [[nodiscard]] std::string_view value(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] const FieldError* fault(std::string_view name) const;
};

struct Option {
  std::string value;
  std::string words;
};

// What somebody wrote in it at length: words and reasons.
std::vector<std::string> written_in(const Typed& typed);

// "true" and "false", each in words.
std::vector<Option> either(const Setting& here, Key yes, Key no);

struct FieldLook {
  std::string hint{};
  std::string type = "text";
  std::string autocomplete = "off";
  std::optional<std::string> inputmode{};
  int rows = 0;            // of a text area; 0: one line
  bool optional = false;   // says so beside the label
  bool code = false;       // letters of a code: wide, upper case
};

class Form {
 public:
  // `id` tells the fields of several forms on one page apart; may be empty.
  Form(const Setting& here, std::string id, Typed typed);

  Html field(std::string_view name, std::string_view label, const FieldLook& look = {});
  // `options` are <option> and <optgroup> elements.
  Html select(std::string_view name, std::string_view label, std::string_view hint, const Html& options);
  Html choices(std::string_view name, std::string_view legend, std::string_view hint, const std::vector<Option>& options);
  Html check(std::string_view name, std::string_view label, std::string_view hint);

  // What is wrong, with links to the fields made so far: make it last, put it first. Empty when nothing is.
  [[nodiscard]] Html summary() const;
  [[nodiscard]] bool failed() const { return typed_.error.has_value(); }
  [[nodiscard]] std::string_view value(std::string_view name) const { return typed_.value(name); }
  // Came in, be it empty.
  [[nodiscard]] bool has(std::string_view name) const { return typed_.has(name); }
  // Something of these was typed, or is wrong: what is folded away has to be open then.
  [[nodiscard]] bool touched(std::string_view prefix) const;
  // What stands in a field at first.
  void fill(std::string_view name, std::string_view value) { typed_.values.emplace_back(name, value); }

 private:
  struct Described {
    Html hint, fault;
    std::optional<std::string> ids;  // for aria-describedby
  };
  std::string id_of(std::string_view name) const;
  Described describe(std::string_view name, std::string_view label, std::string_view hint);
  std::string fault_words(const FieldError& fault) const;

  const Setting& here_;
  std::string id_;
  Typed typed_;
  std::vector<std::pair<std::string, std::string>> labels_;  // by name, in order
};

// <option>s: the matters of the pack, grouped by area; the units as a tree; the lawful roads.
Html category_options(const Setting& here, std::string_view selected, std::string_view none);
Html unit_options(const Setting& here, std::string_view selected, std::string_view none);
Html road_options(const Setting& here, std::string_view selected, std::string_view none);
Html pause_options(const Setting& here, std::string_view selected, std::string_view none);
Html option(std::string_view value, std::string_view words, bool selected);

}  // namespace huiyin::pages
