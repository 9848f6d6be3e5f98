// What topics are called, where they are and how hot: read from their cases when somebody asks.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <unordered_set>

#include "analysis/topics.h"
#include "base/text.h"

namespace huiyin::analysis {
namespace {

using std::chrono::days;

constexpr auto density_days = days(30);
constexpr double half_life_days = 90;
constexpr std::size_t burst_cases_min = 5;

double in_days(std::chrono::milliseconds length) { return std::chrono::duration<double, days::period>(length).count(); }

}  // namespace

// Heat: how many people (who raised it, near copies once; who liked it, by the logarithm of it, because a click is soon done),
// how dense in time, how recent.
void Topics::count(Topic& topic, const Cluster& cluster, Instant newest) const {
  std::unordered_set<std::uint64_t> people;
  std::size_t unknown = 0;
  std::vector<Instant> times;
  for (const auto number : cluster.cases) {
    const auto& held = cases_[number];
    topic.support += held.likes;
    if (held.copy) continue;
    ++topic.cases_counted;
    times.push_back(held.at);
    if (held.person != 0) people.insert(held.person);
    else ++unknown;
    if (newest - held.at <= density_days) ++topic.newest_cases;
  }
  topic.people = people.size() + unknown;
  std::sort(times.begin(), times.end());
  std::size_t densest = 0;
  for (std::size_t first = 0, last = 0; last < times.size(); ++last) {
    while (times[last] - times[first] > density_days) ++first;
    densest = std::max(densest, last - first + 1);
  }
  const double earlier = static_cast<double>(topic.cases_counted - topic.newest_cases);
  const double months = std::max(1.0, in_days(newest - topic.from) / 30 - 1);
  topic.burst = topic.newest_cases >= burst_cases_min && static_cast<double>(topic.newest_cases) > 2 * earlier / months;
  const double voices = static_cast<double>(topic.people) +
                        0.25 * static_cast<double>(topic.cases_counted - std::min(topic.people, topic.cases_counted));
  const double density = times.empty() ? 0 : static_cast<double>(densest) / static_cast<double>(times.size());
  const double recency = std::exp2(-in_days(newest - topic.to) / half_life_days);
  topic.heat = (voices + std::log2(1.0 + static_cast<double>(topic.support))) * (0.6 + 0.2 * density + 0.2 * recency);
}

// The longest name that most of the cases naming the place write.
std::string Topics::place_of(const Cluster& cluster) const {
  std::map<std::u32string, std::size_t> written;
  for (const auto number : cluster.cases) {
    std::unordered_set<std::u32string> own;
    for (const auto& words : cases_[number].place_words) {
      for (std::size_t from = 0; from + 3 <= words.size(); ++from) own.insert(words.substr(from));
    }
    for (const auto& name : own) ++written[name];
  }
  std::size_t most = 0;
  for (const auto& [name, count] : written) most = std::max(most, count);
  if (most < std::max<std::size_t>(2, cluster.cases.size() * 2 / 5) && cluster.cases.size() > 1) return {};
  std::u32string best;
  for (const auto& [name, count] : written) {
    if (count * 10 >= most * 7 && name.size() > best.size()) best = name;
  }
  std::map<std::u32string, std::size_t> areas;
  for (const auto number : cluster.cases) {
    for (const auto& area : cases_[number].areas) {
      if (!area.ends_with(U"市")) ++areas[area];
    }
  }
  const auto area =
      std::max_element(areas.begin(), areas.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  std::string place;
  if (area != areas.end() && area->second * 3 >= cluster.cases.size()) place = utf8_of(area->first);
  for (auto& letter : place) letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  return place + utf8_of(best);
}

// The subject of the case that is most like all of them.
std::string Topics::name_of(const Cluster& cluster, const Mask& mask) const {
  if (!cluster.name.empty()) return cluster.name;
  const Held* best = nullptr;
  float most = -1;
  for (const auto number : cluster.cases) {
    const auto found = likeness(cases_[number], cluster);
    if (found.whole <= most) continue;
    most = found.whole;
    best = &cases_[number];
  }
  if (best == nullptr) return {};
  return mask(first_characters(trimmed(best->subject), topic_name_characters_max));
}

Topic Topics::describe(TopicId id, const Cluster& cluster, Instant newest, const Mask& mask) const {
  Topic topic;
  topic.id = id;
  topic.cases = cluster.cases;
  topic.by_hand = cluster.by_hand;
  topic.from = topic.to = cases_[cluster.cases.front()].at;
  for (const auto number : cluster.cases) {
    topic.from = std::min(topic.from, cases_[number].at);
    topic.to = std::max(topic.to, cases_[number].at);
  }
  count(topic, cluster, newest);
  topic.name = name_of(cluster, mask);
  topic.place = mask(place_of(cluster));
  return topic;
}

std::vector<Topic> Topics::list(std::size_t cases_min, const Mask& mask) const {
  std::vector<Topic> topics;
  for (TopicId id = 0; id < clusters_.size(); ++id) {
    const auto& cluster = clusters_[id];
    if (cluster.joined != id || cluster.cases.size() < std::max<std::size_t>(cases_min, 1)) continue;
    auto topic = describe(id, cluster, newest_, mask);
    topics.push_back(std::move(topic));
  }
  std::sort(topics.begin(), topics.end(),
            [](const Topic& a, const Topic& b) { return a.heat != b.heat ? a.heat > b.heat : a.id < b.id; });
  return topics;
}

}  // namespace huiyin::analysis
