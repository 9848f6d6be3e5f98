#include "analysis/probability.h"

#include <cmath>
#include <numeric>

namespace huiyin::analysis {
namespace {

TEST(Probabilities, AddUpToOneHoweverLargeTheMargins) {
  for (const auto& margins : std::vector<std::vector<float>>{{0, 0}, {1000, -1000, 3}, {-1e6F, -1e6F}}) {
    auto values = margins;
    to_probabilities(values);
    EXPECT_NEAR(std::accumulate(values.begin(), values.end(), 0.0F), 1, 1e-6);
  }
}

// Margins that say twice as much as is true are scaled down until they say what is seen.
TEST(Calibration, FindsTheRatesThatAreSeen) {
  std::vector<float> margins;
  std::vector<std::uint32_t> truths;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    margins.insert(margins.end(), {2, -2});
    truths.push_back(i % 10 < 8 ? 0 : 1);  // four of five
  }
  const auto calibration = fit_calibration(margins, truths, 2);
  std::vector<float> sure{2, -2};
  to_probabilities(sure, calibration);
  EXPECT_NEAR(sure[0], 0.8, 0.01);
  EXPECT_GT(calibration.scale, 0);
  EXPECT_EQ(fit_calibration({}, {}, 3).biases.size(), 3U);
}

TEST(Blocks, HaveTheSubjectsShareAndLengthOneTogether) {
  struct Row {
    float text, subject, share, text_factor, subject_factor;
  };
  for (const auto& [text, subject, share, text_factor, subject_factor] : std::vector<Row>{
           {0, 0, 0.7F, 0, 0},
           {4, 0, 0.7F, 0.5F, 0},
           {0, 4, 0.5F, 0, 0.5F},
           {1, 1, 1, std::sqrt(0.5F), std::sqrt(0.5F)},
       }) {
    const auto factors = block_factors(text, subject, share);
    EXPECT_FLOAT_EQ(factors[0], text_factor);
    EXPECT_FLOAT_EQ(factors[1], subject_factor);
  }
}

}  // namespace
}  // namespace huiyin::analysis
