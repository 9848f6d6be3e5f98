#include "cli/check_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "analysis/quality/check.h"
#include "base/canonical_json.h"
#include "texts/keys.h"

namespace huiyin::cli {
namespace {

namespace json = boost::json;
using quality::Kind;

constexpr TextLimits answered_limits{0, line_bytes_max};

quality::Options options_without(const std::vector<std::string>& without) {
  quality::Options options;
  for (std::size_t i = 0; i < quality::kind_count; ++i) {
    const auto name = quality::name_of(static_cast<Kind>(i));
    if (std::find(without.begin(), without.end(), name) != without.end()) options.rules.at(i).on = false;
  }
  return options;
}

class AnswerChecking {
 public:
  AnswerChecking(const CheckAnswersOptions& options, Host& host)
      : options_(options), host_(host), check_(options_without(options.without)) {}

  int run() {
    LinesIn in(options_.lines, host_);
    WholeFile out(options_.lines.out, host_);
    if (!in.open() || !out.open(options_.lines.in)) return failed;
    while (in.next() != nullptr) take(in);
    if (!in.finish()) {
      out.drop();
      return failed;
    }
    for (auto& row : rows_) write(row, out);
    if (!out.keep()) return failed;
    tell();
    return done;
  }

 private:
  // All that is kept of a line until it is known to how many others the same was said.
  struct Row {
    std::string id, remarks;  // JSON
    std::size_t number = 0;   // among the copies
    std::string core;         // the passage that would show it
    std::size_t core_begin = 0;
    Language language = Language::zh;
    bool remarked = false;
  };

  void take(LinesIn& in) {
    auto fields = in.fields();
    const auto id = LinesIn::id_of(fields);
    const auto subject = fields.text("subject", answered_limits).value_or("");
    const auto body = fields.required_text("body", answered_limits);
    const auto answer = fields.required_text("answer", answered_limits);
    if (!in.accepts(fields)) return;
    const auto checked = check_.check({subject, body, answer});
    Row row;
    if (!id.is_null()) row.id = json_text(id);
    row.language =
        options_.language.empty() ? quality::language_of(reading::letters_of(answer)) : *language_from_slug(options_.language);
    for (const auto& remark : checked.remarks)
      add(row, remark, std::string_view(answer).substr(remark.begin, remark.end - remark.begin));
    row.number = copies_.add(checked.core, checked.question);
    row.core = answer.substr(checked.core_begin, checked.core_end - checked.core_begin);
    row.core_begin = checked.core_begin;
    rows_.push_back(std::move(row));
  }

  void add(Row& row, const quality::Remark& remark, std::string_view passage) {
    auto& out = row.remarks;
    if (!out.empty()) out += ',';
    fmt::format_to(std::back_inserter(out), R"({{"kind":"{}","weight":{},"passage":{{"begin":{},"end":{},"text":)",
                   quality::name_of(remark.kind), remark.weight, remark.begin, remark.end);
    write_canonical_string(out, passage);
    out += R"(},"why":)";
    write_canonical_string(out, say(remark.why, row.language));
    out += R"(,"mend":)";
    write_canonical_string(out, say(remark.mend, row.language));
    out += '}';
    ++counts_.at(static_cast<std::size_t>(remark.kind));
    row.remarked = true;
  }

  void write(Row& row, WholeFile& out) {
    if (const auto copied = check_.copied(copies_.others(row.number), row.core_begin, row.core_begin + row.core.size()))
      add(row, *copied, row.core);
    remarked_ += row.remarked ? 1U : 0U;
    out.write_line(fmt::format(R"({{{}{}"remarks":[{}]}})", row.id.empty() ? "" : R"("id":)" + row.id, row.id.empty() ? "" : ",",
                               row.remarks));
  }

  void tell() {
    std::string kinds;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_.at(i) == 0) continue;
      kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", say(quality::title_of(static_cast<Kind>(i)), Language::en),
                           counts_.at(i));
    }
    const auto answers = fmt::format("{}", rows_.size());
    const Message message =
        remarked_ == 0
            ? Message{key::check_done_none, {{"answers", answers}}}
            : Message{key::check_done, {{"answers", answers}, {"remarked", fmt::format("{}", remarked_)}, {"kinds", kinds}}};
    host_.err << "huiyin: " << say(message, Language::en) << '\n';
  }

  const CheckAnswersOptions& options_;
  Host& host_;
  quality::AnswerCheck check_;
  quality::Copies copies_;
  std::vector<Row> rows_;
  std::array<std::size_t, quality::kind_count> counts_{};
  std::size_t remarked_ = 0;
};

}  // namespace

int check_answer_lines(const CheckAnswersOptions& options, Host& host) { return AnswerChecking(options, host).run(); }

}  // namespace huiyin::cli
