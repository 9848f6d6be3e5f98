// Fitting: weights for a set of examples, by liblinear. What a Trainer does once for each fold and once for all. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace huiyin::analysis {

// An example as numbers: its features by their place in the dictionary.
struct Counted {
  std::uint32_t place = 0;
  std::uint16_t count = 0;
  bool in_subject = false;
};

struct Example {
  std::vector<Counted> features;
  std::uint32_t category = 0;
};

struct Weights {
  std::vector<std::uint32_t> places;  // of the features that are kept, ascending
  std::vector<float> numbers;         // for each: a weight for each category, then its idf
  std::vector<float> intercepts;
};

// Of `all`, those at `rows` are learnt from; `places` is how many features there are at all.
Weights fit(std::span<const Example> all, std::span<const std::uint32_t> rows, std::size_t places, std::size_t categories);

// The margins of an example for each category.
std::vector<float> margins_of(const Weights& weights, std::span<const std::uint32_t> index, const Example& example,
                              std::size_t categories);
// Where each place stands in `weights`, or `not_kept`.
inline constexpr std::uint32_t not_kept = 0xFFFFFFFFU;
std::vector<std::uint32_t> index_of(const Weights& weights, std::size_t places);

}  // namespace huiyin::analysis
