// How well topics are found among real messages, against matters that were labelled by hand (topic_labels.tsv: ids only).
// Floors, not goals: docs/measurements.md has the figures.
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "analysis/topic_words.h"
#include "analysis/topics.h"

namespace huiyin::analysis {
namespace {

struct Labelled {
  std::set<std::string> in, unsure;
};

struct Measured {
  double precision = 0, recall = 0;
  std::size_t rank = 0;  // from 1; 0: in no topic
  std::size_t parts = 0;
};

std::map<std::string, std::map<std::string, Labelled>> read_labels() {
  std::map<std::string, std::map<std::string, Labelled>> sets;
  std::ifstream file(HUIYIN_SOURCE_DIR "/tests/analysis/topic_labels.tsv");
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    std::string set;
    std::string matter;
    std::string id;
    std::string how;
    fields >> set >> matter >> id >> how;
    auto& labelled = sets[set][matter];
    (how == "in" ? labelled.in : labelled.unsure).insert(id);
  }
  return sets;
}

Topics find_all(const std::filesystem::path& path) {
  std::vector<TopicCase> cases;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    const auto value = boost::json::parse(line);
    const auto& row = value.as_object();
    const auto text = [&](const char* name) { return std::string(row.at(name).as_string()); };
    cases.push_back({.id = text("id"),
                     .subject = text("subject"),
                     .body = text("body"),
                     .at = instant_from_rfc3339(text("at") + "Z").value(),
                     .likes = row.at("likes").to_number<std::uint32_t>(),
                     .person = text("user")});
  }
  std::stable_sort(cases.begin(), cases.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  Topics topics;
  for (const auto& arrived : cases) topics.add(arrived);
  return topics;
}

// Against the topic that holds most of the matter.
Measured measure(const Topics& topics, const std::vector<Topic>& listed, const Labelled& labelled) {
  Measured measured;
  std::size_t most = 0;
  std::size_t found = 0;
  for (std::size_t at = 0; at < listed.size(); ++at) {
    std::size_t hits = 0;
    std::size_t all = 0;
    for (const auto number : listed[at].cases) {
      hits += labelled.in.contains(topics.id_of(number)) ? 1U : 0U;
      all += labelled.unsure.contains(topics.id_of(number)) ? 0U : 1U;
    }
    found += hits;
    measured.parts += hits > 0 ? 1U : 0U;
    if (hits <= most) continue;
    most = hits;
    measured.rank = at + 1;
    measured.precision = static_cast<double>(hits) / static_cast<double>(all);
    measured.recall = static_cast<double>(hits) / static_cast<double>(labelled.in.size());
  }
  measured.parts += labelled.in.size() - found;
  return measured;
}

TEST(TopicQuality, HoldsAgainstLabelsMadeByHand) {
  const std::filesystem::path path(HUIYIN_SHARED_DIR "/data/hot-topics.jsonl");
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the measuring data is not here";
  const auto topics = find_all(path);
  const auto listed = topics.list(2, fit_for_everybody);
  const std::map<std::string, std::pair<double, double>> floors{{"tune", {0.95, 0.91}}, {"second", {0.88, 0.86}}};
  for (const auto& [set, matters] : read_labels()) {
    double precision = 0;
    double recall = 0;
    for (const auto& [matter, labelled] : matters) {
      const auto measured = measure(topics, listed, labelled);
      std::cout << set << ' ' << matter << ": cases " << labelled.in.size() << ", precision " << measured.precision << ", recall "
                << measured.recall << ", rank " << measured.rank << ", parts " << measured.parts << '\n';
      precision += measured.precision / static_cast<double>(matters.size());
      recall += measured.recall / static_cast<double>(matters.size());
    }
    std::cout << set << ": precision " << precision << ", recall " << recall << '\n';
    EXPECT_GE(precision, floors.at(set).first) << set;
    EXPECT_GE(recall, floors.at(set).second) << set;
  }
  std::size_t biggest = 0;
  for (const auto& topic : listed) biggest = std::max(biggest, topic.cases.size());
  EXPECT_LE(biggest, 80U) << "one topic swallows others";
}

}  // namespace
}  // namespace huiyin::analysis
