#include "analysis/fitting.h"

#include <linear.h>

#include <cmath>

#include "analysis/classifier.h"
#include "analysis/model.h"
#include "analysis/probability.h"

namespace huiyin::analysis {
namespace {

constexpr double cost = 0.7;      // of liblinear's C; least errors in cross-validation between 0.3 and 3
constexpr double tolerance = 0.01;
constexpr std::uint32_t messages_with_feature_min = 2;  // what stands in one message alone says nothing of others

void say_nothing(const char*) {}

// How many of the rows have each feature.
std::vector<std::uint32_t> spread(std::span<const Example> all, std::span<const std::uint32_t> rows, std::size_t places) {
  std::vector<std::uint32_t> found(places);
  for (const auto row : rows) {
    for (const auto& feature : all[row].features) ++found[feature.place];
  }
  return found;
}

// The least spread that a feature needs, so that the model keeps within its bounds.
std::uint32_t spread_min(const std::vector<std::uint32_t>& found, std::size_t categories) {
  const auto most = std::min(features_max, model_numbers_max / (categories + 1));
  auto least = messages_with_feature_min;
  while (static_cast<std::size_t>(std::ranges::count_if(found, [&](auto one) { return one >= least; })) > most) ++least;
  return least;
}

class Matrix {
 public:
  Matrix(std::span<const Example> all, std::span<const std::uint32_t> rows, const std::vector<std::uint32_t>& index,
         const std::vector<float>& idfs) {
    std::size_t size = 0;
    for (const auto row : rows) size += all[row].features.size() + 2;
    nodes_.reserve(size);
    std::vector<std::size_t> begins;
    for (const auto row : rows) {
      begins.push_back(nodes_.size());
      const auto first = nodes_.size();
      std::array<float, 2> squares{};
      for (const auto& feature : all[row].features) {
        const auto at = index[feature.place];
        if (at == not_kept) continue;
        const auto value = damped(feature.count) * idfs[at];
        squares[feature.in_subject ? 1 : 0] += value * value;
        nodes_.push_back({static_cast<int>(at + 1), feature.in_subject ? -value : value});
      }
      const auto factors = block_factors(squares[0], squares[1], subject_share);
      for (auto i = first; i < nodes_.size(); ++i)
        nodes_[i].value = nodes_[i].value < 0 ? -nodes_[i].value * factors[1] : nodes_[i].value * factors[0];
      nodes_.push_back({static_cast<int>(idfs.size() + 1), 1});
      nodes_.push_back({-1, 0});
    }
    for (const auto begin : begins) starts_.push_back(&nodes_[begin]);
  }
  feature_node** starts() { return starts_.data(); }

 private:
  std::vector<feature_node> nodes_;
  std::vector<feature_node*> starts_;
};

}  // namespace

std::vector<std::uint32_t> index_of(const Weights& weights, std::size_t places) {
  std::vector<std::uint32_t> index(places, not_kept);
  for (std::uint32_t i = 0; i < weights.places.size(); ++i) index[weights.places[i]] = i;
  return index;
}

Weights fit(std::span<const Example> all, std::span<const std::uint32_t> rows, std::size_t places, std::size_t categories) {
  const auto found = spread(all, rows, places);
  const auto least = spread_min(found, categories);
  Weights weights;
  std::vector<float> idfs;
  for (std::uint32_t place = 0; place < places; ++place) {
    if (found[place] < least) continue;
    weights.places.push_back(place);
    idfs.push_back(std::log(static_cast<float>(1 + rows.size()) / static_cast<float>(1 + found[place])) + 1);
  }
  const auto kept = weights.places.size();
  weights.numbers.resize(kept * (categories + 1));
  weights.intercepts.resize(categories);
  for (std::size_t i = 0; i < kept; ++i) weights.numbers[i * (categories + 1) + categories] = idfs[i];
  Matrix matrix(all, rows, index_of(weights, places), idfs);
  std::vector<double> signs(rows.size());
  set_print_string_function(say_nothing);
  for (std::uint32_t category = 0; category < categories; ++category) {
    // liblinear takes the first label for the positive one.
    std::ranges::transform(rows, signs.begin(), [&](auto row) { return all[row].category == category ? 1.0 : -1.0; });
    const problem examples{static_cast<int>(rows.size()), static_cast<int>(kept + 1), signs.data(), matrix.starts(), 1};
    parameter how{};
    how.solver_type = L2R_L2LOSS_SVC;
    how.eps = tolerance;
    how.C = cost;
    auto* fitted = ::train(&examples, &how);
    const double sign = fitted->nr_class == 2 && fitted->label[0] == 1 ? 1 : -1;
    for (std::size_t i = 0; i < kept; ++i)
      weights.numbers[i * (categories + 1) + category] = static_cast<float>(sign * fitted->w[i]);
    weights.intercepts[category] = static_cast<float>(sign * fitted->w[kept]);
    free_and_destroy_model(&fitted);
  }
  return weights;
}

std::vector<float> margins_of(const Weights& weights, std::span<const std::uint32_t> index, const Example& example,
                              std::size_t categories) {
  std::array<float, 2> squares{};
  std::array<std::vector<float>, 2> sums{std::vector<float>(categories), std::vector<float>(categories)};
  for (const auto& feature : example.features) {
    if (index[feature.place] == not_kept) continue;
    const auto* row = &weights.numbers[index[feature.place] * (categories + 1)];
    const auto value = damped(feature.count) * row[categories];
    const std::size_t block = feature.in_subject ? 1 : 0;
    squares[block] += value * value;
    for (std::size_t c = 0; c < categories; ++c) sums[block][c] += value * row[c];
  }
  const auto factors = block_factors(squares[0], squares[1], subject_share);
  std::vector<float> margins(categories);
  for (std::size_t c = 0; c < categories; ++c)
    margins[c] = weights.intercepts[c] + factors[0] * sums[0][c] + factors[1] * sums[1][c];
  return margins;
}

}  // namespace huiyin::analysis
