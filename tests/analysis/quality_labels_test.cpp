// Agreement with a careful reader on 100 real answers, labelled before the check was tuned (answer_labels.tsv). The answers
// themselves are no part of the project: skipped where they are not at hand.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "analysis/quality/check.h"

namespace huiyin::quality {
namespace {

struct Label {
  std::set<std::string> remarks;
  bool good = false;
};

std::map<std::string, Label> read_labels() {
  std::ifstream in(HUIYIN_SOURCE_DIR "/tests/analysis/answer_labels.tsv");
  std::map<std::string, Label> labels;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with('#') || line.starts_with("id\t")) continue;
    const auto tab = line.find('\t');
    const auto last = line.rfind('\t');
    auto& label = labels[line.substr(0, tab)];
    label.good = line.substr(last + 1) == "1";
    std::istringstream names(line.substr(tab + 1, last - tab - 1));
    for (std::string name; std::getline(names, name, ',');) {
      if (name != "-") label.remarks.insert(name);
    }
  }
  return labels;
}

// What the check says of each answer of the file, copies over the whole file.
std::map<std::string, std::set<std::string>> remarks_on(const std::filesystem::path& file) {
  const AnswerCheck check;
  Copies copies;
  std::map<std::string, std::set<std::string>> said;
  std::vector<std::string> ids;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto row = boost::json::parse(line).get_object();
    const auto text = [&](std::string_view name) { return std::string(row.at(name).get_string()); };
    const auto subject = text("subject");
    const auto body = text("body");
    const auto answer = text("answer");
    const auto checked = check.check({subject, body, answer});
    ids.push_back(text("id"));
    for (const auto& remark : checked.remarks) said[ids.back()].insert(std::string(name_of(remark.kind)));
    copies.add(checked.core, checked.question);
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (check.copied(copies.others(i), 0, 0)) said[ids[i]].insert("boilerplate");
  }
  return said;
}

struct Agreement {
  double both = 0, only_check = 0, only_reader = 0, neither = 0;
  [[nodiscard]] double precision() const { return both / std::max(1.0, both + only_check); }
  [[nodiscard]] double recall() const { return both / std::max(1.0, both + only_reader); }
  [[nodiscard]] double kappa() const {  // Cohen 1960
    const auto all = both + only_check + only_reader + neither;
    const auto seen = (both + neither) / all;
    const auto chance =
        ((both + only_check) * (both + only_reader) + (only_reader + neither) * (only_check + neither)) / (all * all);
    return chance < 1 ? (seen - chance) / (1 - chance) : 1;
  }
};

TEST(AnswerCheckOnRealAnswers, AgreesWithACarefulReader) {
  const std::filesystem::path file = HUIYIN_SHARED_DIR "/data/answers.jsonl";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no real answers at hand";
  const auto labels = read_labels();
  ASSERT_EQ(labels.size(), 100U);
  auto said = remarks_on(file);
  std::map<std::string, Agreement> agreement;
  double good = 0;
  double good_remarked = 0;
  const auto count = [&](const std::string& kind, bool check, bool reader) {
    auto& a = agreement[kind];
    (check ? reader ? a.both : a.only_check : reader ? a.only_reader : a.neither) += 1;
  };
  for (const auto& [id, label] : labels) {
    for (std::size_t i = 0; i < kind_count; ++i) {
      const std::string name(name_of(static_cast<Kind>(i)));
      count(name, said[id].contains(name), label.remarks.contains(name));
    }
    count("any", !said[id].empty(), !label.remarks.empty());
    good += label.good ? 1 : 0;
    good_remarked += label.good && !said[id].empty() ? 1 : 0;
  }
  for (const auto& [kind, a] : agreement)
    fmt::print("{:22} both {:2} only check {:2} only reader {:2}  precision {:.2f} recall {:.2f} kappa {:.2f}\n", kind, a.both,
               a.only_check, a.only_reader, a.precision(), a.recall(), a.kappa());
  fmt::print("remarks on {} of {} concrete, dated, grounded answers\n", good_remarked, good);
  // Floors: a change that lowers them wants a reason.
  EXPECT_GE(agreement["any"].precision(), 0.85);
  EXPECT_GE(agreement["any"].recall(), 0.60);
  EXPECT_GE(agreement["any"].kappa(), 0.60);
  EXPECT_GE(agreement["passed_on"].kappa(), 0.90);
  EXPECT_GE(agreement["boilerplate"].kappa(), 0.80);
  EXPECT_GE(agreement["nothing_done"].kappa(), 0.60);
  EXPECT_GE(agreement["promise_without_date"].precision(), 0.65);
  EXPECT_LE(good_remarked / good, 0.05);
}

}  // namespace
}  // namespace huiyin::quality
