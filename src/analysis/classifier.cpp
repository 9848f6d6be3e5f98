#include "analysis/classifier.h"

#include <cmath>
#include <numeric>

#include "analysis/probability.h"

namespace huiyin::analysis {
namespace {

constexpr std::size_t row_multiple = 4;      // of floats: what one instruction takes
constexpr std::uint32_t counts_known = 64;   // whose logarithm is known beforehand
constexpr float ground_weight_min = 0.05F;   // of log-odds; less says nothing to a person
// A pair of tokens is one word where at least half of the messages with the rarer one have the pair: ln 2.
constexpr float pair_idf_gap_max = 0.7F;

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
  width_ = (categories + 1 + row_multiple - 1) / row_multiple * row_multiple;
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
    auto at = model_.features[i] & (slots_.size() - 1);
    while (slots_[at].row != empty) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {model_.features[i], static_cast<std::uint32_t>(i)};
  }
}

const float* Classifier::find_row(std::uint32_t hash) const noexcept {
  const auto mask = slots_.size() - 1;
  for (auto at = hash & mask; slots_[at].row != empty; at = (at + 1) & mask) {
    if (slots_[at].hash == hash) return &rows_[slots_[at].row * width_];
  }
  return nullptr;
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
  weigh();
  rank();
  for (auto& guess : guesses_) explain(guess, message);
  return guesses_;
}

// Each block of features has length 1, the subject's then subject_share, and the whole length 1 again.
void Classifier::Desk::weigh() {
  known_.clear();
  std::array<float, 2> squares{};
  for (const auto& feature : features_) {
    const auto* row = classifier_.find_row(feature.hash);
    if (row == nullptr) continue;
    const auto value = damped(feature.count) * row[0];
    squares[feature.in_subject ? 1 : 0] += value * value;
    known_.push_back({&feature, row, value});
  }
  const auto factors = block_factors(squares[0], squares[1], subject_share);
  const auto width = classifier_.width_;
  auto* margins = margins_.data();
  std::ranges::fill(margins_, 0.0F);
  for (auto& known : known_) {
    known.value *= factors[known.feature->in_subject ? 1 : 0];
    for (std::size_t i = 0; i < width; ++i) margins[i] += known.value * known.row[i];
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

// What each feature moved is shared among its tokens; neighbours that all spoke for the category make one ground.
void Classifier::Desk::explain(Guess& guess, const MessageText& message) {
  const auto tokens = reader_.tokens();
  spoken_.assign(tokens.size(), 0);
  for (const auto& [feature, row, value] : known_) {
    const auto share = value * row[guess.category + 1] * classifier_.model_.scale / static_cast<float>(feature->length);
    for (std::uint32_t i = 0; i < feature->length; ++i) spoken_[feature->first + i] += share;
  }
  const auto counts = [&](std::size_t at) { return tokens[at].code != break_code && !tokens[at].has_digit; };
  const auto subject_end = reader_.subject_tokens();
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!counts(at) || spoken_[at] <= 0) continue;
    auto first = at;
    auto end = at;
    while (end < tokens.size() && counts(end) && spoken_[end] > 0 && end - first < ground_tokens_max &&
           (end == first || end != subject_end))
      ++end;
    at = end - 1;
    float weight = 0;
    for (auto i = first; i < end; ++i) weight += spoken_[i];
    const bool light = guess.because.size() == grounds_max && weight <= guess.because.back().weight;
    if (light || weight < ground_weight_min) continue;
    widen(first, end);
    const auto from = first < subject_end ? message.subject : message.body;
    const auto words = from.substr(tokens[first].begin, tokens[end - 1].end - tokens[first].begin);
    if (end - first == 1 && static_cast<std::uint8_t>(words.front()) >= 0xE0) continue;  // one Han character is no word
    const auto same = std::ranges::find(guess.because, words, &Ground::words);
    if (same != guess.because.end()) {
      same->weight += weight;
    } else {
      if (guess.because.size() == grounds_max) guess.because.pop_back();
      guess.because.push_back({words, weight});
    }
    std::ranges::stable_sort(guess.because, std::greater(), &Ground::weight);
  }
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
