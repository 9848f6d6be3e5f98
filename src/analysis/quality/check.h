// The check of answers: what a careful reader would note about one before it is sent. A suggestion with its grounds; it never
// decides. On a concrete, dated, grounded answer it stays silent. Thread rule: immutable once made, shared freely.
#pragma once

#include <string>
#include <vector>

#include "analysis/quality/remark.h"
#include "analysis/quality/signs.h"
#include "analysis/quality/sketch.h"

namespace huiyin::quality {

struct Checked {
  std::vector<Remark> remarks;  // in the order of the passages
  // What of the answer could have been given to others as well; empty where nothing could, or where it is good enough to be.
  Sketch core, question;
  std::size_t core_begin = 0, core_end = 0;  // bytes of the answer: the passage that would show it
};

class AnswerCheck {
 public:
  explicit AnswerCheck(Options options = {}) : options_(options) {}

  [[nodiscard]] Checked check(const Answered& answered) const;
  // The remark on a text that was given to so many others; nothing when they are too few, or the kind is switched off.
  [[nodiscard]] std::optional<Remark> copied(std::size_t others, std::size_t begin, std::size_t end) const;
  [[nodiscard]] const Options& options() const noexcept { return options_; }

 private:
  Options options_;
  SignReader reader_;
};

}  // namespace huiyin::quality
