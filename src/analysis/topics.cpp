#include "analysis/topics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "base/text.h"

namespace huiyin::analysis {
namespace {

constexpr std::size_t terms_kept_max = 80;       // of a case, the weightiest
constexpr std::size_t places_kept_max = 8;
constexpr std::size_t terms_indexed = 16;        // of a case, by which others find it
constexpr std::size_t terms_of_cluster_max = 320;
constexpr std::size_t postings_max = 400;        // of a term; the oldest give way
constexpr std::size_t candidates_max = 12;       // topics that are looked at closely
constexpr float unseen_cases = 60;               // a term counts as common until that many cases were seen
constexpr float rarity_least = 0.01F;
constexpr std::size_t phrases_kept_max = 60;
constexpr std::size_t neighbours_max = 60;       // cases of a topic that one is held against
constexpr std::uint32_t place_salt = 0x51ED270BU;   // so that terms, places and phrases do not meet in the index
constexpr std::uint32_t phrase_salt = 0x01234567U;

// Chosen on the twelve labelled matters of docs/measurements.md (set "tune").
constexpr float place_share = 0.45F;         // of likeness, the rest are words
constexpr float same_matter_from = 0.32F;
constexpr float matter_from = 0.1F;          // so much the words must say the same, whatever the place
constexpr float phrase_share = 0.6F;
constexpr float phrase_share_max = 0.25F;
constexpr float phrase_rare_from = 0.5F;
constexpr float phrase_found_weight = 0.15F;  // in the search for candidates
constexpr float join_terms_from = 0.3F;       // two topics that turn out to be one
constexpr float join_places_from = 0.3F;
constexpr float join_matter_from = 0.1F;

float square(float value) { return value * value; }

template <class Entries>
void keep_weightiest(Entries& entries, std::size_t most) {
  if (entries.size() > most) {
    std::nth_element(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(most), entries.end(),
                     [](const auto& a, const auto& b) { return a.weight != b.weight ? a.weight > b.weight : a.term < b.term; });
    entries.resize(most);
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.term < b.term; });
}

template <class Entries>
float length_of(const Entries& entries) {
  float sum = 0;
  for (const auto& entry : entries) sum += square(entry.weight);
  return std::sqrt(sum);
}

template <class Entries>
void make_unit(Entries& entries) {
  const float length = length_of(entries);
  if (length > 0) {
    for (auto& entry : entries) entry.weight /= length;
  }
}

template <class Entries>
float dot(const Entries& one, const Entries& other) {
  float sum = 0;
  auto b = other.begin();
  for (const auto& entry : one) {
    b = std::lower_bound(b, other.end(), entry.term, [](const auto& held, std::uint32_t term) { return held.term < term; });
    if (b == other.end()) break;
    if (b->term == entry.term) sum += entry.weight * b->weight;
  }
  return sum;
}

template <class Entries>
float cosine(const Entries& one, const Entries& other) {
  const float lengths = length_of(one) * length_of(other);
  return lengths > 0 ? dot(one, other) / lengths : 0;
}

template <class Entries>
float matter_cosine(const Entries& one, const Entries& other) {
  const auto without_places = [](Entries entries) {
    std::erase_if(entries, [](const auto& entry) { return is_of_place(entry.term); });
    return entries;
  };
  return cosine(without_places(one), without_places(other));
}

template <class Entries>
void add_to(Entries& sum, const Entries& more) {
  Entries both;
  both.reserve(sum.size() + more.size());
  auto a = sum.begin();
  auto b = more.begin();
  while (a != sum.end() || b != more.end()) {
    if (b == more.end() || (a != sum.end() && a->term < b->term)) both.push_back(*a++);
    else if (a == sum.end() || b->term < a->term) both.push_back(*b++);
    else {
      both.push_back({a->term, a->weight + b->weight});
      ++a;
      ++b;
    }
  }
  sum = std::move(both);
  keep_weightiest(sum, terms_of_cluster_max);
}

}  // namespace

bool Topics::Likeness::same_matter() const { return whole >= same_matter_from && matter >= matter_from; }

// How rare a term is so far, as log(cases / cases with it); counts it.
float Topics::rarity(std::vector<std::uint32_t>& counts, std::uint32_t term) {
  auto& count = counts[term % counters];
  const auto seen = static_cast<float>(cases_.size()) + unseen_cases;
  const float rare = std::log(seen / (static_cast<float>(count) + 1));
  ++count;
  return std::max(rare, rarity_least);
}

Topics::Vector Topics::weigh_terms(const CaseWords& words) {
  Vector weighed;
  for (const auto& term : words.terms)
    weighed.push_back({term.term, (1 + std::log(term.count)) * rarity(term_counts_, term.term)});
  keep_weightiest(weighed, terms_kept_max);
  make_unit(weighed);
  return weighed;
}

Topics::Vector Topics::weigh_places(const CaseWords& words) {
  Vector weighed;
  for (const auto& place : words.places)
    weighed.push_back({place.key, (1 + std::log(place.count)) * rarity(place_counts_, place.key)});
  keep_weightiest(weighed, places_kept_max);
  make_unit(weighed);
  return weighed;
}

Topics::Vector Topics::weigh_phrases(const CaseWords& words) {
  Vector weighed;
  const auto most = std::log(static_cast<float>(cases_.size()) + unseen_cases);
  for (const auto phrase : words.phrases) weighed.push_back({phrase, rarity(phrase_counts_, phrase) / most});
  keep_weightiest(weighed, phrases_kept_max);
  return weighed;
}

// The two cases of a topic that are most like this one; 0 while it has fewer.
float Topics::nearest_cases(const Held& held, const Cluster& cluster) const {
  float best = 0;
  float second = 0;
  std::size_t looked = 0;
  for (auto at = cluster.cases.rbegin(); at != cluster.cases.rend() && looked < neighbours_max; ++at, ++looked) {
    const auto& other = cases_[*at];
    const float terms = dot(held.terms, other.terms);
    const bool placed = !held.places.empty() && !other.places.empty();
    const float whole = placed ? terms * (1 - place_share) + place_share * dot(held.places, other.places) : terms;
    if (whole > best) second = std::exchange(best, whole);
    else second = std::max(second, whole);
  }
  return looked < 2 ? 0 : (best + second) / 2;
}

Topics::Likeness Topics::likeness(const Held& held, const Cluster& cluster) const {
  Likeness found;
  found.terms = cosine(held.terms, cluster.terms);
  found.matter = matter_cosine(held.terms, cluster.terms);
  found.places = cosine(held.places, cluster.places);
  const bool placed = !held.places.empty() && !cluster.places.empty();
  found.whole = placed ? found.terms * (1 - place_share) + place_share * found.places : found.terms;
  found.whole = std::max(found.whole, nearest_cases(held, cluster));
  if (held.subject_names_place) return found;
  // No place to go by (a benefit, a fraud): rare phrases of the subject stand in for it.
  float shared = 0;
  for (const auto& phrase : held.phrases) {
    const auto at = std::lower_bound(cluster.phrases.begin(), cluster.phrases.end(), phrase.term,
                                     [](const Weighed& entry, std::uint32_t term) { return entry.term < term; });
    if (at == cluster.phrases.end() || at->term != phrase.term) continue;
    shared += std::max(0.0F, phrase.weight - phrase_rare_from) * at->weight / static_cast<float>(cluster.cases.size());
  }
  found.whole += std::min(phrase_share_max, phrase_share * shared);
  return found;
}

Topics::Likeness Topics::likeness(const Cluster& one, const Cluster& other) const {
  Likeness found;
  found.terms = cosine(one.terms, other.terms);
  found.matter = matter_cosine(one.terms, other.terms);
  found.places = cosine(one.places, other.places);
  return found;
}

std::vector<TopicId> Topics::find_candidates(const Held& held) const {
  std::unordered_map<TopicId, float> scores;
  const auto look = [&](std::uint32_t term, float weight) {
    const auto found = by_term_.find(term);
    if (found == by_term_.end()) return;
    std::unordered_set<TopicId> seen;
    for (const auto number : found->second) {
      const auto topic = living(cases_[number].topic);
      if (seen.insert(topic).second) scores[topic] += weight * weight;
    }
  };
  for (const auto& term : held.terms) look(term.term, term.weight);
  for (const auto& place : held.places) look(place.term ^ place_salt, place.weight);
  for (const auto& phrase : held.phrases) look(phrase.term ^ phrase_salt, phrase_found_weight);
  std::vector<std::pair<float, TopicId>> best;
  best.reserve(scores.size());
  for (const auto& [topic, score] : scores) best.emplace_back(-score, topic);
  const auto most = std::min(best.size(), candidates_max);
  std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(most), best.end());
  std::vector<TopicId> topics;
  for (std::size_t at = 0; at < most; ++at) topics.push_back(best[at].second);
  return topics;
}

Topics::Held Topics::hold(const TopicCase& arrived) {
  const auto words = words_of_case(arrived.subject, arrived.place.empty() ? arrived.body : arrived.place + "\n" + arrived.body);
  Held held;
  held.id = arrived.id;
  held.subject = first_characters(arrived.subject.empty() ? arrived.body : arrived.subject, topic_name_characters_max);
  held.at = arrived.at;
  held.likes = arrived.likes;
  held.dislikes = arrived.dislikes;
  held.person = arrived.person.empty() ? 0 : std::hash<std::string>{}(arrived.person) | 1U;
  held.terms = weigh_terms(words);
  held.places = weigh_places(words);
  held.phrases = weigh_phrases(words);
  for (const auto& place : words.places) held.place_words.push_back(place.words);
  held.areas = words.areas;
  held.subject_names_place = words.subject_names_place;
  held.sketch = words.sketch;
  newest_ = cases_.empty() ? arrived.at : std::max(newest_, arrived.at);
  return held;
}

CaseNumber Topics::add(const TopicCase& arrived) {
  auto held = hold(arrived);
  std::vector<Candidate> alike;
  for (const auto topic : find_candidates(held)) {
    const auto found = likeness(held, clusters_[topic]);
    if (found.same_matter()) alike.push_back({topic, found});
  }
  std::sort(alike.begin(), alike.end(), [](const auto& a, const auto& b) {
    return a.likeness.whole != b.likeness.whole ? a.likeness.whole > b.likeness.whole : a.topic < b.topic;
  });
  const auto number = static_cast<CaseNumber>(cases_.size());
  cases_.push_back(std::move(held));
  if (alike.empty()) {
    Cluster begun;
    begun.joined = static_cast<TopicId>(clusters_.size());
    clusters_.push_back(std::move(begun));
    put(number, clusters_.back().joined);
  } else {
    put(number, alike.front().topic);
    join_alike(alike.front().topic, alike);
  }
  index(number);
  return number;
}

void Topics::put(CaseNumber number, TopicId topic) {
  auto& held = cases_[number];
  auto& cluster = clusters_[topic];
  held.topic = topic;
  mark_copy(number, cluster);
  add_to(cluster.terms, held.terms);
  add_to(cluster.places, held.places);
  auto phrases = held.phrases;
  for (auto& phrase : phrases) phrase.weight = 1;
  add_to(cluster.phrases, phrases);
  cluster.cases.push_back(number);
  cluster.to = std::max(cluster.to, held.at);
}

void Topics::mark_copy(CaseNumber number, const Cluster& cluster) {
  constexpr std::size_t looked_back_max = 200;
  constexpr float near_copy = 0.5F;
  auto& held = cases_[number];
  held.copy = false;
  std::size_t looked = 0;
  for (auto at = cluster.cases.rbegin(); at != cluster.cases.rend() && looked++ < looked_back_max && !held.copy; ++at)
    held.copy = resemblance(held.sketch, cases_[*at].sketch) >= near_copy;
}

void Topics::index(CaseNumber number) {
  auto terms = cases_[number].terms;
  keep_weightiest(terms, terms_indexed);
  const auto post = [&](std::uint32_t term) {
    auto& postings = by_term_[term];
    if (postings.size() >= postings_max) postings.erase(postings.begin(), postings.begin() + postings_max / 4);
    postings.push_back(number);
  };
  for (const auto& term : terms) post(term.term);
  for (const auto& place : cases_[number].places) post(place.term ^ place_salt);
  for (const auto& phrase : cases_[number].phrases) post(phrase.term ^ phrase_salt);
}

TopicId Topics::living(TopicId topic) const {
  while (clusters_[topic].joined != topic) topic = clusters_[topic].joined;
  return topic;
}

bool Topics::may_join(const Cluster& one, const Cluster& other) const {
  if (one.by_hand && other.by_hand) return false;
  return std::none_of(one.barred.begin(), one.barred.end(), [&](TopicId topic) { return living(topic) == other.joined; }) &&
         std::none_of(other.barred.begin(), other.barred.end(), [&](TopicId topic) { return living(topic) == one.joined; });
}

void Topics::join_alike(TopicId topic, const std::vector<Candidate>& others) {
  for (const auto& other : others) {
    const auto id = living(other.topic);
    const auto mine = living(topic);
    if (id == mine || !may_join(clusters_[mine], clusters_[id])) continue;
    const auto found = likeness(clusters_[mine], clusters_[id]);
    if (found.terms < join_terms_from || found.places < join_places_from || found.matter < join_matter_from) continue;
    const bool keep_mine =
        clusters_[mine].by_hand || (!clusters_[id].by_hand && clusters_[mine].cases.size() >= clusters_[id].cases.size());
    join(keep_mine ? mine : id, keep_mine ? id : mine);
  }
}

void Topics::join(TopicId kept, TopicId other) {
  auto moving = std::move(clusters_[other].cases);
  clusters_[other].cases.clear();
  clusters_[other].joined = kept;
  auto& barred = clusters_[kept].barred;
  barred.insert(barred.end(), clusters_[other].barred.begin(), clusters_[other].barred.end());
  auto& cluster = clusters_[kept];
  add_to(cluster.terms, clusters_[other].terms);
  add_to(cluster.places, clusters_[other].places);
  add_to(cluster.phrases, clusters_[other].phrases);
  clusters_[other].phrases = {};
  clusters_[other].terms = {};
  clusters_[other].places = {};
  for (const auto number : moving) {
    cases_[number].topic = kept;
    if (!cases_[number].copy) mark_copy(number, cluster);
  }
  cluster.cases.insert(cluster.cases.end(), moving.begin(), moving.end());
  std::sort(cluster.cases.begin(), cluster.cases.end());
  cluster.to = std::max(cluster.to, clusters_[other].to);
}

void Topics::rebuild(TopicId topic) {
  auto& cluster = clusters_[topic];
  const auto numbers = std::move(cluster.cases);
  cluster.cases.clear();
  cluster.terms.clear();
  cluster.places.clear();
  cluster.phrases.clear();
  cluster.to = {};
  for (const auto number : numbers) put(number, topic);
}

bool Topics::merge(TopicId kept, TopicId other) {
  if (kept >= clusters_.size() || other >= clusters_.size()) return false;
  kept = living(kept);
  other = living(other);
  if (kept == other) return false;
  // What was held apart by hand is joined by hand.
  const auto unbar = [&](TopicId in, TopicId out) {
    std::erase_if(clusters_[in].barred, [&](TopicId topic) { return living(topic) == out; });
  };
  unbar(kept, other);
  unbar(other, kept);
  join(kept, other);
  clusters_[kept].by_hand = true;
  return true;
}

std::optional<TopicId> Topics::split(const std::vector<CaseNumber>& leaving) {
  const std::unordered_set<CaseNumber> going(leaving.begin(), leaving.end());
  const auto topic = leaving.empty() ? std::nullopt : topic_of(leaving.front());
  if (!topic || !std::all_of(going.begin(), going.end(), [&](CaseNumber number) { return topic_of(number) == topic; }))
    return std::nullopt;
  if (going.size() >= clusters_[*topic].cases.size()) return std::nullopt;
  const auto made = static_cast<TopicId>(clusters_.size());
  clusters_.emplace_back();
  clusters_[made].joined = made;
  auto& old = clusters_[*topic];
  std::erase_if(old.cases, [&](CaseNumber number) { return going.contains(number); });
  clusters_[made].cases.assign(going.begin(), going.end());
  std::sort(clusters_[made].cases.begin(), clusters_[made].cases.end());
  rebuild(*topic);
  rebuild(made);
  clusters_[made].by_hand = old.by_hand = true;
  clusters_[made].barred = old.barred;
  clusters_[made].barred.push_back(*topic);
  return made;
}

bool Topics::rename(TopicId topic, std::string name) {
  if (topic >= clusters_.size()) return false;
  auto& cluster = clusters_[living(topic)];
  cluster.name = std::move(name);
  cluster.by_hand = true;
  return true;
}

std::optional<TopicId> Topics::topic_of(CaseNumber number) const {
  if (number >= cases_.size()) return std::nullopt;
  return living(cases_[number].topic);
}

const std::string& Topics::id_of(CaseNumber number) const { return cases_.at(number).id; }

std::size_t Topics::copies() const {
  return static_cast<std::size_t>(std::count_if(cases_.begin(), cases_.end(), [](const Held& held) { return held.copy; }));
}

}  // namespace huiyin::analysis
