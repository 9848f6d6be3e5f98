// SimilarIndex: which cases are like a text. Near copies by the sketch of their shingles, the same matter in other words by rare
// terms and place names. In memory, rebuilt from nothing; holds hashes, no readable word but the ids.
//
// One thread writes; readers must not read meanwhile. Costs of a query are bounded: of each term the newest `walked_max` cases
// are looked at, whatever their number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/case_words.h"
#include "base/time.h"

namespace huiyin::analysis {

struct SimilarCase {
  std::string id;
  std::string subject{}, body{};
  std::optional<Instant> at{};
  bool solved = false;
};

enum class Similarity : std::uint8_t {
  near_copy,    // the same text, pasted or lightly edited
  same_matter,  // the same matter at the same place, in other words
  solved_like,  // a settled case about such a matter, elsewhere or long ago: worth learning from
};

struct SimilarFound {
  std::string id;
  Similarity kind{};
  float score = 0;                // 0 to 1
  std::vector<std::string> phrases;  // of the query, that the case shares
  std::vector<std::string> places;   // likewise
  std::optional<int> days_apart;
};

class SimilarIndex {
 public:
  // A case with the id of another takes its place.
  void add(const SimilarCase& added);
  bool remove(std::string_view id);
  [[nodiscard]] std::size_t size() const noexcept { return numbers_.size(); }

  // The most alike first; never the case of the query's own id.
  [[nodiscard]] std::vector<SimilarFound> find(const SimilarCase& query, std::size_t most) const;

 private:
  static constexpr std::size_t terms_kept = 24;
  static constexpr std::size_t places_kept = 6;
  struct Held {
    std::string id;  // empty: removed
    std::int64_t at_ms = 0;
    bool has_time = false, solved = false;
    std::uint8_t terms = 0, places = 0;
    std::array<std::uint32_t, terms_kept> term{};
    std::array<std::uint32_t, places_kept> place{};
    CopySketch sketch;
  };
  struct Posting {
    std::uint32_t number = 0;  // of the case
    std::uint32_t older = 0;   // posting; 0: none
  };
  struct Chain {
    std::uint32_t newest = 0;
    std::uint32_t count = 0;
  };
  struct Candidate {
    std::uint32_t number = 0;
    float weight = 0;
  };

  void post(std::uint32_t key, std::uint32_t number);
  [[nodiscard]] float rarity(std::uint32_t key) const;
  [[nodiscard]] std::vector<std::uint32_t> rarest_terms(const CaseWords& words) const;
  [[nodiscard]] std::vector<Candidate> find_candidates(const Held& query) const;
  [[nodiscard]] Held hold(const SimilarCase& added, const CaseWords& words) const;
  [[nodiscard]] std::optional<SimilarFound> compare(const Held& query, const Held& other) const;
  static void explain(const CaseWords& words, const std::vector<char32_t>& letters, const Held& other, SimilarFound& found);
  void rebuild();

  std::vector<Held> cases_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::unordered_map<std::uint32_t, Chain> chains_;
  std::vector<Posting> postings_ = std::vector<Posting>(1);
};

}  // namespace huiyin::analysis
