#include <fmt/format.h>

#include <iostream>

#include "analysis/train.h"
#include "base/catalogue.h"
#include "cli/classify.h"
#include "cli/say_error.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

constexpr TextLimits message_limits{0, line_bytes_max};

class Train {
 public:
  Train(const ModelTrainOptions& options, Host& host) : options_(options), host_(host), in_(options.lines, host) {}

  int run() {
    auto letters = analysis::Letters::make();
    if (!letters.ok()) return say_error(host_, letters.error());
    WholeFile model(options_.lines.out, host_);
    WholeFile report(options_.report, host_);
    if (!in_.open() || !model.open(options_.lines.in)) return failed;
    if (!options_.report.empty() && !report.open(options_.lines.in)) return failed;
    analysis::Trainer trainer(*letters);
    if (!read(trainer)) return failed;
    auto& progress = in_.progress();
    const auto step = [&](std::uint32_t number, std::uint32_t steps) {
      progress.step({key::train_progress, {{"step", fmt::format("{}", number + 1)}, {"steps", fmt::format("{}", steps)}}});
      return !host_.stop_asked || !host_.stop_asked();
    };
    auto trained = trainer.train({.seed = options_.seed, .now = host_.clock.now()}, step);
    progress.end_line();
    if (!trained.ok()) return say_error(host_, trained.error());
    if (!trained->has_value()) {
      host_.err << "huiyin: " << say(key::lines_stopped, Language::en) << '\n';
      model.drop();
      return failed;
    }
    const auto& result = **trained;
    model.write(analysis::write_model(result.model));
    if (!options_.report.empty()) report.write_line(boost::json::serialize(as_json(result)));
    if (!model.keep() || (!options_.report.empty() && !report.keep())) return failed;
    tell(result);
    return done;
  }

 private:
  bool read(analysis::Trainer& trainer) {
    while (in_.next() != nullptr) {
      auto fields = in_.fields();
      LinesIn::id_of(fields);
      const auto category = fields.required_text("category", {1, analysis::category_bytes_max});
      const auto subject = fields.text("subject", message_limits).value_or("");
      const auto body = fields.text("body", message_limits).value_or("");
      if (category.size() > analysis::category_bytes_max)
        fields.refuse("category", shown(boost::json::string(category)),
                      {key::train_expected_category, {{"max", fmt::format("{}", analysis::category_bytes_max)}}});
      if (!in_.accepts(fields)) continue;
      if (subject.empty() && body.empty()) {
        fields.refuse("body", "", {key::train_expected_words});
        in_.accepts(fields);
        continue;
      }
      if (auto added = trainer.add({subject, body}, category); !added.ok()) {
        in_.progress().end_line();
        say_error(host_, added.error());
        return false;
      }
    }
    return in_.finish();
  }

  void line(const Message& message) {
    (options_.lines.out == standard_stream ? host_.err : host_.out) << say(message, Language::en) << '\n';
  }

  void tell(const analysis::Trained& trained) {
    const auto& model = trained.model;
    const auto& scores = model.scores;
    const auto rate = [](float value) { return fmt::format("{:.4f}", value); };
    const auto number = [](auto value) { return fmt::format("{}", value); };
    line({key::train_learnt,
          {{"examples", number(model.examples)},
           {"categories", number(model.categories.size())},
           {"near", number(trained.held_out.near_copies)}}});
    if (scores.folds == 0) line({key::train_no_scores});
    else
      line({key::train_scores,
            {{"folds", number(scores.folds)},
             {"seed", number(model.seed)},
             {"f1", rate(scores.macro_f1)},
             {"deviation", rate(scores.macro_f1_deviation)},
             {"accuracy", rate(scores.accuracy)},
             {"error", rate(scores.calibration_error)}}});
    for (const auto& category : model.categories) {
      line({key::train_category,
            {{"name", category.name},
             {"examples", number(category.examples)},
             {"precision", rate(category.precision)},
             {"recall", rate(category.recall)}}});
      if (category.examples < analysis::examples_of_category_min)
        line({key::train_category_thin,
              {{"name", category.name},
               {"examples", number(category.examples)},
               {"min", number(analysis::examples_of_category_min)}}});
    }
    constexpr std::size_t table_shown_max = 12;  // wider than a terminal beyond; --report has it whole
    if (scores.folds > 0 && model.categories.size() <= table_shown_max) {
      line({key::train_confusion});
      auto& out = options_.lines.out == standard_stream ? host_.err : host_.out;
      for (std::size_t truth = 0; truth < model.categories.size(); ++truth) {
        for (const auto count : trained.held_out.counts[truth]) out << fmt::format("{:>7}", count);
        out << "  " << model.categories[truth].name << '\n';
      }
    }
    line({key::train_kept, {{"file", options_.lines.out}, {"features", number(model.features.size())}}});
  }

  static boost::json::object as_json(const analysis::Trained& trained) {
    const auto& model = trained.model;
    const auto& scores = model.scores;
    boost::json::array categories;
    for (const auto& one : model.categories)
      categories.push_back(
          {{"category", one.name}, {"examples", one.examples}, {"precision", one.precision}, {"recall", one.recall}});
    boost::json::array table;
    for (const auto& row : trained.held_out.counts) table.push_back(boost::json::array(row.begin(), row.end()));
    return {{"examples", model.examples},
            {"near_copies", trained.held_out.near_copies},
            {"seed", model.seed},
            {"folds", scores.folds},
            {"macro_f1", scores.macro_f1},
            {"macro_f1_deviation", scores.macro_f1_deviation},
            {"macro_f1_by_fold", boost::json::array(trained.held_out.macro_f1.begin(), trained.held_out.macro_f1.end())},
            {"accuracy", scores.accuracy},
            {"expected_calibration_error", scores.calibration_error},
            {"categories", std::move(categories)},
            {"confusion", std::move(table)}};
  }

  const ModelTrainOptions& options_;
  Host& host_;
  LinesIn in_;
};

}  // namespace

int train_model(const ModelTrainOptions& options, Host& host) { return Train(options, host).run(); }

}  // namespace huiyin::cli
