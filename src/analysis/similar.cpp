#include "analysis/similar.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace huiyin::analysis {
namespace {

constexpr std::size_t copy_hashes_posted = 16;    // of a sketch: enough to be found by, even with a third of the shingles gone
constexpr std::uint32_t copy_salt = 0xA5A5A5A5U;  // so that the kinds of keys do not meet
constexpr std::uint32_t place_salt_of_index = 0x3C3C3C3CU;
constexpr std::size_t walked_max = 500;           // cases of one key that a query looks at, the newest
constexpr std::size_t compared_max = 200;         // candidates that are looked at closely
constexpr float near_copy_from = 0.28F;           // resemblance, estimated from 32 hashes
constexpr std::uint32_t short_text_hashes = 12;   // below it a text is too short for the estimate: all but equal is asked for
constexpr float short_copy_from = 0.7F;
constexpr float same_matter_terms_from = 0.22F;
constexpr float solved_terms_from = 0.3F;
constexpr std::int64_t day_ms = 86'400'000;
constexpr int matter_days_max = 400;
constexpr std::size_t phrases_shown_max = 5;
constexpr std::size_t phrase_letters_min = 3;

}  // namespace

void SimilarIndex::post(std::uint32_t key, std::uint32_t number) {
  auto& chain = chains_[key];
  postings_.push_back({number, chain.newest});
  chain.newest = static_cast<std::uint32_t>(postings_.size() - 1);
  ++chain.count;
}

float SimilarIndex::rarity(std::uint32_t key) const {
  const auto found = chains_.find(key);
  const float with = found == chains_.end() ? 0 : static_cast<float>(found->second.count);
  return std::max(0.05F, std::log((static_cast<float>(cases_.size()) + 60) / (with + 1)));
}

// Those that tell most, given what the index holds; how often a term is in its case counts too.
std::vector<std::uint32_t> SimilarIndex::rarest_terms(const CaseWords& words) const {
  std::vector<std::pair<float, std::uint32_t>> weighed;
  weighed.reserve(words.terms.size());
  for (const auto& term : words.terms) weighed.emplace_back(-(1 + std::log(term.count)) * rarity(term.term), term.term);
  const auto most = std::min(weighed.size(), terms_kept);
  std::partial_sort(weighed.begin(), weighed.begin() + static_cast<std::ptrdiff_t>(most), weighed.end());
  std::vector<std::uint32_t> terms;
  for (std::size_t at = 0; at < most; ++at) terms.push_back(weighed[at].second);
  std::sort(terms.begin(), terms.end());
  return terms;
}

SimilarIndex::Held SimilarIndex::hold(const SimilarCase& added, const CaseWords& words) const {
  Held held;
  held.id = added.id;
  held.has_time = added.at.has_value();
  held.at_ms = added.at ? added.at->ms : 0;
  held.solved = added.solved;
  held.sketch = words.sketch;
  for (const auto term : rarest_terms(words)) held.term[held.terms++] = term;
  auto places = words.places;
  std::sort(places.begin(), places.end(),
            [](const auto& a, const auto& b) { return a.count != b.count ? a.count > b.count : a.key < b.key; });
  for (const auto& place : places) {
    if (held.places < places_kept) held.place[held.places++] = place.key ^ place_salt_of_index;
  }
  return held;
}

void SimilarIndex::add(const SimilarCase& added) {
  remove(added.id);
  auto held = hold(added, words_of_case(added.subject, added.body));
  const auto number = static_cast<std::uint32_t>(cases_.size());
  for (std::size_t at = 0; at < std::min<std::size_t>(held.sketch.count, copy_hashes_posted); ++at)
    post(held.sketch.hashes[at] ^ copy_salt, number);
  for (std::size_t at = 0; at < held.terms; ++at) post(held.term[at], number);
  for (std::size_t at = 0; at < held.places; ++at) post(held.place[at], number);
  numbers_.emplace(added.id, number);
  cases_.push_back(std::move(held));
}

bool SimilarIndex::remove(std::string_view id) {
  const auto found = numbers_.find(std::string(id));
  if (found == numbers_.end()) return false;
  cases_[found->second] = {};
  numbers_.erase(found);
  if (cases_.size() > 1'000 && numbers_.size() * 2 < cases_.size()) rebuild();
  return true;
}

// Without what was removed: order and answers stay.
void SimilarIndex::rebuild() {
  auto old = std::move(cases_);
  cases_.clear();
  chains_.clear();
  postings_.assign(1, {});
  for (auto& held : old) {
    if (held.id.empty()) continue;
    const auto number = static_cast<std::uint32_t>(cases_.size());
    for (std::size_t at = 0; at < std::min<std::size_t>(held.sketch.count, copy_hashes_posted); ++at)
      post(held.sketch.hashes[at] ^ copy_salt, number);
    for (std::size_t at = 0; at < held.terms; ++at) post(held.term[at], number);
    for (std::size_t at = 0; at < held.places; ++at) post(held.place[at], number);
    numbers_[held.id] = number;
    cases_.push_back(std::move(held));
  }
}

std::vector<SimilarIndex::Candidate> SimilarIndex::find_candidates(const Held& query) const {
  std::vector<Candidate> seen;
  const auto walk = [&](std::uint32_t key, float factor) {
    const auto chain = chains_.find(key);
    if (chain == chains_.end()) return;
    const float weight = factor * rarity(key);
    std::size_t walked = 0;
    for (auto at = chain->second.newest; at != 0 && walked < walked_max; at = postings_[at].older, ++walked)
      seen.push_back({postings_[at].number, weight});
  };
  for (std::size_t at = 0; at < std::min<std::size_t>(query.sketch.count, copy_hashes_posted); ++at)
    walk(query.sketch.hashes[at] ^ copy_salt, 1.5F);
  for (std::size_t at = 0; at < query.terms; ++at) walk(query.term[at], 1);
  for (std::size_t at = 0; at < query.places; ++at) walk(query.place[at], 1.5F);
  std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  std::vector<Candidate> candidates;
  for (const auto& hit : seen) {
    if (!candidates.empty() && candidates.back().number == hit.number) candidates.back().weight += hit.weight;
    else candidates.push_back(hit);
  }
  const auto most = std::min(candidates.size(), compared_max);
  std::partial_sort(
      candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(most), candidates.end(),
      [](const auto& a, const auto& b) { return a.weight != b.weight ? a.weight > b.weight : a.number > b.number; });
  candidates.resize(most);
  return candidates;
}

std::optional<SimilarFound> SimilarIndex::compare(const Held& query, const Held& other) const {
  if (other.id.empty() || other.id == query.id) return std::nullopt;
  SimilarFound found;
  found.id = other.id;
  if (query.has_time && other.has_time) found.days_apart = static_cast<int>(std::abs(query.at_ms - other.at_ms) / day_ms);
  const float alike = resemblance(query.sketch, other.sketch);
  const bool is_short = std::min(query.sketch.count, other.sketch.count) < short_text_hashes;
  if (alike >= (is_short ? short_copy_from : near_copy_from)) {
    found.kind = Similarity::near_copy;
    found.score = alike;
    return found;
  }
  const auto shared = [&](const auto& one, std::size_t count, const auto& two, std::size_t two_count) {
    float common = 0;
    float all = 0;
    for (std::size_t at = 0; at < count; ++at) {
      const float rare = rarity(one[at]);
      all += rare;
      if (std::find(two.begin(), two.begin() + static_cast<std::ptrdiff_t>(two_count), one[at]) !=
          two.begin() + static_cast<std::ptrdiff_t>(two_count))
        common += rare;
    }
    return all > 0 ? common / all : 0;
  };
  const float terms = shared(query.term, query.terms, other.term, other.terms);
  const float places = shared(query.place, query.places, other.place, other.places);
  found.score = std::min(0.99F, 0.6F * terms + 0.4F * places);
  const bool in_time = !found.days_apart || *found.days_apart <= matter_days_max;
  const bool placed = places > 0 || (query.places == 0 && terms >= 2 * same_matter_terms_from);
  if (terms >= same_matter_terms_from && placed && in_time) found.kind = Similarity::same_matter;
  else if (other.solved && terms >= solved_terms_from) found.kind = Similarity::solved_like;
  else return std::nullopt;
  return found;
}

void SimilarIndex::explain(const CaseWords& words, const std::vector<char32_t>& letters, const Held& other, SimilarFound& found) {
  for (const auto& place : words.places) {
    const auto end = other.place.begin() + other.places;
    if (std::find(other.place.begin(), end, place.key ^ place_salt_of_index) != end) found.places.push_back(utf8_of(place.words));
  }
  // Runs of the query whose terms the other has too.
  for (auto& phrase : shared_runs(letters, {other.term.data(), other.terms}, phrase_letters_min)) {
    if (found.phrases.size() < phrases_shown_max) found.phrases.push_back(utf8_of(phrase));
  }
}

std::vector<SimilarFound> SimilarIndex::find(const SimilarCase& query, std::size_t most) const {
  const auto words = words_of_case(query.subject, query.body);
  const auto held = hold(query, words);
  std::vector<std::pair<SimilarFound, std::uint32_t>> found;
  for (const auto& candidate : find_candidates(held)) {
    if (auto one = compare(held, cases_[candidate.number])) found.emplace_back(*std::move(one), candidate.number);
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    if (a.first.kind != b.first.kind) return a.first.kind < b.first.kind;
    return a.first.score != b.first.score ? a.first.score > b.first.score : a.second > b.second;
  });
  if (found.size() > most) found.resize(most);
  std::vector<SimilarFound> answers;
  if (found.empty()) return answers;
  const auto letters = folded_letters(query.subject + "\n" + query.body);
  for (auto& [one, number] : found) {
    explain(words, letters, cases_[number], one);
    answers.push_back(std::move(one));
  }
  return answers;
}

}  // namespace huiyin::analysis
