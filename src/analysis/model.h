// Model: what the classifier has learnt, and how good it was on messages it had not seen. A value; its file is described in
// docs/formats/model.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/result.h"
#include "base/time.h"

namespace huiyin::analysis {

inline constexpr std::size_t categories_max = 2000;
inline constexpr std::size_t category_bytes_max = 400;
inline constexpr std::size_t features_max = 4'000'000;
inline constexpr std::size_t model_numbers_max = 64'000'000;  // features times (categories + 1); four bytes each
inline constexpr std::size_t model_bytes_max = std::size_t{320} << 20U;

// Seen on held-out folds: each message judged by a model that was trained without it and without its near copies.
struct CategoryScore {
  std::string name;
  std::uint32_t examples = 0;
  float precision = 0;
  float recall = 0;
};

struct Scores {
  std::uint32_t folds = 0;      // 0: there were too few messages to hold any out
  float macro_f1 = 0;           // mean of the folds
  float macro_f1_deviation = 0; // between the folds
  float accuracy = 0;
  float calibration_error = 0;  // expected, of the first category's probability, in 15 bins
};

struct Model {
  Instant trained_at;
  std::uint64_t seed = 0;
  std::uint64_t examples = 0;
  Scores scores;
  std::vector<CategoryScore> categories;  // by name
  // probability = softmax(scale * margin + bias)
  float scale = 1;
  std::vector<float> biases;
  std::vector<float> intercepts;
  std::vector<std::uint32_t> features;  // hashes, ascending, each once
  std::vector<float> numbers;           // for each feature: a weight for each category, then its idf

  [[nodiscard]] std::size_t stride() const noexcept { return categories.size() + 1; }
  // SHA-256 over the hashes of the features: which vocabulary it knows.
  [[nodiscard]] crypto::Hash vocabulary() const;
};

std::string write_model(const Model& model);
// `invalid` for what is no model, is cut off or damaged, or was made for another version or other features: the message says
// which. What is read is held against the bounds above before memory is taken for it.
Result<Model> read_model(std::string_view bytes);

}  // namespace huiyin::analysis
