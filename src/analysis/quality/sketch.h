// Near copies among many texts: a sketch of each (one-permutation min-hash of its letters in fours; P. Li, A. Owen, C.-H. Zhang
// 2012, with rotation for empty places), and groups of texts whose sketches agree.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "analysis/reading/letters.h"

namespace huiyin::quality {

class Sketch {
 public:
  static constexpr std::size_t places = 32;

  void add(std::uint64_t feature) noexcept;
  void finish() noexcept;  // when all are added: empty places take what stands next
  [[nodiscard]] bool empty() const noexcept { return empty_; }
  // Share of equal places: estimates the Jaccard similarity of the features, standard error at most 0.09.
  [[nodiscard]] double likeness(const Sketch& other) const noexcept;
  [[nodiscard]] std::uint64_t band(std::size_t first, std::size_t count) const noexcept;

 private:
  static constexpr std::uint32_t unset = 0xFFFFFFFFU;
  static constexpr std::array<std::uint32_t, places> all_unset() {
    std::array<std::uint32_t, places> values{};
    for (auto& value : values) value = unset;
    return values;
  }
  std::array<std::uint32_t, places> values_ = all_unset();
  bool empty_ = true;
};

std::uint64_t mixed(std::uint64_t value) noexcept;  // splitmix64

// Groups answers that say the same to different cases. Grows by one at a time; one thread. About 300 bytes a group, and 4 an
// answer.
class Copies {
 public:
  // Its number, from 0. `core` may be empty: it is like none.
  std::size_t add(const Sketch& core, const Sketch& question);
  // To how many others, whose questions are not alike, the same text was given.
  [[nodiscard]] std::size_t others(std::size_t number) const;

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
  static constexpr std::size_t bands = 8;
  static constexpr std::size_t band_places = Sketch::places / bands;
  static constexpr std::size_t bucket_groups_max = 8;
  static constexpr std::size_t questions_max = 4;
  struct Group {
    Sketch core;
    std::vector<Sketch> questions;
    std::size_t different = 1;
  };

  [[nodiscard]] std::uint32_t find(const Sketch& core) const;

  std::vector<Group> groups_;
  std::vector<std::uint32_t> group_of_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> buckets_;
};

}  // namespace huiyin::quality
