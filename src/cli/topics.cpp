// `huiyin topics`: reads cases, puts them in the order of time, lets them arrive one by one, applies what people decided, and
// writes the topics, hottest first.
#include "analysis/topics.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <iostream>
#include <unordered_map>

#include "analysis/topic_words.h"
#include "base/catalogue.h"
#include "base/text.h"
#include "cli/case_lines.h"
#include "cli/cli.h"
#include "cli/json_lines.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t decided_cases_max = 100'000;

class TopicFinding {
 public:
  TopicFinding(const TopicsOptions& options, Host& host) : options_(options), host_(host) {}

  int run() {
    WholeFile out(options_.out, host_);
    if (!read_cases() || !out.open(options_.in)) return failed;
    for (const auto& arrived : arrived_) numbers_.at(arrived.id) = topics_.add(arrived);
    if (!options_.decisions.empty() && !apply_decisions()) {
      out.drop();
      return failed;
    }
    const auto topics = topics_.list(options_.cases_min, analysis::fit_for_everybody);
    std::size_t rank = 0;
    for (const auto& topic : topics) out.write_line(json_text(as_json(topic, ++rank)));
    if (!out.keep()) return failed;
    tell({key::topics_summary,
          {{"cases", fmt::format("{}", topics_.cases())},
           {"copies", fmt::format("{}", topics_.copies())},
           {"topics", fmt::format("{}", topics.size())}}});
    return done;
  }

 private:
  void tell(const Message& message) { host_.err << "huiyin: " << say(message, Language::en) << '\n'; }

  bool read_cases() {
    const LinesOptions lines_options{options_.in, options_.out, options_.skip_faulty};
    LinesIn lines(lines_options, host_);
    if (!lines.open()) return false;
    std::size_t early = 0;
    while (lines.next() != nullptr) {
      auto fields = lines.fields();
      auto line = read_case_line(fields, {});
      if (!line.id.empty() && numbers_.contains(line.id)) fields.refuse("id", shortened(line.id), {key::topics_expected_id});
      if (!lines.accepts(fields)) continue;
      numbers_.emplace(line.id, 0);
      if (!arrived_.empty() && *line.at < arrived_.back().at) ++early;
      arrived_.push_back({std::move(line.id), std::move(line.subject), std::move(line.body), std::move(line.place), *line.at,
                          line.likes, line.dislikes, std::move(line.person)});
    }
    if (!lines.finish()) return false;
    if (early > 0) tell({key::topics_out_of_order, {{"count", fmt::format("{}", early)}}});
    std::stable_sort(arrived_.begin(), arrived_.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return true;
  }

  bool apply_decisions() {
    const LinesOptions lines_options{options_.decisions, options_.out, options_.skip_faulty};
    LinesIn lines(lines_options, host_);
    if (!lines.open()) return false;
    while (const auto* line = lines.next()) {
      auto fields = lines.fields();
      if (!decide(line->as_object(), fields)) fields.refuse("", json_text(*line).substr(0, 80), {key::topics_expected_kind});
      lines.accepts(fields);
    }
    return lines.finish();
  }

  bool decide(const json::object& line, FieldReader& fields) {
    if (line.contains("merge")) {
      const auto cases = find_cases(line.at("merge"));
      if (cases.size() < 2) return false;
      for (const auto number : cases) topics_.merge(*topics_.topic_of(cases.front()), *topics_.topic_of(number));
      return true;
    }
    if (line.contains("split")) return topics_.split(find_cases(line.at("split"))).has_value();
    const auto* renamed = line.if_contains("rename");
    const auto found = renamed == nullptr ? numbers_.end() : numbers_.find(id_text(*renamed));
    const auto name = fields.required_text("name", {1, analysis::topic_name_characters_max});
    return found != numbers_.end() && !name.empty() && topics_.rename(*topics_.topic_of(found->second), name);
  }

  // Empty when one of them is not there.
  std::vector<analysis::CaseNumber> find_cases(const json::value& ids) {
    std::vector<analysis::CaseNumber> cases;
    const auto* list = ids.if_array();
    if (list == nullptr || list->size() > decided_cases_max) return {};
    for (const auto& id : *list) {
      const auto found = numbers_.find(id_text(id));
      if (found == numbers_.end()) return {};
      cases.push_back(found->second);
    }
    return cases;
  }

  json::value as_json(const analysis::Topic& topic, std::size_t rank) const {
    constexpr double hundredths = 100;
    json::array ids;
    for (const auto number : topic.cases) ids.emplace_back(topics_.id_of(number));
    return json::object{{"rank", rank},
                        {"name", topic.name},
                        {"place", topic.place},
                        {"from", to_rfc3339(topic.from).substr(0, 10)},
                        {"to", to_rfc3339(topic.to).substr(0, 10)},
                        {"heat", std::round(topic.heat * hundredths) / hundredths},
                        {"cases", topic.cases_counted},
                        {"people", topic.people},
                        {"support", topic.support},
                        {"newest_cases", topic.newest_cases},
                        {"burst", topic.burst},
                        {"by_hand", topic.by_hand},
                        {"case_ids", std::move(ids)}};
  }

  const TopicsOptions& options_;
  Host& host_;
  analysis::Topics topics_;
  std::vector<analysis::TopicCase> arrived_;
  std::unordered_map<std::string, analysis::CaseNumber> numbers_;
};

}  // namespace

int find_topics(const TopicsOptions& options, Host& host) { return TopicFinding(options, host).run(); }

}  // namespace huiyin::cli
