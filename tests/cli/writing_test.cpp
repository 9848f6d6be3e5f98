// `huiyin mask` and `huiyin check-answers`, as somebody types them.
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "cli/said.h"

namespace huiyin::cli {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class IdleClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {}; }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override { return std::chrono::milliseconds(0); }
};

class Writing : public testing::Test {
 protected:
  Writing() {
    std::string name = (fs::temp_directory_path() / "huiyin-writing-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Writing() override { fs::remove_all(folder_); }

  Said run(const std::string& command, std::string_view lines, const std::vector<std::string>& more = {}) {
    std::ofstream(folder_ / "in.jsonl") << lines;
    std::vector<std::string> words{command, "--in", (folder_ / "in.jsonl").string(), "--out", (folder_ / "out.jsonl").string()};
    words.insert(words.end(), more.begin(), more.end());
    return run_command(words, clock_, [](Host&) {});
  }
  [[nodiscard]] std::string out() const {
    std::ifstream in(folder_ / "out.jsonl");
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] bool wrote() const { return fs::exists(folder_ / "out.jsonl"); }

 private:
  IdleClock clock_;
  fs::path folder_;
};

TEST_F(Writing, MaskTakesPersonalDataOutOfTheFieldsItIsTold) {
  const auto said = run("mask",
                        R"({"id":"13800000001","subject":"我叫张三","body":"电话13800000001","note":"13800000001","n":7})"
                        "\n",
                        {"--fields", "subject,body"});
  EXPECT_EQ(said.code, done) << said.err;
  EXPECT_EQ(out(), R"({"id":"13800000001","subject":"我叫[姓名]","body":"电话[电话]","note":"13800000001","n":7,)"
                   R"("found":[{"kind":"phone","count":1},{"kind":"name","count":1}]})"
                   "\n");
  EXPECT_THAT(said.err, HasSubstr("1 lines, 2 places masked: phone 1, name 1."));
}

TEST_F(Writing, MaskTakesEveryFieldOfWordsUnlessToldWhich) {
  EXPECT_EQ(run("mask", R"({"id":"13800000001","body":"call 07700 900123"})", {"--language", "en"}).code, done);
  EXPECT_EQ(out(), R"({"id":"13800000001","body":"call [phone]","found":[{"kind":"phone","count":1}]})"
                   "\n");
}

TEST_F(Writing, MaskNamesFaultyLinesAndWritesNothing) {
  const auto said = run("mask", "{\"body\":\"x\"}\n{\"body\":7}\n{\"other\":1}\n{bad\n", {"--fields", "body"});
  EXPECT_EQ(said.code, failed);
  EXPECT_FALSE(wrote());
  EXPECT_THAT(said.err, HasSubstr("line 2: body: got ‘7’, expected words"));
  EXPECT_THAT(said.err, HasSubstr("line 3"));
  EXPECT_THAT(said.err, HasSubstr("line 4"));
  EXPECT_EQ(run("mask", "{\"body\":\"x\"}\n{\"body\":7}\n", {"--fields", "body", "--skip-faulty"}).code, done);
  EXPECT_EQ(out(), "{\"body\":\"x\",\"found\":[]}\n");
}

TEST_F(Writing, CheckAnswersWritesRemarksWithThePassage) {
  const auto said =
      run("check-answers", R"({"id":1,"subject":"路灯","body":"路灯坏了","answer":"您好！已转区城管局处理。"})"
                           "\n"
                           R"({"id":"b","body":"路灯坏了","answer":"3月2日已更换灯泡，恢复照明。","at":"2026-03-01T08:00:00"})"
                           "\n");
  EXPECT_EQ(said.code, done) << said.err;
  EXPECT_THAT(
      out(),
      HasSubstr(
          R"({"id":1,"remarks":[{"kind":"passed_on","weight":0.9,"passage":{"begin":9,"end":36,"text":"已转区城管局处理。"},"why":)"));
  EXPECT_THAT(out(), HasSubstr(R"({"id":"b","remarks":[]})"));
  EXPECT_THAT(said.err, HasSubstr("2 answers checked, 1 with remarks: Only passed on 1."));
}

TEST_F(Writing, CheckAnswersLeavesOutWhatItIsTold) {
  EXPECT_EQ(run("check-answers", R"({"body":"路灯坏了","answer":"已转区城管局处理。"})", {"--without", "passed_on"}).code, done);
  EXPECT_EQ(out(), "{\"remarks\":[]}\n");
  EXPECT_EQ(run("check-answers", "{}", {"--without", "no_such_kind"}).code, wrong_usage);
}

TEST_F(Writing, CheckAnswersNamesMissingFields) {
  const auto said = run("check-answers", "{\"body\":\"x\"}\n");
  EXPECT_EQ(said.code, failed);
  EXPECT_FALSE(wrote());
  EXPECT_THAT(said.err, HasSubstr("line 1: answer"));
}

TEST_F(Writing, HelpShowsExamples) {
  for (const std::string command : {"mask", "check-answers"}) {
    const auto said = run_command({command, "--help"}, IdleClock(), [](Host&) {});
    EXPECT_EQ(said.code, done);
    EXPECT_THAT(said.out, HasSubstr("Example:\n  huiyin " + command + " --in"));
  }
}

}  // namespace
}  // namespace huiyin::cli
