// The personal data finder: numbers that ring a phone, name a person, an account or a door, addresses of mail, and names by which
// writers introduce themselves; Chinese and English in one text. Time grows with the text's length alone; no clock, no files.
//
// Left alone on purpose: short numbers of services (12345, 110, 400- and 95xxx), numbers of documents, orders and cases, days,
// amounts, names of offices and places; and names that nobody introduces, because no list tells a name from a word.
// Thread rule: immutable once made, shared freely.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "analysis/personal/finding.h"
#include "base/catalogue.h"

namespace huiyin::personal {

// What stands in the place of each kind: "[phone]". In brackets, without digits, so that nothing is found in it again.
using Masks = std::array<std::string, kind_count>;
Masks masks_of(Language language);

struct Masked {
  std::string text;
  std::array<std::size_t, kind_count> counts{};
};

class Finder {
 public:
  Finder();
  ~Finder();
  Finder(const Finder&) = delete;
  Finder& operator=(const Finder&) = delete;

  // In their order, none over another. `text` is well-formed UTF-8 without NUL (is_text).
  [[nodiscard]] std::vector<Finding> find(std::string_view text) const;
  // Until nothing is found: masking what is masked changes nothing.
  [[nodiscard]] Masked mask(std::string_view text, const Masks& masks) const;

 private:
  struct Words;
  std::unique_ptr<Words> words_;
};

}  // namespace huiyin::personal
