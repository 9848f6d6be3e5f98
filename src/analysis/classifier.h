// Classifier: says which category a message probably belongs to, how sure that is, and which of its words spoke for it. It
// suggests; a person decides. Immutable: one for all threads, a Desk for each.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/features.h"
#include "analysis/model.h"

namespace huiyin::analysis {

inline constexpr std::size_t guesses_max = 3;
inline constexpr std::size_t grounds_max = 4;         // for a guess
inline constexpr std::size_t ground_tokens_max = 6;   // of a ground

// Words of the message itself, and by how much their heaviest features moved the log-odds of the category, held against all
// categories' mean.
// Never anything with a digit in it.
struct Ground {
  std::string_view words;
  float weight = 0;
};

struct Guess {
  std::uint32_t category = 0;  // in the model's order
  float probability = 0;
  std::vector<Ground> because;  // heaviest first; of the most probable category alone
};

class Classifier {
 public:
  Classifier(std::shared_ptr<const Letters> letters, Model model);

  // What one thread works with; it keeps its memory from message to message.
  class Desk {
   public:
    explicit Desk(const Classifier& classifier);
    // The most probable categories, best first, at most guesses_max. The words point into `message`. Valid until the next call.
    std::span<const Guess> classify(const MessageText& message);

   private:
    struct Known {
      const Feature* feature;
      const float* row;
      float value;  // before it is brought to its block's length
    };
    // Tokens of the message that spoke for a category.
    struct Run {
      std::uint32_t first, end;
      float weight;
    };
    void look_up();
    void weigh();
    void rank();
    void gather_runs(std::uint32_t category);
    void explain(Guess& guess, const MessageText& message);
    void widen(std::size_t& first, std::size_t& end) const;
    [[nodiscard]] bool holds_together(std::size_t at) const;

    const Classifier& classifier_;
    FeatureReader reader_;
    std::span<const Feature> features_;
    std::vector<Known> known_;
    std::size_t known_in_subject_ = 0;  // they come first
    std::array<float, 2> factors_{};  // of the text's block, and of the subject's
    std::vector<float> margins_, probabilities_;
    std::vector<Run> runs_;
    std::vector<std::uint32_t> order_;
    std::vector<Guess> guesses_;
  };

  [[nodiscard]] const Model& model() const noexcept { return model_; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t row = empty;
  };
  static constexpr std::uint32_t empty = 0xFFFFFFFFU;
  [[nodiscard]] std::size_t slot_of(std::uint32_t hash) const noexcept { return hash & (slots_.size() - 1); }
  [[nodiscard]] const float* find_row(std::uint32_t hash) const noexcept {
    const auto mask = slots_.size() - 1;
    for (auto at = slot_of(hash); slots_[at].row != empty; at = (at + 1) & mask) {
      if (slots_[at].hash == hash) return &rows_[slots_[at].row * width_];
    }
    return nullptr;
  }

  std::shared_ptr<const Letters> letters_;
  Model model_;
  std::vector<Slot> slots_;
  std::vector<float> rows_;  // for each feature: idf, then a weight for each category less their mean, filled up to `width_`
  std::size_t width_ = 0;
};

// How the numbers of a feature come about, alike in training and in use.
float damped(std::uint32_t count) noexcept;  // 1 + ln(count)
inline constexpr float subject_share = 0.7F;  // of the subject's block beside that of the whole text

}  // namespace huiyin::analysis
