#include "cli/json_lines.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace huiyin::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;
namespace json = boost::json;

class StandingClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {}; }
  [[nodiscard]] std::chrono::milliseconds monotonic() const override { return std::chrono::milliseconds(ms += 1000); }
  mutable std::int64_t ms = 0;
};

class JsonLines : public testing::Test {
 protected:
  JsonLines() {
    std::string name = (fs::temp_directory_path() / "huiyin-lines-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    options_ = {file("in.jsonl"), file("out.jsonl")};
  }
  ~JsonLines() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string file(const std::string& name) const { return (folder_ / name).string(); }
  static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_)) found.push_back(entry.path().filename());
    std::ranges::sort(found);
    return found;
  }

  // A command that writes back the word of each line.
  int run(std::string_view lines) {
    if (options_.in != standard_stream) std::ofstream(options_.in, std::ios::binary) << lines;
    else in_.str(std::string(lines));
    LinesIn in(options_, host_);
    WholeFile out(options_.out, host_);
    if (!in.open() || !out.open(options_.in)) return failed;
    while (in.next() != nullptr) {
      auto fields = in.fields();
      const auto id = LinesIn::id_of(fields);
      const auto word = fields.required_text("word", {1, 20});
      if (in.accepts(fields)) out.write_line(json::serialize(json::array{id, word}));
    }
    if (in.finish()) return out.keep() ? done : failed;
    out.drop();
    return failed;
  }

  fs::path folder_;
  LinesOptions options_;
  StandingClock clock_;
  std::istringstream in_;
  std::ostringstream out_, err_;
  Host host_{.clock = clock_, .in = in_, .out = out_, .err = err_, .version = "0"};
};

TEST_F(JsonLines, AreReadInOrderAndUnknownFieldsPassedOver) {
  EXPECT_EQ(run("\xEF\xBB\xBF{\"id\":7,\"word\":\"路灯\",\"likes\":3}\r\n\n{\"id\":\"b\",\"word\":\"噪声\"}"), done);
  EXPECT_EQ(read(options_.out), "[7,\"路灯\"]\n[\"b\",\"噪声\"]\n");
  EXPECT_THAT(err_.str(), IsEmpty());
  EXPECT_THAT(names(), ElementsAre("in.jsonl", "out.jsonl"));
}

TEST_F(JsonLines, AFileIsForItsOwnerAloneUnlessAnOlderOneWasForOthersToo) {
  EXPECT_EQ(run("{\"word\":\"a\"}"), done);
  EXPECT_EQ(fs::status(options_.out).permissions(), fs::perms(0600));
  fs::permissions(options_.out, fs::perms(0644));
  EXPECT_EQ(run("{\"word\":\"b\"}"), done);
  EXPECT_EQ(fs::status(options_.out).permissions(), fs::perms(0644));
  EXPECT_EQ(read(options_.out), "[null,\"b\"]\n");
}

TEST_F(JsonLines, NameEachFaultyLineAndLeaveWhatStoodThere) {
  std::ofstream(options_.out) << "older\n";
  EXPECT_EQ(run("{\"word\":\"a\"}\n"
                "{\"word\":\n"
                "[1]\n"
                "{\"id\":{},\"word\":5}\n"
                "{\"wort\":\"a\"}\n"
                "{\"word\":\" \"}\n"
                "{\"word\":\"\xFF\"}\n"),
            failed);
  EXPECT_EQ(read(options_.out), "older\n");
  EXPECT_THAT(names(), ElementsAre("in.jsonl", "out.jsonl"));
  const auto said = err_.str();
  EXPECT_THAT(said, HasSubstr("line 2: got ‘’, expected one JSON object ("));
  EXPECT_THAT(said, HasSubstr("line 3: got ‘an array’, expected a JSON object\n"));
  EXPECT_THAT(said, HasSubstr("line 4: id: got ‘an object’, expected a text of at most 200 characters, or a whole number\n"));
  EXPECT_THAT(said, HasSubstr("line 4: word: got ‘5’, expected text\n"));
  EXPECT_THAT(said, HasSubstr("line 5: word: got ‘’, expected"));
  EXPECT_THAT(said, HasSubstr("line 6: word: got ‘0’, expected"));
  EXPECT_THAT(said, HasSubstr("line 7: got ‘’, expected UTF-8 text\n"));
  EXPECT_THAT(said, HasSubstr("6 of 7 lines cannot be used."));
  EXPECT_THAT(said, HasSubstr("Nothing was written to " + options_.out));
}

TEST_F(JsonLines, MayBeLeftOutWhereFaulty) {
  options_.skip_faulty = true;
  EXPECT_EQ(run("{\"word\":\"a\"}\nnull\n{\"word\":\"c\"}\n"), done);
  EXPECT_EQ(read(options_.out), "[null,\"a\"]\n[null,\"c\"]\n");
  EXPECT_THAT(err_.str(), HasSubstr("1 of 3 lines were left out."));
  EXPECT_EQ(run("null\n"), failed) << "nothing is left";
}

TEST_F(JsonLines, ShowTwentyFaultsAndCountTheOthers) {
  std::string many;
  for (int i = 0; i < 25; ++i) many += "x\n";
  EXPECT_EQ(run(many), failed);
  const auto said = err_.str();
  EXPECT_THAT(said, HasSubstr("line 20:"));
  EXPECT_THAT(said, Not(HasSubstr("line 21:")));
  EXPECT_THAT(said, HasSubstr("... and 5 more faulty lines\n"));
}

TEST_F(JsonLines, RefuseALineBeyondAllBounds) {
  EXPECT_EQ(run("{\"word\":\"" + std::string(line_bytes_max, 'a') + "\"}\n{\"word\":\"a\"}\n"), failed);
  EXPECT_THAT(err_.str(), HasSubstr("line 1: got ‘1048576+’, expected a line of at most 1048576 bytes"));
}

TEST_F(JsonLines, SayThatAFileIsEmptyOrNotThere) {
  EXPECT_EQ(run("\n \n"), failed);
  EXPECT_THAT(err_.str(), HasSubstr("in.jsonl holds no rows."));
  options_.in = file("none/in.jsonl");
  EXPECT_EQ(run(""), failed);
  EXPECT_THAT(err_.str(), HasSubstr("cannot be read: No such file or directory."));
  options_.in = folder_.string();
  EXPECT_EQ(run(""), failed);
  EXPECT_THAT(err_.str(), HasSubstr("cannot be read: Is a directory."));
}

TEST_F(JsonLines, GoThroughPipes) {
  options_ = {"-", "-"};
  EXPECT_EQ(run("{\"word\":\"a\"}\n"), done);
  EXPECT_EQ(out_.str(), "[null,\"a\"]\n");
}

TEST_F(JsonLines, NeverWriteOverWhatIsRead) {
  options_.out = options_.in;
  EXPECT_EQ(run("{\"word\":\"a\"}\n"), failed);
  EXPECT_EQ(read(options_.in), "{\"word\":\"a\"}\n");
  EXPECT_THAT(err_.str(), HasSubstr("cannot be written over"));
  fs::create_symlink(options_.in, file("link"));
  options_.out = file("link");
  EXPECT_EQ(run("{\"word\":\"a\"}\n"), failed);
}

TEST_F(JsonLines, SayWhyTheyCannotBeWritten) {
  options_.out = file("none/out.jsonl");
  EXPECT_EQ(run("{\"word\":\"a\"}\n"), failed);
  EXPECT_THAT(err_.str(), HasSubstr("cannot be written: No such file or directory."));
  options_.out = "/dev/full";
  EXPECT_EQ(run("{\"word\":\"a\"}\n"), failed);
  EXPECT_THAT(err_.str(), HasSubstr("/dev/full cannot be written: No space left on device."));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(JsonLines, FollowALinkToTheFileItself) {
  std::ofstream(file("real")) << "older\n";
  fs::create_symlink(file("real"), options_.out);
  EXPECT_EQ(run("{\"word\":\"a\"}\n"), done);
  EXPECT_TRUE(fs::is_symlink(options_.out));
  EXPECT_EQ(read(file("real")), "[null,\"a\"]\n");
}

TEST_F(JsonLines, KeepNothingWhenStopped) {
  int asked = 0;
  host_.stop_asked = [&] { return ++asked > 1; };
  EXPECT_EQ(run("{\"word\":\"a\"}\n{\"word\":\"b\"}\n"), failed);
  EXPECT_THAT(err_.str(), HasSubstr("Stopped."));
  EXPECT_THAT(names(), ElementsAre("in.jsonl"));
}

TEST_F(JsonLines, SayHowFarTheyAre) {
  std::string many;
  for (int i = 0; i < 640; ++i) many += "{\"word\":\"a\"}\n";
  EXPECT_EQ(run(many), done);
  EXPECT_THAT(err_.str(), HasSubstr(" rows ("));
  EXPECT_THAT(err_.str(), HasSubstr(" s left\n"));
  options_.in = "-";
  EXPECT_EQ(run(many), done);
  EXPECT_THAT(err_.str(), HasSubstr(" a second\n"));
}

}  // namespace
}  // namespace huiyin::cli
