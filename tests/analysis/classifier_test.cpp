#include "analysis/classifier.h"

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "analysis/sample_messages.h"
#include "base/catalogue.h"
#include "texts/keys.h"

namespace huiyin::analysis {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace fs = std::filesystem;

const Classifier& sample_classifier() {
  static const Classifier classifier(sample_letters(), sample_model());
  return classifier;
}

struct GuessedWords {
  std::string category;
  float probability;
  std::vector<std::string> because;
};

std::vector<GuessedWords> guess(std::string_view subject, std::string_view body) {
  Classifier::Desk desk(sample_classifier());
  std::vector<GuessedWords> found;
  for (const auto& one : desk.classify({subject, body})) {
    found.push_back({sample_classifier().model().categories[one.category].name, one.probability, {}});
    for (const auto& ground : one.because) found.back().because.emplace_back(ground.words);
  }
  return found;
}

TEST(Classifier, NamesTheCategoryOfMessagesItHasNotSeen) {
  struct Row {
    const char *subject, *body, *category;
  };
  for (const auto& [subject, body, category] : std::vector<Row>{
           {"路灯不亮", "我们村口的路灯坏了，请修一下", "道路"},
           {"路燈不亮", "", "道路"},
           {"", "半夜音乐声音太大，睡不好觉", "噪声"},
           {"小学报名", "家长想知道学校的学区怎么划分", "教育"},
           {"SCHOOL", "my child needs a place in the primary school", "教育"},
           {"a broken street lamp", "holes in the pavement", "道路"},
       }) {
    const auto found = guess(subject, body);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].category, category) << subject << body;
    EXPECT_GE(found[0].probability, found[1].probability);
    EXPECT_GE(found[1].probability, found[2].probability);
    EXPECT_NEAR(found[0].probability + found[1].probability + found[2].probability, 1, 1e-5);
  }
}

TEST(Classifier, GivesGroundsThatStandInTheMessage) {
  const std::string subject = "路灯坏了 13800001234";
  const std::string body = "电话13800001234。天黑以后看不见路面，请修补 the broken street lamp。";
  for (const auto& one : guess(subject, body)) {
    EXPECT_LE(one.because.size(), grounds_max);
    for (const auto& words : one.because) {
      EXPECT_TRUE(subject.find(words) != std::string::npos || body.find(words) != std::string::npos) << words;
      EXPECT_EQ(words.find_first_of("0123456789"), std::string::npos) << words;
      EXPECT_THAT(words, AllOf(Not(HasSubstr("。")), Not(HasSubstr("，"))));
      EXPECT_GE(words.size(), 4U) << words << ": one character is no word";
    }
  }
  EXPECT_THAT(guess(subject, body)[0].because, Not(IsEmpty()));
  EXPECT_THAT(guess(subject, body)[0].because[0], HasSubstr("路灯"));
}

TEST(Classifier, SaysWhatIsMostUsualOfAMessageWithoutKnownWords) {
  for (const auto* body : {"", "！？", "xyzzy", "\xF0\x9F\x98\x80"}) {
    const auto found = guess("", body);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_LT(found[0].probability, 0.6) << body;
    EXPECT_THAT(found[0].because, IsEmpty());
  }
}

TEST(Classifier, SaysTheSameWhateverItReadBefore) {
  Classifier::Desk used(sample_classifier());
  const auto messages = sample_messages();
  for (int round = 0; round < 2; ++round) {
    for (const auto& [category, subject, body] : messages) {
      Classifier::Desk fresh(sample_classifier());
      const auto one = used.classify({subject, body});
      const auto other = fresh.classify({subject, body});
      ASSERT_EQ(one.front().category, other.front().category);
      ASSERT_EQ(one.front().probability, other.front().probability);
      ASSERT_EQ(one.front().because.size(), other.front().because.size());
    }
  }
}

TEST(Trainer, GivesTheSameBytesForTheSameMessagesAndSeed) {
  const auto messages = sample_messages();
  const auto bytes = [&](std::uint64_t seed) { return write_model((**train_on(messages, {.seed = seed})).model); };
  EXPECT_EQ(bytes(1), bytes(1));
  EXPECT_NE(bytes(1), bytes(2)) << "the seed stands in it";
}

TEST(Trainer, HoldsMessagesOutAndCountsNearCopies) {
  auto messages = sample_messages();
  messages.push_back(messages.front());
  const auto trained = **train_on(messages);
  EXPECT_EQ(trained.held_out.scores.folds, 5U);
  EXPECT_GE(trained.held_out.near_copies, 2U);
  EXPECT_GT(trained.held_out.scores.macro_f1, 0.8);
  std::uint32_t all = 0;
  for (const auto& row : trained.held_out.counts) all = std::accumulate(row.begin(), row.end(), all);
  EXPECT_EQ(all, messages.size()) << "each once";
}

TEST(Trainer, RefusesTooLittleAndSaysWhereNothingCanBeHeldOut) {
  EXPECT_EQ(say(train_on({}).error().message, Language::en),
            "To learn from, there must be two categories at least, but here are 0.");
  EXPECT_THAT(say(train_on({{"a", "b", "c"}, {"a", "c", "d"}}).error().message, Language::en), HasSubstr("but here are 1."));
  const auto few = train_on(sample_messages(2));
  ASSERT_TRUE(few.ok());
  EXPECT_EQ((**few).model.scores.folds, 0U);
  EXPECT_TRUE(read_model(write_model((**few).model)).ok());
}

// All of a category are copies of one text: they stand in one fold, and the other folds are not left without anything.
TEST(Trainer, HoldsNothingOutWhereAllAreCopies) {
  std::vector<SampleMessage> copies;
  for (int i = 0; i < 30; ++i) {
    copies.push_back({"道路", "路灯坏了没人修", "天黑以后看不见路面"});
    copies.push_back({"噪声", "夜间施工太吵", "半夜机器一直响到天亮"});
  }
  const auto trained = **train_on(copies);
  EXPECT_EQ(trained.held_out.scores.folds, 0U);
  EXPECT_EQ(trained.held_out.near_copies, 60U);
}

TEST(Trainer, RefusesMoreCategoriesThanAModelHolds) {
  Trainer trainer(sample_letters());
  for (std::size_t i = 0; i < categories_max; ++i) ASSERT_TRUE(trainer.add({"路", ""}, fmt::format("c{}", i)).ok());
  const auto refused = trainer.add({"路", ""}, "one more");
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(say(refused.error().message, Language::en), HasSubstr(fmt::format("more than {}", categories_max)));
  EXPECT_TRUE(trainer.add({"路", ""}, "c7").ok());
}

TEST(Trainer, StopsWhenAsked) {
  Trainer trainer(sample_letters());
  for (const auto& [category, subject, body] : sample_messages()) ASSERT_TRUE(trainer.add({subject, body}, category).ok());
  const auto stopped = trainer.train({}, [](std::uint32_t step, std::uint32_t) { return step < 2; });
  ASSERT_TRUE(stopped.ok());
  EXPECT_FALSE(stopped->has_value());
}

// Real messages, where they lie beside the sources: every fourth is held out, of every third (the whole takes a release build).
TEST(Classifier, KeepsAModestFloorOnRealMessages) {
  const fs::path file = fs::path(HUIYIN_SHARED_DIR) / "data" / "messages.jsonl";
  if (!fs::exists(file)) GTEST_SKIP() << file << " is not there";
  std::ifstream in(file);
  std::vector<SampleMessage> held_out;
  Trainer trainer(sample_letters());
  std::string line;
  for (int number = 0; std::getline(in, line); ++number) {
    if (number % 3 != 0) continue;
    const auto row = boost::json::parse(line).as_object();
    const auto text = [&](const char* name) { return std::string(row.at(name).as_string()); };
    SampleMessage message{text("category"), text("subject"), text("body")};
    if (number % 4 == 0) held_out.push_back(std::move(message));
    else ASSERT_TRUE(trainer.add({message.subject, message.body}, message.category).ok());
  }
  const auto trained = trainer.train({.folds = 2}, [](std::uint32_t, std::uint32_t) { return true; });
  const Classifier classifier(sample_letters(), (**trained).model);
  Classifier::Desk desk(classifier);
  double right = 0;
  for (const auto& [category, subject, body] : held_out) {
    const auto guesses = desk.classify({subject, body});
    right += classifier.model().categories[guesses.front().category].name == category ? 1 : 0;
  }
  EXPECT_GT(right / static_cast<double>(held_out.size()), 0.84);
  EXPECT_LT((**trained).held_out.scores.calibration_error, 0.06F);
}

}  // namespace
}  // namespace huiyin::analysis
