// `huiyin similar`: reads cases into an index, and says for each query which of them are like it, and why.
#include "analysis/similar.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <iostream>
#include <unordered_set>

#include "analysis/topic_words.h"
#include "base/catalogue.h"
#include "base/text.h"
#include "cli/case_lines.h"
#include "cli/cli.h"
#include "cli/json_lines.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

std::string_view name_of(analysis::Similarity kind) {
  switch (kind) {
    case analysis::Similarity::near_copy: return "near_copy";
    case analysis::Similarity::same_matter: return "same_matter";
    case analysis::Similarity::solved_like: return "solved_like";
  }
  return {};
}

analysis::SimilarCase as_case(CaseLine line) {
  if (!line.place.empty()) line.body = line.place + "\n" + line.body;
  return {std::move(line.id), std::move(line.subject), std::move(line.body), line.at, line.solved};
}

class SimilarFinding {
 public:
  SimilarFinding(const SimilarOptions& options, Host& host) : options_(options), host_(host), out_(options.out, host) {}

  int run() {
    if (!read_cases() || !out_.open(options_.in)) return failed;
    if (!options_.text.empty()) {
      if (!is_text(options_.text) || trimmed(options_.text).empty()) {
        host_.err << "huiyin: --text: " << say(key::topics_expected_words, Language::en) << '\n';
        return wrong_usage;
      }
      answer({}, {"", "", options_.text, std::nullopt, false});
    } else if (!answer_all()) {
      out_.drop();
      return failed;
    }
    if (!out_.keep()) return failed;
    const Message summary{key::similar_summary,
                          {{"queries", fmt::format("{}", queries_)},
                           {"cases", fmt::format("{}", index_.size())},
                           {"answered", fmt::format("{}", answered_)}}};
    host_.err << "huiyin: " << say(summary, Language::en) << '\n';
    return done;
  }

 private:
  bool read_cases() {
    const LinesOptions lines_options{options_.in, options_.out, options_.skip_faulty};
    LinesIn lines(lines_options, host_);
    if (!lines.open()) return false;
    std::unordered_set<std::string> ids;
    while (lines.next() != nullptr) {
      auto fields = lines.fields();
      auto line = read_case_line(fields, {.id = true, .at = false});
      if (!line.id.empty() && ids.contains(line.id)) fields.refuse("id", shortened(line.id), {key::topics_expected_id});
      if (!lines.accepts(fields)) continue;
      ids.insert(line.id);
      index_.add(as_case(std::move(line)));
    }
    return lines.finish();
  }

  bool answer_all() {
    const LinesOptions lines_options{options_.query, options_.out, options_.skip_faulty};
    LinesIn lines(lines_options, host_);
    if (!lines.open()) return false;
    while (const auto* value = lines.next()) {
      auto fields = lines.fields();
      auto line = read_case_line(fields, {.id = false, .at = false});
      if (!lines.accepts(fields)) continue;
      const auto* id = value->as_object().if_contains("id");
      answer(id == nullptr ? boost::json::value() : *id, as_case(std::move(line)));
    }
    return lines.finish();
  }

  void answer(const boost::json::value& id, const analysis::SimilarCase& query) {
    constexpr double thousandths = 1000;
    const auto found = index_.find(query, options_.most);
    ++queries_;
    answered_ += found.empty() ? 0U : 1U;
    boost::json::array similar;
    for (const auto& one : found) {
      const auto fit = [](const std::vector<std::string>& words) {
        boost::json::array list;
        for (const auto& word : words) list.emplace_back(analysis::fit_for_everybody(word));
        return list;
      };
      boost::json::object like{{"id", one.id},
                               {"kind", name_of(one.kind)},
                               {"score", std::round(static_cast<double>(one.score) * thousandths) / thousandths},
                               {"phrases", fit(one.phrases)},
                               {"places", fit(one.places)}};
      if (one.days_apart) like["days_apart"] = *one.days_apart;
      similar.push_back(std::move(like));
    }
    out_.write_line(json_text(boost::json::object{{"id", id}, {"similar", std::move(similar)}}));
  }

  const SimilarOptions& options_;
  Host& host_;
  WholeFile out_;
  analysis::SimilarIndex index_;
  std::size_t queries_ = 0, answered_ = 0;
};

}  // namespace

int find_similar(const SimilarOptions& options, Host& host) { return SimilarFinding(options, host).run(); }

}  // namespace huiyin::cli
