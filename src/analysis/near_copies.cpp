#include "analysis/near_copies.h"

#include <numeric>
#include <unordered_map>

namespace huiyin::analysis {
namespace {

constexpr std::size_t run_tokens = 8;
constexpr std::size_t places_alike_min = sketch_places / 2;
constexpr std::size_t bucket_looked_at_max = 50;  // neighbours of one that are compared; a form letter has thousands
constexpr std::array<std::uint64_t, sketch_places> multipliers{0x9E3779B97F4A7C15U, 0xBF58476D1CE4E5B9U, 0x94D049BB133111EBU,
                                                               0xD6E8FEB86659FD93U, 0xC2B2AE3D27D4EB4FU, 0x165667B19E3779F9U,
                                                               0xFF51AFD7ED558CCDU, 0xC4CEB9FE1A85EC53U};

class Groups {
 public:
  explicit Groups(std::size_t count) : parents_(count) { std::iota(parents_.begin(), parents_.end(), 0U); }
  std::uint32_t find(std::uint32_t one) {
    while (parents_[one] != one) one = parents_[one] = parents_[parents_[one]];
    return one;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parents_;
};

}  // namespace

Sketch sketch_of(std::span<const Token> tokens) {
  std::vector<std::uint64_t> codes;
  for (const auto& token : tokens) {
    if (token.code != break_code) codes.push_back(token.code);
  }
  Sketch sketch;
  sketch.fill(0xFFFFFFFFU);
  const auto length = std::min(run_tokens, codes.size());
  for (std::size_t first = 0; length > 0 && first + length <= codes.size(); ++first) {
    std::uint64_t run = length;
    for (std::size_t i = first; i < first + length; ++i) {
      run = (run ^ codes[i]) * 0x9E3779B97F4A7C15U;
      run ^= run >> 32U;
    }
    for (std::size_t place = 0; place < sketch_places; ++place)
      sketch[place] = std::min(sketch[place], static_cast<std::uint32_t>((run * multipliers[place]) >> 32U));
  }
  return sketch;
}

std::vector<std::uint32_t> groups_of(std::span<const Sketch> sketches) {
  Groups groups(sketches.size());
  for (std::size_t place = 0; place < sketch_places; ++place) {
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> buckets;
    for (std::uint32_t i = 0; i < sketches.size(); ++i) {
      auto& bucket = buckets[sketches[i][place]];
      for (const auto other : bucket) {
        std::size_t alike = 0;
        for (std::size_t k = 0; k < sketch_places; ++k) alike += sketches[i][k] == sketches[other][k] ? 1U : 0U;
        if (alike >= places_alike_min) groups.join(i, other);
      }
      if (bucket.size() < bucket_looked_at_max) bucket.push_back(i);
    }
  }
  std::vector<std::uint32_t> found(sketches.size());
  for (std::uint32_t i = 0; i < found.size(); ++i) found[i] = groups.find(i);
  return found;
}

}  // namespace huiyin::analysis
