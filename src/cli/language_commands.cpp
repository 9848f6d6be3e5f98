#include "cli/language_commands.h"

#include "cli/lines_arguments.h"

namespace huiyin::cli {

void add_language_commands(CLI::App& app, LanguageWords& words, std::function<int()>& act, Host& host) {
  auto& train = *app.add_subcommand("train", "Learn from settled cases which category a message belongs to.");
  train.footer(
      "Example:\n  huiyin train --in cases.jsonl --model categories.model\n\n"
      "A line is one JSON object: {\"category\": ..., \"subject\": ..., \"body\": ...}; other fields are passed over. It says\n"
      "how good the model is on messages that it has not seen, and then learns from all of them.");
  add_lines_in(train, words.train.lines.in, words.train.lines.skip_faulty, "the cases");
  train.add_option("--model", words.train.lines.out, "where to put the model")->required();
  train.add_option("--report", words.train.report, "where to put the held-out figures as JSON");
  train.add_option("--seed", words.train.seed, "by which messages are drawn into the held-out folds")->capture_default_str();
  train.callback([&] { act = [&] { return train_model(words.train, host); }; });

  auto& classify = *app.add_subcommand("classify", "Say which category each message probably belongs to, and why.");
  classify.footer(
      "Example:\n  huiyin classify --model categories.model --in messages.jsonl --out predictions.jsonl\n\n"
      "Writes a line for each line, in order: category, probability, alternatives, and the words that spoke for them.");
  classify.add_option("--model", words.classify.model, "a model that train made")->required()->check(CLI::ExistingFile);
  add_lines_in(classify, words.classify.lines.in, words.classify.lines.skip_faulty, "the messages");
  classify.add_option("--out", words.classify.lines.out, "where to write; - for standard output")->required();
  classify.callback([&] { act = [&] { return classify_lines(words.classify, host); }; });
}

}  // namespace huiyin::cli
