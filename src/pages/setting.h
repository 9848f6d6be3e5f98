// Setting: what every page knows beside its own matter: whose service it is, in which language, when. Values and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/time.h"
#include "domain/rules/pack.h"
#include "domain/rules/zone.h"

namespace huiyin::pages {

struct Setting {
  const rules::Pack& pack;
  const rules::Zone& zone;
  Language language;
  Instant now;
  std::string
      address;  // of this page, behind the language ("/track?x=y"); empty: the page cannot be asked for in another language

  [[nodiscard]] std::string say(Key key) const { return huiyin::say(key, language); }
  [[nodiscard]] std::string say(Key key, std::vector<Argument> arguments) const {
    return huiyin::say(Message{key, std::move(arguments)}, language);
  }
  [[nodiscard]] std::string say(const Message& message) const { return huiyin::say(message, language); }
  [[nodiscard]] const std::string& in(const rules::LocalText& local) const { return local.in(language); }
  // An address of ours in this language: path("/report") -> "/zh/report".
  [[nodiscard]] std::string path(std::string_view rest) const { return "/" + std::string(slug_of(language)) + std::string(rest); }

  [[nodiscard]] std::string name_of(const UnitCode& code) const {
    const auto* unit = pack.find_unit(code);
    return unit == nullptr ? code.text : in(unit->name);
  }
  [[nodiscard]] std::string name_of(const CategoryCode& code) const {
    const auto* category = pack.find_category(code);
    return category == nullptr ? code.text : in(category->name);
  }
};

}  // namespace huiyin::pages
