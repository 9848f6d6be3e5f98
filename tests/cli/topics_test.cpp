#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "cli/said.h"

namespace huiyin::cli {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class TickingClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {}; }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override { return std::chrono::milliseconds(ms += 1); }
  mutable std::int64_t ms = 0;
};

const std::string cases_in =
    R"({"id": 1, "subject": "丽景新城旁的搅拌站夜里施工", "body": "搅拌站建在丽景新城旁边，灰尘和噪音让我们无法睡觉，希望拆走搅拌站。", "at": "2026-03-02T08:00:00"}
{"id": 2, "subject": "丽景新城附近搅拌站灰尘大", "body": "丽景新城小区旁边的搅拌站从早到晚都有灰尘，孩子咳嗽，请环保部门管管搅拌站。", "at": "2026-03-01T08:00:00Z"}
{"id": "a", "subject": "学府路路灯坏了", "body": "学府路的路灯坏了半个月，晚上漆黑一片，请尽快修好。", "at": "2026-03-03T08:00:00+08:00", "solved": true}
)";

class TopicCommands : public testing::Test {
 protected:
  TopicCommands() {
    std::string name = (fs::temp_directory_path() / "huiyin-topics-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~TopicCommands() override { fs::remove_all(folder_); }
  [[nodiscard]] std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  static Said run_words(const std::vector<std::string>& words) {
    return run_command(words, TickingClock(), [](Host&) {});
  }
  fs::path folder_;
};

TEST_F(TopicCommands, TopicsAreWrittenALineEach) {
  const auto said = run_words({"topics", "--in", file("in", cases_in)});
  ASSERT_EQ(said.code, done) << said.err;
  const auto topic = boost::json::parse(said.out).as_object();
  EXPECT_EQ(topic.at("rank"), 1);
  EXPECT_EQ(topic.at("from"), "2026-03-01");
  EXPECT_EQ(topic.at("to"), "2026-03-02");
  EXPECT_EQ(topic.at("case_ids"), (boost::json::array{"2", "1"}));
  EXPECT_THAT(std::string(topic.at("place").as_string()), HasSubstr("丽景新城"));
  EXPECT_THAT(said.err, HasSubstr("1 lines stood before an earlier one"));
}

TEST_F(TopicCommands, DecisionsOfPeopleAreFollowed) {
  const auto in = file("in", cases_in);
  const auto decisions = file("decisions", "{\"merge\": [1, \"a\"]}\n{\"split\": [2]}\n{\"rename\": 1, \"name\": \"一件事\"}\n");
  const auto said = run_words({"topics", "--in", in, "--decisions", decisions});
  ASSERT_EQ(said.code, done) << said.err;
  const auto topic = boost::json::parse(said.out).as_object();
  EXPECT_EQ(topic.at("name"), "一件事");
  EXPECT_EQ(topic.at("case_ids"), (boost::json::array{"1", "a"}));
  const auto wrong = run_words({"topics", "--in", in, "--decisions", file("decisions", "{\"merge\": [1, 77]}\n")});
  EXPECT_EQ(wrong.code, failed);
  EXPECT_THAT(wrong.err, HasSubstr("merge, split or rename"));
}

TEST_F(TopicCommands, FaultyLinesAreNamed) {
  const auto said = run_words(
      {"topics", "--in",
       file(
           "in",
           "{\"id\": 1, \"subject\": \"路灯\", \"at\": \"yesterday\"}\n{\"subject\": \"路灯\", \"at\": \"2026-03-01T08:00:00\"}\n"
           "{\"id\": 3, \"at\": \"2026-03-01T08:00:00\"}\n")});
  EXPECT_EQ(said.code, failed);
  EXPECT_THAT(said.err, HasSubstr("line 1: at: got ‘yesterday’"));
  EXPECT_THAT(said.err, HasSubstr("line 2: id"));
  EXPECT_THAT(said.err, HasSubstr("line 3: body"));
  EXPECT_EQ(said.out, "");
}

TEST_F(TopicCommands, SimilarCasesComeWithTheirGrounds) {
  const auto in = file("in", cases_in);
  const auto said = run_words({"similar", "--in", in, "--text", "学府路的路灯坏了半个月了，晚上漆黑一片，请尽快修好。谢谢"});
  ASSERT_EQ(said.code, done) << said.err;
  const auto answered = boost::json::parse(said.out);
  const auto& first = answered.at("similar").at(0);
  EXPECT_EQ(first.at("id"), "a");
  EXPECT_EQ(first.at("kind"), "near_copy");
  const auto query =
      file("query", "{\"id\": 9, \"subject\": \"丽景新城搅拌站\", \"body\": \"丽景新城旁边的搅拌站灰尘大，噪音大\"}\n");
  const auto all = run_words({"similar", "--in", in, "--query", query});
  ASSERT_EQ(all.code, done) << all.err;
  EXPECT_EQ(boost::json::parse(all.out).at("id"), 9);
  EXPECT_EQ(boost::json::parse(all.out).at("similar").as_array().size(), 2U);
}

TEST_F(TopicCommands, SimilarWantsOneKindOfQuery) {
  EXPECT_EQ(run_words({"similar", "--in", file("in", cases_in)}).code, wrong_usage);
}

}  // namespace
}  // namespace huiyin::cli
