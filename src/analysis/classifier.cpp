#include "analysis/classifier.h"

#include <cmath>
#include <numeric>

#include "analysis/probability.h"

namespace huiyin::analysis {
namespace {

constexpr std::size_t columns_at_once = 8;   // of a row; the compiler makes vector instructions of a fixed number
constexpr std::uint32_t counts_known = 64;   // whose logarithm is known beforehand
constexpr float ground_weight_min = 0.05F;   // of log-odds; less says nothing to a person
// A pair of tokens is one word where at least half of the messages with the rarer one have the pair: ln 2.
constexpr float pair_idf_gap_max = 0.7F;
constexpr std::size_t looked_up_ahead = 12;  // features whose slots are on their way from memory
constexpr std::size_t runs_max = 12;         // heaviest features that become grounds

std::array<float, counts_known> logarithms() {
  std::array<float, counts_known> known{};
  for (std::uint32_t count = 1; count < counts_known; ++count) known[count] = 1 + std::log(static_cast<float>(count));
  return known;
}

}  // namespace

float damped(std::uint32_t count) noexcept {
  static const auto known = logarithms();
  return count < counts_known ? known[count] : 1 + std::log(static_cast<float>(count));
}

Classifier::Classifier(std::shared_ptr<const Letters> letters, Model model)
    : letters_(std::move(letters)), model_(std::move(model)) {
  const auto categories = model_.categories.size();
  const auto count = model_.features.size();
  width_ = (categories + 1 + columns_at_once - 1) / columns_at_once * columns_at_once;
  rows_.assign(count * width_, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const auto* from = &model_.numbers[i * model_.stride()];
    const auto mean = std::accumulate(from, from + categories, 0.0F) / static_cast<float>(categories);
    auto* row = &rows_[i * width_];
    row[0] = from[categories];
    for (std::size_t c = 0; c < categories; ++c) row[c + 1] = from[c] - mean;
  }
  const auto mean = std::accumulate(model_.intercepts.begin(), model_.intercepts.end(), 0.0F) / static_cast<float>(categories);
  for (auto& intercept : model_.intercepts) intercept -= mean;
  model_.numbers = {};  // they stand in the rows now
  slots_.assign(std::bit_ceil(std::max<std::size_t>(count * 2, 2)), {});
  for (std::size_t i = 0; i < count; ++i) {
    auto at = slot_of(model_.features[i]);
    while (slots_[at].row != empty) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {model_.features[i], static_cast<std::uint32_t>(i)};
  }
}

Classifier::Desk::Desk(const Classifier& classifier)
    : classifier_(classifier), reader_(*classifier.letters_), margins_(classifier.width_) {
  const auto categories = classifier.model_.categories.size();
  probabilities_.resize(categories);
  order_.resize(categories);
  guesses_.resize(std::min(guesses_max, categories));
}

std::span<const Guess> Classifier::Desk::classify(const MessageText& message) {
  features_ = reader_.read(message);
  look_up();
  weigh();
  rank();
  explain(guesses_.front(), message);
  return guesses_;
}

// Memory is slower than all else here: slots and rows are sent for before they are needed.
void Classifier::Desk::look_up() {
  known_.clear();
  known_in_subject_ = 0;
  const auto& slots = classifier_.slots_;
  for (std::size_t i = 0; i < features_.size(); ++i) {
    if (i + looked_up_ahead < features_.size())
      __builtin_prefetch(&slots[classifier_.slot_of(features_[i + looked_up_ahead].hash)]);
    const auto* row = classifier_.find_row(features_[i].hash);
    if (row == nullptr) continue;
    __builtin_prefetch(row);
    known_.push_back({&features_[i], row, 0});
    if (features_[i].in_subject) ++known_in_subject_;
  }
}

// Each block of features has length 1, the subject's then subject_share, and the whole length 1 again.
void Classifier::Desk::weigh() {
  std::array<float, 2> squares{};
  for (auto& known : known_) {
    known.value = damped(known.feature->count) * known.row[0];
    squares[known.feature->in_subject ? 1 : 0] += known.value * known.value;
  }
  factors_ = block_factors(squares[0], squares[1], subject_share);
  const auto add = [](std::span<const Known> block, std::size_t column, float factor, float* margins) {
    std::array<float, columns_at_once> sums{};
    for (const auto& known : block) {
      const auto* row = known.row + column;
      for (std::size_t i = 0; i < columns_at_once; ++i) sums[i] += known.value * row[i];
    }
    for (std::size_t i = 0; i < columns_at_once; ++i) margins[column + i] += factor * sums[i];
  };
  const std::span<const Known> all(known_);
  std::ranges::fill(margins_, 0.0F);
  for (std::size_t column = 0; column < margins_.size(); column += columns_at_once) {
    add(all.first(known_in_subject_), column, factors_[1], margins_.data());
    add(all.subspan(known_in_subject_), column, factors_[0], margins_.data());
  }
}

void Classifier::Desk::rank() {
  const auto& model = classifier_.model_;
  const auto categories = probabilities_.size();
  for (std::size_t c = 0; c < categories; ++c)
    probabilities_[c] = model.scale * (margins_[c + 1] + model.intercepts[c]) + model.biases[c];
  to_probabilities(probabilities_);
  std::iota(order_.begin(), order_.end(), 0U);
  const auto best = order_.begin() + static_cast<std::ptrdiff_t>(guesses_.size());
  std::partial_sort(order_.begin(), best, order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return probabilities_[a] != probabilities_[b] ? probabilities_[a] > probabilities_[b] : a < b;
  });
  for (std::size_t i = 0; i < guesses_.size(); ++i) {
    guesses_[i].category = order_[i];
    guesses_[i].probability = probabilities_[order_[i]];
    guesses_[i].because.clear();
  }
}

// The heaviest features that a person can read, in the order of the message; those that overlap or adjoin are one run.
void Classifier::Desk::gather_runs(std::uint32_t category) {
  const auto tokens = reader_.tokens();
  runs_.clear();
  for (const auto& [feature, row, value] : known_) {
    const auto weight = value * factors_[feature->in_subject ? 1 : 0] * row[category + 1] * classifier_.model_.scale;
    if (weight < ground_weight_min || (feature->length == 1 && tokens[feature->first].is_han())) continue;
    const auto end = feature->first + feature->length;
    bool digits = false;
    for (auto i = feature->first; i < end; ++i) digits = digits || tokens[i].has_digit;
    if (!digits) runs_.push_back({feature->first, end, weight});
  }
  const auto kept = std::min(runs_max, runs_.size());
  std::ranges::partial_sort(runs_, runs_.begin() + static_cast<std::ptrdiff_t>(kept), [](const Run& a, const Run& b) {
    return a.weight != b.weight ? a.weight > b.weight : std::pair(a.first, a.end) < std::pair(b.first, b.end);
  });
  runs_.resize(kept);
  std::ranges::sort(runs_, {}, [](const Run& run) { return std::pair(run.first, run.end); });
  std::size_t joined = 0;
  for (const auto& run : runs_) {
    auto* last = joined > 0 ? &runs_[joined - 1] : nullptr;
    const bool beside = last != nullptr && run.first <= last->end && run.first != reader_.subject_tokens();
    if (!beside || (run.end > last->end && run.end - last->first > ground_tokens_max)) {
      runs_[joined++] = run;
      continue;
    }
    last->end = std::max(last->end, run.end);
    last->weight += run.weight;
  }
  runs_.resize(joined);
}

void Classifier::Desk::explain(Guess& guess, const MessageText& message) {
  const auto tokens = reader_.tokens();
  gather_runs(guess.category);
  std::ranges::stable_sort(runs_, std::greater(), &Run::weight);
  for (const auto& run : runs_) {
    std::size_t first = run.first;
    std::size_t end = run.end;
    widen(first, end);
    const auto from = first < reader_.subject_tokens() ? message.subject : message.body;
    const auto words = from.substr(tokens[first].begin, tokens[end - 1].end - tokens[first].begin);
    const auto same = std::ranges::find_if(guess.because, [&](const Ground& other) {
      return other.words.find(words) != std::string_view::npos || words.find(other.words) != std::string_view::npos;
    });
    if (same != guess.because.end()) same->weight += run.weight;
    else if (guess.because.size() < grounds_max) guess.because.push_back({words, run.weight});
  }
  std::ranges::stable_sort(guess.because, std::greater(), &Ground::weight);
}

// Out to the ends of the words that its ends stand in.
void Classifier::Desk::widen(std::size_t& first, std::size_t& end) const {
  const auto tokens = reader_.tokens();
  while (end - first < ground_tokens_max && first > 0 && holds_together(first - 1)) --first;
  while (end - first < ground_tokens_max && end < tokens.size() && holds_together(end - 1)) ++end;
}

// Are this token and the next of one word?
bool Classifier::Desk::holds_together(std::size_t at) const {
  const auto pair = reader_.tokens().subspan(at, 2);
  if (at + 1 == reader_.subject_tokens()) return false;
  if (std::ranges::any_of(pair, [](const Token& token) { return token.code == break_code || token.has_digit; })) return false;
  const auto idf = [&](std::span<const Token> run) {
    const auto* row = classifier_.find_row(hash_of(run, false));
    return row == nullptr ? -1.0F : row[0];
  };
  const auto of_pair = idf(pair);
  return of_pair > 0 && of_pair - std::max(idf(pair.first(1)), idf(pair.last(1))) < pair_idf_gap_max;
}

}  // namespace huiyin::analysis
