#include "analysis/train.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

#include "analysis/classifier.h"
#include "analysis/fitting.h"
#include "analysis/near_copies.h"
#include "analysis/probability.h"
#include "base/random.h"
#include "texts/keys.h"

namespace huiyin::analysis {
namespace {

constexpr std::size_t probability_bins = 15;
constexpr std::uint32_t count_max = 0xFFFF;
constexpr std::size_t groups_of_fold_min = 2;  // of near copies, in the mean; with fewer nothing can be held out

using Table = std::vector<std::vector<std::uint32_t>>;  // [truth][guess]

float share(double part, double whole) { return whole > 0 ? static_cast<float>(part / whole) : 0; }

struct Rates {
  float precision, recall, f1;
};

Rates rates_of(const Table& table, std::size_t category) {
  double guessed = 0;
  double there = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    guessed += table[i][category];
    there += table[category][i];
  }
  const double right = table[category][category];
  return {share(right, guessed), share(right, there), share(2 * right, guessed + there)};
}

float macro_f1(const Table& table) {
  float sum = 0;
  for (std::size_t c = 0; c < table.size(); ++c) sum += rates_of(table, c).f1;
  return sum / static_cast<float>(table.size());
}

// Expected calibration error (Guo and others, 2017): by how much the probability of the first guess misses the share of right
// ones, over bins of equal width.
class CalibrationError {
 public:
  void add(float probability, bool right) {
    auto& bin = bins_[std::min(static_cast<std::size_t>(probability * probability_bins), probability_bins - 1)];
    ++bin.count;
    bin.probability += probability;
    bin.right += right ? 1 : 0;
  }
  [[nodiscard]] float value() const {
    double missed = 0;
    double count = 0;
    for (const auto& bin : bins_) {
      missed += std::abs(bin.probability - bin.right);
      count += bin.count;
    }
    return share(missed, count);
  }

 private:
  struct Bin {
    double count = 0, probability = 0, right = 0;
  };
  std::array<Bin, probability_bins> bins_;
};

}  // namespace

struct Trainer::Inside {
  explicit Inside(std::shared_ptr<const Letters> from) : letters(std::move(from)), reader(*letters) {}

  std::vector<std::uint32_t> draw_folds(const TrainOptions& options, HeldOut& held_out) const;
  void judge(const std::vector<std::uint32_t>& folds, std::uint32_t count, const std::vector<float>& margins,
             Trained& trained) const;
  void order_categories();

  std::shared_ptr<const Letters> letters;
  FeatureReader reader;
  std::unordered_map<std::uint32_t, std::uint32_t> places;  // of feature hashes
  std::vector<std::uint32_t> hashes;
  std::vector<Example> examples;
  std::vector<Sketch> sketches;
  std::map<std::string, std::uint32_t, std::less<>> categories;
  std::vector<std::string> names;
};

Trainer::Trainer(std::shared_ptr<const Letters> letters) : inside_(std::make_unique<Inside>(std::move(letters))) {}
Trainer::~Trainer() = default;

Result<void> Trainer::add(const MessageText& message, std::string_view category) {
  auto& in = *inside_;
  if (in.examples.size() == examples_max)
    return Error{Code::too_large, {key::train_too_many, {{"max", fmt::format("{}", examples_max)}}}};
  auto known = in.categories.find(category);
  if (known == in.categories.end()) {
    if (in.categories.size() == categories_max)
      return Error{Code::too_large, {key::train_too_many_categories, {{"max", fmt::format("{}", categories_max)}}}};
    known = in.categories.emplace(category, static_cast<std::uint32_t>(in.names.size())).first;
    in.names.emplace_back(category);
  }
  Example example{{}, known->second};
  for (const auto& feature : in.reader.read(message)) {
    const auto [place, fresh] = in.places.try_emplace(feature.hash, static_cast<std::uint32_t>(in.hashes.size()));
    if (fresh) in.hashes.push_back(feature.hash);
    example.features.push_back(
        {place->second, static_cast<std::uint16_t>(std::min(feature.count, count_max)), feature.in_subject});
  }
  // liblinear's sums run in the order of the features.
  std::ranges::sort(example.features, {}, &Counted::place);
  in.examples.push_back(std::move(example));
  in.sketches.push_back(sketch_of(in.reader.tokens()));
  return {};
}

// By name, whatever came first.
void Trainer::Inside::order_categories() {
  std::vector<std::uint32_t> now(names.size());
  std::uint32_t next = 0;
  for (auto& [name, number] : categories) {
    now[number] = next;
    number = next++;
  }
  for (auto& example : examples) example.category = now[example.category];
  for (const auto& [name, number] : categories) names[number] = name;
}

// Groups of near copies in a random order, each into the fold that has the fewest of its category, and of those into the
// emptiest: so no fold stays empty. Nothing when there are too few groups to hold any out.
std::vector<std::uint32_t> Trainer::Inside::draw_folds(const TrainOptions& options, HeldOut& held_out) const {
  const auto groups = groups_of(sketches);
  std::map<std::uint32_t, std::vector<std::uint32_t>> members;
  for (std::uint32_t i = 0; i < groups.size(); ++i) members[groups[i]].push_back(i);
  std::vector<const std::vector<std::uint32_t>*> order;
  for (const auto& [group, rows] : members) {
    order.push_back(&rows);
    if (rows.size() > 1) held_out.near_copies += rows.size();
  }
  if (order.size() < std::size_t{options.folds} * groups_of_fold_min) return {};
  SeededRandom random(options.seed);
  for (auto i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  std::vector<std::vector<std::uint64_t>> filled(names.size(), std::vector<std::uint64_t>(options.folds));
  std::vector<std::uint64_t> sizes(options.folds);
  std::vector<std::uint32_t> folds(groups.size());
  for (const auto* rows : order) {
    auto& of_category = filled[examples[rows->front()].category];
    std::uint32_t fold = 0;
    for (std::uint32_t other = 1; other < options.folds; ++other) {
      if (std::pair(of_category[other], sizes[other]) < std::pair(of_category[fold], sizes[fold])) fold = other;
    }
    sizes[fold] += rows->size();
    for (const auto row : *rows) {
      folds[row] = fold;
      ++filled[examples[row].category][fold];
    }
  }
  return folds;
}

// Each fold's probabilities come from a calibration that was fitted on the other folds.
void Trainer::Inside::judge(const std::vector<std::uint32_t>& folds, std::uint32_t count, const std::vector<float>& margins,
                            Trained& trained) const {
  const auto categories_count = names.size();
  auto& held_out = trained.held_out;
  const Table none(categories_count, std::vector<std::uint32_t>(categories_count));
  held_out.counts = none;
  CalibrationError error;
  double right = 0;
  for (std::uint32_t fold = 0; fold < count; ++fold) {
    std::vector<float> others;
    std::vector<std::uint32_t> truths;
    for (std::size_t row = 0; row < folds.size(); ++row) {
      if (folds[row] == fold) continue;
      const auto* from = &margins[row * categories_count];
      others.insert(others.end(), from, from + categories_count);
      truths.push_back(examples[row].category);
    }
    const auto calibration = fit_calibration(others, truths, categories_count);
    auto table = none;
    for (std::size_t row = 0; row < folds.size(); ++row) {
      if (folds[row] != fold) continue;
      const auto* from = &margins[row * categories_count];
      std::vector<float> sure(from, from + categories_count);
      to_probabilities(sure, calibration);
      const auto best = static_cast<std::size_t>(std::ranges::max_element(sure) - sure.begin());
      const auto truth = examples[row].category;
      error.add(sure[best], best == truth);
      right += best == truth ? 1 : 0;
      ++table[truth][best];
      ++held_out.counts[truth][best];
    }
    held_out.macro_f1.push_back(macro_f1(table));
  }
  auto& scores = held_out.scores;
  scores.folds = count;
  scores.macro_f1 = std::accumulate(held_out.macro_f1.begin(), held_out.macro_f1.end(), 0.0F) / static_cast<float>(count);
  float squares = 0;
  for (const auto one : held_out.macro_f1) squares += (one - scores.macro_f1) * (one - scores.macro_f1);
  scores.macro_f1_deviation = std::sqrt(squares / static_cast<float>(count));
  scores.accuracy = share(right, static_cast<double>(folds.size()));
  scores.calibration_error = error.value();
}

Result<std::optional<Trained>> Trainer::train(const TrainOptions& options,
                                              const std::function<bool(std::uint32_t, std::uint32_t)>& step) {
  auto& in = *inside_;
  const auto categories = in.names.size();
  if (categories < 2) return Error{Code::invalid, {key::train_too_few_categories, {{"got", fmt::format("{}", categories)}}}};
  in.order_categories();
  Trained trained;
  const auto folds = in.draw_folds(options, trained.held_out);
  const auto count = folds.empty() ? 0 : options.folds;
  std::vector<float> margins(in.examples.size() * categories);
  for (std::uint32_t fold = 0; fold < count; ++fold) {
    if (!step(fold, count + 1)) return std::optional<Trained>();
    std::vector<std::uint32_t> rows;
    for (std::uint32_t i = 0; i < folds.size(); ++i) {
      if (folds[i] != fold) rows.push_back(i);
    }
    const auto weights = fit(in.examples, rows, in.hashes.size(), categories);
    const auto index = index_of(weights, in.hashes.size());
    for (std::size_t i = 0; i < folds.size(); ++i) {
      if (folds[i] != fold) continue;
      std::ranges::copy(margins_of(weights, index, in.examples[i], categories),
                        margins.begin() + static_cast<std::ptrdiff_t>(i * categories));
    }
  }
  if (!step(count, count + 1)) return std::optional<Trained>();
  std::vector<std::uint32_t> everything(in.examples.size());
  std::iota(everything.begin(), everything.end(), 0U);
  auto weights = fit(in.examples, everything, in.hashes.size(), categories);

  auto& model = trained.model;
  Calibration calibration{1, std::vector<float>(categories)};
  if (count > 0) {
    in.judge(folds, count, margins, trained);
    std::vector<std::uint32_t> truths;
    for (const auto& example : in.examples) truths.push_back(example.category);
    calibration = fit_calibration(margins, truths, categories);
  }
  model.trained_at = options.now;
  model.seed = options.seed;
  model.examples = in.examples.size();
  model.scores = trained.held_out.scores;
  model.scale = calibration.scale;
  model.biases = std::move(calibration.biases);
  model.intercepts = std::move(weights.intercepts);
  for (std::uint32_t c = 0; c < categories; ++c) {
    const auto rates = count > 0 ? rates_of(trained.held_out.counts, c) : Rates{};
    const auto of_category = std::ranges::count(in.examples, c, &Example::category);
    model.categories.push_back({in.names[c], static_cast<std::uint32_t>(of_category), rates.precision, rates.recall});
  }
  std::vector<std::uint32_t> order(weights.places.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return in.hashes[weights.places[i]]; });
  for (const auto i : order) {
    model.features.push_back(in.hashes[weights.places[i]]);
    const auto* from = &weights.numbers[i * (categories + 1)];
    model.numbers.insert(model.numbers.end(), from, from + categories + 1);
  }
  return std::optional(std::move(trained));
}

}  // namespace huiyin::analysis
