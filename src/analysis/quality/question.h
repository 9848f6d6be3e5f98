// What a case asks for, as far as words show it: the matter its subject names, and whether it asks
// when, how much or on what ground.
#pragma once

#include <optional>
#include <string>

#include "analysis/quality/remark.h"
#include "analysis/quality/signs.h"

namespace huiyin::quality {

// Calls each(gram, begin) for every run of `length` letters without regard to case; a gram is their last 64 bits.
template <class Each>
void for_each_gram(const reading::Letters& letters, std::size_t length, const Each& each) {
  std::uint64_t gram = 0;
  const std::uint64_t mask = length >= 4 ? ~std::uint64_t{0} : (std::uint64_t{1} << (16U * length)) - 1;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    gram = ((gram << 16U) | (reading::lower(letters[i]) & 0xFFFFU)) & mask;
    if (i + 1 >= length) each(gram, i + 1 - length);
  }
}

class Question {
 public:
  Question(const SignReader& reader, const Answered& answered);

  // The subject, when the answer holds not one of its words; nothing when it does, or when the subject names too little.
  [[nodiscard]] std::optional<std::string> untouched_matter(const Passage& answer) const;
  // Of things that the subject names together (教育、医疗), the first that the answer does not speak of while it speaks of
  // another.
  [[nodiscard]] std::optional<std::string> untouched_item(const Passage& answer) const;
  [[nodiscard]] bool asks(Sign sign) const noexcept;

 private:
  // So much of the answer stands in the body too that it is about it.
  [[nodiscard]] bool touches_body(const Passage& answer, std::size_t length) const;

  std::string_view subject_text_;
  Passage subject_, body_;
  std::vector<bool> empty_;  // letters of the subject that name no matter
};

}  // namespace huiyin::quality
