#include "cli/writing_commands.h"

#include "analysis/quality/remark.h"
#include "cli/lines_arguments.h"

namespace huiyin::cli {
namespace {

void add_lines(CLI::App& command, LinesOptions& lines, std::string_view in, std::string_view out) {
  add_lines_in(command, lines.in, lines.skip_faulty, std::string(in));
  command.add_option("--out", lines.out, std::string(out) + " as JSON lines; - for standard output")->required();
}

void add_mask(CLI::App& app, MaskOptions& options, std::function<int()>& act, Host& host) {
  auto& command =
      *app.add_subcommand("mask", "Take personal data out of texts: telephone and identity numbers, names, addresses.");
  command.footer(
      "Example:\n  huiyin mask --in texts.jsonl --out masked.jsonl --fields subject,body --language zh\n\n"
      "Each line comes out as it came, with the words of those fields masked, and a field more:\n"
      "  \"found\": [{\"kind\": \"phone\", \"count\": 2}]\n"
      "Kinds: phone, identity, passport, bank_card, email, account, plate, address, name. Read what leaves the house\n"
      "before it does: a name that nobody introduces is not found.");
  add_lines(command, options.lines, "texts", "the same texts, masked,");
  command.add_option("--fields", options.fields, "which fields, with commas between; every field of words but id unless said")
      ->delimiter(',');
  command.add_option("--language", options.language, "of the words put in place: [电话] or [phone]")
      ->check(CLI::IsMember({"zh", "en"}))
      ->capture_default_str();
  command.callback([&] { act = [&] { return mask_lines(options, host); }; });
}

void add_check(CLI::App& app, CheckAnswersOptions& options, std::function<int()>& act, Host& host) {
  auto& command =
      *app.add_subcommand("check-answers", "Note what a careful reader would say about answers, before they are sent.");
  command.footer(
      "Example:\n  huiyin check-answers --in pairs.jsonl --out remarks.jsonl\n\n"
      "A line in: {\"id\", \"subject\", \"body\", \"answer\"}; body and answer must be there. A line out:\n"
      "  {\"id\", \"remarks\": [{\"kind\", \"weight\", \"passage\": {\"begin\", \"end\", \"text\"}, \"why\", \"mend\"}]}\n"
      "begin and end count bytes of the answer. A remark is a suggestion: a person decides.");
  add_lines(command, options.lines, "questions with their answers", "remarks");
  command.add_option("--language", options.language, "of why and mend; that of each answer unless said")
      ->check(CLI::IsMember({"zh", "en"}));
  std::vector<std::string> kinds;
  for (std::size_t i = 0; i < quality::kind_count; ++i) kinds.emplace_back(quality::name_of(static_cast<quality::Kind>(i)));
  command.add_option("--without", options.without, "kinds of remarks not to look for, with commas between")
      ->delimiter(',')
      ->check(CLI::IsMember(kinds));
  command.callback([&] { act = [&] { return check_answer_lines(options, host); }; });
}

}  // namespace

void add_writing_commands(CLI::App& app, WritingOptions& options, std::function<int()>& act, Host& host) {
  add_mask(app, options.mask, act, host);
  add_check(app, options.check, act, host);
}

}  // namespace huiyin::cli
