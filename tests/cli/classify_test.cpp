// `huiyin train` and `huiyin classify`, as somebody types them.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "cli/cli.h"
#include "cli/said.h"
#include "storage/temporary_directory.h"

namespace huiyin::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class FixedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return *instant_from_rfc3339("2026-05-01T08:00:00Z"); }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override { return {}; }
};

class LanguageCommandTest : public testing::Test {
 protected:
  LanguageCommandTest() { write("cases.jsonl", settled_cases()); }

  static std::string settled_cases() {
    std::string lines;
    const auto add = [&](const char* category, std::string_view subject, std::string_view body) {
      lines += json::serialize(json::object{{"category", category}, {"subject", subject}, {"body", body}, {"unit", 3}}) + "\n";
    };
    for (const auto* place : {"东门街", "河西小区", "北站附近", "南湖边"}) {
      for (const auto* how : {"已经两个月", "天天如此", "请尽快"}) {
        add("道路", fmt::format("{}路灯坏了", place), how);
        add("教育", fmt::format("小学入学{}", how), fmt::format("{}孩子上学", place));
        add("噪声", fmt::format("{}太吵", how), fmt::format("半夜机器{}施工噪声", place));
      }
    }
    return lines;
  }

  Said run(std::vector<std::string> words, bool stop = false) {
    return run_command(words, clock_, [&](Host& host) {
      if (stop) host.stop_asked = [] { return true; };
    });
  }
  Said train(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"train", "--in", at("cases.jsonl"), "--model", at("model")};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  Said classify(std::string_view messages, std::vector<std::string> more = {}) {
    write("messages.jsonl", messages);
    std::vector<std::string> words{"classify", "--model", at("model"), "--in", at("messages.jsonl"), "--out", at("out.jsonl")};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  [[nodiscard]] std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
  void write(const std::string& name, std::string_view bytes) const { std::ofstream(at(name), std::ios::binary) << bytes; }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(at(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::vector<json::object> predictions() const {
    std::vector<json::object> found;
    std::istringstream lines(read("out.jsonl"));
    for (std::string line; std::getline(lines, line);) found.push_back(json::parse(line).as_object());
    return found;
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_.path())) found.push_back(entry.path().filename());
    std::ranges::sort(found);
    return found;
  }

  storage::TemporaryDirectory folder_;
  FixedClock clock_;
};

TEST_F(LanguageCommandTest, TrainsThenClassifiesInTheOrderOfTheLines) {
  const auto trained = train({"--report", at("report.json")});
  ASSERT_EQ(trained.code, done) << trained.err;
  EXPECT_THAT(trained.out, AllOf(HasSubstr("36 messages, 3 categories"), HasSubstr("held out, 5 folds (seed 1): macro-F1 "),
                                 HasSubstr("噪声: 12 messages, precision "), HasSubstr("model: " + at("model"))));
  EXPECT_THAT(trained.err, HasSubstr("training 6 of 6"));
  const auto report = json::parse(read("report.json")).as_object();
  EXPECT_EQ(report.at("examples"), 36);
  EXPECT_EQ(report.at("confusion").as_array().size(), 3U);

  const auto said = classify(
      "{\"id\":7,\"subject\":\"路灯坏了\",\"likes\":1}\n"
      "\n"
      "{\"body\":\"半夜机器太吵\",\"id\":\"b\"}\n"
      "{\"subject\":\"小学名额\",\"body\":\"孩子上学\"}\n");
  ASSERT_EQ(said.code, done) << said.err;
  const auto found = predictions();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].at("id"), 7);
  EXPECT_EQ(found[0].at("category"), "道路");
  EXPECT_EQ(found[1].at("id"), "b");
  EXPECT_EQ(found[1].at("category"), "噪声");
  EXPECT_FALSE(found[2].contains("id"));
  EXPECT_EQ(found[2].at("category"), "教育");
  EXPECT_EQ(found[0].at("alternatives").as_array().size(), 2U);
  double sum = found[0].at("probability").to_number<double>();
  for (const auto& one : found[0].at("alternatives").as_array()) {
    EXPECT_NE(one.at("category"), "道路");
    sum += one.at("probability").to_number<double>();
  }
  EXPECT_NEAR(sum, 1, 1e-3);
  const auto& because = found[0].at("because").as_array();
  ASSERT_FALSE(because.empty());
  EXPECT_EQ(because[0].at("words"), "路灯坏了");
}

TEST_F(LanguageCommandTest, MakesTheSameModelOfTheSameLinesAndSeed) {
  ASSERT_EQ(train().code, done);
  const auto first = read("model");
  ASSERT_EQ(train().code, done);
  EXPECT_EQ(read("model"), first);
  ASSERT_EQ(train({"--seed", "2"}).code, done);
  EXPECT_NE(read("model"), first);
}

TEST_F(LanguageCommandTest, RefusesAModelThatIsCutOffChangedOrForeign) {
  ASSERT_EQ(train().code, done);
  const auto good = read("model");
  auto changed = good;
  changed[good.size() / 2] = static_cast<char>(changed[good.size() / 2] ^ 4);
  struct Row {
    std::string bytes;
    const char* reason;
  };
  for (const auto& [bytes, reason] : std::vector<Row>{{good.substr(0, good.size() - 1), "cut off or damaged"},
                                                      {good.substr(0, 20), "cut off or damaged"},
                                                      {changed, "cut off or damaged"},
                                                      {"{\"category\":\"x\"}", "This is no model file of huiyin."},
                                                      {"", "This is no model file of huiyin."}}) {
    write("model", bytes);
    const auto said = classify("{\"body\":\"路灯\"}\n");
    EXPECT_EQ(said.code, failed);
    EXPECT_THAT(said.err, AllOf(HasSubstr("The model " + at("model") + " cannot be used: "), HasSubstr(reason)));
    EXPECT_FALSE(fs::exists(at("out.jsonl")));
  }
  fs::remove(at("model"));
  EXPECT_EQ(classify("{\"body\":\"路灯\"}\n").code, wrong_usage) << "there is none";
}

TEST_F(LanguageCommandTest, NamesTheLineOfEachFaultAndWritesNothing) {
  ASSERT_EQ(train().code, done);
  const auto model = read("model");
  write("out.jsonl", "older\n");
  auto said = classify(
      "{\"body\":\"路灯\"}\n"
      "{\"body\":\n"
      "{\"id\":1}\n"
      "{\"subject\":5}\n");
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.err, AllOf(HasSubstr("line 2: "), HasSubstr("line 3: body: got ‘’, expected words in the subject or the body"),
                              HasSubstr("line 4: subject: got ‘5’, expected text"), HasSubstr("3 of 4 lines cannot be used.")));
  EXPECT_EQ(read("out.jsonl"), "older\n");

  write("cases.jsonl", settled_cases() +
                           "{\"subject\":\"路灯\"}\n"
                           "{\"subject\":\"路灯\",\"category\":\"\"}\n"
                           "{\"category\":\"道路\"}\n"
                           "{\"category\":\"" +
                           std::string(401, 'x') + "\",\"body\":\"路灯\"}\n");
  said = train();
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.err, AllOf(HasSubstr("line 37: category: "), HasSubstr("line 38: category: "),
                              HasSubstr("line 39: body: got ‘’, expected words in the subject or the body"),
                              HasSubstr("line 40: category: ")));
  EXPECT_EQ(read("model"), model) << "the older one stays";
  EXPECT_THAT(names(), ElementsAre("cases.jsonl", "messages.jsonl", "model", "out.jsonl"));
  EXPECT_EQ(train({"--skip-faulty"}).code, done);
  EXPECT_EQ(read("model"), model) << "made of the same lines";
}

TEST_F(LanguageCommandTest, NeedsTwoCategoriesAndSaysWhereTheyAreThin) {
  write("cases.jsonl", "{\"category\":\"a\",\"body\":\"路灯\"}\n{\"category\":\"a\",\"body\":\"学校\"}\n");
  auto said = train();
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.err, HasSubstr("there must be two categories at least, but here are 1."));
  EXPECT_THAT(names(), ElementsAre("cases.jsonl"));
  write("cases.jsonl", "{\"category\":\"a\",\"body\":\"路灯\"}\n{\"category\":\"b\",\"body\":\"学校\"}\n");
  said = train();
  EXPECT_EQ(said.code, done) << said.err;
  EXPECT_THAT(said.out, AllOf(HasSubstr("There are too few messages to hold any out"), HasSubstr("a has only 1 messages")));
  write("cases.jsonl", "");
  EXPECT_EQ(train().code, failed);
}

TEST_F(LanguageCommandTest, KeepsNothingWhenStopped) {
  const auto said = run({"train", "--in", at("cases.jsonl"), "--model", at("model")}, true);
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(names(), ElementsAre("cases.jsonl"));
}

TEST_F(LanguageCommandTest, WritesNoModelOverItsCases) {
  const auto said = run({"train", "--in", at("cases.jsonl"), "--model", at("cases.jsonl")});
  EXPECT_EQ(said.code, failed);
  EXPECT_EQ(read("cases.jsonl"), settled_cases());
}

TEST_F(LanguageCommandTest, SpeaksThroughStandardOutput) {
  ASSERT_EQ(train().code, done);
  write("messages.jsonl", "{\"subject\":\"路灯坏了\"}\n");
  const auto said = run({"classify", "--model", at("model"), "--in", at("messages.jsonl"), "--out", "-"});
  EXPECT_EQ(said.code, done);
  EXPECT_EQ(json::parse(said.out).at("category"), "道路");
  EXPECT_THAT(said.err, IsEmpty());
}

}  // namespace
}  // namespace huiyin::cli
