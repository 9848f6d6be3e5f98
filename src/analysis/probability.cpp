#include "analysis/probability.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace huiyin::analysis {
namespace {

constexpr std::size_t fitted_numbers_max = 2'000'000;  // margins looked at; more change nothing
constexpr int fitting_steps_max = 400;
constexpr double fitting_gain_min = 1e-7;
constexpr double bias_penalty = 1e-3;  // holds the biases of rare categories back

struct Loss {
  double value = 0;
  double scale_slope = 0;
  std::vector<double> bias_slopes;
};

Loss loss_of(std::span<const float> margins, std::span<const std::uint32_t> truths, std::size_t step, const Calibration& at) {
  const auto categories = at.biases.size();
  Loss loss{0, 0, std::vector<double>(categories)};
  std::vector<float> row(categories);
  double count = 0;
  for (std::size_t i = 0; i < truths.size(); i += step, ++count) {
    const auto from = margins.subspan(i * categories, categories);
    std::ranges::copy(from, row.begin());
    to_probabilities(row, at);
    loss.value -= std::log(std::max(row[truths[i]], std::numeric_limits<float>::min()));
    for (std::size_t c = 0; c < categories; ++c) {
      const double off = row[c] - (c == truths[i] ? 1.0F : 0.0F);
      loss.bias_slopes[c] += off;
      loss.scale_slope += off * from[c];
    }
  }
  loss.value /= count;
  loss.scale_slope /= count;
  for (std::size_t c = 0; c < categories; ++c) {
    loss.bias_slopes[c] = loss.bias_slopes[c] / count + 2 * bias_penalty * at.biases[c];
    loss.value += bias_penalty * at.biases[c] * at.biases[c];
  }
  return loss;
}

}  // namespace

void to_probabilities(std::span<float> values) noexcept {
  const auto most = *std::ranges::max_element(values);
  float sum = 0;
  for (auto& value : values) sum += value = std::exp(value - most);
  for (auto& value : values) value /= sum;
}

void to_probabilities(std::span<float> margins, const Calibration& calibration) noexcept {
  for (std::size_t c = 0; c < margins.size(); ++c) margins[c] = calibration.scale * margins[c] + calibration.biases[c];
  to_probabilities(margins);
}

// Gradient descent with a step that grows while it helps and is halved where it does not.
Calibration fit_calibration(std::span<const float> margins, std::span<const std::uint32_t> truths, std::size_t categories) {
  Calibration best{1, std::vector<float>(categories)};
  if (truths.empty()) return best;
  const auto step = std::max<std::size_t>(1, truths.size() * categories / fitted_numbers_max);
  auto loss = loss_of(margins, truths, step, best);
  double stride = 1;
  for (int i = 0; i < fitting_steps_max && stride > 1e-6; ++i) {
    auto next = best;
    next.scale -= static_cast<float>(stride * loss.scale_slope);
    for (std::size_t c = 0; c < categories; ++c) next.biases[c] -= static_cast<float>(stride * loss.bias_slopes[c]);
    auto then = loss_of(margins, truths, step, next);
    if (then.value >= loss.value || next.scale <= 0) {
      stride /= 2;
      continue;
    }
    const bool settled = loss.value - then.value < fitting_gain_min;
    best = std::move(next);
    loss = std::move(then);
    stride *= 1.5;
    if (settled) break;
  }
  return best;
}

std::array<float, 2> block_factors(float text_squares, float subject_squares, float subject_share) noexcept {
  const auto text = text_squares > 0 ? 1 / std::sqrt(text_squares) : 0;
  const auto subject = subject_squares > 0 ? subject_share / std::sqrt(subject_squares) : 0;
  const auto length = std::sqrt((text > 0 ? 1.0F : 0.0F) + (subject > 0 ? subject_share * subject_share : 0.0F));
  if (length == 0) return {0, 0};
  return {text / length, subject / length};
}

}  // namespace huiyin::analysis
