// From margins to probabilities: softmax of scaled margins with a bias for each category, fitted on messages that the margins'
// model had not seen. Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace huiyin::analysis {

struct Calibration {
  float scale = 1;
  std::vector<float> biases;
};

// Softmax, in place.
void to_probabilities(std::span<float> values) noexcept;
void to_probabilities(std::span<float> margins, const Calibration& calibration) noexcept;

// The calibration with the least mean log-loss (temperature and bias scaling: Guo and others, On Calibration of Modern Neural
// Networks, 2017). `margins` has a row of `categories` numbers for each truth.
Calibration fit_calibration(std::span<const float> margins, std::span<const std::uint32_t> truths, std::size_t categories);

// What the two blocks of features are multiplied with, from the sum of their squares: the text's, then the subject's.
std::array<float, 2> block_factors(float text_squares, float subject_squares, float subject_share) noexcept;

}  // namespace huiyin::analysis
