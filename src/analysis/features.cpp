#include "analysis/features.h"

namespace huiyin::analysis {
namespace {

constexpr std::size_t subject_length_max = 3;
constexpr std::size_t text_length_max = 2;
constexpr std::uint32_t subject_times = 2;  // as often as in the body, in the block of the whole text
constexpr std::uint32_t subject_basis = 0x9E3779B9U;
constexpr std::uint32_t text_basis = 0x7F4A7C15U;

// The finaliser of MurmurHash3 (public domain): every bit of the state moves every other.
std::uint32_t mixed(std::uint32_t state, std::uint32_t code) {
  state = (state ^ code) * 0x85EBCA6BU;
  state ^= state >> 13U;
  state *= 0xC2B2AE35U;
  return state ^ state >> 16U;
}

}  // namespace

inline void FeatureReader::add(const Feature& feature) {
  const auto mask = slots_.size() - 1;
  for (auto at = feature.hash & mask;; at = (at + 1) & mask) {
    auto& slot = slots_[at];
    if (slot.feature == no_feature) {
      slot = {feature.hash, found_};
      features_[found_++] = feature;
      return;
    }
    if (slot.hash == feature.hash) {
      features_[slot.feature].count += feature.count;
      return;
    }
  }
}

std::span<const Feature> FeatureReader::read(const MessageText& message) {
  tokens_.clear();
  letters_.cut(message.subject, tokens_);
  subject_tokens_ = tokens_.size();
  letters_.cut(message.body, tokens_);
  make_room();
  count(0, subject_tokens_, true, 1);
  count(0, subject_tokens_, false, subject_times);
  count(subject_tokens_, tokens_.size(), false, 1);
  return std::span(features_).first(found_);
}

// Twice as many slots as there can be features; no more, so that those of a short message stay in the processor's nearest cache.
void FeatureReader::make_room() {
  const auto most = subject_length_max * subject_tokens_ + text_length_max * tokens_.size();
  slots_.assign(std::bit_ceil(std::max(2 * most, slots_min)), {});
  if (features_.size() < most) features_.resize(most);
  found_ = 0;
}

void FeatureReader::count(std::size_t first, std::size_t end, bool in_subject, std::uint32_t times) {
  const auto length_max = in_subject ? subject_length_max : text_length_max;
  for (auto at = first; at < end; ++at) {
    auto hash = in_subject ? subject_basis : text_basis;
    for (std::size_t length = 1; length <= length_max && at + length <= end; ++length) {
      const auto code = tokens_[at + length - 1].code;
      if (code == break_code) break;
      hash = mixed(hash, code);
      add({hash, times, static_cast<std::uint32_t>(at), static_cast<std::uint8_t>(length), in_subject});
    }
  }
}

std::uint32_t hash_of(std::span<const Token> run, bool in_subject) {
  auto hash = in_subject ? subject_basis : text_basis;
  for (const auto& token : run) hash = mixed(hash, token.code);
  return hash;
}

}  // namespace huiyin::analysis
