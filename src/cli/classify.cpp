#include "cli/classify.h"

#include <fmt/format.h>

#include <iostream>

#include "analysis/classifier.h"
#include "base/canonical_json.h"
#include "base/catalogue.h"
#include "cli/say_error.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

constexpr TextLimits classified_limits{0, line_bytes_max};

Result<analysis::Model> read_model_file(const std::filesystem::path& file) {
  const auto unusable = [&](const std::string& reason) {
    return Error{Code::invalid, {key::model_unreadable, {{"file", file.string()}, {"reason", reason}}}};
  };
  std::ifstream in;
  if (const auto why = open_to_read(file, in)) return unusable(*why);
  std::error_code unknown;
  const auto size = std::filesystem::file_size(file, unknown);
  if (unknown) return unusable(unknown.message());
  if (size > analysis::model_bytes_max)
    return unusable(say({key::model_too_large, {{"max", fmt::format("{}", analysis::model_bytes_max)}}}, Language::en));
  std::string bytes(size, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  auto model = analysis::read_model(bytes);
  if (!model.ok()) return unusable(say(model.error().message, Language::en));
  return model;
}

void write_because(std::string& out, const std::vector<analysis::Ground>& grounds) {
  out += R"("because":[)";
  for (const auto& ground : grounds) {
    if (&ground != &grounds.front()) out += ',';
    out += R"({"words":)";
    write_canonical_string(out, ground.words);
    fmt::format_to(std::back_inserter(out), R"(,"weight":{:.3f}}})", ground.weight);
  }
  out += ']';
}

void write_guess(std::string& out, const analysis::Guess& guess, const analysis::Model& model) {
  out += R"("category":)";
  write_canonical_string(out, model.categories[guess.category].name);
  fmt::format_to(std::back_inserter(out), R"(,"probability":{:.4f})", guess.probability);
}

void write_prediction(std::string& out, const boost::json::value& id, std::span<const analysis::Guess> guesses,
                      const analysis::Model& model) {
  out = "{";
  if (!id.is_null()) out += R"("id":)" + json_text(id) + ",";
  write_guess(out, guesses.front(), model);
  out += R"(,"alternatives":[)";
  for (const auto& guess : guesses.subspan(1)) {
    if (&guess != &guesses[1]) out += ',';
    out += '{';
    write_guess(out, guess, model);
    out += '}';
  }
  out += "],";
  write_because(out, guesses.front().because);
  out += '}';
}

}  // namespace

int classify_lines(const ClassifyOptions& options, Host& host) {
  auto letters = analysis::Letters::make();
  if (!letters.ok()) return say_error(host, letters.error());
  auto model = read_model_file(options.model);
  if (!model.ok()) return say_error(host, model.error());
  const analysis::Classifier classifier(*std::move(letters), *std::move(model));
  analysis::Classifier::Desk desk(classifier);
  LinesIn in(options.lines, host);
  WholeFile out(options.lines.out, host);
  if (!in.open() || !out.open(options.lines.in)) return failed;
  std::string line;
  while (in.next() != nullptr) {
    auto fields = in.fields();
    const auto id = LinesIn::id_of(fields);
    const auto subject = fields.text("subject", classified_limits).value_or("");
    const auto body = fields.text("body", classified_limits).value_or("");
    if (!in.accepts(fields)) continue;
    if (subject.empty() && body.empty()) {
      fields.refuse("body", "", {key::train_expected_words});
      in.accepts(fields);
      continue;
    }
    write_prediction(line, id, desk.classify({subject, body}), classifier.model());
    out.write_line(line);
  }
  if (in.finish()) return out.keep() ? done : failed;
  out.drop();
  return failed;
}

}  // namespace huiyin::cli
