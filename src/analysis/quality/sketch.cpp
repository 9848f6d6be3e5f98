#include "analysis/quality/sketch.h"

#include <algorithm>

#include "base/assert.h"

namespace huiyin::quality {
namespace {

constexpr double same_text_likeness = 0.75;
constexpr double same_question_likeness = 0.6;

}  // namespace

std::uint64_t mixed(std::uint64_t value) noexcept {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

void Sketch::add(std::uint64_t feature) noexcept {
  const auto hash = mixed(feature);
  auto& place = values_[hash % places];
  place = std::min(place, static_cast<std::uint32_t>(hash >> 33U));
  empty_ = false;
}

void Sketch::finish() noexcept {
  if (empty_) return;
  const auto set = values_;
  for (std::size_t i = 0; i < places; ++i) {
    std::size_t step = 0;
    while (set[(i + step) % places] == unset) ++step;
    values_[i] = set[(i + step) % places] + static_cast<std::uint32_t>(step);
  }
}

double Sketch::likeness(const Sketch& other) const noexcept {
  if (empty_ || other.empty_) return 0;
  std::size_t equal = 0;
  for (std::size_t i = 0; i < places; ++i) equal += values_[i] == other.values_[i] ? 1U : 0U;
  return static_cast<double>(equal) / static_cast<double>(places);
}

std::uint64_t Sketch::band(std::size_t first, std::size_t count) const noexcept {
  std::uint64_t key = first;
  for (auto i = first; i < first + count; ++i) key = mixed(key ^ values_.at(i));
  return key;
}

std::uint32_t Copies::find(const Sketch& core) const {
  for (std::size_t i = 0; i < bands; ++i) {
    const auto bucket = buckets_.find(core.band(i * band_places, band_places));
    if (bucket == buckets_.end()) continue;
    for (const auto group : bucket->second) {
      if (groups_[group].core.likeness(core) >= same_text_likeness) return group;
    }
  }
  return none;
}

std::size_t Copies::add(const Sketch& core, const Sketch& question) {
  const auto number = group_of_.size();
  if (core.empty()) {
    group_of_.push_back(none);
    return number;
  }
  auto found = find(core);
  if (found == none) {
    found = static_cast<std::uint32_t>(groups_.size());
    groups_.push_back({core, {question}, 1});
    for (std::size_t i = 0; i < bands; ++i) {
      auto& bucket = buckets_[core.band(i * band_places, band_places)];
      if (bucket.size() < bucket_groups_max) bucket.push_back(found);
    }
  } else {
    auto& group = groups_[found];
    const bool asked = std::any_of(group.questions.begin(), group.questions.end(),
                                   [&](const Sketch& known) { return known.likeness(question) >= same_question_likeness; });
    if (!asked) {
      ++group.different;
      if (group.questions.size() < questions_max) group.questions.push_back(question);
    }
  }
  group_of_.push_back(found);
  return number;
}

std::size_t Copies::others(std::size_t number) const {
  HUIYIN_ASSERT(number < group_of_.size());
  const auto group = group_of_[number];
  return group == none ? 0 : groups_[group].different - 1;
}

}  // namespace huiyin::quality
