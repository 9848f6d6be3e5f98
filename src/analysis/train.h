// Training: from messages with their categories to a Model, and how good it is on messages that it has not seen.
//
// Linear support vector machines, one category against the others (liblinear, L2 loss, primal: no randomness in it), on the
// features of features.h. Five held-out folds (by category in equal parts, near copies together, drawn by the seed) give the
// margins from which probabilities are calibrated, and the scores; the model itself is then trained on everything. The same
// examples in the same order with the same seed give the same model. One thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "analysis/features.h"
#include "analysis/model.h"

namespace huiyin::analysis {

inline constexpr std::size_t examples_max = 500'000;     // some 12 KB of memory each while it trains
inline constexpr std::size_t examples_of_category_min = 10;  // fewer teach little; the report says so

struct TrainOptions {
  std::uint64_t seed = 1;
  std::uint32_t folds = 5;
  Instant now{};
};

// Each rate is of one fold or of all together, as said.
struct HeldOut {
  Scores scores;
  std::vector<float> macro_f1;                     // of each fold
  std::vector<std::vector<std::uint32_t>> counts;  // [truth][guess], of all folds
  std::uint64_t near_copies = 0;                   // examples that have a near copy among the others
};

struct Trained {
  Model model;
  HeldOut held_out;
};

// Gathers the examples, then trains. Memory holds hashes and counts, not the messages.
class Trainer {
 public:
  explicit Trainer(std::shared_ptr<const Letters> letters);
  ~Trainer();
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  // `too_large` beyond examples_max or categories_max.
  Result<void> add(const MessageText& message, std::string_view category);

  // `step` is told before each of `steps` trainings, and stops the work by giving false: then nothing comes back. `invalid` when
  // there are fewer than two categories. Categories with fewer examples than folds are in no held-out figure of every fold.
  Result<std::optional<Trained>> train(const TrainOptions& options,
                                       const std::function<bool(std::uint32_t step, std::uint32_t steps)>& step);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace huiyin::analysis
