// LocalText: a text of the pack in both languages, written by the body and not by this program.
#pragma once

#include <string>

#include "base/catalogue.h"

namespace huiyin::rules {

struct LocalText {
  std::string zh;
  std::string en;
  [[nodiscard]] const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
  friend bool operator==(const LocalText&, const LocalText&) = default;

  template <class Self, class Fields>
  static void describe(Self& self, Fields& fields) {
    fields.part("zh", self.zh);
    fields.part("en", self.en);
  }
};

}  // namespace huiyin::rules
