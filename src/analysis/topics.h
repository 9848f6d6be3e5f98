// Topics: cases about one matter, found as they arrive, one pass, nothing looked at twice. No clock, no randomness: the same
// cases in the same order give the same topics.
//
// A case joins the topic whose words and places are most like its own, when they are like enough; else it begins one. Places
// decide more than words do: noise at a building site is one matter at one place. What people decide by hand (merge, split,
// rename) holds for ever after: no later arrival undoes it. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/case_words.h"
#include "base/time.h"

namespace huiyin::analysis {

struct TopicCase {
  std::string id;
  std::string subject{}, body{};
  std::string place{};  // where the sender says it is
  Instant at{};
  std::uint32_t likes = 0;
  std::uint32_t dislikes = 0;
  std::string person{};  // a pseudonym is enough; empty: not known, and counted as a person of its own
};

using TopicId = std::uint32_t;
using CaseNumber = std::uint32_t;  // in the order of arrival

struct Topic {
  TopicId id = 0;
  std::string name;   // the words of one of its cases, or what a person called it
  std::string place;  // as its cases write it; empty where they name none in common
  Instant from, to;
  double heat = 0;
  std::uint64_t support = 0;         // likes
  std::size_t people = 0;            // that raised it
  std::size_t cases_counted = 0;     // near copies counted once
  std::size_t newest_cases = 0;      // of the last 30 days before `to` of the newest case of all
  bool burst = false;                // these are far more than it used to have
  bool by_hand = false;              // merged, split or named by a person
  std::vector<CaseNumber> cases;     // in the order of arrival
};

inline constexpr std::size_t topic_name_characters_max = 60;

class Topics {
 public:
  // Makes a text fit to be shown to everybody: personal data taken out.
  using Mask = std::function<std::string(std::string_view)>;

  // Cases come in the order of time; one that comes late is taken all the same, and counts where it stands in time.
  CaseNumber add(const TopicCase& arrived);

  // By hand. False, and nothing happens, where the topics or cases are not there (or a split would leave nothing behind).
  bool merge(TopicId kept, TopicId other);
  // These cases of one topic leave it for one of their own; gives that one. The two are never joined again by themselves.
  std::optional<TopicId> split(const std::vector<CaseNumber>& leaving);
  bool rename(TopicId topic, std::string name);

  // Where a case stands now.
  [[nodiscard]] std::optional<TopicId> topic_of(CaseNumber number) const;
  [[nodiscard]] const std::string& id_of(CaseNumber number) const;
  [[nodiscard]] std::size_t cases() const noexcept { return cases_.size(); }
  [[nodiscard]] std::size_t copies() const;

  // Topics with at least so many cases, hottest first.
  [[nodiscard]] std::vector<Topic> list(std::size_t cases_min, const Mask& mask) const;

 private:
  struct Weighed {
    std::uint32_t term = 0;
    float weight = 0;
  };
  using Vector = std::vector<Weighed>;  // by term
  struct Held {
    std::string id, subject;
    Instant at;
    std::uint32_t likes = 0, dislikes = 0;
    std::uint64_t person = 0;  // hash; 0: not known
    TopicId topic = 0;
    bool copy = false;  // of an earlier case of its topic
    Vector terms, places;
    std::vector<std::u32string> place_words;
    std::vector<std::u32string> areas;
    CopySketch sketch;
    Vector phrases;  // of the subject, each with how rare it was, 0 to 1
    bool subject_names_place = false;
  };
  struct Cluster {
    Vector terms, places, phrases;  // sums over its cases
    std::vector<CaseNumber> cases;
    Instant to{};
    bool by_hand = false;
    std::string name;              // by hand; empty: from its cases
    TopicId joined = 0;            // where it went; itself while it lives
    std::vector<TopicId> barred;   // never joined with these by themselves
  };
  struct Likeness {
    float terms = 0;   // cosine of all terms
    float matter = 0;  // of those that name no place
    float places = 0;  // of places
    float whole = 0;   // what counts
    [[nodiscard]] bool same_matter() const;
  };
  struct Candidate {
    TopicId topic = 0;
    Likeness likeness;
  };

  Held hold(const TopicCase& arrived);
  float rarity(std::vector<std::uint32_t>& counts, std::uint32_t term);
  Vector weigh_terms(const CaseWords& words);
  Vector weigh_places(const CaseWords& words);
  Vector weigh_phrases(const CaseWords& words);
  [[nodiscard]] float nearest_cases(const Held& held, const Cluster& cluster) const;
  [[nodiscard]] std::vector<TopicId> find_candidates(const Held& held) const;
  [[nodiscard]] Likeness likeness(const Held& held, const Cluster& cluster) const;
  [[nodiscard]] Likeness likeness(const Cluster& one, const Cluster& other) const;
  [[nodiscard]] TopicId living(TopicId topic) const;
  [[nodiscard]] bool may_join(const Cluster& one, const Cluster& other) const;
  void put(CaseNumber number, TopicId topic);
  void join(TopicId kept, TopicId other);
  void join_alike(TopicId topic, const std::vector<Candidate>& others);
  void index(CaseNumber number);
  void mark_copy(CaseNumber number, const Cluster& cluster);
  void rebuild(TopicId topic);
  [[nodiscard]] Topic describe(TopicId id, const Cluster& cluster, Instant newest, const Mask& mask) const;
  [[nodiscard]] std::string name_of(const Cluster& cluster, const Mask& mask) const;
  [[nodiscard]] std::string place_of(const Cluster& cluster) const;
  void count(Topic& topic, const Cluster& cluster, Instant newest) const;

  std::vector<Held> cases_;
  std::vector<Cluster> clusters_;
  std::vector<std::uint32_t> term_counts_ = std::vector<std::uint32_t>(counters);
  std::vector<std::uint32_t> place_counts_ = std::vector<std::uint32_t>(counters);
  std::vector<std::uint32_t> phrase_counts_ = std::vector<std::uint32_t>(counters);
  std::unordered_map<std::uint32_t, std::vector<CaseNumber>> by_term_;
  Instant newest_{};

  static constexpr std::size_t counters = std::size_t{1} << 20U;
};

}  // namespace huiyin::analysis
